"""Suggests a variant for a posting: tries priorities, tags and wordings, and keeps what shows more terms; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cvgen.model.part import PartKind
from cvgen.model.variant_settings import Variant
from cvgen.posting.coverage import TermCoverage, TermFinder, cover_terms, find_places
from cvgen.posting.mentions import Mention, texts_of_part
from cvgen.posting.posting_term import Importance, PostingTerm
from cvgen.posting.term_kinds import TermKind
from cvgen.select.build_document import Selection, select_document
from cvgen.select.variant import resolve_variant
from cvgen.sources.career import Career

MOST_PRIORITIES = 20
MOST_BASES = 8
"""So many variants are tried as another base."""
PAGES = 1
"""The pages of a variant whose base sets none: without a limit, priorities would have no effect."""


@dataclass(frozen=True, slots=True)
class SuggestedVariant:
    """A variant for a posting.

    ``variant`` has all settings that are to be written; ``priorities`` are those of its terms that count. The terms
    of ``unusable`` are in entries, bullets or papers that the variant cannot show, each with the reasons.
    """

    variant: Variant
    priorities: dict[str, int]
    unusable: tuple[TermCoverage, ...] = ()


def suggest_variant(
    career: Career,
    base: str,
    terms: Sequence[PostingTerm],
    mentions: Sequence[Mention],
    posting_language: str,
    pages: int | None = None,
) -> SuggestedVariant:
    """A variant that extends ``base`` and shows what a posting in ``posting_language`` asks for, on ``pages``.

    The priorities that ``base`` has itself or inherits are set to 0, unless the posting asks for the same term: they
    were for another reader.
    """
    return _Suggestion(career, base, terms, mentions).suggest(posting_language, pages)


def find_better_base(
    career: Career, base: str, terms: Sequence[PostingTerm], mentions: Sequence[Mention], posting_language: str
) -> tuple[str, int] | None:
    """The variant that shows more of ``terms`` than ``base`` if a suggested variant extends it, and how many more.

    Variants with priorities are left out, since they were made for another reader. None if ``base`` is the best.
    """
    others = [name for name in career.profile.variants if not resolve_variant(career, name).priorities]

    def count(name: str) -> tuple[int, int]:
        priorities = suggest_variant(career, name, terms, mentions, posting_language).priorities
        return sum(priorities.values()), len(priorities)

    points, shown = count(base)
    ranked = [(*count(name), name) for name in others[:MOST_BASES] if name != base]
    best = max(ranked, key=lambda one: one[:2], default=None)
    if best is None or best[0] <= points or best[1] <= shown:
        return None
    return best[2], best[1] - shown


def weigh_term(term: PostingTerm) -> int:
    """The priority of ``term``, from 1 (mentioned once) to 3 (mentioned often and required)."""
    return 1 + (term.count > 1) + term.is_required


class _Suggestion:
    """Tries settings one after the other, and keeps those that show more terms."""

    def __init__(self, career: Career, base: str, terms: Sequence[PostingTerm], mentions: Sequence[Mention]) -> None:
        self.base, self.mentions = base, mentions
        self.career = _with_variants(career, career.profile.variants or {base: Variant()})
        self.resolved = resolve_variant(self.career, base)
        finder = TermFinder(terms, self.resolved.language)
        places = find_places((mention for mention in mentions if mention.is_part), finder)
        useful = [term for term in terms if term.name in places and term.kind is not TermKind.YEARS]
        useful.sort(key=lambda term: -weigh_term(term))
        self.terms, self.places = useful[:MOST_PRIORITIES], places
        self.settings: dict[str, Any] = {}
        self.selection = self._select({})

    def suggest(self, posting_language: str, pages: int | None) -> SuggestedVariant:
        self._choose_language(posting_language)
        for term in self.terms:
            if term.importance is not Importance.TASK:
                self._show(term)
        shown = self._shown(self.selection)
        chosen = {shown[term.name]: weigh_term(term) for term in self.terms if term.name in shown}
        foreign = {name: 0 for name in self.resolved.priorities if name not in chosen}
        pages = pages or self.resolved.pages or PAGES
        settings = {**self.settings, "pages": pages, "priorities": {**chosen, **foreign}}
        return SuggestedVariant(Variant(extends=self.base, **settings), chosen, tuple(self._list_unusable(shown)))

    def _choose_language(self, language: str) -> None:
        """Use the posting's language if the profile's wordings in it show more of the terms."""
        document = self.selection.document
        has_wordings = any(m.language.split("-")[0] == language for m in self.mentions)
        if not has_wordings or document.language.split("-")[0] == language:
            return
        tried = self._select({"language": language})
        if self._weigh(tried) > self._weigh(self.selection):
            self.selection = tried
            self.settings["language"] = language

    def _weigh(self, selection: Selection) -> int:
        shown = self._shown(selection)
        return sum(weigh_term(term) for term in self.terms if term.name in shown)

    def _show(self, term: PostingTerm) -> None:
        """Find a change of the settings that shows ``term``, and keep it.

        A must-have that only lists show, such as that of the skills, needs a bullet as evidence too, if there is one.
        """
        places = self.places[term.name]
        for wanted in (False, True) if term.importance is Importance.MUST else (False,):
            if term.name in self._shown(self.selection, only_bullets=wanted):
                continue
            for change in self._list_changes([place for place in places if place.bullet or not wanted]):
                tried = self._select(change)
                if term.name in self._shown(tried, only_bullets=wanted):
                    self.settings |= change
                    self.selection = tried
                    break

    def _list_changes(self, places: Iterable[Mention]) -> Iterator[dict[str, Any]]:
        """The changes of tags and wordings that may show one of ``places``, the smallest first."""
        resolved = resolve_variant(*self._with({}))
        if resolved.short:
            yield {"short": False}
        changes: dict[tuple[str, ...], None] = {}
        for mention in places:
            if resolved.tags is None or any(set(tags) & resolved.exclude_tags for tags in mention.tag_sets):
                continue
            missing = [tags[0] for tags in mention.tag_sets if not set(tags) & resolved.tags]
            if missing:
                changes.setdefault(tuple(dict.fromkeys(missing)))
        for tags in sorted(changes, key=len):
            change: dict[str, Any] = {"tags": (*sorted(resolved.tags or ()), *tags)}
            yield change
            if resolved.short:
                yield {**change, "short": False}

    def _list_unusable(self, shown: Iterable[str]) -> Iterator[TermCoverage]:
        left = [term for term in self.terms if term.name not in set(shown)]
        covered = cover_terms(left, self.mentions, self.selection.document, self.selection.ledger)
        return (one for one in covered if not one.printed)

    def _select(self, change: Mapping[str, object]) -> Selection:
        career, name = self._with(change)
        return select_document(career, resolve_variant(career, name))

    def _with(self, change: Mapping[str, object]) -> tuple[Career, str]:
        """The career with a variant that has the settings kept so far and ``change``, and the name of the variant."""
        variants = self.career.profile.variants
        name = next(name for number in range(len(variants) + 1) if (name := f"match-{number}") not in variants)
        tried = Variant(extends=self.base, **{**self.settings, **change})
        return _with_variants(self.career, {**variants, name: tried}), name

    def _shown(self, selection: Selection, *, only_bullets: bool = False) -> dict[str, str]:
        """The terms of any entry, position, paper or bullet, each with its most frequent spelling."""
        document = selection.document
        finder = TermFinder(self.terms, document.language)
        kinds = {PartKind.BULLET} if only_bullets else set(PartKind) - {PartKind.SECTION}
        texts = [text for part in document.walk() if part.kind in kinds for text in texts_of_part(part)]
        uses = Counter(found for text in texts for found in finder.find(text).items())
        by_use = {name: spelling for (name, spelling), _ in reversed(uses.most_common())}
        return by_use | {name: name for name, spelling in uses if name == spelling}


def _with_variants(career: Career, variants: Mapping[str, Variant]) -> Career:
    return replace(career, profile=career.profile.model_copy(update={"variants": variants}))
