"""Builds a publication list: chooses its papers, their order, groups and numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from cvgen.diagnostics import Location, Problem, Problems, notice, one_of, suggest
from cvgen.model.kinds import KINDS
from cvgen.model.ledger import Cause, Reason
from cvgen.model.marks import Mark
from cvgen.model.printed import PAPERS, CountTable, Group, Legend, PublicationItem
from cvgen.model.publication import Credit, Role, Status
from cvgen.model.variant_settings import SectionBody
from cvgen.select.asked_section import AskedSection
from cvgen.select.authors import AuthorLimit
from cvgen.select.citation import at_start, show_publication
from cvgen.select.count_table import tabulate_roles
from cvgen.select.counts import count_publications
from cvgen.select.entry_items import WordingChoice
from cvgen.select.query import PUBLICATION_NAMES, Query, compile_query, describe_credit

_STATUS_ORDER = (
    Status.PUBLISHED,
    Status.FORTHCOMING,
    Status.IN_PRESS,
    Status.SUBMITTED,
    Status.PREPRINT,
    Status.IN_PREPARATION,
    Status.UNPUBLISHED,
)
SORTS = ("newest", "oldest", "title", "venue", "citations", "file", "year", "author", "topic", "kind", "status")
"""Orders, of which ``sort`` may name several; a minus sign before a name turns it round."""
TABLES = ("topic", "year", "kind", "venue", "status")
"""What the rows of a table of counts may be."""
_LONGEST_PREFIX = 4
OWN_GROUPS = "group"
"""The value of ``count_table`` for the groups of the list itself."""
NUMBERINGS = ("false", "true", "continued", "reversed")
Grouping = Callable[[Credit, Mapping[str, str]], str]
GROUPS: Mapping[str, Grouping] = {
    "year": lambda c, words: str(c.publication.year or words["no_year"]),
    "status": lambda c, words: at_start(words[f"status_{c.publication.status}"], words),
    "topic": lambda c, words: c.publication.topic or words["no_topic"],
    **dict.fromkeys(("kind", "type"), lambda c, words: words[f"kinds_{KINDS[c.publication.kind].heading}"]),
    "venue": lambda c, words: c.publication.venue_short or str(c.publication.venue) or words["no_topic"],
    "role": lambda c, words: words[f"group_{_main_role(c)}"],
}
"""The heading under which a publication is listed."""


@dataclass(frozen=True, slots=True)
class PublicationList:
    """The groups of one list, its legend and counts, and the key and reason of each paper that is not in it."""

    groups: tuple[Group, ...]
    legend: tuple[Legend, ...]
    counts: str
    dropped: Mapping[str, Reason]
    problems: tuple[Problem, ...] = ()
    table: CountTable | None = None


def list_publications(
    credits: Iterable[Credit],
    asked: AskedSection,
    choice: WordingChoice,
    symbols: Mapping[Mark, str],
    limit: AuthorLimit,
    known: frozenset[str] | None,
) -> PublicationList:
    """The list that ``asked`` describes. ``known`` are all keys in the files, None if they could not be read.

    Raises InputError with every invalid setting: queries, keys, orders, groupings.
    """
    everything, spec = list(credits), asked.spec
    problems = Problems([*_setting_problems(spec, asked.place), *_key_problems(known, spec, asked.place)])
    where: Query | None = None
    with problems.collect():
        where = compile_query(spec.where, PUBLICATION_NAMES, asked.place("where")) if spec.where else None
    queries: list[Query] = []
    for index, group in enumerate(spec.groups):
        with problems.collect():
            queries.append(compile_query(group.where, PUBLICATION_NAMES, asked.place("group_by", index, "where")))
    problems.stop_if_errors()
    dropped: dict[str, Reason] = {}
    chosen = _limit(_sort(_choose(everything, asked, where, choice, dropped), spec), asked, dropped)
    if spec.groups:
        titles = [str(choice.say(group.title)) for group in spec.groups]
        groups = _named_groups(chosen, list(zip(titles, queries, strict=True)))
    else:
        groups = _group(chosen, spec, choice)
    listed = [credit for _, members in groups for credit in members]
    _drop_ungrouped(chosen, listed, asked, dropped)
    shown = tuple(
        _show_group(
            title,
            [
                show_publication(c, spec, choice, symbols, limit, (*asked.ref, PAPERS, c.publication.key))
                for c in members
            ],
        )
        for title, members in groups
    )
    counts = count_publications(listed, spec.count_venues, choice) if spec.counts else ""
    table = _tabulate(groups, listed, spec, choice) if spec.count_table else None
    if spec.only_counts:
        dropped |= {credit.publication.key: asked.reason(Cause.ONLY_COUNTS) for credit in listed}
        shown = ()
    items = [item for group in shown for item in group.items]
    legend = explain_marks(items, listed, choice, symbols) if spec.legend else ()
    return PublicationList(shown, legend, counts, dropped, tuple(_find_merged(everything, asked)), table)


def _tabulate(
    groups: list[tuple[str, list[Credit]]], listed: list[Credit], spec: SectionBody, choice: WordingChoice
) -> CountTable | None:
    """The table of the list's papers: by its own groups, or by what the setting names."""
    words, by = choice.words, spec.count_table
    if by == OWN_GROUPS:
        head = words[f"column_{spec.group_by}"] if spec.group_by in TABLES else ""
        return tabulate_roles(groups, head, choice.language, words)
    rows = _group(listed, spec.model_copy(update={"group_by": by}), choice)
    return tabulate_roles(rows, words[f"column_{by}"], choice.language, words)


