"""What every entry has: settings, dates, bullets, people, and the positions held in one place."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from cvgen.diagnostics import BadValueError
from cvgen.model.base import (
    TEXT_SCHEMA,
    Dates,
    EndDate,
    Frozen,
    LinkUrl,
    LocalBlock,
    LocalText,
    StartDate,
    Word,
    Words,
    is_language_mapping,
)
from cvgen.model.dates import PRESENT, DateRange, join_spans


def _as_mapping(value: object) -> object:
    if isinstance(value, str):
        return {"text": value}
    if isinstance(value, dict) and "text" not in value and is_language_mapping(value):
        return {"text": value}
    return value


class Selectable(Frozen):
    """A part that may be shown in one variant and not in another."""

    tags: Words = Field(default=(), description="Variants with tags show only parts that share one, or have none")
    priority: int = Field(default=0, description="Counts for more when pages are full, or with -1 for less")
    pin: bool = Field(default=False, description="true: never leave it out")
    hidden: bool = Field(default=False, description="true: keep it in the file, but never print it")


class TextOrBody(Frozen):
    """A part that is written as plain text, as text by language, or as a mapping with more."""

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: Any, handler: Any) -> Any:
        """The JSON Schema of all three spellings."""
        reference = handler(core_schema)
        schema = handler.resolve_ref_schema(reference)
        body = dict(schema)
        schema.clear()
        schema["anyOf"] = [*TEXT_SCHEMA["anyOf"], body]
        return reference


class HighlightBody(TextOrBody, Selectable):
    """A bullet; it may have bullets of its own, and a short wording."""

    text: LocalText
    short: LocalText | None = None
    highlights: tuple[Highlight, ...] = ()


Highlight = Annotated[HighlightBody, BeforeValidator(_as_mapping)]


class PersonBody(TextOrBody):
    """A person named in an entry, such as a mentor."""

    name: LocalText
    url: LinkUrl | None = None


def _as_person(value: Any) -> object:
    if isinstance(value, str) or (is_language_mapping(value) and "url" not in value):
        return {"name": value}
    return value


Person = Annotated[PersonBody, BeforeValidator(_as_person)]


class _OneOrMore:
    """The JSON Schema of a list that may be written as its only item."""

    def __get_pydantic_json_schema__(self, core_schema: Any, handler: Any) -> Any:
        schema = handler(core_schema)
        return {"anyOf": [schema["items"], schema]}


People = Annotated[
    tuple[Person, ...],
    BeforeValidator(lambda value: value if isinstance(value, (list, tuple)) else [value]),
    _OneOrMore(),
]

Logo = Annotated[
    Word | None, Field(description="A PNG, JPEG, WebP or GIF file beside the profile, which themes may print")
]


class Entry(Selectable):
    """The fields that every entry of every section may have."""

    short: LocalBlock | None = None
    date: Dates | None = None
    start: StartDate | None = None
    end: EndDate | None = None
    url: LinkUrl | None = None
    summary: LocalBlock | None = None
    highlights: tuple[Highlight, ...] = ()
    publications: Words = Field(
        default=(), description="Keys of publications to print below the entry, in the style of the list"
    )

    @model_validator(mode="after")
    def _check_dates(self) -> Entry:
        if self.date and (self.start or self.end):
            message = "has both 'date' and 'start' or 'end'"
            raise BadValueError(message, "keep one of the two", has_subject=False, field="date")
        dates = self.dates or DateRange()
        if any(part.start and part.end and part.end.is_before(part.start) for part in dates.listed or (dates,)):
            hint, field = "exchange 'start' and 'end'", "end" if self.end else "date"
            raise BadValueError("ends before it starts", hint, has_subject=False, field=field)
        return self

    @property
    def dates(self) -> DateRange | None:
        """The dates of the entry, in either notation."""
        if self.start or self.end:
            return DateRange(self.start, self.end)
        return self.date


class Position(Entry):
    """One of several positions held under one employer, university or organization, with its own dates."""

    position: LocalText
    location: LocalText | None = None

    @model_validator(mode="after")
    def _check_dated(self) -> Position:
        if not self.dates:
            hint, keys = "add start: and end:, or date:", ("date", "start", "end")
            raise BadValueError("has no dates", hint, has_subject=False, missing=keys)
        return self


def _span_of(position: Position) -> DateRange:
    """The dates of ``position``; with a start alone, they go on to the present."""
    if position.start and not (position.end or position.start.is_expected):
        return DateRange(position.start, PRESENT)
    return position.dates or DateRange()


class EntryWithPositions(Entry):
    """An entry that may list several positions held in one place: the place is printed once, above them."""

    positions: tuple[Position, ...] = Field(
        default=(),
        description="Positions held here one after the other; the entry has their whole span if it has no dates",
    )

    @property
    def dates(self) -> DateRange | None:
        """The dates of the entry; if it has none of its own, from the first start to the last end of its positions."""
        return super().dates or join_spans(_span_of(position) for position in self.positions)

    def _check_single(self, field: str) -> None:
        """Raise BadValueError if the entry has ``field``, its only position, beside a list of positions."""
        if self.positions and getattr(self, field):
            message, hint = f"has both {field!r} and 'positions'", f"delete {field!r}, or make it one of the positions"
            raise BadValueError(message, hint, has_subject=False, field=field)


def list_positions(entry: Entry) -> tuple[Position, ...]:
    """The positions of ``entry``; () if it has none, as most entries."""
    return entry.positions if isinstance(entry, EntryWithPositions) else ()
