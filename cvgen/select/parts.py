"""Writes the draft of a document: its parts, what the person wrote about each, and their short wordings; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from cvgen.model.bibliography_settings import Overlay
from cvgen.model.bullet import Bullet
from cvgen.model.dates import DateRange
from cvgen.model.document import Document
from cvgen.model.draft import Draft
from cvgen.model.entries import Education
from cvgen.model.entry import Entry, HighlightBody, list_positions
from cvgen.model.inline import RichText
from cvgen.model.part import Part
from cvgen.model.printed import Item, Section
from cvgen.model.profile import CustomSection, Profile
from cvgen.model.publication import Credit, Publication
from cvgen.model.refs import ProfilePath, Ref
from cvgen.model.sections import find_span, row_of
from cvgen.model.shown_paper import PublicationItem
from cvgen.select.bullet_words import find_signs
from cvgen.select.degree_levels import list_degree_levels
from cvgen.select.entry_items import WordingChoice
from cvgen.select.subject_words import find_subject_words
from cvgen.select.term_search import find_asked
from cvgen.select.variant import ResolvedVariant
from cvgen.sources.career import Career

SELECTED_PRIORITY = 2
"""The priority that BibTeX's ``selected = {true}`` adds to a paper."""

Origin = Entry | Publication | HighlightBody | CustomSection | None
"""The source of a part in the career; None for a built-in section."""


class DraftWriter:
    """Writes the draft of a document, and knows the source of each of its parts."""

    def __init__(
        self, career: Career, variant: ResolvedVariant, choice: WordingChoice, credits: Iterable[Credit]
    ) -> None:
        self.career, self.profile, self.variant, self.choice = career, career.profile, variant, choice
        self.publications = {credit.publication.key: credit.publication for credit in credits}
        self.origins: dict[Ref, Origin] = {}
        self.short: dict[Ref, dict[str, RichText]] = {}

    def write(self, document: Document) -> Draft:
        """The draft that has the texts of ``document`` as its long wordings."""
        self.origins, self.short = {}, {}
        parts = tuple(self._list_parts(document))
        return Draft(document, parts, self.short)

    def _list_parts(self, document: Document) -> Iterator[Part]:
        for part in document.walk():
            described = self._describe(part)
            weight = self.variant.sections[int(part.ref[0])].spec.weight
            yield replace(described, weight=weight, has_short=part.ref in self.short)

    def _describe(self, part: Part) -> Part:
        match part.shown:
            case Section() as section:
                self.origins[part.ref] = self.profile.sections.get(section.name)
                return replace(part, words=self._find_words(section.text))
            case Item() as item:
                return self._entry(part, item)
            case PublicationItem() as paper:
                return self._paper(part, paper)
            case Bullet() as bullet:
                return self._bullet(part, bullet)
        return part

    def _add_subject(self, part: Part, *texts: RichText) -> Part:
        """``part`` with the terms of ``priorities`` that ``texts`` mention, and with the words of ``texts``."""
        if not self.variant.priorities:
            return part
        joined = "\n\n".join(str(text) for text in texts if text)  # no term spans two texts
        asked = find_asked(joined, self.variant.priorities, self.variant.language, self.profile.synonym_groups)
        return replace(part, asked=asked, words=self._find_words(*texts))

    def _find_words(self, *texts: RichText) -> frozenset[str]:
        return find_subject_words(map(str, texts), self.variant.language) if self.variant.priorities else frozenset()

    def _keep_short(self, ref: Ref, field: str, wording: RichText) -> None:
        if wording:
            self.short[ref] = {field: wording}

    def _entry(self, part: Part, item: Item) -> Part:
        entry = find_entry(self.profile, part.path)
        self.origins[part.ref] = entry
        row = row_of(entry)
        self._keep_short(part.ref, "heading" if row.fields.short_heading else "summary", self.choice.say(entry.short))
        texts = (item.subheading, item.summary, *item.details, *item.notes)
        is_name = row.fields.heading in row.fields.names.split()
        described = self._add_subject(part, item.heading, *texts)
        return replace(
            described,
            words=self._find_words(*texts) if is_name else described.words,
            location=self.career.places.value(part.path),
            priority=entry.priority,
            pin=entry.pin,
            tags=entry.tags,
            dates=find_span(entry),
            occupies=row.occupies,
            degree=_find_degree(entry),
        )

    def _paper(self, part: Part, paper: PublicationItem) -> Part:
        publication = self.publications[paper.key]
        self.origins[part.ref] = publication
        self._keep_short(part.ref, "title", self.choice.say(publication.title_short))
        overlays = list_overlays(self.profile, publication)
        priority = next((overlay.priority for overlay in overlays if overlay.priority), 0)
        chosen = SELECTED_PRIORITY if publication.selected else 0
        listed = self.variant.sections[int(part.ref[0])].spec.pin
        return replace(
            self._add_subject(part, paper.title, paper.venue, paper.note),
            location=publication.location,
            priority=priority + chosen,
            pin=any(overlay.pin for overlay in overlays) or bool(set(list_keys(publication)) & set(listed)),
            tags=publication.tags,
            dates=DateRange(end=publication.date) if publication.date else None,
        )

    def _bullet(self, part: Part, bullet: Bullet) -> Part:
        highlight = list_highlights(self.origins[part.parent])[int(part.ref[-1])]
        self.origins[part.ref] = highlight
        self._keep_short(part.ref, "text", self.choice.say(highlight.short))
        return replace(
            self._add_subject(part, bullet.text),
            priority=highlight.priority,
            signs=find_signs(str(bullet.text), self.variant.language) if self.variant.weigh_words else (),
            pin=highlight.pin,
            tags=highlight.tags,
        )


def _find_degree(entry: Entry) -> int:
    """The level of the highest degree that the name of an education has, in any language; 0 if none is known."""
    if not isinstance(entry, Education):
        return 0
    named = entry.study_type or entry.area
    wordings = named.wordings if named else ()
    return max((level for _, wording in wordings for level in list_degree_levels(str(wording))), default=0)


def find_entry(profile: Profile, path: ProfilePath) -> Entry:
    """The entry or the position at ``path`` of ``profile``."""
    if "positions" in path[2:]:
        return list_positions(find_entry(profile, path[:-2]))[int(path[-1])]
    if path[0] == "sections":
        return profile.entries(str(path[1]))[int(path[3])]
    return profile.entries(str(path[0]))[int(path[1])]


def list_highlights(origin: Origin) -> tuple[HighlightBody, ...]:
    """The bullets directly below the source of a part, shown or not."""
    return origin.highlights if origin else ()


def list_keys(publication: Publication) -> tuple[str, ...]:
    """The key of ``publication`` and those of the entries that were merged with it."""
    return (publication.key, *publication.merged_keys)


def list_overlays(profile: Profile, publication: Publication) -> list[Overlay]:
    """What the profile adds to ``publication`` under each of its keys."""
    return [profile.bibliography.entries.get(key, Overlay()) for key in list_keys(publication)]
