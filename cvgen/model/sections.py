"""The kinds of section: everything that cvgen knows about a kind is in its row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from cvgen.model import entries
from cvgen.model.dates import PRESENT, DateRange
from cvgen.model.entry import Entry, Position


class Shape(StrEnum):
    """The layout of a section. Themes have a template for each shape, not for each section."""

    TEXT = "text"
    ENTRIES = "entries"
    LINES = "lines"
    DATED = "dated"
    CARDS = "cards"
    PUBLICATIONS = "publications"


class Occupies(StrEnum):
    """Whether an entry explains years of a life, so that leaving it out may leave a gap."""

    NOTHING = ""
    YEARS = "years"
    """It explains its years, but may be left out: a degree."""
    JOB = "job"
    """It explains its years, and must not be left out if this opens a gap: a job."""


@dataclass(frozen=True, slots=True)
class ItemFields:
    """The fields of an entry that fill each part of an Item: one for the heading, any number for the others.

    Names are separated by spaces. Texts are joined by commas in ``subheading`` and ``aside``, and are items of a list
    in ``details``. In ``notes`` a text is printed as it is; people or a list have a label, the word for that field in
    the words files. ``metrics`` are counts, ``logo`` is a picture's file. ``short_heading`` is whether an entry's short
    wording replaces its heading, not its summary.
    """

    heading: str
    subheading: str = ""
    aside: str = ""
    details: str = ""
    notes: str = ""
    contacts: str = ""
    metrics: str = ""
    logo: str = ""
    short_heading: bool = False
    level: str = ""
    """The field with the level of a skill."""
    level_steps: int = 5
    """The steps of the scale on which words such as "fluent" are; those of the CEFR for languages."""
    names: str = "institution organization awarder issuer funder event location entity department"
    """Fields with names of organizations, places and people, whose characters stay as typed."""


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A kind of section. Its name is its key in a profile, and the key of its heading in the words files.

    ``entry`` is the class of its entries, None if it has none. ``weight`` is the value of an entry when pages are full,
    if the variant sets no weight.
    """

    name: str
    shape: Shape
    weight: float
    entry: type[Entry] | None = None
    fields: ItemFields = ItemFields("")
    occupies: Occupies = Occupies.NOTHING
    is_ongoing: bool = False
    """Whether an entry with a start and no end lasts to the present."""
    terms: str = ""
    """Fields whose texts are terms that a job posting may ask for: skills, keywords."""
    has_priority: bool = True
    """Whether a posting may change the priority of its entries; a person's languages are the same for every job."""
    tells_results: bool = False
    """Whether its bullets tell what a person did, so that a reader asks what came of it."""
    may_stray: bool = False
    """Whether an entry may be on another subject than all the rest, and so leave a document that answers a posting."""
    is_short: bool = False
    """Whether its items are so short that a dense document prints them as one paragraph."""
    aliases: str = ""
    """The names of the section in other tools."""


