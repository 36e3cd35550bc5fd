"""What a document prints, in one language and without markup: sections, their items, papers, bullets, contacts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from unicodedata import bidirectional

from cvgen.model.inline import RichText
from cvgen.model.sections import Shape

ProfilePath = tuple[str | int, ...]
"""Where a part is written: keys and indexes in the profile (``("work", 0, "highlights", 1)``), or ``"publications"``
and the key of an entry. It is the same in every variant."""
Ref = tuple[str | int, ...]
"""The place of a part: the section's number in the variant, then the path in the profile
(``(2, "work", 0, "highlights", 1)``), or ``"publications"`` and a key. From the second item on it is the same
in every variant."""
PAPERS = "publications"
"""The name of a list of papers, and the word before a paper's key in its path."""


def find_path(ref: Ref) -> ProfilePath:
    """The path in the profile of the part at ``ref``: a paper below an entry has the path that it has in a list."""
    path = ref[1:]
    return path[path.index(PAPERS) :] if PAPERS in path else path


NO_PLACE = -1
"""The first item of the ref of a part that is in no section of the document."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text, with the address that it links to, if any."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """A way to reach the person, or a fact such as a nationality. ``kind`` names its icon."""

    kind: str
    text: str
    url: str = ""
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
class Bullet:
    """A bullet and the bullets below it."""

    text: RichText
    bullets: tuple[Bullet, ...] = ()
    ref: Ref = ()


@dataclass(frozen=True, slots=True)
class ShownAuthor:
    """An author as printed: the name, raised marks, and whether it is the owner's."""

    name: str
    given: str
    family: str
    """The family name with its particle and without its suffix."""
    initials: str = ""
    """The given names cut to initials: ``J.-P. M.``"""
    suffix: str = ""
    marks: str = ""
    url: str = ""
    """The person's home page."""
    is_owner: bool = False
    after_gap: bool = False
    """Whether authors are left out before this one."""
    position: str = ""
    """The place in the whole list (``7th``), if it cannot be seen."""


