"""An entry of a bibliography as it is in its file: fields of LaTeX, each with its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from cvgen.diagnostics import Location
from cvgen.sources.placed_text import PlacedText


class RawField(NamedTuple):
    """A field's value without its delimiters, with macros and ``#`` resolved, still LaTeX.

    The field begins at ``begin`` of ``source``; from ``start`` to ``end`` is the value as typed, nothing where that
    is not known.
    """

    value: str
    source: PlacedText
    begin: int
    start: int = 0
    end: int = 0

    @property
    def location(self) -> Location:
        """The place where the field begins."""
        return self.source.place(self.begin)

    def place_of(self, words: str) -> Location:
        """The place of ``words`` in the value; the start of the field if they are typed in another way."""
        found = self.source.find(words, self.start, self.end) if self.end and words else None
        return found or self.location


@dataclass(frozen=True, slots=True)
class RawEntry:
    """An entry as it is in its file; type and field names in lower case."""

    key: str
    type: str
    fields: Mapping[str, RawField]
    location: Location
    refused: frozenset[str] = frozenset()
    """Fields that are there and cannot be read, which is reported already."""

    def get(self, *names: str) -> RawField | None:
        """The first field of ``names`` that is there and not empty."""
        fields = self.fields
        for name in names:
            if name in fields and not fields[name].value.isspace() and fields[name].value:
                return fields[name]
        return None

    @property
    def aliases(self) -> tuple[str, ...]:
        """Other keys of the entry: biblatex's field ``ids``."""
        field = self.get("ids")
        return tuple(filter(None, (alias.strip() for alias in field.value.split(",")))) if field else ()
