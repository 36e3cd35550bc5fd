"""The profile: everything a person can say about their career, and the variants that show parts of it."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, Field, WithJsonSchema

from cvgen.diagnostics import BadValueError
from cvgen.model.base import (
    Frozen,
    LocalBlock,
    LocalText,
    Word,
    Words,
)
from cvgen.model.basics import Basics, BasicsChange
from cvgen.model.bibliography_settings import Bibliography
from cvgen.model.entries import (
    Award,
    Certificate,
    Competition,
    Education,
    Grant,
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
from cvgen.model.entry import Entry, Highlight
from cvgen.model.letters import Letter
from cvgen.model.own_words import LocalWord
from cvgen.model.sections import ENTRY_SECTIONS, LIKE, OWN, SECTIONS
from cvgen.model.variant_settings import DATE_STYLES, WORDS, DateStyleWord, Term, Variant


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
    words: dict[Word, LocalWord] = Field(default_factory=dict, description=WORDS)
    date_style: DateStyleWord | None = Field(default=None, description=DATE_STYLES)
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
    letters: dict[str, Letter] = Field(default_factory=dict, description="Letters by name: cvgen render --letter NAME")

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