_ROWS = (
    SectionRow("summary", Shape.TEXT, 3),
    SectionRow(
        "education",
        Shape.ENTRIES,
        4,
        entries.Education,
        ItemFields("institution", "study_type area department score", "location", notes="advisor courses", logo="logo"),
        occupies=Occupies.YEARS,
        is_ongoing=True,
        terms="courses",
    ),
    SectionRow(
        "work",
        Shape.ENTRIES,
        4,
        entries.Work,
        ItemFields(
            "name",
            "position department",
            "location",
            notes="description mentor advisor",
            logo="logo",
            names="name department location",
        ),
        occupies=Occupies.JOB,
        is_ongoing=True,
        tells_results=True,
        aliases="experience employment job jobs position positions",
    ),
    SectionRow("publications", Shape.PUBLICATIONS, 2),
    SectionRow(
        "volunteer",
        Shape.ENTRIES,
        0.7,
        entries.Volunteer,
        ItemFields("organization", "position", "location"),
        is_ongoing=True,
        tells_results=True,
    ),
    SectionRow(
        "projects",
        Shape.ENTRIES,
        2,
        entries.Project,
        ItemFields("name", "role entity type", details="keywords", metrics="stars", names="name entity"),
        is_ongoing=True,
        terms="keywords",
        tells_results=True,
    ),
    SectionRow("awards", Shape.DATED, 1, entries.Award, ItemFields("title", "awarder"), aliases="honors honours"),
    SectionRow(
        "certificates",
        Shape.DATED,
        1.5,
        entries.Certificate,
        ItemFields("name", "issuer"),
        may_stray=True,
        is_short=True,
    ),
    SectionRow(
        "skills",
        Shape.LINES,
        3,
        entries.Skill,
        ItemFields("name", "level", details="keywords", level="level"),
        terms="keywords",
        is_short=True,
    ),
    SectionRow(
        "languages",
        Shape.LINES,
        1.5,
        entries.Language,
        ItemFields("language", "fluency", level="fluency", level_steps=6),
        terms="language",
        has_priority=False,
        is_short=True,
    ),
    SectionRow(
        "interests",
        Shape.LINES,
        0.4,
        entries.Interest,
        ItemFields("name", details="keywords"),
        terms="keywords",
        is_short=True,
    ),
    SectionRow("news", Shape.DATED, 0.5, entries.News, ItemFields("text", short_heading=True)),
    SectionRow("talks", Shape.DATED, 0.7, entries.Talk, ItemFields("title", "event", "location")),
    SectionRow(
        "service",
        Shape.LINES,
        0.7,
        entries.Service,
        ItemFields("role", "organization", details="keywords"),
        is_ongoing=True,
        terms="keywords",
    ),
    SectionRow(
        "teaching",
        Shape.ENTRIES,
        1,
        entries.Teaching,
        ItemFields("course", "role institution", "location"),
        is_ongoing=True,
    ),
    SectionRow("competitions", Shape.DATED, 1, entries.Competition, ItemFields("name", "result", logo="logo")),
    SectionRow("grants", Shape.DATED, 1, entries.Grant, ItemFields("title", "funder amount role"), is_ongoing=True),
    SectionRow(
        "referees",
        Shape.CARDS,
        0.4,
        entries.Referee,
        ItemFields("name", "position institution", "relation", contacts="email phone", names="name institution"),
        aliases="references",
    ),
)
SECTIONS: Mapping[str, SectionRow] = {row.name: row for row in _ROWS}
"""Every built-in section by its name, in the order of a document whose variant lists no sections."""
OWN = SectionRow("entry", Shape.ENTRIES, 1.5, entries.GenericEntry, ItemFields("title", "subtitle", "location"))
"""A section of a person's own that is not like a built-in one."""
POSITION = SectionRow("position", Shape.ENTRIES, 1, Position, ItemFields("position", aside="location"), is_ongoing=True)
"""The positions of an entry, which are entries inside it and have no section of their own."""
ENTRY_SECTIONS = tuple(name for name, row in SECTIONS.items() if row.entry)
"""The built-in sections that hold entries."""
LIKE: Mapping[str, SectionRow] = {row.name: row for row in (OWN, *_ROWS) if row.entry}
"""The sections that hold entries, by name: a section of a person's own is ``like`` one of them."""
_BY_CLASS = {row.entry: row for row in (*LIKE.values(), POSITION)}


def find_section(alias: str) -> str | None:
    """The built-in section that has this name in other tools: ``work`` for ``experience``."""
    word = alias.casefold()
    return next((row.name for row in SECTIONS.values() if word in row.aliases.split()), None)


def row_of(entry: Entry) -> SectionRow:
    """The row of the section that such entries belong to; POSITION for a position."""
    return _BY_CLASS[type(entry)]


def find_span(entry: Entry) -> DateRange | None:
    """The dates of ``entry``; without an end, they go on to the present if entries of its kind can be ongoing."""
    if entry.start and not entry.end and row_of(entry).is_ongoing:
        return entry.dates if entry.start.is_expected else DateRange(entry.start, PRESENT)
    return entry.dates
