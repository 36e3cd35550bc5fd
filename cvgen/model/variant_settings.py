"""A variant as a person writes it: its sections in order, what they show, and its other settings."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from cvgen.diagnostics import BadValueError, suggest
from cvgen.model.base import (
    Frozen,
    LocalText,
    OneOrMoreWords,
    Word,
    Words,
)
from cvgen.model.basics import BasicsChange
from cvgen.model.date_style import DateStyle
from cvgen.model.own_words import LocalWord


class NamedQuery(Frozen):
    """A group of publications: its title, and the query that selects them."""

    title: LocalText
    where: Word


def _with_groups(body: dict[str, Any]) -> dict[str, Any]:
    """``group_by`` may be a list of named queries, which the model keeps apart as ``groups``."""
    if not isinstance(body.get("group_by"), list):
        return body
    return {("groups" if key == "group_by" else key): value for key, value in body.items()}


def _as_section(value: object) -> object:
    if isinstance(value, str):
        return {"section": value}
    if isinstance(value, dict) and len(value) == 1 and "section" not in value:
        ((name, body),) = value.items()
        if isinstance(body, dict):
            return {"section": name, **_with_groups(body)}
    if isinstance(value, dict) and "section" not in value:
        hint = "write '- NAME: {…}', or the settings on lines of their own, 4 spaces deeper"
        raise BadValueError("is not a section", hint, has_subject=False)
    return value


class Order(StrEnum):
    """The order of the bullets and keywords of a section."""

    PROFILE = "profile"
    RELEVANCE = "relevance"


def _read_order(value: object) -> Order:
    try:
        return Order(str(value).casefold().strip())
    except ValueError:
        raise BadValueError(f"{value!r} is not an order", suggest(str(value), list(Order))) from None


class Numbering(Frozen):
    """How the papers of a list are numbered: ``count`` is true, continued, reversed or false; ``[J1]`` has a prefix."""

    count: Word = Field(default="true", description="true, continued, reversed or false, as without a prefix")
    prefix: Word = Field(default="", description="What is before each number: J prints [J1], [J2] …")

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: Any, handler: Any) -> Any:
        """The word of ``count`` alone, or the mapping."""
        schema = handler.resolve_ref_schema(handler(core_schema))
        mapping = dict(schema)
        schema.clear()
        schema["anyOf"] = [{"type": ["string", "boolean"]}, mapping]
        return schema


def _read_numbering(value: object) -> object:
    return {"count": value} if isinstance(value, str) else value


NumberingSpec = Annotated[Numbering, BeforeValidator(_read_numbering)]
OrderWord = Annotated[Order, BeforeValidator(_read_order), WithJsonSchema({"enum": list(Order)})]


class SectionBody(Frozen):
    """One section of a variant: its name, its title, and the choice of its entries."""

    section: Word
    title: LocalText | None = None
    with_: Words = Field(default=(), alias="with")
    where: Word | None = None
    tags: Words = ()
    exclude_tags: Words = ()
    sort: OneOrMoreWords = Field(
        default=(),
        description="The order: newest, oldest or file; for papers also title, venue, citations, year, author, topic, "
        "kind, status, and several of them: [-year, venue], where a minus sign turns one round",
    )
    limit: int | None = Field(default=None, ge=1)
    group_by: Word | None = None
    groups: tuple[NamedQuery, ...] = ()
    exclude: Words = ()
    pin: Words = ()
    style: Word | None = Field(
        default=None,
        description="The citation style: one of the theme's, the name of a CSL style, or the file of one (mine.csl) "
        "[default: full]",
    )
    max_authors: int | None = Field(default=None, ge=1)
    roles: bool = False
    counts: bool = False
    count_venues: Words = ()
    count_table: Word | None = Field(
        default=None,
        description="A table of papers by role; rows: topic, year, kind, venue, status, or group (group_by)",
    )
    only_counts: bool = Field(default=False, description="Print the counts and the table without the papers")
    legend: bool = True
    group_counts: bool = Field(default=False, description="Print the number of papers after each group's title")
    numbered: NumberingSpec = Numbering(count="false")
    order: OrderWord | None = Field(
        default=None,
        description="relevance: bullets, groups of keywords and keywords that the variant's priorities ask for come "
        "first; profile: as written [default: the variant's]",
    )
    weight: float | None = Field(default=None, gt=0)

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: Any, handler: Any) -> Any:
        """A section's name, or a mapping with that name as its only key: ``{publications: {where: first}}``."""
        reference = handler(core_schema)
        schema = handler.resolve_ref_schema(reference)
        body = {key: value for key, value in schema.items() if key != "required"}
        body["properties"] = {key: value for key, value in body["properties"].items() if key != "section"}
        groups = body["properties"].pop("groups")
        by, listed = body["properties"]["group_by"], {"type": "array", "items": groups["items"]}
        said = {key: by[key] for key in ("description", "examples") if key in by}
        body["properties"]["group_by"] = {**said, "anyOf": [{"type": "string"}, listed]}
        schema.clear()
        named = {"type": "object", "minProperties": 1, "maxProperties": 1, "additionalProperties": body}
        schema["anyOf"] = [{"type": "string"}, named]
        return reference