def _show_group(title: str, items: Iterable[PublicationItem]) -> Group:
    """The group of ``items``; a topic that is already its ``title`` is not repeated with each paper."""
    shown = (replace(item, topic="") if item.topic.casefold() == title.casefold() else item for item in items)
    return Group(title, tuple(shown))


def _setting_problems(spec: SectionBody, place: Callable[..., Location]) -> list[Problem]:
    """A Problem for each word of ``spec`` that is not a valid choice."""
    offered = {
        "group_by": (spec.group_by, GROUPS),
        "numbered": (spec.numbered.count, NUMBERINGS),
        "count_table": (spec.count_table, (*TABLES, OWN_GROUPS)),
    }
    problems = [*_idle_problems(spec, place), *_sort_problems(spec, place), *_prefix_problems(spec, place)]
    return problems + [
        Problem(f"unknown value {value!r} for {setting}", place(setting), suggest(value, known))
        for setting, (value, known) in offered.items()
        if value is not None and value not in known
    ]


def _sort_problems(spec: SectionBody, place: Callable[..., Location]) -> list[Problem]:
    """A Problem for each order that is not known."""
    return [
        Problem(f"unknown value {typed!r} for sort", place("sort", *([index] if len(spec.sort) > 1 else [])), hint)
        for index, typed in enumerate(spec.sort)
        if typed.removeprefix("-") not in SORTS and (hint := suggest(typed.removeprefix("-"), SORTS))
    ]


def _prefix_problems(spec: SectionBody, place: Callable[..., Location]) -> list[Problem]:
    """A Problem for a prefix of numbers that is not a few letters."""
    prefix = spec.numbered.prefix
    if not prefix or (len(prefix) <= _LONGEST_PREFIX and re.fullmatch(r"\w+[.-]?", prefix)):
        return []
    message = f"{prefix!r} cannot be before the number of a paper"
    hint = f"write up to {_LONGEST_PREFIX} letters, such as J for [J1]"
    return [Problem(message, place("numbered", "prefix"), hint)]


def _idle_problems(spec: SectionBody, place: Callable[..., Location]) -> list[Problem]:
    """A Problem for a table of groups where there are none, and for a list that would print nothing."""
    problems = []
    if spec.count_table == OWN_GROUPS and not (spec.group_by or spec.groups):
        hint = f"add group_by, or write {one_of(TABLES)}"
        problems.append(Problem("'count_table: group' needs groups", place("count_table"), hint))
    if spec.only_counts and not (spec.counts or spec.count_table):
        message, hint = "'only_counts' leaves nothing to print", "add counts: true or count_table: topic"
        problems.append(Problem(message, place("only_counts"), hint))
    return problems


