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
        found = self.find(words)
        return self.location if found is None else self.source.place(found)

    def find(self, words: str, at: int = 0) -> int | None:
        """The offset in ``source`` of ``words`` in the value, at or after ``at``; None if they are typed otherwise."""
        return self.source.find_offset(words, max(self.start, at), self.end) if self.end and words else None


@dataclass(slots=True)
class PlaceFinder:
    """Finds the places of words in the value of ``field``, each after the one before it."""

    field: RawField
    _at: int = 0

    def __call__(self, words: str) -> Location:
        """The place of the next ``words``, else of the first; the start of the field if they are typed otherwise."""
        found = self.field.find(words, self._at)
        if found is None:
            return self.field.place_of(words)
        self._at = found
        return self.field.source.place(found)


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
