"""Builds a publication list: chooses its papers, their order, groups and numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from cvgen.diagnostics import Problem, notice
from cvgen.model.ledger import Cause, Reason
from cvgen.model.marks import Mark
from cvgen.model.printed import CountTable, Group, Legend
from cvgen.model.publication import Credit
from cvgen.model.refs import PAPERS
from cvgen.model.shown_paper import PublicationItem
from cvgen.model.variant_settings import SectionBody
from cvgen.select.asked_section import AskedSection
from cvgen.select.authors import AuthorLimit
from cvgen.select.citation import show_publication
from cvgen.select.collation import can_sort
from cvgen.select.count_table import tabulate_roles
from cvgen.select.counts import count_publications
from cvgen.select.entry_items import WordingChoice
from cvgen.select.list_settings import OWN_GROUPS, TABLES, read_list_queries
from cvgen.select.publication_order import TEXT_ORDERS, group_publications, sort_publications
from cvgen.select.query import Query, describe_credit

TitledCredits = tuple[str, list[Credit]]
"""The title of a group, and its papers."""


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
    queries = read_list_queries(asked, known)
    dropped: dict[str, Reason] = {}
    chosen = _choose(everything, asked, queries.where, choice, dropped)
    chosen = _limit(sort_publications(chosen, spec.sort, choice.language), asked, dropped)
    groups = _group(chosen, spec, queries.groups, choice)
    listed = [credit for _, members in groups for credit in members]
    _drop_ungrouped(chosen, listed, asked, dropped)
    shown = tuple(_show_group(group, asked, choice, symbols, limit) for group in groups)
    if spec.only_counts:
        dropped |= {credit.publication.key: asked.reason(Cause.ONLY_COUNTS) for credit in listed}
        shown = ()
    items = [item for group in shown for item in group.items]
    return PublicationList(
        groups=shown,
        legend=explain_marks(items, listed, choice, symbols) if spec.legend else (),
        counts=count_publications(listed, spec.count_venues, choice) if spec.counts else "",
        dropped=dropped,
        problems=(*_find_merged(everything, asked), *_find_unsorted(asked, choice.language)),
        table=_tabulate(groups, listed, spec, choice) if spec.count_table else None,
    )


def _group(
    chosen: list[Credit], spec: SectionBody, queries: Sequence[Query], choice: WordingChoice
) -> list[TitledCredits]:
    """The papers in the groups that ``spec`` defines by queries, or by a property such as the year."""
    if not spec.groups:
        return group_publications(chosen, spec.group_by, choice.words)
    titles = [str(choice.say(group.title)) for group in spec.groups]
    return _named_groups(chosen, list(zip(titles, queries, strict=True)))


def _tabulate(
    groups: list[TitledCredits], listed: list[Credit], spec: SectionBody, choice: WordingChoice
) -> CountTable | None:
    """The table of the list's papers: by its own groups, or by what the setting names."""
    words, by = choice.words, spec.count_table
    if by == OWN_GROUPS:
        head = words[f"column_{spec.group_by}"] if spec.group_by in TABLES else ""
        return tabulate_roles(groups, head, choice.language, words)
    rows = group_publications(listed, by, words)
    return tabulate_roles(rows, words[f"column_{by}"], choice.language, words)


def _show_group(
    group: TitledCredits, asked: AskedSection, choice: WordingChoice, symbols: Mapping[Mark, str], limit: AuthorLimit
) -> Group:
    """The items of ``group``; a topic that is already its title is not repeated with each paper."""
    title, members = group
    items = (
        show_publication(credit, asked.spec, choice, symbols, limit, (*asked.ref, PAPERS, credit.publication.key))
        for credit in members
    )
    return Group(
        title,
        tuple(replace(item, topic="") if item.topic.casefold() == title.casefold() else item for item in items),
    )


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


def _find_unsorted(asked: AskedSection, language: str) -> list[Problem]:
    """A notice if texts are to be sorted in a language whose order only ICU knows, and that is not installed."""
    orders = [order.removeprefix("-") for order in asked.spec.sort]
    if not set(orders) & set(TEXT_ORDERS) or can_sort(language):
        return []
    message = f"without PyICU, texts in {language!r} are sorted by their numbers in Unicode"
    return [notice(message, asked.place("sort"), "pip install PyICU")]


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


def _named_groups(credits: list[Credit], queries: list[tuple[str, Query]]) -> list[TitledCredits]:
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