def _key_problems(known: frozenset[str] | None, spec: SectionBody, place: Callable[..., Location]) -> list[Problem]:
    return [
        Problem(
            f"there is no publication with the key {key!r}",
            place(setting, index),
            suggest(key, known, otherwise="write a key of your BibTeX files"),
        )
        for setting, keys in (("exclude", spec.exclude), ("pin", spec.pin))
        for index, key in enumerate(keys)
        if known is not None and key not in known
    ]


def _choose(
    credits: list[Credit], asked: AskedSection, where: Query | None, choice: WordingChoice, dropped: dict[str, Reason]
) -> list[Credit]:
    """The papers that the variant and the section select, and pinned ones. The others go to ``dropped``."""
    chosen: list[Credit] = []
    for credit in credits:
        reason = None if _is_pinned(credit, asked.spec) else _find_objection(credit, asked, where, choice)
        if reason:
            dropped[credit.publication.key] = reason
        else:
            chosen.append(credit)
    return chosen


def _find_objection(credit: Credit, asked: AskedSection, where: Query | None, choice: WordingChoice) -> Reason | None:
    spec, tags = asked.spec, set(credit.publication.tags)
    if credit.publication.key in spec.exclude:
        return asked.reason(Cause.EXCLUDE)
    if banned := choice.find_banned(tags):
        return banned
    if tags & set(spec.exclude_tags):
        return asked.reason(Cause.EXCLUDE_TAGS)
    if spec.tags and not tags & set(spec.tags):
        return asked.reason(Cause.TAGS)
    return asked.reason(Cause.WHERE) if where and not _answers(where, credit) else None


def _is_pinned(credit: Credit, spec: SectionBody) -> bool:
    """Whether ``spec`` pins the paper, by its key or by that of an entry that was merged with it."""
    return bool({credit.publication.key, *credit.publication.merged_keys} & set(spec.pin))


def _answers(query: Query, credit: Credit) -> bool:
    """Whether a paper matches ``query`` under its own key or under that of an entry that was merged with it."""
    values = describe_credit(credit)
    return any(query({**values, "key": key}) for key in (credit.publication.key, *credit.publication.merged_keys))


def _find_merged(credits: list[Credit], asked: AskedSection) -> list[Problem]:
    """A notice for each key in ``exclude`` whose entry is shown as part of another one, which stays."""
    kept = {key: c.publication.key for c in credits for key in c.publication.merged_keys}
    return [
        notice(
            f"{key!r} is shown as part of {kept[key]!r}, which is not excluded",
            asked.place("exclude", index),
            f"to leave the paper out, exclude {kept[key]!r}",
        )
        for index, key in enumerate(asked.spec.exclude)
        if key in kept and kept[key] not in asked.spec.exclude
    ]


def _limit(credits: list[Credit], asked: AskedSection, dropped: dict[str, Reason]) -> list[Credit]:
    """The first ``limit`` papers, pinned ones first, in their order. The others go to ``dropped``."""
    spec = asked.spec
    if spec.limit is None:
        return credits
    best = sorted(credits, key=lambda credit: not _is_pinned(credit, spec))
    dropped |= {credit.publication.key: asked.reason(Cause.LIMIT) for credit in best[spec.limit :]}
    return [credit for credit in credits if credit.publication.key not in dropped]


def _drop_ungrouped(
    chosen: list[Credit], listed: list[Credit], asked: AskedSection, dropped: dict[str, Reason]
) -> None:
    """Move papers that match the query of no group to ``dropped``."""
    keys = {credit.publication.key for credit in listed}
    for credit in chosen:
        if credit.publication.key not in keys:
            dropped[credit.publication.key] = asked.reason(Cause.GROUP_BY)


def _newest(credit: Credit) -> tuple[int, int, int]:
    """A sort key by date; a paper without a date is the newest."""
    date = credit.publication.date
    return date.sort_key if date else (9999, 0, 0)


