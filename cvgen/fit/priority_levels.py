"""Puts the values of parts with a priority above or below those of all others of their kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from cvgen.model.part import Part, PartKind
from cvgen.model.refs import Ref

ABOVE = 3.0
"""How often the highest value of the level below is added: enough to be worth more than three parts of it."""
BELOW = 0.3
"""The share of the lowest value of the level above that is the highest one of this level."""
MOST = 20
"""Priorities above this number, or below its negative, count as this number."""
FURTHER = 1.5
"""The factor for each level without a part between two levels."""


def raise_priorities(parts: Iterable[Part], values: Mapping[Ref, float]) -> dict[Ref, float]:
    """``values`` in which each level of priority is above all lower levels of its kind.

    Parts are of a kind if both are bullets, papers, positions or entries of the same section. Within a level their
    values keep their order.
    """
    kinds: dict[tuple[object, PartKind], list[Part]] = defaultdict(list)
    for part in parts:
        if part.kind is not PartKind.SECTION:
            kinds[part.ref[0], part.kind].append(part)
    raised = dict(values)
    for group in kinds.values():
        if any(part.priority for part in group):
            _raise_kind(group, raised)
    return raised


def _raise_kind(group: list[Part], values: dict[Ref, float]) -> None:
    levels: dict[int, list[Ref]] = defaultdict(list)
    for part in group:
        levels[max(-MOST, min(MOST, part.priority))].append(part.ref)
    middle = [values[ref] for ref in levels.get(0, ())] or [values[part.ref] for part in group]
    top, floor = max(middle), min(middle)
    below = 0
    for level in sorted(level for level in levels if level > 0):
        for ref in levels[level]:
            values[ref] += ABOVE * top * FURTHER ** (level - below - 1)
        top, below = max(values[ref] for ref in levels[level]), level
    above = 0
    for level in sorted((level for level in levels if level < 0), reverse=True):
        highest = max(values[ref] for ref in levels[level])
        for ref in levels[level]:
            values[ref] *= BELOW * floor / highest / FURTHER ** (above - level - 1)
        floor, above = min(values[ref] for ref in levels[level]), level
