"""A publication and its authors, with their marks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from cvgen.diagnostics import Location
from cvgen.model.dates import PartialDate
from cvgen.model.entry import HighlightBody
from cvgen.model.inline import RichText, Text
from cvgen.model.kinds import Kind
from cvgen.model.late_pattern import late_pattern
from cvgen.model.marks import Mark
from cvgen.model.metric import Metric


class Role(StrEnum):
    """A role of the owner of the profile in a publication; the rules are in ``select.roles``."""

    FIRST = "first"
    CO_FIRST = "co_first"
    CORRESPONDING = "corresponding"
    LEAD = "lead"
    CORE = "core"
    FIRST_STUDENT = "first_student"
    SUPERVISED = "supervised"
    SENIOR = "senior"
    CO_SENIOR = "co_senior"
    SOLE = "sole"
    MIDDLE = "middle"
    CONTRIBUTOR = "contributor"
    MEMBER = "member"
    EDITOR = "editor"
    TRANSLATOR = "translator"


class Status(StrEnum):
    """The status of a publication: the words of biblatex's ``pubstate`` and three more."""

    PUBLISHED = "published"
    PREPRINT = "preprint"
    IN_PREPARATION = "inpreparation"
    SUBMITTED = "submitted"
    FORTHCOMING = "forthcoming"
    IN_PRESS = "inpress"
    UNPUBLISHED = "unpublished"


_IDEOGRAPHIC = late_pattern("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]+")


def is_ideographic(name: str) -> bool:
    """Whether ``name`` is written in Chinese, Japanese or Korean only: family name first, no space."""
    return not name.isascii() and bool(_IDEOGRAPHIC.fullmatch(name))


@dataclass(frozen=True, slots=True)
class Author:
    """One author in list order; an organisation has only a ``family``."""

    family: str
    given: str = ""
    particle: str = ""
    suffix: str = ""
    marks: frozenset[Mark] = frozenset()
    sources: tuple[tuple[Mark, str], ...] = ()
    """The source of each mark: an annotation, the name itself, the role field, the profile."""
    orcid: str = ""
    credit: tuple[str, ...] = ()
    """CRediT roles (https://credit.niso.org), in their own words."""
    url: str = ""
    """The person's home page."""
    unread: str = ""
    """Marks typed into the name that the profile does not explain; printed as typed."""

    places: tuple[tuple[Mark, Location], ...] = field(default=(), compare=False)
    """Where each mark is written that is not typed into the name."""

    def source_of(self, mark: Mark) -> str:
        """The place where ``mark`` was read."""
        return dict(self.sources).get(mark, "")

    def place_of(self, mark: Mark) -> Location | None:
        """Where ``mark`` is written; None for one that is typed into the name."""
        return dict(self.places).get(mark)

    def with_marks(self, marks: Iterable[Mark], source: str, place: Location | None = None) -> Author:
        """This author with ``marks`` added, which ``source`` names and which are written at ``place``."""
        new = [mark for mark in marks if mark not in self.marks]
        added = tuple((mark, source) for mark in new)
        places = tuple((mark, place) for mark in new if place)
        return replace(
            self,
            marks=self.marks | frozenset(new),
            sources=(*self.sources, *added),
            places=(*self.places, *places),
        )

    @property
    def name(self) -> str:
        """The name as a reader says it: given, particle, family, suffix."""
        if is_ideographic(self.family + self.given):
            return f"{self.family}{self.given}"
        spoken = " ".join(filter(None, (self.given, self.particle, self.family)))
        return f"{spoken}, {self.suffix}" if self.suffix else spoken


LINK_LABELS = ("doi", "arxiv", "link", "pdf", "code", "project", "talk", "video", "slides", "poster", "supplement",
               "blog", "demo", "data", "pubmed", "pmc", "hal", "jstor", "hdl")  # fmt: skip
"""The usual labels of a publication's links, in the order in which they are printed."""


