"""Carries the fields of a source into a part of the draft, by a table; what no row reads becomes a leftover."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cvgen.convert.foreign_values import ValueReader, line
from cvgen.convert.profile_draft import Carried, DraftMapping

_JOINED = frozenset({"summary", "text"})
"""Fields that hold the texts of several keys, one paragraph each."""


@dataclass(frozen=True, slots=True)
class Field:
    """A row: keys of the source, separated by ``|``, the field of ours they fill, and how their values are read.

    Of several keys the first with a value fills the field; the others add to it if it is a list or a summary.
    """

    keys: str
    target: str
    read: ValueReader = line


def plain_key(key: object) -> str:
    """``key`` without case and signs: ``startDate``, ``start_date`` and ``Start Date`` are one key."""
    return re.sub(r"[\W_]+", "", str(key)).casefold()


def carry(item: Mapping[str, object], table: Iterable[Field], where: str) -> DraftMapping:
    """The mapping that ``table`` makes of ``item``, which is at ``where``; what no row reads becomes a leftover."""
    part = DraftMapping(where=where)
    unread = dict(item)
    for row in table:
        for wanted in map(plain_key, row.keys.split("|")):
            for key in [key for key in unread if plain_key(key) == wanted]:
                value = unread.pop(key)
                place = f"{where}.{key}" if where else str(key)
                read = row.read(value, place) if value not in (None, "", [], {}) else None
                if read is None or not _put(part, row.target, read):
                    part.keep_leftover(place, value)
    for key, value in unread.items():
        part.keep_leftover(f"{where}.{key}" if where else str(key), value)
    return part


def _put(part: DraftMapping, target: str, value: object) -> bool:
    """Fill or extend the field ``target``; False if it has another value already."""
    there = part.get(target)
    if there is None:
        part[target] = value
    elif isinstance(there, list):
        part[target] = [*there, *(value if isinstance(value, list) else [value])]
    elif there == value or target in _JOINED:
        if there != value:
            part[target] = Carried(f"{there}\n\n{value}", there.where)
    else:
        return False
    return True


def take_section(value: object) -> list[Any]:
    """The items of a section: a list, or a mapping or text that is its only item."""
    if isinstance(value, list):
        return value
    return [] if value in (None, "", {}) else [value]


def carry_all(value: object, table: Iterable[Field], where: str, named: str) -> list[DraftMapping]:
    """A mapping for each item of a section; an item that is only a text fills its field ``named``."""
    parts = []
    rows = tuple(table)
    for number, item in enumerate(take_section(value)):
        place = f"{where}[{number}]"
        if isinstance(item, Mapping):
            part = carry(item, rows, place)
        else:
            part = DraftMapping(where=place)
            text = line(item, place)
            if text is None:
                part.keep_leftover(place, item)
            else:
                part[named] = text
        if part or part.leftovers:
            parts.append(part)
    return parts
