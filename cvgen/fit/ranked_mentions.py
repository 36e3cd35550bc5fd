"""Which parts show the terms of ``priorities`` best: the best mention of each counts most, the next ones far less."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cvgen.fit.strength import judge_words, strength_factor
from cvgen.model.part import Part, PartKind
from cvgen.model.refs import Ref
from cvgen.model.sections import SECTIONS, Shape

ASKED = 1.0
"""The value of the best mention of a term, for each point that the term has in ``priorities``."""
NEXT = 0.3
"""The share of it that each further mention of the term has of the one before."""
LISTED = 0.5
"""The share of it that the best mention in a list of keywords has: it is looked for, but shows nothing by itself."""
POOREST = 0.1
"""The share of it that a mention in empty words has at least."""
_LEAST = 0.05
"""Mentions that add less are left out."""


@dataclass(frozen=True, slots=True)
class RankedMention:
    """What a part's mention of ``term`` adds to its value; ``rank`` counts from 0, the best mention."""

    term: str
    rank: int
    added: float


def rank_mentions(parts: Iterable[Part], values: Mapping[Ref, float]) -> dict[Ref, list[RankedMention]]:
    """The mentions of each part that add to its value.

    The best mention is in the strongest words, then in the part of the highest of ``values``. Lists of keywords
    are ranked by themselves, so that a skill does not take the place of the work that proves it.
    """
    mentions: dict[Ref, list[RankedMention]] = defaultdict(list)
    carriers: dict[tuple[str, int, bool], list[Part]] = defaultdict(list)
    for part in parts:
        for term, points in part.asked:
            if points > 0:
                carriers[term, points, _is_list(part)].append(part)
    for (term, points, is_list), found in carriers.items():
        found.sort(key=lambda part: (-judge_words(part.signs), -values[part.ref]))
        for rank, part in enumerate(found):
            added = points * ASKED * NEXT**rank * (LISTED if is_list else 1) * _share(part)
            if added >= _LEAST:
                mentions[part.ref].append(RankedMention(term, rank, added))
    return mentions


def _is_list(part: Part) -> bool:
    row = SECTIONS.get(part.section)
    return bool(row and row.shape is Shape.LINES and row.fields.details)


def _share(part: Part) -> float:
    """Weak words show a term badly."""
    if part.kind is not PartKind.BULLET:
        return 1.0
    return max(POOREST, min(1.0, strength_factor(judge_words(part.signs))))
