"""The entries of a profile's sections; their fields have the names of JSON Resume, if it has one."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field, model_validator

from cvgen.diagnostics import BadValueError
from cvgen.model.base import (
    TEXT_SCHEMA,
    Count,
    Dates,
    Emails,
    EndDate,
    Frozen,
    LinkUrl,
    LocalBlock,
    LocalText,
    Phones,
    StartDate,
    Word,
    Words,
    is_language_mapping,
)
from cvgen.model.dates import PRESENT, DateRange, join_spans


def _as_mapping(value: Any) -> Any:
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


def _as_person(value: Any) -> Any:
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


class GenericEntry(Entry):
    """An entry of a person's own section."""

    title: LocalText
    subtitle: LocalText | None = None
    location: LocalText | None = None


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


class Work(EntryWithPositions):
    """A job, an internship; or an employer, with the positions held there."""

    name: LocalText
    description: LocalText | None = Field(default=None, description="What the employer does, in a few words")
    position: LocalText | None = None
    department: LocalText | None = None
    location: LocalText | None = None
    mentor: People = Field(default=(), description="A name, {name: …, url: …}, or a list of these")
    advisor: People = Field(default=(), description="A name, {name: …, url: …}, or a list of these")
    logo: Logo = None

    @model_validator(mode="after")
    def _check_position(self) -> Work:
        self._check_single("position")
        return self


class Education(EntryWithPositions):
    """A degree, or a time spent on one."""

    institution: LocalText
    study_type: LocalText | None = None
    area: LocalText | None = None
    department: LocalText | None = None
    location: LocalText | None = None
    score: LocalText | None = None
    advisor: People = Field(default=(), description="A name, {name: …, url: …}, or a list of these")
    courses: tuple[LocalText, ...] = ()
    logo: Logo = None


class Volunteer(EntryWithPositions):
    """Unpaid work; or an organization, with the positions held there."""

    organization: LocalText
    position: LocalText | None = None
    location: LocalText | None = None

    @model_validator(mode="after")
    def _check_position(self) -> Volunteer:
        self._check_single("position")
        return self


class Project(Entry):
    """Something built."""

    name: LocalText
    type: LocalText | None = Field(default=None, description="What kind of work it is, such as: application")
    role: LocalText | None = None
    entity: LocalText | None = None
    keywords: tuple[LocalText, ...] = ()
    stars: Count | None = Field(default=None, description="Stars of its repository: 700, 700+ or 700 (GitHub, 2026-02)")


class Award(Entry):
    """An honour."""

    title: LocalText
    awarder: LocalText | None = None


class Certificate(Entry):
    """A certificate."""

    name: LocalText
    issuer: LocalText | None = None


class Skill(Entry):
    """A group of skills; ``level`` is a word, a share such as 4/5, or a percentage."""

    name: LocalText
    level: LocalText | None = None
    keywords: tuple[LocalText, ...] = ()


class Language(Entry):
    """A language spoken."""

    language: LocalText
    fluency: LocalText | None = None


class Interest(Entry):
    """A field of interest."""

    name: LocalText
    keywords: tuple[LocalText, ...] = ()


class News(Entry):
    """Something that happened; ``short`` is another wording of ``text``."""

    text: LocalText
    short: LocalText | None = None


class Talk(Entry):
    """A talk given."""

    title: LocalText
    event: LocalText | None = None
    location: LocalText | None = None


class Service(EntryWithPositions):
    """Reviewing, committees, editing: a role, and where; or an organization, with the positions held there."""

    model_config = ConfigDict(
        json_schema_extra={"anyOf": [{"required": ["role"]}, {"required": ["organization", "positions"]}]}
    )

    role: LocalText | None = None
    organization: LocalText | None = None
    keywords: tuple[LocalText, ...] = ()

    @model_validator(mode="after")
    def _check_role(self) -> Service:
        self._check_single("role")
        needed = "organization" if self.positions else "role"
        if not getattr(self, needed):
            message = f"has 'positions' and no {needed!r}" if self.positions else f"has no {needed!r}"
            raise BadValueError(message, f"add {needed}: …", has_subject=False, missing=(needed,))
        return self


class Teaching(Entry):
    """A course taught."""

    course: LocalText
    role: LocalText | None = None
    institution: LocalText | None = None
    location: LocalText | None = None


class Competition(Entry):
    """A competition entered."""

    name: LocalText
    result: LocalText | None = None
    logo: Logo = None


class Grant(Entry):
    """Money won."""

    title: LocalText
    funder: LocalText | None = None
    amount: LocalText | None = None
    role: LocalText | None = None


class Referee(Entry):
    """A person who can give a reference."""

    name: LocalText
    position: LocalText | None = None
    institution: LocalText | None = None
    relation: LocalText | None = None
    email: Emails = Field(default=(), description="One e-mail address, or a list of them")
    phone: Phones = Field(default=(), description="One phone number as it is printed, or a list of them")
