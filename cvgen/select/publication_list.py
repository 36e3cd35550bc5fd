"""Builds a publication list: chooses its papers, their order, groups and numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from cvgen.diagnostics import Location, Problem, Problems, notice, one_of, suggest
from cvgen.model.ledger import Cause, Reason
from cvgen.model.marks import Mark
from cvgen.model.printed import PAPERS, CountTable, Group, Legend, PublicationItem
from cvgen.model.publication import Credit
from cvgen.model.variant_settings import SectionBody
from cvgen.select.asked_section import AskedSection
from cvgen.select.authors import AuthorLimit
from cvgen.select.citation import show_publication
from cvgen.select.count_table import tabulate_roles
from cvgen.select.counts import count_publications
from cvgen.select.entry_items import WordingChoice
from cvgen.select.publication_order import GROUPS, SORTS, group_publications, sort_publications
from cvgen.select.query import PUBLICATION_NAMES, Query, compile_query, describe_credit

TABLES = ("topic", "year", "kind", "venue", "status")
"""What the rows of a table of counts may be."""
_LONGEST_PREFIX = 4
OWN_GROUPS = "group"
"""The value of ``count_table`` for the groups of the list itself."""
NUMBERINGS = ("false", "true", "continued", "reversed")


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
    chosen = _limit(sort_publications(_choose(everything, asked, where, choice, dropped), spec.sort), asked, dropped)
    if spec.groups:
        titles = [str(choice.say(group.title)) for group in spec.groups]
        groups = _named_groups(chosen, list(zip(titles, queries, strict=True)))
    else:
        groups = group_publications(chosen, spec.group_by, choice.words)
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
    rows = group_publications(listed, by, words)
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
            f"no publication has the key {key!r}",
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


def _named_groups(credits: list[Credit], queries: list[tuple[str, Query]]) -> list[tuple[str, list[Credit]]]:
    """Each paper in the first group whose query it matches; papers that match none are in no group."""
    groups: dict[str, list[Credit]] = {title: [] for title, _ in queries}
    for credit in credits:
        title = next((title for title, query in queries if _answers(query, credit)), None)
        if title is not None:
            groups[title].append(credit)
    return [(title, members) for title, members in groups.items() if members]


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
