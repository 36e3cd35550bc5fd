"""The limits of a bibliography: the number of entries, the length of their fields, the number of people in a list."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from cvgen.diagnostics import Problem
from cvgen.sources.bibtex.known_fields import FIELDS
from cvgen.sources.bibtex.raw_entry import RawEntry, RawField
from cvgen.sources.entry.link_fields import link_label
from cvgen.sources.limits import (
    LONGEST_FIELD,
    LONGEST_KEY,
    LONGEST_LIST_OF_PEOPLE,
    MOST_ENTRIES,
    MOST_FIELDS,
    MOST_PEOPLE,
)

_PEOPLE = ("author", "editor", "translator")


def apply_limits(entries: Sequence[RawEntry]) -> tuple[list[RawEntry], list[Problem]]:
    """The entries without what is beyond a limit, and an error for each of these parts."""
    problems: list[Problem] = []
    if len(entries) > MOST_ENTRIES:
        message = f"the bibliographies have {len(entries):,} entries; they may have {MOST_ENTRIES:,}"
        return [], [Problem(message, entries[MOST_ENTRIES].location, "keep only your own publications in them")]
    return [kept for entry in entries if (kept := _limit_entry(entry, problems))], problems


def _limit_entry(entry: RawEntry, problems: list[Problem]) -> RawEntry | None:
    if len(entry.key) > LONGEST_KEY:
        message = f"a key has {len(entry.key):,} characters; it may have {LONGEST_KEY:,}"
        problems.append(Problem(message, entry.location, "write a short word", kind="a key is too long"))
        return None
    if len(entry.fields) > MOST_FIELDS:
        message = f"{entry.key!r} has {len(entry.fields):,} fields; an entry may have {MOST_FIELDS:,}"
        hint = "delete those that no list shows"
        problems.append(Problem(message, entry.location, hint, kind="an entry has too many fields", entry=entry.key))
        return None
    refused = {
        name: problem for name, field in entry.fields.items() if (problem := _find_excess(entry.key, name, field))
    }
    problems += refused.values()
    return _without(entry, refused) if refused else entry


def _without(entry: RawEntry, names: Collection[str]) -> RawEntry:
    fields = {name: field for name, field in entry.fields.items() if name not in names}
    return replace(entry, fields=fields, refused=entry.refused | frozenset(names))


def _find_excess(key: str, name: str, field: RawField) -> Problem | None:
    """The Problem of a field that is too long, or has too many people; None for the others, and for fields not read."""
    is_people = name.startswith(_PEOPLE)
    most = LONGEST_LIST_OF_PEOPLE if is_people else LONGEST_FIELD
    if len(field.value) > most:
        if not (is_people or name in FIELDS or link_label(name)):
            return None
        message = f"the field {name!r} of {key!r} has {len(field.value):,} characters; it may have {most:,}"
        return Problem(message, field.location, "shorten it", kind="a field is too long", entry=key)
    if name in _PEOPLE and (count := field.value.count(" and ") + 1) > MOST_PEOPLE:
        message = f"the field {name!r} of {key!r} has {count:,} people; it may have {MOST_PEOPLE:,}"
        hint = "write the first of them and you, then 'and others'"
        return Problem(message, field.location, hint, kind="a list of people is too long", entry=key)
    return None