@dataclass(frozen=True, slots=True)
class ShownLink:
    """A link under a short label in the document's language."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class PublicationItem:
    """One publication of a list."""

    key: str
    title: RichText
    authors: tuple[ShownAuthor, ...]
    """The authors; for a publication without authors its editors, with a ``people_note``."""
    people_note: str = ""
    """``(Eds.)`` if ``authors`` are editors."""
    truncated: bool = False
    editors: tuple[ShownAuthor, ...] = ()
    """The editors of a publication that has authors too."""
    editors_note: str = ""
    """``(Ed.)`` or ``(Eds.)``, for ``editors``."""
    editors_truncated: bool = False
    translators: tuple[ShownAuthor, ...] = ()
    translators_note: str = ""
    collaboration: str = ""
    """``ATLAS Collaboration``."""
    kind: str = ""
    """The kind, such as ``article`` or ``patent``; see ``model.kinds``."""
    kind_name: str = ""
    """The kind in words: as the entry names it, else in the document's language."""
    kind_text: str = ""
    """The entry's own name for its kind; empty if it has none."""
    kind_label: str = ""
    """``kind_name`` if a list must name the kind; empty if it is clear, such as an article in a journal."""
    kind_number: str = ""
    """The number of a report, patent or standard."""
    lead: str = ""
    """The text before the venue: ``Technical report TR-7``, ``Book, 2nd ed.``"""
    entry_type: str = ""
    """The BibTeX entry type, such as ``inproceedings``."""
    venue: RichText = field(default_factory=RichText)
    """The first known one of container, event, institution, publisher, holder and howpublished."""
    venue_short: str = ""
    container: RichText = field(default_factory=RichText)
    """The journal, proceedings or book that it appeared in."""
    event: RichText = field(default_factory=RichText)
    institution: RichText = field(default_factory=RichText)
    publisher: RichText = field(default_factory=RichText)
    holder: RichText = field(default_factory=RichText)
    howpublished: RichText = field(default_factory=RichText)
    place: RichText = field(default_factory=RichText)
    series: RichText = field(default_factory=RichText)
    year: str = ""
    date: str = ""
    """The date as precise as it is known, in the document's language."""
    date_iso: str = ""
    """The same date in ISO 8601."""
    month: str = ""
    """Month and year, or the year alone if no month is known."""
    accessed: str = ""
    """The date on which a web page was read."""
    accessed_iso: str = ""
    """The same date in ISO 8601."""
    volume: str = ""
    number_in_volume: str = ""
    """The issue of a journal."""
    pages: str = ""
    article_number: str = ""
    chapter: str = ""
    edition: str = ""
    """``2nd ed.``"""
    version: str = ""
    details: RichText = field(default_factory=RichText)
    """The text after the venue: ``12(3), 45–67`` or ``2nd ed., ch. 4, Wiley``."""
    doi: str = ""
    eprint: str = ""
    url: str = ""
    """The address of the publication itself."""
    cited_url: str = ""
    """The address that a citation gives in its own text, so that no link repeats it."""
    is_arxiv: bool = False
    """Whether arXiv is the only place where it appeared."""
    cut: bool = False
    """Whether authors follow the last one shown."""
    limited: bool = False
    """Whether the person asked for a shortened list."""
    author_count: str = ""
    """``(189 authors)``, if some are left out."""
    rank: str = ""
    metrics: tuple[str, ...] = ()
    image: str = ""
    badge: str = ""
    """A short text on the picture."""
    plain_badge: str = ""
    """The badge for a list without pictures: empty if its venue, year, status or award says the same."""
    venue_badge: str = ""
    """A few words in place of a picture: the short venue, or the kind, and the year."""
    is_selected: bool = False
    """Whether the person names it as one of their representative papers."""
    title_url: str = ""
    """The address that the title opens in a theme whose titles are links."""
    status: str = ""
    """The status in words, empty for a published work."""
    status_inside: str = ""
    """The status as it is written inside a sentence."""
    topic: str = ""
    note: RichText = field(default_factory=RichText)
    award: RichText = field(default_factory=RichText)
    role: str = ""
    """The owner's part as a sentence, if the list asks for it."""
    links: tuple[ShownLink, ...] = ()
    bullets: tuple[Bullet, ...] = ()
    number: int | None = None
    number_prefix: str = ""
    """What the list prints before the number."""
    anchor: str = ""
    """The name of its place, if a text of the document links to it."""
    ref: Ref = ()

    @property
    def number_label(self) -> str:
        """The number as it is printed: ``[J1]``; empty without a number."""
        return "" if self.number is None else f"[{self.number_prefix}{self.number}]"


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a section of any kind, or one position of an entry.

    ``heading`` is the subject, such as an employer, ``subheading`` the person's role, ``aside`` the place, ``dates``
    the time (already in the document's language), ``details`` a short list such as skills. ``level`` is a skill's level
    or a language's fluency in words, which ``subheading`` has too: ``level_filled`` of ``level_total`` steps, both 0 if
    the words are not on a scale that cvgen knows.
    """

    heading: RichText = field(default_factory=RichText)
    subheading: RichText = field(default_factory=RichText)
    aside: RichText = field(default_factory=RichText)
    dates: str = ""
    url: str = ""
    level: RichText = field(default_factory=RichText)
    level_filled: int = 0
    level_total: int = 0
    notes: tuple[RichText, ...] = ()
    details: tuple[RichText, ...] = ()
    summary: RichText = field(default_factory=RichText)
    bullets: tuple[Bullet, ...] = ()
    contacts: tuple[Contact, ...] = ()
    metrics: tuple[str, ...] = ()
    """Counts in words: ``700 stars``."""
    logo: str = ""
    """A picture's file, relative to the profile."""
    papers: tuple[PublicationItem, ...] = ()
    """The publications that the entry points at, printed below it in the style of its section."""
    positions: tuple[Item, ...] = ()
    """The positions held here, in the order in which they are printed; they have no positions of their own."""
    ref: Ref = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Publications under a heading of their own; the only group of a list has no title."""

    title: str
    items: tuple[PublicationItem, ...]
    count: int | None = None
    """The number of its papers, if it is printed after the title."""

    @property
    def heading(self) -> str:
        """The title as it is printed."""
        return self.title if not self.title or self.count is None else f"{self.title} ({self.count})"


@dataclass(frozen=True, slots=True)
class Legend:
    """The meaning of one raised mark."""

    mark: str
    meaning: str


@dataclass(frozen=True, slots=True)
class CountRow:
    """A row of a CountTable: its label, and a number for each column."""

    label: str
    counts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountTable:
    """Papers counted by role: a row for each group of papers, a column for all papers and for each role."""

    head: str
    """The word above the labels of the rows, such as ``Topic``."""
    columns: tuple[str, ...]
    rows: tuple[CountRow, ...]
    total: CountRow


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the document. ``shape`` says which of the following fields are filled.

    ``TEXT``: text, bullets; ``PUBLICATIONS``: groups, legend; all others: items, and perhaps text, bullets, and the
    legend of the papers below its items. ``style`` is the citation style of all its papers.
    """

    name: str
    title: RichText
    shape: Shape
    style: str = ""
    text: RichText = field(default_factory=RichText)
    bullets: tuple[Bullet, ...] = ()
    items: tuple[Item, ...] = ()
    groups: tuple[Group, ...] = ()
    counts: str = ""
    """A sentence with the number of papers in each role."""
    table: CountTable | None = None
    """The number of papers in each role, for each group of papers."""
    only_counts: bool = False
    """Whether it prints only the counts of its papers."""
    legend: tuple[Legend, ...] = ()
    numbering: str = ""
    """The numbering of publications: ``true``, ``continued`` or ``reversed``; empty for none."""
    number_prefix: str = ""
    """What is printed before each number."""
    group_counts: bool = False
    """Whether the number of its papers is printed after each group's title."""
    ref: Ref = ()


def list_papers(items: Iterable[Item]) -> Iterator[tuple[PublicationItem, ...]]:
    """The papers below each of ``items`` and below each of their positions."""
    for item in items:
        yield item.papers
        yield from list_papers(item.positions)
