"""The entries of a profile's sections; their fields have the names of JSON Resume, if it has one."""

from __future__ import annotations

from pydantic import ConfigDict, Field, model_validator

from cvgen.diagnostics import BadValueError
from cvgen.model.base import (
    Count,
    Emails,
    LocalText,
    Phones,
)
from cvgen.model.entry import Entry, EntryWithPositions, Logo, People


class GenericEntry(Entry):
    """An entry of a person's own section."""

    title: LocalText
    subtitle: LocalText | None = None
    location: LocalText | None = None


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
