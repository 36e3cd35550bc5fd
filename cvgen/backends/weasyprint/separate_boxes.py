"""Separates the boxes of parts where a theme leaves an element open: what follows is then inside of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from cvgen.backends.backend import Box
from cvgen.model.part import Part
from cvgen.model.refs import Ref


def separate_boxes(parts: Iterable[Part], boxes: Mapping[Ref, Box]) -> dict[Ref, Box]:
    """``boxes`` in which a part ends where a later one begins that is inside its box, but not a part of it."""
    separate = dict(boxes)
    around: list[Part] = []
    for part in parts:
        box = boxes.get(part.ref)
        if box is None:
            continue
        around = [one for one in around if _is_inside(box, boxes[one.ref]) or one.ref == part.parent]
        for one in around:
            if not _is_part_of(part, one):
                outer = separate[one.ref]
                separate[one.ref] = replace(outer, bottom=min(outer.bottom, box.top))
        around.append(part)
    return separate


def _is_part_of(part: Part, other: Part) -> bool:
    return part.parent[: len(other.ref)] == other.ref


def _is_inside(inner: Box, outer: Box) -> bool:
    """Whether ``inner`` is below the top of ``outer`` and in it."""
    is_within = outer.left <= inner.left and inner.right <= outer.right and inner.bottom <= outer.bottom
    return is_within and outer.top < inner.top
