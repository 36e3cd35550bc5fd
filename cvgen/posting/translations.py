"""The shipped table of common terms in eleven languages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache

from cvgen.select.tokens import POSTING_VOCABULARY


@cache
def _load_rows() -> list[Mapping[str, list[str]]]:
    rows: list[Mapping[str, list[str]]] = json.loads((POSTING_VOCABULARY / "translations.json").read_text("utf-8"))
    return rows


def list_translations(first: str, second: str) -> list[tuple[str, ...]]:
    """The names of each term in two languages, those in ``first`` first; [] if both are the same language."""
    first, second = first.split("-")[0], second.split("-")[0]
    if first == second:
        return []
    return [(*row[first], *row[second]) for row in _load_rows() if first in row and second in row]
