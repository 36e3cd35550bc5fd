"""What a document prints, in one language and without markup: sections, their items, papers, bullets, contacts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from unicodedata import bidirectional

from cvgen.model.inline import RichText
from cvgen.model.paper_signs import PaperSigns
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
class Bullet:
    """A bullet and the bullets below it."""

    text: RichText
    """The text of the bullet."""
    bullets: tuple[Bullet, ...] = ()
    """The bullets below it."""
    ref: Ref = ()
    """Its place, for cvgen's reports."""


@dataclass(frozen=True, slots=True)
class ShownAuthor:
    """An author as printed: the name, raised marks, and whether it is the owner's."""

    name: str
    """The whole name."""
    given: str
    """The given names."""
    family: str
    """The family name with its particle and without its suffix."""
    initials: str = ""
    """The given names cut to initials: ``J.-P. M.``"""
    suffix: str = ""
    """What follows the name: ``Jr.``"""
    marks: str = ""
    """The raised marks of the author's roles: ``*†``."""
    url: str = ""
    """The person's home page."""
    is_owner: bool = False
    """Whether this is the person whose CV it is."""
    after_gap: bool = False
    """Whether authors are left out before this one."""
    position: str = ""
    """The place in the whole list (``7th``), if it cannot be seen."""


@dataclass(frozen=True, slots=True)
class ShownLink:
    """A link under a short label in the document's language."""

    label: str
    """The word that is printed: ``Code``."""
    url: str
    """The address."""


@dataclass(frozen=True, slots=True)
class PublicationItem:
    """One publication of a list."""

    key: str
    """The key in the bibliography."""
    title: RichText
    """The title."""
    authors: tuple[ShownAuthor, ...]
    """The authors; for a publication without authors its editors, with a ``people_note``."""
    people_note: str = ""
    """``(Eds.)`` if ``authors`` are editors."""
    truncated: bool = False
    """Whether the file's own list of authors ends with ``and others``."""
    editors: tuple[ShownAuthor, ...] = ()
    """The editors of a publication that has authors too."""
    editors_note: str = ""
    """``(Ed.)`` or ``(Eds.)``, for ``editors``."""
    editors_truncated: bool = False
    """The same of ``editors``."""
    translators: tuple[ShownAuthor, ...] = ()
    """The translators."""
    translators_note: str = ""
    """``(Trans.)``, for ``translators``."""
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
    """The short name of the venue: ``ICLR``."""
    container: RichText = field(default_factory=RichText)
    """The journal, proceedings or book that it appeared in."""
    event: RichText = field(default_factory=RichText)
    """The conference or meeting."""
    institution: RichText = field(default_factory=RichText)
    """The institution of a thesis or a report."""
    publisher: RichText = field(default_factory=RichText)
    """The publisher."""
    holder: RichText = field(default_factory=RichText)
    """The holders of a patent."""
    howpublished: RichText = field(default_factory=RichText)
    """How it appeared, as the entry says."""
    place: RichText = field(default_factory=RichText)
    """The place of the publisher or of the event."""
    series: RichText = field(default_factory=RichText)
    """The series of books or proceedings."""
    year: str = ""
    """The year."""
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
    """The volume."""
    number_in_volume: str = ""
    """The issue of a journal."""
    pages: str = ""
    """The pages, with a dash between them."""
    article_number: str = ""
    """The number of the article, where there are no pages."""
    chapter: str = ""
    """The number of the chapter."""
    edition: str = ""
    """``2nd ed.``"""
    version: str = ""
    """The version of software or data."""
    details: RichText = field(default_factory=RichText)
    """The text after the venue: ``12(3), 45–67`` or ``2nd ed., ch. 4, Wiley``."""
    doi: str = ""
    """The DOI, without an address."""
    eprint: str = ""
    """The number in a repository, such as arXiv's."""
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
    """The rank of the venue, as the profile says: ``CCF A``."""
    signs: PaperSigns = field(default_factory=PaperSigns)
    """The signs between its parts."""
    metrics: tuple[str, ...] = ()
    """Counts in words: ``412 citations``."""
    image: str = ""
    """The picture's file as written in the profile or the bibliography."""
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
    """The topic, by which lists can be grouped."""
    note: RichText = field(default_factory=RichText)
    """A remark."""
    award: RichText = field(default_factory=RichText)
    """An award: ``Oral``."""
    role: str = ""
    """The owner's part as a sentence, if the list asks for it."""
    links: tuple[ShownLink, ...] = ()
    """The links below short labels."""
    bullets: tuple[Bullet, ...] = ()
    """The bullets below it."""
    number: int | None = None
    """The number in its list; None if the list has none."""
    number_prefix: str = ""
    """What the list prints before the number."""
    anchor: str = ""
    """The name of its place, if a text of the document links to it."""
    ref: Ref = ()
    """Its place, for cvgen's reports."""

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
    """The subject: the employer, the institution, the title."""
    subheading: RichText = field(default_factory=RichText)
    """The second line: the position, the degree, the awarder."""
    aside: RichText = field(default_factory=RichText)
    """What stands at the end of a line: the place."""
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
        return self.title if not self.title or self.count is None else f"{self.title} ({self.count})"


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
