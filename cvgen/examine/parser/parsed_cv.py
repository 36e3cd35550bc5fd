"""What a parser makes of a PDF: contacts, entries, skills, what it could not place, and why."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Remark:
    """Something on a page that parsers read in another way than people: what, why, and what to write instead.

    ``text`` is what they may miss though this parser found it; empty where it was not found anyway.
    """

    page: int
    cause: str
    """A word for the reason, the same for all remarks of its kind."""
    message: str
    hint: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class ParsedEntry:
    """A job, a degree or a project. A field is empty where nothing was found.

    ``lead`` is the employer, the school or the name of the project; ``role`` the title of the job or the degree.
    """

    page: int
    lead: str
    role: str
    date: str
    bullets: tuple[str, ...]
    unplaced: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParsedContacts:
    """What is above the first title."""

    name: str = ""
    headline: str = ""
    email: str = ""
    phone: str = ""
    place: str = ""
    urls: tuple[str, ...] = ()
    summary: str = ""
    unplaced: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OtherSection:
    """A section that has no fields of its own in a parser: its title and its lines."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParsedCv:
    """A whole CV. An empty field was not found."""

    pages: int
    contacts: ParsedContacts
    summary: str
    jobs: tuple[ParsedEntry, ...]
    schools: tuple[ParsedEntry, ...]
    projects: tuple[ParsedEntry, ...]
    skills: tuple[str, ...]
    others: tuple[OtherSection, ...]
    remarks: tuple[Remark, ...]
