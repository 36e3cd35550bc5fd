"""A publication as it is printed: its authors and links, and the facts that citation styles read."""

from __future__ import annotations

from dataclasses import dataclass, field

from cvgen.model.bullet import Bullet
from cvgen.model.inline import RichText
from cvgen.model.paper_signs import PaperSigns
from cvgen.model.refs import Ref


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
    venue_url: str = ""
    """The address that the venue opens, so that no link repeats it."""
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
