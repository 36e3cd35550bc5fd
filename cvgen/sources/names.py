"""One name as typed to an Author, with the marks typed into it taken out and read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bibtexparser.middlewares.names import parse_single_name_into_parts

from cvgen.model.publication import Author, Mark, is_ideographic
from cvgen.sources.accents import decode_letters
from cvgen.sources.author_list import split_authors
from cvgen.sources.extended_names import is_extended, parse_extended
from cvgen.sources.latex import Report, latex_to_plain
from cvgen.sources.name_marks import take_marks, unify_symbol

_SPECIAL = re.compile(r"[^\w\s,.'’-]|,.*,|\d|_")
_WITHOUT_ACCENTS = re.compile("[^\u00c0-\u024f\u1e00-\u1eff\u0300-\u036f]+")
_SPACE_COMMAND = re.compile(r"\\[\s,;:]")
_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV|VI|VII|VIII|2nd|3rd|[4-9]th)\.?", re.IGNORECASE)
_JOINED_PARTICLE = re.compile(r"(?:\w{1,4} )*[dDlL]['’]")
_DEGREE = re.compile(r"(?:ph\.?\s?d|m\.?d|m\.?sc|b\.?sc|d\.?phil|mba|m\.?a|b\.?a|frs|esq)\.?", re.IGNORECASE)
_LOST_CHARACTER = re.compile(r"\w\?\w|\ufffd")


@dataclass(frozen=True, slots=True)
class NameList:
    """An author list; ``truncated`` when it ends in ``and others``."""

    authors: tuple[Author, ...]
    truncated: bool = False


def parse_names(
    source: str, marks: Mapping[str, Mark], report: Report, report_at: Callable[[str], Report] | None = None
) -> NameList:
    """Read an author field: ``Lin, Wei and Ada Long and others``.

    Doubts of the list go to ``report``, those of one name to what ``report_at`` gives for that name.
    """
    listed = split_authors(source, report)
    symbols = {unify_symbol(symbol): mark for symbol, mark in marks.items()}
    authors = tuple(_parse_name(name, symbols, report_at or (lambda _: report)) for name in listed.names)
    return NameList(authors, listed.truncated)


def _once(report: Report) -> Report:
    """``report`` without repetitions: each part of a name is read alone."""
    reported: set[str] = set()

    def report_once(message: str, hint: str, kind: str = "") -> None:
        if message not in reported:
            reported.add(message)
            report(message, hint, kind)

    return report_once


def _as_typed(name: str) -> str:
    """The longest part of ``name`` without accents, which may be typed in many ways: for finding its place."""
    return max(_WITHOUT_ACCENTS.findall(name) or [name], key=len).strip() or name


def _parse_name(source: str, marks: Mapping[str, Mark], report_at: Callable[[str], Report]) -> Author:
    letters = decode_letters(source)
    if not _SPECIAL.search(letters):
        return _plain_name(letters)
    report = _once(report_at(_as_typed(source)))
    bare, symbols = take_marks(_SPACE_COMMAND.sub(" ", letters), source, report)
    read = frozenset(marks[symbol] for symbol in symbols if symbol in marks)
    unread = "".join(symbol for symbol in symbols if symbol not in marks)
    if unread:
        hint = f'say what it means: bibliography: {{marks: {{"{unread[0]}": equal}}}}'
        report(f"the mark {unread!r} on {source!r} is not explained, so it gives no role", hint)
    if _LOST_CHARACTER.search(bare):
        report(f"a letter of the name {source!r} was lost when the file was saved", "write the letter again")
    author = _split_name(bare, unread, report)
    return author.with_marks(sorted(read), "typed into the name")


@lru_cache(maxsize=1 << 16)
def _plain_name(source: str) -> Author:
    """A name of letters only: the same people stand in many papers."""
    return _split_name(source, "", lambda message, hint, kind="": None)


def _split_name(bare: str, unread: str, report: Report) -> Author:
    bare, titles = _take_degrees(bare)
    if bare.count(",") > 2 and not is_extended(bare):
        report(f"the name {bare!r} has more than two commas", "write Family, Suffix, Given; join names with 'and'")
    if "," not in bare and all(map(is_ideographic, bare.split())):
        return Author(bare, unread=unread)  # 王 小明: nobody but its bearer knows where the family name ends
    if is_extended(bare):
        family, given, particle, suffix = (latex_to_plain(part, report).strip() for part in parse_extended(bare))
    else:
        parts = parse_single_name_into_parts(bare, strict=False)
        given, particle, family, suffix = (
            " ".join(latex_to_plain(word, report) for word in words).strip()
            for words in (parts.first, parts.von, parts.last, parts.jr)
        )
    if not family:
        family, particle = particle, ""
    family, given, suffix = _take_suffix(family, given, suffix)
    if _JOINED_PARTICLE.fullmatch(particle):  # "d' Aubignac"
        family, particle = particle + family, ""
    family, given = _order_scripts(family, given)
    return Author(family, given, particle, ", ".join(filter(None, (suffix, titles))), unread=unread)


def _take_suffix(family: str, given: str, suffix: str) -> tuple[str, str, str]:
    """Family, given name and suffix, with a suffix that was typed into one of the first two taken out."""
    if _SUFFIX.fullmatch(given) and suffix:  # "King, Martin, Jr.", against BibTeX's order
        return family, suffix, given
    if _SUFFIX.fullmatch(given):  # "King, Jr."
        suffix, (given, _, family) = given, family.rpartition(" ")
    head, _, tail = family.rpartition(" ")
    if _SUFFIX.fullmatch(tail) and head and not suffix:  # "King Jr., Martin", "{Hunt, III}, H. B."
        family, suffix = head.rstrip(" ,"), tail
    if _SUFFIX.fullmatch(family) and given:  # "Martin King Jr."
        suffix, (given, _, family) = family, given.rpartition(" ")
    head, _, tail = given.rpartition(" ")
    if _SUFFIX.fullmatch(tail) and head and not suffix:  # "King, Martin Jr."
        given, suffix = head.rstrip(" ,"), tail
    return family, given, suffix


def _take_degrees(bare: str) -> tuple[str, str]:
    """``Smith, John, PhD, MD`` without its degrees, and these."""
    parts = [part.strip() for part in bare.split(",")]
    count = len(parts)
    while count > 2 and _DEGREE.fullmatch(parts[count - 1]):
        count -= 1
    return ", ".join(parts[:count]), ", ".join(parts[count:])


def _order_scripts(family: str, given: str) -> tuple[str, str]:
    """A name in another script, in brackets after the given name, goes to the end of the whole name."""
    found = re.fullmatch(r"(.*?)\s*[(（]([^()（）]+)[)）]", given)
    if found and is_ideographic(found[2]) and not is_ideographic(found[1]):
        return f"{family} ({found[2]})", found[1]
    return family, given
