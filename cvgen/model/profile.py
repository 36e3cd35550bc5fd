"""The profile: everything a person can say about their career, and the variants that show parts of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, AliasChoices, BeforeValidator, Field, WithJsonSchema, model_validator

from cvgen.diagnostics import BadValueError, did_you_mean, one_of, suggest
from cvgen.model.base import (
    Count,
    Emails,
    Frozen,
    LinkUrl,
    LocalBlock,
    LocalText,
    Phones,
    StartDate,
    Url,
    Urls,
    Word,
    Words,
    is_language_mapping,
)
from cvgen.model.dates import PartialDate
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
    TextOrBody,
    Volunteer,
    Work,
)
from cvgen.model.inline import list_links
from cvgen.model.networks import NETWORKS, Network, find_network
from cvgen.model.publication import MARK_ALIASES, Mark, find_mark, nearest_mark
from cvgen.model.sections import ENTRY_SECTIONS, LIKE, OWN, SECTIONS


class PlaceBody(TextOrBody):
    """The place where the person lives, as precise as they choose."""

    address: LocalText | None = None
    postal_code: Word | None = None
    city: LocalText | None = None
    region: LocalText | None = None
    country_code: Word | None = None
    text: LocalText | None = None


def _as_place(value: Any) -> Any:
    return {"text": value} if isinstance(value, str) or is_language_mapping(value) else value


Place = Annotated[PlaceBody, BeforeValidator(_as_place)]


class NetworkProfile(Frozen):
    """An account: a known ``network`` with a ``username``, or any network with a ``url``."""

    network: Word = Field(
        description="A known network, or with url: the name of any other: " + ", ".join(NETWORKS),
    )
    username: Word | None = Field(default=None, description="The handle; it is taken from url if it is not given")
    url: Url | None = Field(default=None, description="The address; that of the handle if it is not given")

    @model_validator(mode="after")
    def _check_reachable(self) -> NetworkProfile:
        if not self.username and not self.url:
            raise BadValueError("has neither 'username' nor 'url'", "write one of the two", has_subject=False)
        if self.username and re.match(r"https?://|www\.", self.username):
            message, hint = f"{self.username!r} is an address", "write url: in place of username:"
            raise BadValueError(message, hint, field="username")
        if not self.url and not self.known:
            near = suggest(self.network, NETWORKS, otherwise="write its address as url: https://…")
            raise BadValueError(f"{self.network!r} is not a known network", near, field="network")
        return self

    @property
    def known(self) -> Network | None:
        """The row of the network; None for one that cvgen does not know."""
        return find_network(self.network)

    @property
    def handle(self) -> str:
        """The name of the account, taken from its address if only this is given; empty if it is not known."""
        return self.username or (self.known.find_handle(self.url or "") if self.known else "")

    @property
    def address(self) -> str:
        """The address of the account, as given or by the network's rule; empty if it has none."""
        return self.url or (self.known.find_address(self.username or "") if self.known else "")


class OwnContact(Frozen):
    """A contact that no other field is made for: an office, a fax, a calendar to book a meeting."""

    label: LocalText | None = Field(default=None, description="The word before the text")
    text: LocalText | None = Field(default=None, description="The text; the address if it is not given")
    icon: Word | None = Field(default=None, description="The name of one of the theme's icons, such as building")
    url: Url | None = Field(
        default=None,
        validation_alias=AliasChoices("url", "address"),
        description="The address that the text links to; also written as address",
    )

    @model_validator(mode="after")
    def _check_says_something(self) -> OwnContact:
        if not self.text and not self.url:
            raise BadValueError("has neither 'text' nor 'url'", "write one of the two", has_subject=False)
        for text in (self.label, self.text):
            if text and any(any(list_links(wording.nodes)) for _, wording in text.wordings):
                message = "has a link in its text"
                raise BadValueError(message, "write the address as url: https://…", has_subject=False)
        return self


def _check_birth_date(value: PartialDate) -> PartialDate:
    if value.is_present or value.is_expected:
        raise BadValueError("the date of birth is not a date", "write 1990-05-03, 1990-05 or 1990")
    return value


class _Contacts(Frozen):
    """What ``basics`` and the changes of a variant have in common."""

    native_name: LocalText | None = None
    label: LocalText | None = None
    image: Word | None = None
    email: Emails = Field(default=(), description="One e-mail address, or a list of them")
    phone: Phones = Field(default=(), description="One phone number as it is printed, or a list of them")
    url: Urls = Field(default=(), description="One web address, or a list of them")
    location: Place | None = None
    profiles: tuple[NetworkProfile, ...] = ()
    contacts: tuple[OwnContact, ...] = Field(default=(), description="Contacts of your own")
    birth_date: Annotated[StartDate, AfterValidator(_check_birth_date)] | None = Field(
        default=None, description="The date of birth, where a country expects it"
    )
    nationality: LocalText | None = Field(default=None, description="The nationality, where a country expects it")
    pronouns: LocalText | None = Field(default=None, description="Pronouns, such as she/her")
    visa: LocalText | None = Field(default=None, description="A visa or work permit, such as: EU Blue Card")
    summary: LocalBlock | None = None


class Basics(_Contacts):
    """Who the person is and how to reach them."""

    name: LocalText


class BasicsChange(_Contacts):
    """What a variant shows in place of fields of ``basics``: each replaces the whole field, and null removes it."""

    name: LocalText | None = None

    @model_validator(mode="before")
    @classmethod
    def _read_removed(cls, value: Any) -> Any:
        if not isinstance(value, Mapping) or None not in value.values():
            return value
        if "name" in value and value["name"] is None:
            raise BadValueError("a document needs a name", "write the name, or delete this line", field="name")
        # An absent field does not change anything, so what is removed is set to the value of an absent one
        fields = cls.model_fields
        return {key: fields[key].default if one is None and key in fields else one for key, one in value.items()}

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: Any, handler: Any) -> Any:
        """Each field of ``basics``, or null."""
        reference = handler(core_schema)
        schema = handler.resolve_ref_schema(reference)
        for name, field in schema["properties"].items():
            if name != "name":
                described = {key: field.pop(key) for key in ("title", "description") if key in field}
                field.pop("default", None)
                schema["properties"][name] = {"anyOf": [field, {"const": None}], **described}
        return reference

    @property
    def changes(self) -> dict[str, Any]:
        """The new value of each field that the variant changes; an empty one removes it."""
        return {name: getattr(self, name) for name in type(self).model_fields if name in self.model_fields_set}


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
    image: Word | None = None
    badge: Word | None = Field(
        default=None, description="A short text on the picture, such as CVPR 2025; printed beside the award without one"
    )
    tags: Words = ()
    links: dict[str, LinkUrl] = Field(default_factory=dict)
    highlights: tuple[Highlight, ...] = ()
    roles: tuple[MarkWord, ...] = ()
    priority: int = 0
    pin: bool = False
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
    file: Word | None = None
    priorities: dict[Term, int] | None = None
    """Added to the priority of each part that mentions the term."""


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
