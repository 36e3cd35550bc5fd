"""Keys that several entries have: the first one is kept."""

from __future__ import annotations

from collections.abc import Iterable

from cvgen.diagnostics import Location, Problem, warn
from cvgen.sources.bibtex.raw_entry import RawEntry


def keep_first(entries: Iterable[RawEntry]) -> tuple[list[RawEntry], list[Problem]]:
    """The first entry of each key, with a warning for each one left out that names both places.

    Keys that differ in case only are two entries, as biber reads them, with a warning: BibTeX takes them for one.
    """
    kept: dict[str, RawEntry] = {}
    spellings: dict[str, RawEntry] = {}
    problems: list[Problem] = []
    for entry in entries:
        first = kept.get(entry.key)
        if first is None:
            kept[entry.key] = entry
            other = spellings.setdefault(entry.key.casefold(), entry)
            if other is not entry:
                problems.append(_warn_of_case(entry, other))
        else:
            problems.append(_warn_of_repeat(entry, first))
    return list(kept.values()), problems


def _warn_of_repeat(entry: RawEntry, first: RawEntry) -> Problem:
    where = _say_other(first.location, entry.location)
    hint = "rename this entry if it is another paper; delete it if it is the same"
    if first.location.file == entry.location.file:
        message = f"the key {entry.key!r} is used twice (first on {where}); the first is kept, this one is left out"
        kind = "a key is used twice; the first entry is kept"
    else:
        message = f"the key {entry.key!r} is in two files (first in {where}); the first is kept, this one is left out"
        kind = "a key is in two files; the first entry is kept"
    return warn(message, entry.location, hint, kind=kind, entry=entry.key)


def _warn_of_case(entry: RawEntry, first: RawEntry) -> Problem:
    where = _say_other(first.location, entry.location)
    message = f"the keys {first.key!r} ({where}) and {entry.key!r} differ in case only; both are kept"
    kind = "two keys differ in case only; both entries are kept"
    return warn(message, entry.location, "BibTeX takes them for one: rename one of the two", kind=kind, entry=entry.key)


def _say_other(place: Location, here: Location) -> str:
    return f"line {place.line}" if place.file == here.file else str(place)
