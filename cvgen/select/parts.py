"""The parts of a draft that could be shown or left out, with what the person said of each; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from cvgen.diagnostics import Location
from cvgen.model.dates import DateRange
from cvgen.model.document import Bullet, Document, Item, PublicationItem, Ref, Section
from cvgen.model.entries import Entry, HighlightBody
from cvgen.model.inline import RichText
from cvgen.model.profile import Overlay, SectionBody
from cvgen.model.publication import Credit, Publication
from cvgen.model.sections import Occupies, find_span, row_of
from cvgen.select.term_search import find_boost
from cvgen.select.variant import ResolvedVariant
from cvgen.sources.career import Career

SELECTED_PRIORITY = 2
"""What BibTeX's ``selected = {true}`` adds to a paper's priority."""


class PartKind(StrEnum):
    """What a part is."""

    SECTION = "section"
    ENTRY = "entry"
    PAPER = "paper"
    BULLET = "bullet"


@dataclass(frozen=True, slots=True)
class Part:
    """A section, entry, paper or bullet of a draft. ``parent`` is the ref of what it stands in, () for sections.

    ``dates`` are from when to when it lasted, and ``occupies`` is whether it explains these years. ``depth`` is 0 for
    sections; ``weight`` is the one that the variant gives its section, None where it gives none. ``has_text`` is
    whether a section has a text of its own, beside the parts inside it.
    """

    ref: Ref
    parent: Ref
    kind: PartKind
    section: str
    label: str
    location: Location | None = None
    depth: int = 0
    priority: int = 0
    pin: bool = False
    has_short: bool = False
    dates: DateRange | None = None
    occupies: Occupies = Occupies.NOTHING
    weight: float | None = None
    has_text: bool = False

    @property
    def path(self) -> Ref:
        """The part's path in the profile: the same in every variant."""
        return self.ref[1:]


def list_parts(
    career: Career, variant: ResolvedVariant, draft: Document, credits: Iterable[Credit]
) -> tuple[Part, ...]:
    """All parts of ``draft`` in its order, each before those inside it."""
    lister = _Lister(career, variant, {credit.publication.key: credit.publication for credit in credits})
    return tuple(part for section in draft.sections for part in lister.list_section(section))


class _Lister:
    """Knows what each part of a draft was made from."""

    def __init__(self, career: Career, variant: ResolvedVariant, publications: dict[str, Publication]) -> None:
        self.career, self.profile, self.variant = career, career.profile, variant
        self.publications = publications

    def list_section(self, section: Section) -> Iterator[Part]:
        spec = self._spec(section)
        custom = self.profile.sections.get(section.name)
        place = section.title.location or section.text.location
        yield Part(
            section.ref,
            (),
            PartKind.SECTION,
            section.name,
            str(section.title),
            place,
            weight=spec.weight,
            has_text=bool(section.text),
        )
        yield from self._bullets(section.bullets, section.ref, custom.highlights if custom else (), section, 1)
        for item in section.items:
            yield from self._entry(item, section)
        for paper in (paper for group in section.groups for paper in group.items):
            yield from self._paper(paper, section, spec)

    def _spec(self, section: Section) -> SectionBody:
        return self.variant.sections[int(section.ref[0])].spec

    def _boost(self, *texts: RichText) -> int:
        words = "\n\n".join(str(text) for text in texts if text)  # no term goes over from one text to the next
        return find_boost(words, self.variant.priorities, self.variant.language)

    def _entry(self, item: Item, section: Section) -> Iterator[Part]:
        entry = self._find_entry(item.ref[1:])
        boost = self._boost(item.heading, item.subheading, item.summary, *item.details, *item.notes)
        yield Part(
            item.ref,
            section.ref,
            PartKind.ENTRY,
            section.name,
            label_of(item.heading, item.subheading),
            self.career.places.value(item.ref[1:]),
            1,
            entry.priority + boost,
            entry.pin,
            bool(item.short or item.short_heading),
            find_span(entry),
            row_of(entry).occupies,
            self._spec(section).weight,
        )
        yield from self._bullets(item.bullets, item.ref, entry.highlights, section, 2)

    def _find_entry(self, path: Ref) -> Entry:
        if path[0] == "sections":
            return self.profile.entries(str(path[1]))[int(path[3])]
        return self.profile.entries(str(path[0]))[int(path[1])]

    def _paper(self, paper: PublicationItem, section: Section, spec: SectionBody) -> Iterator[Part]:
        publication = self.publications[paper.key]
        keys = (paper.key, *publication.merged_keys)
        overlays = [self.profile.bibliography.entries.get(key, Overlay()) for key in keys]
        priority = next((overlay.priority for overlay in overlays if overlay.priority), 0)
        chosen = SELECTED_PRIORITY if publication.selected else 0
        yield Part(
            paper.ref,
            section.ref,
            PartKind.PAPER,
            section.name,
            label_of(paper.title),
            publication.location,
            1,
            priority + chosen + self._boost(paper.title, paper.venue, paper.note),
            any(overlay.pin for overlay in overlays) or bool(set(keys) & set(spec.pin)),
            bool(paper.short_title),
            DateRange(end=publication.date) if publication.date else None,
            weight=spec.weight,
        )
        yield from self._bullets(paper.bullets, paper.ref, publication.highlights, section, 2)

    def _bullets(
        self,
        bullets: tuple[Bullet, ...],
        parent: Ref,
        highlights: tuple[HighlightBody, ...],
        section: Section,
        depth: int,
    ) -> Iterator[Part]:
        for bullet in bullets:
            highlight = highlights[int(bullet.ref[-1])]
            yield Part(
                bullet.ref,
                parent,
                PartKind.BULLET,
                section.name,
                label_of(bullet.text),
                bullet.text.location,
                depth,
                highlight.priority + self._boost(bullet.text),
                highlight.pin,
                bool(bullet.short),
                weight=self._spec(section).weight,
            )
            yield from self._bullets(bullet.bullets, bullet.ref, highlight.highlights, section, depth + 1)


_LABEL_LENGTH = 70


def label_of(*texts: RichText) -> str:
    """A line that names a part: its texts with commas between them, cut to what fits a line."""
    words = " ".join(", ".join(str(text) for text in texts if text).split())
    return words if len(words) <= _LABEL_LENGTH else words[: _LABEL_LENGTH - 1].rstrip() + "…"
