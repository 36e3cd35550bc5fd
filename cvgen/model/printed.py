"""What a document prints, in one language and without markup: sections, their items, contacts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from unicodedata import bidirectional

from cvgen.model.bullet import Bullet
from cvgen.model.inline import RichText
from cvgen.model.paper_signs import is_wide
from cvgen.model.refs import Ref
from cvgen.model.sections import Shape
from cvgen.model.shown_paper import PublicationItem


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text, with the address that it links to, if any."""

    text: str
    """The words."""
    url: str = ""
    """The address that they link to; empty for none."""


@dataclass(frozen=True, slots=True)
class Contact:
    """A way to reach the person, or a fact such as a nationality. ``kind`` names its icon."""

    kind: str
    """What it is: ``email``, ``phone``, ``location``, a network …; an icon has this name."""
    text: str
    """The text that is printed."""
    url: str = ""
    """The address that it links to; empty for none."""
    short: str = ""
    """The text beside an icon that names the network already."""
    label: str = ""
    """The name of the network, which is printed before an address."""
    pieces: tuple[Piece, ...] = ()
    """``text`` in pieces, if it has several links or words around its link."""

    @property
    def runs_ltr(self) -> bool:
        """Whether it runs from left to right in every document: an address or a number, and no words of a language."""
        return self.kind != "location" and not any(bidirectional(letter) in ("R", "AL") for letter in self.text)

    @property
    def urls(self) -> tuple[str, ...]:
        """Every address that it links to."""
        return tuple(url for url in (self.url, *(piece.url for piece in self.pieces)) if url)


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a section of any kind, or one position of an entry.

    ``heading`` is the subject, such as an employer, ``subheading`` the person's role, ``aside`` the place, ``dates``
    the time (already in the document's language), ``details`` a short list such as skills. ``level`` is a skill's level
    or a language's fluency in words, which ``subheading`` has too: ``level_filled`` of ``level_total`` steps, both 0 if
    the words are not on a scale that cvgen knows.
    """

    heading: RichText = field(default_factory=RichText)
    """The subject: the employer, the institution, the title."""
    subheading: RichText = field(default_factory=RichText)
    """The second line: the position, the degree, the awarder."""
    aside: RichText = field(default_factory=RichText)
    """What is at the end of a line: the place."""
    dates: str = ""
    """The dates, in the document's language."""
    url: str = ""
    """The address that the heading links to; empty for none."""
    level: RichText = field(default_factory=RichText)
    """The level of a skill or a language, as written."""
    level_filled: int = 0
    """How many of ``level_total`` dots or parts of a bar are filled."""
    level_total: int = 0
    """How many dots or parts a drawn level has; 0 if it cannot be drawn."""
    notes: tuple[RichText, ...] = ()
    """Facts of their own: a score, a department, advisors after a label."""
    details: tuple[RichText, ...] = ()
    """A short list: the keywords of a skill, the courses of a degree."""
    summary: RichText = field(default_factory=RichText)
    """A paragraph below the heading."""
    bullets: tuple[Bullet, ...] = ()
    """The bullets, with those below them."""
    contacts: tuple[Contact, ...] = ()
    """The ways to reach a referee."""
    metrics: tuple[str, ...] = ()
    """Counts in words: ``700 stars``."""
    logo: str = ""
    """A picture's file, relative to the profile."""
    papers: tuple[PublicationItem, ...] = ()
    """The publications that the entry points at, printed below it in the style of its section."""
    positions: tuple[Item, ...] = ()
    """The positions held here, in the order in which they are printed; they have no positions of their own."""
    ref: Ref = ()
    """Its place, for cvgen's reports."""


@dataclass(frozen=True, slots=True)
class Group:
    """Publications under a heading of their own; the only group of a list has no title."""

    title: str
    """The title; empty for the only group of a list."""
    items: tuple[PublicationItem, ...]
    """The publications."""
    count: int | None = None
    """The number of its papers, if it is printed after the title."""

    @property
    def heading(self) -> str:
        """The title as it is printed."""
        if not self.title or self.count is None:
            return self.title
        return f"{self.title}（{self.count}）" if is_wide(self.title) else f"{self.title} ({self.count})"


@dataclass(frozen=True, slots=True)
class Legend:
    """The meaning of one raised mark."""

    mark: str
    """The mark: ``*``."""
    meaning: str
    """What it means, in the document's language: ``equal contribution``."""


@dataclass(frozen=True, slots=True)
class CountRow:
    """A row of a CountTable: its label, and a number for each column."""

    label: str
    """The name of the row."""
    counts: tuple[str, ...]
    """A number for each column; empty where there is none."""


@dataclass(frozen=True, slots=True)
class CountTable:
    """Papers counted by role: a row for each group of papers, a column for all papers and for each role."""

    head: str
    """The word above the labels of the rows, such as ``Topic``."""
    columns: tuple[str, ...]
    """The heads of the columns."""
    rows: tuple[CountRow, ...]
    """A row for each group of papers."""
    total: CountRow
    """The last row: all papers."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the document. ``shape`` says which of the following fields are filled.

    ``TEXT``: text, bullets; ``PUBLICATIONS``: groups, legend; all others: items, and perhaps text, bullets, and the
    legend of the papers below its items. ``style`` is the citation style of all its papers.
    """

    name: str
    """Its name in the profile: ``work``, or one of the person's own."""
    title: RichText
    """The heading; empty for none."""
    shape: Shape
    """The form of its content, after which templates are named: ``entry``, ``line``, ``publications`` …"""
    style: str = ""
    """The citation style of a list of publications."""
    text: RichText = field(default_factory=RichText)
    """The paragraphs of a section of text."""
    bullets: tuple[Bullet, ...] = ()
    """The bullets of a section of bullets."""
    items: tuple[Item, ...] = ()
    """The entries."""
    groups: tuple[Group, ...] = ()
    """The publications in groups; a list without groups has one."""
    counts: str = ""
    """A sentence with the number of papers in each role."""
    table: CountTable | None = None
    """The number of papers in each role, for each group of papers."""
    only_counts: bool = False
    """Whether it prints only the counts of its papers."""
    legend: tuple[Legend, ...] = ()
    """The meaning of the marks in the list."""
    numbering: str = ""
    """The numbering of publications: ``true``, ``continued`` or ``reversed``; empty for none."""
    number_prefix: str = ""
    """What is printed before each number."""
    group_counts: bool = False
    """Whether the number of its papers is printed after each group's title."""
    ref: Ref = ()
    """Its place, for cvgen's reports."""


def list_papers(items: Iterable[Item]) -> Iterator[tuple[PublicationItem, ...]]:
    """The papers below each of ``items`` and below each of their positions."""
    for item in items:
        yield item.papers
        yield from list_papers(item.positions)
