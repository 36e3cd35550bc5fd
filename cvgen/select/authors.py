"""An author list as printed: marks as symbols, long lists shortened without hiding the owner."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from cvgen.model.marks import Mark
from cvgen.model.name_particles import PARTICLES
from cvgen.model.publication import Author, Credit
from cvgen.model.shown_paper import ShownAuthor
from cvgen.select.language import english_tail
from cvgen.select.roles import find_equal_runs

_DEFAULT_SYMBOLS = {
    Mark.EQUAL: "*",
    Mark.CORRESPONDING: "†",
    Mark.LEAD: "‡",
    Mark.CORE: "◊",
    Mark.STUDENT: "§",
}
_CAPITALS = re.compile("[A-Z]{2,3}")
_BETWEEN_DOTS = re.compile(r"[^.]+\.?|\.+")


@dataclass(frozen=True, slots=True)
class AuthorLimit:
    """The limit of a long author list: ``count`` authors (None: no limit), including the last one of the list.

    A list of fewer than ``shortened_from`` authors is not shortened.
    """

    count: int | None = None
    keeps_last: bool = True
    shortened_from: int = 0


def mark_symbols(marks: Mapping[str, Mark]) -> dict[Mark, str]:
    """The symbol printed for each mark: the one the person types, else the usual one.

    Advisors, senior authors, contributors and members are printed without a symbol unless the person types one.
    """
    symbols = dict(_DEFAULT_SYMBOLS)
    typed = {mark: symbol for symbol, mark in reversed(list(marks.items())) if mark is not Mark.SELF}
    taken = set(typed.values())
    free = [symbol for symbol in "*†‡§◊¶" if symbol not in taken]
    for mark, symbol in symbols.items():
        if mark not in typed and symbol in taken:
            symbols[mark] = free.pop(0)
        elif symbol in free:
            free.remove(symbol)
    in_typed_order: dict[Mark, str] = {mark: typed[mark] for mark in marks.values() if mark in typed}
    return {**in_typed_order, **{m: s for m, s in symbols.items() if m not in typed}}


def show_authors(
    credit: Credit, symbols: Mapping[Mark, str], limit: AuthorLimit, words: Mapping[str, str]
) -> tuple[ShownAuthor, ...]:
    """The authors of ``credit`` as printed; beyond ``limit`` some are left out (see ``choose_positions``)."""
    authors = credit.publication.authors
    positions = choose_positions(credit, limit)
    if is_equal_to_nobody(credit):
        symbols = {mark: symbol for mark, symbol in symbols.items() if mark is not Mark.EQUAL}
    shown = []
    for index, position in enumerate(positions):
        author = _show(authors[position - 1], symbols, position == credit.position)
        after_gap = position != (positions[index - 1] + 1 if index else 1)
        is_end = position == len(authors) and not credit.publication.truncated
        hidden_place = author.is_owner and position != index + 1 and not is_end
        place = words["position"].format(n=position, th=english_tail(position)) if hidden_place else ""
        shown.append(replace(author, after_gap=after_gap, position=place))
    return tuple(shown)


def is_equal_to_nobody(credit: Credit) -> bool:
    """Whether just one author of a complete list is marked equal: a legend would then be wrong."""
    equals = [author for author in credit.publication.authors if Mark.EQUAL in author.marks]
    return len(equals) == 1 and not credit.publication.truncated


def show_people(people: tuple[Author, ...], owner: Author | None) -> tuple[ShownAuthor, ...]:
    """Editors or translators as printed, all of them and without marks."""
    return tuple(_show(person, {}, person is owner) for person in people)


def choose_positions(credit: Credit, limit: AuthorLimit) -> list[int]:
    """The positions to print: all, or the first few, the last and the owner, each with its whole run of equal authors.

    ``limit`` is the number of authors printed if the owner is among the first.
    """
    authors, owner = credit.publication.authors, credit.position
    count, most = len(authors), limit.count
    if most is None or count <= most or count < limit.shortened_from:
        return list(range(1, count + 1))
    ends = set() if credit.publication.truncated or most < 3 or not limit.keeps_last else {count}
    chosen = set(range(1, most - len(ends) + 1)) | ends | ({owner} if owner else set())
    for run in find_equal_runs(authors):
        if len(run) > 1 and chosen & set(run):
            chosen |= set(run)
    # a gap of one author would take as much room as the author
    chosen |= {p for p in range(2, count) if p - 1 in chosen and p + 1 in chosen}
    return sorted(chosen)


def _show(author: Author, symbols: Mapping[Mark, str], is_owner: bool) -> ShownAuthor:
    marks = "".join(symbol for mark, symbol in symbols.items() if mark in author.marks)
    family = f"{author.particle} {author.family}".strip()
    # "Stone, ME" has two initials; "LIN, YU" has a given name in capitals
    given = " ".join(author.given) if _CAPITALS.fullmatch(author.given) and not family.isupper() else author.given
    return ShownAuthor(
        author.name, author.given, family, initials(given), author.suffix, marks + author.unread, author.url, is_owner
    )


def initials(given: str) -> str:
    """``J.-P. M.`` for ``Jean-Pierre Marie`` and for ``J.-P.M.``, ``M. del C.`` for ``María del Carmen``.

    Ideographs stay whole.
    """
    first, *rest = given.split() or [""]
    particles = PARTICLES if first[:1].isupper() else frozenset()
    return " ".join([_shorten(first), *(word if word in particles else _shorten(word) for word in rest)])


def _shorten(word: str) -> str:
    return "-".join(_initials(part) for part in word.split("-"))


def _initials(word: str) -> str:
    return " ".join(_initial(name) for name in _BETWEEN_DOTS.findall(word))


def _initial(name: str) -> str:
    first = re.match(r"\w", name)
    if not first or not (first[0].isupper() or first[0].islower()):
        return name
    return f"{first[0].upper()}."
