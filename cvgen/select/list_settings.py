"""Checks the settings of a publication list, and compiles its queries."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from cvgen.diagnostics import Location, Problem, Problems, one_of, suggest
from cvgen.model.variant_settings import SectionBody
from cvgen.select.asked_section import AskedSection
from cvgen.select.publication_order import GROUPS, SORTS
from cvgen.select.query import PUBLICATION_NAMES, Query, compile_query

TABLES = ("topic", "year", "kind", "venue", "status")
"""What the rows of a table of counts may be."""
_LONGEST_PREFIX = 4
OWN_GROUPS = "group"
"""The value of ``count_table`` for the groups of the list itself."""
NUMBERINGS = ("false", "true", "continued", "reversed")


@dataclass(frozen=True, slots=True)
class ListQueries:
    """What a list selects by, None if it has no query; and one query for each group that is defined by one."""

    where: Query | None
    groups: tuple[Query, ...]


def read_list_queries(asked: AskedSection, known: frozenset[str] | None) -> ListQueries:
    """The queries of the list. ``known`` are all keys in the files, None if they could not be read.

    Raises InputError with every invalid setting: queries, keys, orders, groupings.
    """
    spec = asked.spec
    problems = Problems([*_setting_problems(spec, asked.place), *_key_problems(known, spec, asked.place)])
    where: Query | None = None
    with problems.collect():
        where = compile_query(spec.where, PUBLICATION_NAMES, asked.place("where")) if spec.where else None
    groups: list[Query] = []
    for index, group in enumerate(spec.groups):
        with problems.collect():
            groups.append(compile_query(group.where, PUBLICATION_NAMES, asked.place("group_by", index, "where")))
    problems.stop_if_errors()
    return ListQueries(where, tuple(groups))


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
