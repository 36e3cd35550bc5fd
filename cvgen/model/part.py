"""The parts of a document, from sections to bullets: one record for each, from the selection to the report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from cvgen.diagnostics import Location
from cvgen.model.bullet import Bullet
from cvgen.model.dates import DateRange
from cvgen.model.printed import Item, Section
from cvgen.model.refs import ProfilePath, Ref, find_path
from cvgen.model.sections import Occupies
from cvgen.model.shown_paper import PublicationItem
from cvgen.model.signs import FoundSign


class PartKind(StrEnum):
    """The kind of a part."""

    SECTION = "section"
    ENTRY = "entry"
    POSITION = "position"
    """One of several positions of an entry."""
    PAPER = "paper"
    BULLET = "bullet"


@dataclass(frozen=True, slots=True)
class Part:
    """A section, entry, position, paper or bullet: the one record for it, from the selection to the report.

    ``parent`` is the ref of the part around it, () for sections; ``depth`` counts from 0 for sections. ``section`` is
    the name of its section. ``shown`` is what a document prints of the part. A part that is not printed has only its
    ``name``. The fields after it hold the person's settings for the part; a Draft has them, a Document does not.
    """

    ref: Ref
    parent: Ref
    kind: PartKind
    section: str
    name: str = ""
    shown: Section | Item | PublicationItem | Bullet | None = None
    location: Location | None = None
    depth: int = 0
    priority: int = 0
    """The person's priority for the part; without ``priorities``."""
    asked: tuple[tuple[str, int], ...] = ()
    """The terms of the variant's ``priorities`` that the part mentions, each with its number."""
    words: frozenset[str] = frozenset()
    """The stems of the words that say what it is about, without names of employers and schools; none if the variant has
    no ``priorities``."""
    signs: tuple[FoundSign, ...] = ()
    """What the words of a bullet say about its strength; () if the variant does not ask for it."""
    pin: bool = False
    tags: tuple[str, ...] = ()
    has_short: bool = False
    """Whether the part has a short wording."""
    dates: DateRange | None = None
    """The dates of the entry."""
    occupies: Occupies = Occupies.NOTHING
    """Whether it explains these years of a life."""
    degree: int = 0
    """How high its degree is: 1 (school) to 5 (doctorate); 0 if that is not known."""
    weight: float | None = None
    """The weight that the variant gives its section; None if it gives none."""

    @property
    def path(self) -> ProfilePath:
        """The part's path in the profile: the same in every variant, () for sections."""
        return find_path(self.ref)

    @property
    def label(self) -> str:
        """A line that names the part: its texts with commas between them, cut to the length of a line."""
        match self.shown:
            case Section(title=text) | PublicationItem(title=text) | Bullet(text=text):
                return shorten_line(str(text))
            case Item(heading=heading, subheading=subheading):
                return shorten_line(", ".join(str(text) for text in (heading, subheading) if text))
        return self.name

    @property
    def has_text(self) -> bool:
        """Whether it is a section with a text of its own as well as parts inside it."""
        return isinstance(self.shown, Section) and bool(self.shown.text)


_LINE = 70


def shorten_line(text: str) -> str:
    """``text`` on one line, cut to the length of a line."""
    words = " ".join(text.split())
    return words if len(words) <= _LINE else words[: _LINE - 1].rstrip() + "…"


def walk_section(section: Section) -> Iterator[Part]:
    """``section`` and every part of it, each before those inside it."""
    ref, name = section.ref, section.name
    yield Part(ref, (), PartKind.SECTION, name, "", section, section.title.location or section.text.location)
    yield from _walk_bullets(section.bullets, ref, name, 1)
    for item in section.items:
        yield from _walk_item(item, ref, name, PartKind.ENTRY, 1)
    for group in section.groups:
        for paper in group.items:
            yield from _walk_paper(paper, ref, name, 1)


def _walk_paper(paper: PublicationItem, parent: Ref, section: str, depth: int) -> Iterator[Part]:
    yield Part(paper.ref, parent, PartKind.PAPER, section, "", paper, paper.title.location, depth)
    yield from _walk_bullets(paper.bullets, paper.ref, section, depth + 1)


def _walk_item(item: Item, parent: Ref, section: str, kind: PartKind, depth: int) -> Iterator[Part]:
    yield Part(item.ref, parent, kind, section, "", item, item.heading.location, depth)
    yield from _walk_bullets(item.bullets, item.ref, section, depth + 1)
    for paper in item.papers:
        yield from _walk_paper(paper, item.ref, section, depth + 1)
    for position in item.positions:
        yield from _walk_item(position, item.ref, section, PartKind.POSITION, depth + 1)


def _walk_bullets(bullets: tuple[Bullet, ...], parent: Ref, section: str, depth: int) -> Iterator[Part]:
    for bullet in bullets:
        yield Part(bullet.ref, parent, PartKind.BULLET, section, "", bullet, bullet.text.location, depth)
        yield from _walk_bullets(bullet.bullets, bullet.ref, section, depth + 1)
