"""A publication list: which, in what order and groups, and each as it is to be shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from cvgen.diagnostics import InputError, Location, Problem, did_you_mean, notice, one_of
from cvgen.model.document import Group, Legend, PublicationItem, ShownAuthor, ShownLink
from cvgen.model.profile import SectionBody
from cvgen.model.publication import Author, Credit, Mark, Role, Status
from cvgen.select.entries import Voice
from cvgen.select.query import PUBLICATION_NAMES, compile_query, describe_credit
from cvgen.select.roles import describe_roles

_DEFAULT_SYMBOLS = {
    Mark.EQUAL: "*",
    Mark.CORRESPONDING: "†",
    Mark.LEAD: "‡",
    Mark.CORE: "◊",
    Mark.STUDENT: "§",
}
_STATUS_ORDER = (Status.PUBLISHED, Status.FORTHCOMING, Status.IN_PRESS, Status.SUBMITTED, Status.PREPRINT,
                 Status.IN_PREPARATION, Status.UNPUBLISHED)  # fmt: skip

SORTS = ("newest", "oldest", "title", "file")
STYLES = ("full", "compact")
GROUPS: Mapping[str, Callable[[Credit, Mapping[str, str]], str]] = {
    "year": lambda c, words: str(c.publication.year or words["no_year"]),
    "status": lambda c, words: _title(words[f"status_{c.publication.status}"], words),
    "topic": lambda c, words: c.publication.topic or words["no_topic"],
    "venue": lambda c, words: c.publication.venue_short or str(c.publication.venue) or words["no_topic"],
}
"""The heading under which a publication stands."""


@dataclass(frozen=True, slots=True)
class PublicationList:
    """The groups of one list, its legend, and what a role filter left out."""

    groups: tuple[Group, ...]
    legend: tuple[Legend, ...]


def mark_symbols(marks: Mapping[str, Mark]) -> dict[Mark, str]:
    """The symbol printed for each mark: the one the person types, else the usual one.

    Advisors and senior authors are printed without a symbol unless the person types one.
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


def filter_by_roles(credits: Iterable[Credit], roles: frozenset[Role]) -> tuple[list[Credit], list[Problem]]:
    """Those in which the owner had one of ``roles``, and a notice of how many were left out and why."""
    if not roles:
        return list(credits), []
    kept: list[Credit] = []
    reasons: Counter[str] = Counter()
    for credit in credits:
        if credit.roles & roles:
            kept.append(credit)
        elif credit.position is None:
            reasons["in which you were not found among the authors"] += 1
        else:
            reasons["in which you had another role"] += 1
    wanted = " or ".join(sorted(role.value.replace("_", "-") for role in roles))
    told = [notice(f"--role {wanted}: {count} left out {reason}") for reason, count in reasons.items()]
    return kept, told


def list_publications(
    credits: Iterable[Credit],
    spec: SectionBody,
    place: Callable[[str], Location],
    voice: Voice,
    symbols: Mapping[Mark, str],
) -> PublicationList:
    """The list that ``spec`` asks for. ``place`` gives the Location of one of its settings.

    Raises InputError for a query, an order or a grouping that is not known.
    """
    problems = _setting_problems(spec, place)
    chosen = [credit for credit in credits if not voice.exclude_tags.intersection(credit.publication.tags)]
    if spec.where:
        try:
            query = compile_query(spec.where, PUBLICATION_NAMES, place("where"))
            chosen = [credit for credit in chosen if query(describe_credit(credit))]
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    if spec.tags:
        chosen = [credit for credit in chosen if set(credit.publication.tags) & set(spec.tags)]
    if spec.exclude_tags:
        chosen = [credit for credit in chosen if not set(credit.publication.tags) & set(spec.exclude_tags)]
    chosen = _sort(chosen, spec)[: spec.limit]
    groups = _group(chosen, spec, voice)
    number = 0
    shown: list[Group] = []
    for title, members in groups:
        items = []
        for credit in members:
            number += 1
            items.append(_show(credit, spec, voice, symbols, number if spec.numbered else None))
        shown.append(Group(title, tuple(items)))
    return PublicationList(tuple(shown), _legend(chosen, voice, symbols) if spec.legend else ())


