"""What of a profile a variant does not show, and why; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cvgen.diagnostics import Location
from cvgen.model.document import Ref
from cvgen.model.entries import HighlightBody, Selectable
from cvgen.model.inline import rich
from cvgen.model.profile import Overlay, SectionBody
from cvgen.model.publication import Credit
from cvgen.select.entry_items import name_entry
from cvgen.select.parts import Part, PartKind, label_of
from cvgen.select.publication_list import PAPERS
from cvgen.select.variant import ResolvedVariant
from cvgen.sources.career import Career

NOT_IN_VARIANT = "its section is not in the variant"


@dataclass(frozen=True, slots=True)
class Hidden:
    """Something of the profile that a draft does not have, and why."""

    path: Ref
    kind: PartKind
    label: str
    location: Location | None
    reason: str
    pin: bool = False


def list_hidden(
    career: Career, variant: ResolvedVariant, parts: Iterable[Part], credits: Iterable[Credit]
) -> tuple[Hidden, ...]:
    """Every entry, paper and bullet of the profile that is none of ``parts``, in the profile's order."""
    shown = {part.path for part in parts}
    finder = _HiddenFinder(career, variant)
    return tuple(hidden for hidden in finder.find(credits) if hidden.path not in shown)


class _HiddenFinder:
    def __init__(self, career: Career, variant: ResolvedVariant) -> None:
        self.career, self.variant = career, variant
        self.specs: dict[str, list[SectionBody]] = {}
        for resolved in variant.sections:
            for name in (resolved.spec.section, *resolved.spec.with_):
                self.specs.setdefault(name, []).append(resolved.spec)

    def find(self, credits: Iterable[Credit]) -> Iterator[Hidden]:
        profile = self.career.profile
        for name in profile.entry_sections:
            if custom := profile.sections.get(name):
                yield from self._bullets(custom.highlights, ("sections", name), self._section_reason(name, ()))
            for index, entry in enumerate(profile.entries(name)):
                path = profile.path_of(name, index)
                reason = self._section_reason(name, entry.tags)
                place = self.career.places.value(path)
                yield Hidden(path, PartKind.ENTRY, label_of(rich(name_entry(entry))), place, reason, entry.pin)
                yield from self._bullets(entry.highlights, path, reason)
        for credit in credits:
            paper = credit.publication
            path = (PAPERS, paper.key)
            reason = self._section_reason(PAPERS, ())
            overlay = profile.bibliography.entries.get(paper.key, Overlay())
            yield Hidden(path, PartKind.PAPER, label_of(paper.title), paper.location, reason, overlay.pin)
            yield from self._bullets(paper.highlights, path, reason)

    def _bullets(self, highlights: tuple[HighlightBody, ...], path: Ref, outer: str) -> Iterator[Hidden]:
        for index, highlight in enumerate(highlights):
            own = (*path, "highlights", index)
            text = highlight.text.wording(self.variant.language)
            reason = self._tag_reason(highlight) or outer
            yield Hidden(own, PartKind.BULLET, label_of(text), text.location, reason, highlight.pin)
            yield from self._bullets(highlight.highlights, own, reason)

    def _tag_reason(self, part: Selectable) -> str:
        own = set(part.tags)
        if banned := sorted(own & self.variant.exclude_tags):
            return f"tagged {', '.join(banned)}, which the variant excludes"
        if own and self.variant.tags is not None and not own & self.variant.tags:
            return f"tagged {', '.join(sorted(own))}, which the variant does not ask for"
        return ""

    def _section_reason(self, name: str, tags: tuple[str, ...]) -> str:
        specs = self.specs.get(name, [])
        if not specs:
            return NOT_IN_VARIANT
        tagged = self._tag_reason(Selectable(tags=tags))
        if tagged:
            return tagged
        settings = [
            setting
            for setting in ("where", "tags", "exclude_tags", "limit", "group_by", "exclude")
            if any(_is_set(spec, setting) for spec in specs)
        ]
        return f"left out by {' or '.join(repr(setting) for setting in settings)} of its section"


def _is_set(spec: SectionBody, setting: str) -> bool:
    return bool(spec.groups if setting == "group_by" else getattr(spec, setting))
