"""The table of a list's papers by role: a row for each group of papers, a column for each role that occurs; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from cvgen.model.printed import CountRow, CountTable
from cvgen.model.publication import Credit, Role
from cvgen.select.language import format_count

_COLUMNS: Mapping[str, frozenset[Role]] = {
    "first": frozenset({Role.FIRST}),
    "co_first": frozenset({Role.CO_FIRST}),
    "first_student": frozenset({Role.FIRST_STUDENT}),
    "corresponding": frozenset({Role.CORRESPONDING}),
    "lead": frozenset({Role.LEAD}),
    "core": frozenset({Role.CORE}),
    "senior": frozenset({Role.SENIOR, Role.CO_SENIOR}),
    "supervised": frozenset({Role.SUPERVISED}),
    "contributor": frozenset({Role.CONTRIBUTOR}),
    "member": frozenset({Role.MEMBER}),
    "editor": frozenset({Role.EDITOR}),
    "translator": frozenset({Role.TRANSLATOR}),
}
"""The columns in their order. ``sole`` and ``middle`` are positions that no other role is needed for."""
NONE = "–"
"""What a cell prints for no paper."""


def tabulate_roles(
    groups: Iterable[tuple[str, Sequence[Credit]]], head: str, language: str, words: Mapping[str, str]
) -> CountTable | None:
    """The table of ``groups`` (title, papers); None if there is no paper. ``head`` is the word above the titles.

    A paper counts in the column of each role that the owner has in it, and once in the column of papers.
    """
    listed = [(title, credits) for title, credits in groups if credits]
    everything = [credit for _, credits in listed for credit in credits]
    if not everything:
        return None
    columns = {name: roles for name, roles in _COLUMNS.items() if any(credit.roles & roles for credit in everything)}

    def count(label: str, credits: Sequence[Credit]) -> CountRow:
        numbers = [len(credits), *(sum(bool(credit.roles & roles) for credit in credits) for roles in columns.values())]
        return CountRow(label, tuple(format_count(number, language) if number else NONE for number in numbers))

    names = (words["column_papers"], *(words[f"column_{name}"] for name in columns))
    rows = tuple(count(title, credits) for title, credits in listed)
    return CountTable(head, names, rows, count(words["column_total"], everything))