def _setting_problems(spec: SectionBody, place: Callable[[str], Location]) -> list[Problem]:
    """Words of ``spec`` that are none of those offered."""
    offered = {"sort": (spec.sort, SORTS), "group_by": (spec.group_by, GROUPS), "style": (spec.style, STYLES)}
    return [
        Problem(
            f"publications have no {setting} {value!r}",
            place(setting),
            did_you_mean(value, known) or one_of(known),
        )
        for setting, (value, known) in offered.items()
        if value is not None and value not in known
    ]


def _newest(credit: Credit) -> tuple[int, int, int]:
    """Sorts by date; what has none yet is newest."""
    date = credit.publication.date
    return date.sort_key if date else (9999, 0, 0)


def _sort(chosen: list[Credit], spec: SectionBody) -> list[Credit]:
    match spec.sort:
        case "file":
            return chosen
        case "title":
            return sorted(chosen, key=lambda credit: str(credit.publication.title).casefold())
        case order:
            return sorted(chosen, key=_newest, reverse=order != "oldest")


def _group(chosen: list[Credit], spec: SectionBody, voice: Voice) -> list[tuple[str, list[Credit]]]:
    if not spec.group_by:
        return [("", chosen)] if chosen else []
    words = voice.words
    if spec.group_by == "status":
        chosen = sorted(chosen, key=lambda credit: _STATUS_ORDER.index(credit.publication.status))
    groups: dict[str, list[Credit]] = {}
    for credit in chosen:
        groups.setdefault(GROUPS[spec.group_by](credit, words), []).append(credit)
    if words["no_topic"] in groups:
        groups[words["no_topic"]] = groups.pop(words["no_topic"])
    return list(groups.items())


def _show(
    credit: Credit, spec: SectionBody, voice: Voice, symbols: Mapping[Mark, str], number: int | None
) -> PublicationItem:
    publication, words = credit.publication, voice.words
    role = describe_roles(credit, words) if spec.roles else ""
    status = publication.status
    return PublicationItem(
        key=publication.key,
        title=publication.title,
        authors=tuple(
            _show_author(author, symbols, position == credit.position)
            for position, author in enumerate(publication.authors, start=1)
        ),
        truncated=publication.truncated,
        venue=publication.venue,
        venue_short=publication.venue_short,
        year=str(publication.year or ""),
        details=publication.details,
        status="" if status is Status.PUBLISHED else _title(words[f"status_{status}"], words),
        topic=publication.topic,
        note=voice.say(publication.note),
        award=voice.say(publication.award),
        role=_title(role, words),
        links=tuple(ShownLink(_link_label(link.label, words), link.url) for link in publication.links),
        bullets=voice.bullets(publication.highlights),
        number=number,
    )


def _show_author(author: Author, symbols: Mapping[Mark, str], is_owner: bool) -> ShownAuthor:
    marks = "".join(symbol for mark, symbol in symbols.items() if mark in author.marks)
    family = f"{author.particle} {author.family}".strip()
    return ShownAuthor(author.name, author.given, family, marks + author.unread, is_owner)


def _link_label(label: str, words: Mapping[str, str]) -> str:
    return words.get(f"link_{label.casefold()}", label)


def _title(phrase: str, words: Mapping[str, str]) -> str:
    """``phrase`` as it stands at the start of a line."""
    return phrase[:1].upper() + phrase[1:] if words["sentence_start"] == "upper" else phrase


def _legend(chosen: list[Credit], voice: Voice, symbols: Mapping[Mark, str]) -> tuple[Legend, ...]:
    occurring = {mark for credit in chosen for author in credit.publication.authors for mark in author.marks}
    return tuple(Legend(symbol, voice.words[f"mark_{mark}"]) for mark, symbol in symbols.items() if mark in occurring)
