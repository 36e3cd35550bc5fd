"""The letters of a profile: to whom each goes, what it says, and the variant that it goes with."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from cvgen.diagnostics import BadValueError
from cvgen.model.base import (
    TEXT_SCHEMA,
    Frozen,
    LocalBlock,
    LocalText,
    StartDate,
    Word,
    is_language_mapping,
)
from cvgen.model.basics import Place
from cvgen.model.dates import PartialDate
from cvgen.model.entry import TextOrBody


def _as_lines(value: object) -> object:
    """One text of several lines, or one by language, as a list of lines."""
    if isinstance(value, str):
        return [line.strip() for line in value.splitlines() if line.strip()] if "\n" in value.strip() else [value]
    return [value] if is_language_mapping(value) else value


Lines = Annotated[
    tuple[LocalText, ...],
    BeforeValidator(_as_lines),
    WithJsonSchema({"anyOf": [TEXT_SCHEMA, {"type": "array", "items": TEXT_SCHEMA}]}),
]
"""A list of lines, or one text with a line break after each."""


class Recipient(TextOrBody):
    """The person or organization that a letter goes to."""

    name: LocalText | None = Field(default=None, description="The person, as on an envelope: Dr. Ada Long")
    role: LocalText | None = Field(default=None, description="What the person does there, or the department")
    organization: LocalText | None = None
    address: Lines = Field(default=(), description="The street, the town and perhaps the country, a line for each")


def _as_recipient(value: object) -> object:
    return {"name": value} if isinstance(value, str) or is_language_mapping(value) else value


class Signature(TextOrBody):
    """What a letter is signed with: a name, or the picture of a signature above it."""

    text: LocalText | None = Field(default=None, description="The name below the letter [default: that of the person]")
    image: Word | None = Field(default=None, description="A picture of the signature: a PNG, JPEG, WebP or GIF file")


def _as_signature(value: object) -> object:
    return {"text": value} if isinstance(value, str) or is_language_mapping(value) else value


def check_day(value: PartialDate) -> PartialDate:
    """``value``, if it is a date that a letter can have. Raises BadValueError."""
    if value.is_present or value.is_expected:
        raise BadValueError("this cannot be the date of a letter", "write 2026-05-03")
    return value


STARTER_BODY = "Write here why you want this position, and what you have done that answers the points above."
"""The text of a letter that ``cvgen match --letter`` starts."""


class Letter(Frozen):
    """A letter that goes with a variant, in its theme and language; what it does not say follows that language."""

    variant: Word | None = Field(
        default=None, description="The variant that it goes with, whose theme and language it has [default: default]"
    )
    language: Word | None = Field(default=None, description="The language of the letter [default: the variant's]")
    options: dict[str, Word] = Field(default_factory=dict, description="Theme options for the letter alone")
    pages: int = Field(default=1, ge=1, description="The most pages that it may have; it is never shortened")
    recipient: Annotated[Recipient, BeforeValidator(_as_recipient)] | None = Field(
        default=None, description="The name of the person, or name, role, organization and address"
    )
    address: Place | None = Field(default=None, description="Your address in this letter [default: that of basics]")
    place: LocalText | None = Field(
        default=None, description="The place before the date [default: your town, in languages that name it]"
    )
    date: Annotated[StartDate, AfterValidator(check_day)] | None = Field(
        default=None, description="The date, such as 2026-05-03 [default: that of --date; else none is printed]"
    )
    subject: LocalText | None = Field(default=None, description="What the letter is about, without a word such as Re")
    salutation: LocalText | None = Field(
        default=None, description="The first line, with its comma [default: the language's, with the recipient's name]"
    )
    body: LocalBlock = Field(description="The text: paragraphs with a blank line between them, and lists")
    closing: LocalText | None = Field(
        default=None, description="The last line, with its comma [default: the language's]"
    )
    signature: Annotated[Signature, BeforeValidator(_as_signature)] | None = Field(
        default=None, description="The name, or text and image [default: your name]"
    )
    enclosures: Lines = Field(default=(), description="What is sent with the letter, such as: Curriculum vitae")
