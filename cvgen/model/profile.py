"""The profile: everything a person can say about their career, and the variants that show parts of it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from cvgen.diagnostics import BadValueError, did_you_mean, one_of, suggest
from cvgen.model.base import (
    Count,
    Frozen,
    LinkUrl,
    LocalBlock,
    LocalText,
    Url,
    Word,
    Words,
)
from cvgen.model.basics import Basics, BasicsChange
from cvgen.model.entries import (
    Award,
    Certificate,
    Competition,
    Education,
    Entry,
    Grant,
    Highlight,
    Interest,
    Language,
    News,
    Project,
    Referee,
    Service,
    Skill,
    Talk,
    Teaching,
    Volunteer,
    Work,
)
from cvgen.model.publication import MARK_ALIASES, Mark, find_mark, nearest_mark
from cvgen.model.sections import ENTRY_SECTIONS, LIKE, OWN, SECTIONS


def _suggest_mark(typed: str, *others: str) -> str:
    """The hint for a word that is neither a mark nor one of ``others``."""
    near = nearest_mark(typed, *others)
    return did_you_mean(near) if near else one_of([*Mark, *others])


def _read_mark(value: Any) -> Mark:
    if isinstance(value, Mark):
        return value
    mark = find_mark(str(value))
    if not mark:
        raise BadValueError(f"{value!r} is not a mark", _suggest_mark(str(value)))
    return mark


MarkWord = Annotated[Mark, BeforeValidator(_read_mark), WithJsonSchema({"enum": sorted(MARK_ALIASES)})]
IGNORE = "ignore"
"""The word of ``annotations`` for a keyword without a meaning."""


def _read_annotation(value: Any) -> Mark | None:
    if value is None or str(value).casefold().strip() == IGNORE:
        return None
    if mark := find_mark(str(value)):
        return mark
    raise BadValueError(f"{value!r} is neither a mark nor {IGNORE!r}", _suggest_mark(str(value), IGNORE))


AnnotationWord = Annotated[
    Mark | None, BeforeValidator(_read_annotation), WithJsonSchema({"enum": [IGNORE, *sorted(MARK_ALIASES)]})
]
"""The mark that a word of an annotation means; None if the word is ignored."""


class Overlay(Frozen):
    """Facts that a publication's entry in the BibTeX file lacks."""

    topic: Word | None = None
    note: LocalText | None = None
    award: LocalText | None = None
    venue_short: Word | None = None
    title_short: LocalText | None = None
    rank: Word | None = None
    citations: Count | None = None
    stars: Count | None = None
    image: Word | None = Field(
        default=None, description="A picture beside the paper on web pages: a PNG, JPEG, WebP, GIF or SVG file"
    )
    badge: Word | None = Field(
        default=None, description="A short text on the picture, such as CVPR 2025; printed beside the award without one"
    )
    tags: Words = ()
    links: dict[str, LinkUrl] = Field(default_factory=dict)
    highlights: tuple[Highlight, ...] = ()
    roles: tuple[MarkWord, ...] = ()
    priority: int = 0
    pin: bool = False
    selected: bool = Field(
        default=False,
        description="true: a representative paper, for queries, for full pages, and highlighted on web pages",
    )
    hidden: bool = Field(default=False, description="true: keep the paper in the files and show it nowhere")


class Bibliography(Frozen):
    """The BibTeX files, and how to read the owner and the marks in them."""

    files: Words = ()
    aliases: Words = ()
    orcid: Word | None = None
    merge_twins: bool = True
    marks: dict[str, MarkWord] = Field(default_factory=dict)
    annotations: dict[str, AnnotationWord] = Field(default_factory=dict)
    people: dict[str, Url] = Field(
        default_factory=dict, description="Name → home page: links the person's name in lists of authors"
    )
    entries: dict[str, Overlay] = Field(default_factory=dict)


class NamedQuery(Frozen):
    """A group of publications: its title, and the query that selects them."""

    title: LocalText
    where: Word


def _with_groups(body: dict[str, Any]) -> dict[str, Any]:
    """``group_by`` may be a list of named queries, which the model keeps apart as ``groups``."""
    if not isinstance(body.get("group_by"), list):
        return body
    return {("groups" if key == "group_by" else key): value for key, value in body.items()}


def _as_section(value: Any) -> Any:
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


def _read_order(value: Any) -> Order:
    try:
        return Order(str(value).casefold().strip())
    except ValueError:
        raise BadValueError(f"{value!r} is not an order", suggest(str(value), list(Order))) from None


