"""Writes the ledger of a selection: for every part of a profile, what was decided and why; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from cvgen.diagnostics import Location
from cvgen.model.draft import Draft
from cvgen.model.entry import Entry, HighlightBody, Position, list_positions
from cvgen.model.ledger import Cause, Decision, Ledger, Outcome, Reason
from cvgen.model.part import Part, PartKind, shorten_line
from cvgen.model.publication import Credit, Publication
from cvgen.model.refs import NO_PLACE, PAPERS, ProfilePath, Ref
from cvgen.select.entry_items import HIDDEN, WordingChoice, name_entry
from cvgen.select.parts import list_overlays
from cvgen.select.variant import ResolvedVariant
from cvgen.sources.career import Career

_NOT_IN_VARIANT = Reason(Cause.SECTION, "its section is not in the variant")
_ONLY_ENTRIES = Reason(Cause.SECTION, "the variant has only the entries of its section")
_OF_HIDDEN = Reason(Cause.HIDDEN, "the same paper as a hidden entry")
_VOLUME = Reason(Cause.VOLUME, "it only gives its title to the papers in it")

Reasons = Mapping[ProfilePath, Sequence[Reason]]
"""Path → why the sections of the variant dropped it."""


def find_setting(career: Career, variant: ResolvedVariant, field: str) -> Location | None:
    """The place where ``field`` is set in ``variant`` or in a variant that it extends; None if in none of them."""
    for name in variant.ancestry:
        written = career.profile.variants.get(name)
        if written and getattr(written, field) is not None:
            return career.places.value(("variants", name, field))
    return None


class LedgerWriter:
    """Writes the ledger of one selection."""

    def __init__(self, career: Career, variant: ResolvedVariant, choice: WordingChoice, reasons: Reasons) -> None:
        self.career, self.profile, self.variant, self.choice = career, career.profile, variant, choice
        self.reasons = reasons
        self.sections = {resolved.spec.section for resolved in variant.sections}
        self.shown: frozenset[ProfilePath] = frozenset()

    def write(self, draft: Draft, shortened: Iterable[Ref], credits: Iterable[Credit]) -> Ledger:
        """A decision for each part of ``draft`` and for each part of the profile that is not in it.

        ``shortened`` are the refs of the parts that have a short wording because the variant asks for it.
        """
        self.shown = frozenset(part.path for part in draft.parts)
        kept = Ledger(tuple(map(Decision, draft.parts)))
        location = find_setting(self.career, self.variant, "short")
        kept = kept.change(
            shortened, Outcome.SHORTENED, Reason(Cause.SHORT, "the variant asks for short wordings", location)
        )
        return Ledger((*kept.decisions, *self._drop_entries(), *self._drop_papers(list(credits))))

    def _drop_entries(self) -> Iterator[Decision]:
        for name in self.profile.entry_sections:
            if custom := self.profile.sections.get(name):
                outer = () if name in self.sections else self._absent(name)
                yield from self._drop_bullets(custom.highlights, ("sections", name), name, outer)
            for index, entry in enumerate(self.profile.entries(name)):
                path = self.profile.path_of(name, index)
                reasons = () if path in self.shown else self._find_reasons(path)
                reasons = self._hidden(entry, path) or reasons
                yield from self._drop_entry(entry, path, name, reasons)
                for number, position in enumerate(list_positions(entry)):
                    own = (*path, "positions", number)
                    outer = reasons or (() if own in self.shown else self._find_reasons(own))
                    yield from self._drop_entry(position, own, name, self._hidden(position, own) or outer)

    def _hidden(self, part: Entry, path: ProfilePath) -> tuple[Reason, ...]:
        """The Reason that the person hides ``part`` in every variant, if so."""
        return (self._locate(HIDDEN, path),) if part.hidden else ()

    def _drop_entry(
        self, entry: Entry, path: ProfilePath, section: str, reasons: tuple[Reason, ...]
    ) -> Iterator[Decision]:
        """Record an entry or a position that is left out for ``reasons``, if any, and the bullets below it."""
        if reasons:
            kind, depth = (PartKind.POSITION, 2) if isinstance(entry, Position) else (PartKind.ENTRY, 1)
            parent = (NO_PLACE, *path[:-2]) if isinstance(entry, Position) else ()
            part = Part((NO_PLACE, *path), parent, kind, section, shorten_line(name_entry(entry)), depth=depth)
            place = self.career.places.value(path)
            part = replace(part, location=place, priority=entry.priority, pin=entry.pin, tags=entry.tags)
            yield Decision(part, Outcome.DROPPED, reasons)
        yield from self._drop_bullets(entry.highlights, path, section, reasons)

    def _absent(self, name: str) -> tuple[Reason, ...]:
        """The Reason that a section is missing which the variant does not list; another may still show its entries."""
        is_joined = any(name in resolved.spec.with_ for resolved in self.variant.sections)
        return (_ONLY_ENTRIES if is_joined else _NOT_IN_VARIANT,)

    def _find_reasons(self, path: ProfilePath) -> tuple[Reason, ...]:
        return tuple(self._locate(reason, path) for reason in self.reasons.get(path, ())) or (_NOT_IN_VARIANT,)

    def _locate(self, reason: Reason, path: ProfilePath) -> Reason:
        """``reason`` with its place, if a setting of the whole variant or of the part at ``path`` decided."""
        if reason.cause is Cause.HIDDEN:
            return replace(reason, location=self.career.places.value((*path, "hidden")))
        if reason.location or reason.cause not in (Cause.TAGS, Cause.EXCLUDE_TAGS):
            return reason
        return replace(reason, location=find_setting(self.career, self.variant, reason.cause.value))

    def _drop_bullets(
        self, highlights: tuple[HighlightBody, ...], path: ProfilePath, section: str, outer: tuple[Reason, ...]
    ) -> Iterator[Decision]:
        """Record the bullets below ``path`` that are not shown: because of their own tags, or with their parent."""
        for index, highlight in enumerate(highlights):
            own = (*path, "highlights", index)
            reasons = outer
            if (highlight.hidden or (not outer and own not in self.shown)) and (
                reason := self.choice.find_objection(highlight)
            ):
                reasons = (self._locate(reason, own),)
            if reasons:
                text = highlight.text.wording(self.variant.language)
                part = Part((NO_PLACE, *own), (NO_PLACE, *path), PartKind.BULLET, section, shorten_line(str(text)))
                part = replace(
                    part, location=text.location, depth=(own[2:].count("highlights") + own[2:].count("positions")) + 1
                )
                part = replace(part, priority=highlight.priority, pin=highlight.pin, tags=highlight.tags)
                yield Decision(part, Outcome.DROPPED, reasons)
            yield from self._drop_bullets(highlight.highlights, own, section, reasons)

    def _drop_papers(self, credits: list[Credit]) -> Iterator[Decision]:
        for paper in (credit.publication for credit in credits):
            path = (PAPERS, paper.key)
            reasons: tuple[Reason, ...] = ()
            if path not in self.shown:
                reasons = self._find_reasons(path) if PAPERS in self.sections else (_NOT_IN_VARIANT,)
                yield Decision(self._paper_part(paper), Outcome.DROPPED, reasons)
            yield from self._drop_bullets(paper.highlights, path, PAPERS, reasons)
        kept = {credit.publication.key: credit.publication for credit in credits}
        merged = {key: paper for paper in kept.values() for key in paper.merged_keys}
        for paper in self.career.publications:
            if paper.key not in kept:
                reason = _name_twin(merged[paper.key]) if paper.key in merged else self._say_why_unlisted(paper)
                yield Decision(self._paper_part(paper), Outcome.DROPPED, (reason,))

    def _say_why_unlisted(self, paper: Publication) -> Reason:
        """The Reason that ``paper`` is in no list and merged with no other."""
        if paper.hidden:
            path = ("bibliography", "entries", paper.key, "hidden")
            is_in_profile = self.career.places.path_in_file(path) == path
            return replace(HIDDEN, location=self.career.places.value(path) if is_in_profile else paper.location)
        return _VOLUME if paper.is_parent else _OF_HIDDEN

    def _paper_part(self, paper: Publication) -> Part:
        overlays = list_overlays(self.profile, paper)
        return Part(
            (NO_PLACE, PAPERS, paper.key),
            (),
            PartKind.PAPER,
            PAPERS,
            shorten_line(str(paper.title)),
            location=paper.location,
            depth=1,
            priority=next((overlay.priority for overlay in overlays if overlay.priority), 0),
            pin=any(overlay.pin for overlay in overlays),
            tags=paper.tags,
        )


def _name_twin(kept: Publication) -> Reason:
    return Reason(Cause.TWIN, "the same paper as another entry, with which it is merged", kept.location)