@dataclass(frozen=True, slots=True)
class PublicationLink:
    """A link to something about a publication; ``label`` is a key of the words file."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Publication:
    """One entry of a bibliography, with every field that a list can show or query."""

    key: str
    type: str
    title: RichText
    authors: tuple[Author, ...]
    location: Location
    kind: Kind = Kind.OTHER
    kind_text: str = ""
    """The entry's own name for its kind (``Diplomarbeit``); empty if the document's words name it."""
    kind_is_said: bool = False
    """Whether a text that is printed anyway names the kind (``howpublished = {Talk, Lisbon}``)."""
    authors_location: Location | None = None
    """The place where the list of authors begins, or the list of editors used instead."""
    truncated: bool = False
    """Whether the list of authors ends in ``and others``: the last author is then unknown."""
    editors: tuple[Author, ...] = ()
    editors_truncated: bool = False
    translators: tuple[Author, ...] = ()
    collaboration: str = ""
    """The large group for which the authors write (``ATLAS``)."""
    container: RichText = field(default_factory=RichText)
    """The journal, proceedings or book that it appeared in."""
    event: RichText = field(default_factory=RichText)
    institution: RichText = field(default_factory=RichText)
    """The university of a thesis, the institution of a report, the organization behind anything else."""
    publisher: RichText = field(default_factory=RichText)
    holder: RichText = field(default_factory=RichText)
    """The holder of a patent."""
    howpublished: RichText = field(default_factory=RichText)
    place: RichText = field(default_factory=RichText)
    series: RichText = field(default_factory=RichText)
    venue_short: str = ""
    date: PartialDate | None = None
    accessed: PartialDate | None = None
    status: Status = Status.PUBLISHED
    status_source: str = ""
    """The reason for the status."""
    status_text: str = ""
    """The entry's own words for its status, if they say more (``submitted to ICML``); printed in its place."""
    title_short: Text | None = None
    topic: str = ""
    note: Text | None = None
    award: Text | None = None
    volume: str = ""
    number: str = ""
    """The issue of a journal, or the number of a report, patent or standard."""
    pages: str = ""
    """First and last page with an en dash between."""
    article_number: str = ""
    chapter: str = ""
    edition: str = ""
    version: str = ""
    rank: str = ""
    """The venue's rank by some list, such as ``CCF A``."""
    metrics: tuple[Metric, ...] = ()
    image: str = ""
    """A picture's file, relative to the profile, for pages on the web."""
    badge: str = ""
    """A short text on the picture."""
    eprint: str = ""
    """The arXiv identifier without version."""
    doi: str = ""
    keywords: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    links: tuple[PublicationLink, ...] = ()
    highlights: tuple[HighlightBody, ...] = ()
    selected: bool = False
    hidden: bool = False
    """Whether the person wants it shown nowhere."""
    owner_marks: frozenset[Mark] = frozenset()
    """Marks of an entry-level ``role`` field; they are the owner's at any position in the list."""
    is_parent: bool = False
    """Whether other entries take fields from this one, such as proceedings with a paper of the owner."""
    owner_marks_location: Location | None = None
    """The place of ``owner_marks``, in the entry or in the profile."""
    merged_keys: tuple[str, ...] = ()
    """Keys of other entries for the same paper (its preprint, a repeated entry) that are shown with this one."""
    cited: tuple[tuple[str, str], ...] = ()
    """The fields of its entry that other people cite it with, and their TeX; without people and links."""
    unprinted: tuple[str, ...] = ()
    """Fields of the entry that no style prints for its kind."""

    @property
    def venue(self) -> RichText:
        """The venue: the first of container, event, institution, publisher and so on that is known."""
        places = (self.container, self.event, self.institution, self.publisher, self.holder, self.howpublished)
        return next((place for place in places if place), RichText())

    @property
    def year(self) -> int | None:
        """The year of ``date``."""
        return self.date.year if self.date else None


@dataclass(frozen=True, slots=True)
class Credit:
    """The owner's part in one publication. Positions count from 1, None if the owner is not in the list."""

    publication: Publication
    position: int | None = None
    matched: str = ""
    rule: str = ""
    """How the owner was found: ``self``, ``orcid``, ``name``, ``alias``, or empty."""
    roles: frozenset[Role] = frozenset()
    marks: frozenset[Mark] = frozenset()
    equal_rank: int | None = None
    """The owner's place, from 1, in the run of equal authors that includes the owner."""
    equal_count: int | None = None
    editor_position: int | None = None
    translator_position: int | None = None

    @property
    def is_found(self) -> bool:
        """Whether the owner has any role in the publication."""
        return bool(self.roles)
