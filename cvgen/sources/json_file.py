"""Reads JSON as people write it: comments and a comma after the last value are read, with a notice."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from cvgen.diagnostics import InputError, Location, Problem, notice
from cvgen.sources.limits import LONGEST_KEY, MOST_LEVELS, MOST_VALUES
from cvgen.sources.placed_text import PlacedText


def parse_json(text: str, file: str) -> tuple[Any, list[Problem]]:
    """The values of ``text``, in which every number stays as typed, and a notice where it is not strict JSON.

    ``null`` is None, ``true`` and ``false`` are texts. Raises InputError with the place of a fault.
    """
    try:
        value = json.loads(text, parse_int=str, parse_float=str, parse_constant=str, object_pairs_hook=_mapping)
        problems = []
    except json.JSONDecodeError as error:
        place = Location(file, error.lineno, error.colno)
        value, problems = _parse_lenient(text, file), [_say_lenient(place)]
    except RecursionError:
        raise InputError([_too_much(file)]) from None
    return _limit(value, file, [0], 0), problems


def _say_lenient(place: Location) -> Problem:
    return notice("this is not strict JSON; it is read as JSON5", place, "other programs may refuse it")


def _parse_lenient(text: str, file: str) -> object:
    """``text`` read as JSON5 (https://spec.json5.org), which has comments and commas after the last value."""
    import json5  # few files need it, and it is slow

    if not text.strip():
        raise InputError([Problem("the file is empty", Location(file), "name another file")])
    try:
        value, fault, at = json5.parse(
            text, parse_int=_as_typed, parse_float=str, parse_constant=str, object_pairs_hook=_mapping
        )
    except RecursionError:
        raise InputError([_too_much(file)]) from None
    if fault:
        found = f"{text[at]!r} does not fit here" if at < len(text) else "the text ends too early"
        hint = "look for a missing comma, quote or bracket before this place"
        raise InputError([Problem(f"not JSON: {found}", PlacedText(file, text).place(min(at, len(text))), hint)])
    return value


def _mapping(pairs: Iterable[tuple[str, object]]) -> dict[str, Any]:
    """A mapping in which a key that is used twice is kept, as ``key (2)``."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        name, number = key, 1
        while name in found:
            number += 1
            name = f"{key} ({number})"
        found[name] = value
    return found


def _as_typed(text: str, base: int = 10) -> str:
    return text if base == 10 else str(int(text, base))


def _too_much(file: str) -> Problem:
    hint = f"a file may have {MOST_LEVELS} levels and {MOST_VALUES:,} values"
    return Problem("the file is nested too deeply, or holds too many values", Location(file), hint)


def _limit(value: object, file: str, count: list[int], depth: int) -> object:
    """``value`` with texts for true and false; raises InputError beyond the limits of a file."""
    count[0] += 1
    if depth > MOST_LEVELS or count[0] > MOST_VALUES:
        raise InputError([_too_much(file)])
    if isinstance(value, dict):
        return {str(key)[:LONGEST_KEY]: _limit(one, file, count, depth + 1) for key, one in value.items()}
    if isinstance(value, list):
        return [_limit(one, file, count, depth + 1) for one in value]
    return str(value).lower() if isinstance(value, bool) else value