def _sort(credits: list[Credit], spec: SectionBody) -> list[Credit]:
    """``credits`` by the first order of ``sort``; where that leaves two alike, by the next one."""
    for typed in reversed(spec.sort or ("newest",)):
        order, is_turned = typed.removeprefix("-"), typed.startswith("-")
        if order == "file":
            credits = credits[::-1] if is_turned else credits
        else:
            key, is_falling = _SORT_KEYS[order]
            credits = sorted(credits, key=key, reverse=is_falling != is_turned)
    return credits


_SORT_KEYS: Mapping[str, tuple[Callable[[Credit], Any], bool]] = {
    "newest": (_newest, True),
    "oldest": (_newest, False),
    "year": (lambda credit: _newest(credit)[0], False),
    "title": (lambda credit: str(credit.publication.title).casefold(), False),
    "venue": (lambda credit: GROUPS["venue"](credit, {"no_topic": "\uffff"}).casefold(), False),
    "topic": (lambda credit: (credit.publication.topic or "\uffff").casefold(), False),
    "author": (lambda credit: [author.family.casefold() for author in credit.publication.authors[:1]], False),
    "citations": (lambda credit: describe_credit(credit)["citations"], True),
    "kind": (lambda credit: list(KINDS).index(credit.publication.kind), False),
    "status": (lambda credit: _STATUS_ORDER.index(credit.publication.status), False),
}
"""The key of each order, and whether the greatest comes first."""


def _named_groups(credits: list[Credit], queries: list[tuple[str, Query]]) -> list[tuple[str, list[Credit]]]:
    """Each paper in the first group whose query it matches; papers that match none are in no group."""
    groups: dict[str, list[Credit]] = {title: [] for title, _ in queries}
    for credit in credits:
        title = next((title for title, query in queries if _answers(query, credit)), None)
        if title is not None:
            groups[title].append(credit)
    return [(title, members) for title, members in groups.items() if members]


def _group(credits: list[Credit], spec: SectionBody, choice: WordingChoice) -> list[tuple[str, list[Credit]]]:
    if not spec.group_by:
        return [("", credits)] if credits else []
    words = choice.words
    if spec.group_by == "status":
        credits = sorted(credits, key=lambda credit: _STATUS_ORDER.index(credit.publication.status))
    if spec.group_by in ("kind", "type"):
        kinds = list(KINDS)
        credits = sorted(credits, key=lambda credit: kinds.index(credit.publication.kind))
    if spec.group_by == "role":
        credits = sorted(credits, key=lambda credit: _MAIN_ROLES.index(_main_role(credit)))
    groups: dict[str, list[Credit]] = {}
    for credit in credits:
        groups.setdefault(GROUPS[spec.group_by](credit, words), []).append(credit)
    if words["no_topic"] in groups:
        groups[words["no_topic"]] = groups.pop(words["no_topic"])
    return list(groups.items())


_MAIN_ROLES = ("first", "corresponding", "senior", "supervised", "other", "editor")


def _main_role(credit: Credit) -> str:
    """The heading of a paper in groups by role: the strongest role that applies."""
    roles = credit.roles
    if roles & {Role.FIRST, Role.CO_FIRST, Role.FIRST_STUDENT}:
        return "first"
    if roles & {Role.CORRESPONDING, Role.LEAD}:
        return "corresponding"
    if roles & {Role.SENIOR, Role.CO_SENIOR}:
        return "senior"
    if credit.position is None and roles & {Role.EDITOR, Role.TRANSLATOR}:
        return "editor"
    return "supervised" if Role.SUPERVISED in roles else "other"


def explain_marks(
    shown: Iterable[PublicationItem], listed: Collection[Credit], choice: WordingChoice, symbols: Mapping[Mark, str]
) -> tuple[Legend, ...]:
    """The legend of the marks that the papers ``shown`` print; they are those of ``listed``."""
    printed = "".join(author.marks for item in shown for author in item.authors)
    return tuple(
        Legend(symbol, choice.words[f"mark_{mark}"])
        for mark, symbol in symbols.items()
        if symbol in printed and any(mark in a.marks for credit in listed for a in credit.publication.authors)
    )