OrderWord = Annotated[Order, BeforeValidator(_read_order), WithJsonSchema({"enum": list(Order)})]


class SectionBody(Frozen):
    """One section of a variant: its name, its title, and the choice of its entries."""

    section: Word
    title: LocalText | None = None
    with_: Words = Field(default=(), alias="with")
    where: Word | None = None
    tags: Words = ()
    exclude_tags: Words = ()
    sort: Word | None = None
    limit: int | None = Field(default=None, ge=1)
    group_by: Word | None = None
    groups: tuple[NamedQuery, ...] = ()
    exclude: Words = ()
    pin: Words = ()
    style: Word | None = None
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
    numbered: Word = "false"
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
        body["properties"]["group_by"] = {"anyOf": [{"type": "string"}, {"type": "array", "items": groups["items"]}]}
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


def _read_comfort(value: Any) -> Comfort:
    try:
        return Comfort(str(value).casefold().strip())
    except ValueError:
        raise BadValueError(f"{value!r} is not a comfort", suggest(str(value), list(Comfort))) from None


ComfortWord = Annotated[Comfort, BeforeValidator(_read_comfort), WithJsonSchema({"enum": list(Comfort)})]


class Variant(Frozen):
    """The settings of one document: sections and their order, tags, theme, language."""

    extends: Word | None = None
    theme: Word | None = None
    basics: BasicsChange | None = Field(
        default=None, description="Fields of basics that this variant replaces; null removes one"
    )
    options: dict[str, Word] | None = None
    language: Word | None = None
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


def _check_own_name(name: str) -> str:
    if name in SECTIONS:
        raise BadValueError(f"{name!r} is the name of a built-in section", "give your own section another name")
    return name


class CustomSection(Frozen):
    """A section of a person's own: a title, text, and entries like those of a built-in section."""

    title: LocalText
    like: Annotated[str, WithJsonSchema({"enum": list(LIKE)})] = OWN.name
    text: LocalBlock | None = None
    highlights: tuple[Highlight, ...] = ()
    entries: tuple[Any, ...] = Field(default=(), json_schema_extra={"items": {"type": "object"}})


class Profile(Frozen):
    """A whole profile. It has a field for each built-in section that holds entries."""

    basics: Basics
    language: Word = "en"
    synonyms: dict[Term, Words] = Field(
        default_factory=dict,
        description="Other names of your terms, for priorities and cvgen match: {ALS: [Advanced Life Support]}",
    )
    bibliography: Bibliography = Bibliography()
    education: tuple[Education, ...] = ()
    work: tuple[Work, ...] = ()
    volunteer: tuple[Volunteer, ...] = ()
    projects: tuple[Project, ...] = ()
    awards: tuple[Award, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    skills: tuple[Skill, ...] = ()
    languages: tuple[Language, ...] = ()
    interests: tuple[Interest, ...] = ()
    news: tuple[News, ...] = ()
    talks: tuple[Talk, ...] = ()
    service: tuple[Service, ...] = ()
    teaching: tuple[Teaching, ...] = ()
    competitions: tuple[Competition, ...] = ()
    grants: tuple[Grant, ...] = ()
    referees: tuple[Referee, ...] = ()
    sections: dict[Annotated[str, AfterValidator(_check_own_name)], CustomSection] = Field(default_factory=dict)
    variants: dict[str, Variant] = Field(default_factory=dict)

    @property
    def synonym_groups(self) -> tuple[tuple[str, ...], ...]:
        """The names of ``synonyms`` that mean the same, in groups."""
        return tuple((name, *others) for name, others in self.synonyms.items())

    @property
    def entry_sections(self) -> tuple[str, ...]:
        """The names of all sections that can hold entries, the person's own last."""
        return (*ENTRY_SECTIONS, *self.sections)

    @property
    def all_basics(self) -> dict[tuple[str, ...], Basics | BasicsChange]:
        """``basics`` and the changes that variants make to it, each by its path in the profile."""
        found: dict[tuple[str, ...], Basics | BasicsChange] = {("basics",): self.basics}
        for name, variant in self.variants.items():
            if variant.basics:
                found["variants", name, "basics"] = variant.basics
        return found

    def entries(self, section: str) -> tuple[Entry, ...]:
        """The entries of one built-in or custom section, () if there are none."""
        if section in self.sections:
            return self.sections[section].entries
        return getattr(self, section) if section in ENTRY_SECTIONS else ()

    def path_of(self, section: str, index: int) -> tuple[str | int, ...]:
        """The path in the profile of the entry ``index`` of ``section``."""
        return ("sections", section, "entries", index) if section in self.sections else (section, index)