SectionSpec = Annotated[SectionBody, BeforeValidator(_as_section)]


def _check_term(value: str) -> str:
    if not any(character.isalnum() for character in value):
        message = f"{value!r} has no letter and no digit, so no text mentions it"
        raise BadValueError(message, "write a word of your texts")
    return value


Term = Annotated[str, AfterValidator(_check_term)]


class Comfort(StrEnum):
    """How far a document is tightened before weak bullets are left out."""

    ROOMY = "roomy"
    NORMAL = "normal"
    TIGHT = "tight"


def _read_comfort(value: object) -> Comfort:
    try:
        return Comfort(str(value).casefold().strip())
    except ValueError:
        raise BadValueError(f"{value!r} is not a comfort", suggest(str(value), list(Comfort))) from None


ComfortWord = Annotated[Comfort, BeforeValidator(_read_comfort), WithJsonSchema({"enum": list(Comfort)})]


def _read_date_style(value: object) -> DateStyle:
    try:
        return DateStyle(str(value).casefold().strip())
    except ValueError:
        raise BadValueError(f"{value!r} is not a style of dates", suggest(str(value), list(DateStyle))) from None


DateStyleWord = Annotated[DateStyle, BeforeValidator(_read_date_style), WithJsonSchema({"enum": list(DateStyle)})]
DATE_STYLES = "Months and days: text (Mar 2018), numeric (03/2018), iso (2018-03) or dotted (2018.03) [default: text]"
WORDS = "Fixed words to replace, by their names in locales/en/words.json: {present: today, section_service: Reviews}"


class Variant(Frozen):
    """The settings of one document: sections and their order, tags, theme, language."""

    extends: Word | None = None
    theme: Word | None = None
    basics: BasicsChange | None = Field(
        default=None, description="Fields of basics that this variant replaces; null removes one"
    )
    options: dict[str, Word] | None = None
    language: Word | None = None
    words: dict[Word, LocalWord] | None = Field(default=None, description=WORDS)
    date_style: DateStyleWord | None = Field(default=None, description=DATE_STYLES)
    sections: tuple[SectionSpec, ...] | None = None
    tags: Words | None = None
    exclude_tags: Words | None = None
    short: bool | None = None
    pages: int | None = Field(default=None, ge=1)
    comfort: ComfortWord | None = Field(
        default=None,
        description="How far sizes and spaces are tightened before weak bullets go, if pages are limited: roomy (not at"
        " all), normal, or tight (as far as the theme allows)",
    )
    order: OrderWord | None = Field(
        default=None,
        description="relevance: in all sections, bullets, groups of keywords and keywords that the priorities ask for "
        "come first; profile: as written [default: profile]",
    )
    weigh_words: bool | None = Field(
        default=None,
        description="false: the words of a bullet (numbers, outcomes; 'took part', 'various') do not count when pages "
        "are full [default: true]",
    )
    file: Word | None = None
    priorities: dict[Term, int] | None = Field(
        default=None,
        description="Term → points: the part that mentions the term best is worth so much more when pages are full; "
        "points below 0 make each part that mentions it worth less",
    )
