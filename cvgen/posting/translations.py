"""The shipped table of common terms in eleven languages."""

from __future__ import annotations

from cvgen.select.vocabulary_files import read_table


def list_translations(first: str, second: str) -> list[tuple[str, ...]]:
    """The names of each term in two languages, those in ``first`` first; [] if both are the same language."""
    first, second = first.split("-")[0], second.split("-")[0]
    if first == second:
        return []
    return [(*row[first], *row[second]) for row in read_table("translations") if first in row and second in row]
