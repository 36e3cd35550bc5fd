"""The measured parts of a document as a tree: the height of any choice of them, and the pages on which it ends."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from cvgen.backends.backend import Box, Layout
from cvgen.model.part import Part
from cvgen.model.refs import Ref

UNMARKED = 26.0
"""Height in pt of a part that the theme's templates do not mark: two lines."""


@dataclass(slots=True)
class Unit:
    """A part with its own height (without that of its children) and the space before it, in pt."""

    part: Part
    height: float = 0.0
    gap: float = 0.0
    children: list[Unit] = field(default_factory=list)

    @property
    def ref(self) -> Ref:
        """The part's ref."""
        return self.part.ref

    def walk(self) -> Iterator[Unit]:
        """This unit and all inside it, each before those inside it."""
        yield self
        for child in self.children:
            yield from child.walk()


def build_units(parts: Iterable[Part], layout: Layout) -> list[Unit]:
    """The tree of ``parts`` with their sizes in ``layout``, which is one long page."""
    units: dict[Ref, Unit] = {}
    roots: list[Unit] = []
    for part in parts:
        unit = units[part.ref] = Unit(part)
        (units[part.parent].children if part.parent else roots).append(unit)
    extents: dict[Ref, Box | None] = {}
    for root in roots:
        _measure(root, layout.boxes, extents)
    return roots


def _measure(unit: Unit, boxes: Mapping[Ref, Box], extents: dict[Ref, Box | None]) -> Box | None:
    """Set the sizes of ``unit`` and all inside it; return the box around them."""
    extent = boxes.get(unit.ref)
    for child in unit.children:
        inner = _measure(child, boxes, extents)
        if inner:
            extent = extent.union(inner) if extent else inner
    extents[unit.ref] = extent
    if extent is None:
        unit.height = UNMARKED
        return None
    inside = 0.0
    reached: float | None = None
    for child in unit.children:
        box = extents[child.ref]
        if box is None:
            inside += child.height
            continue
        if reached is not None:
            child.gap = max(0.0, box.top - reached)
        full = box.bottom - box.top
        added = full if reached is None else max(0.0, box.bottom - max(box.top, reached))
        _lower(child, full - added)  # a part beside another adds no height
        inside += max(0.0, added) + child.gap
        reached = box.bottom if reached is None else max(reached, box.bottom)
    unit.height = max(0.0, extent.bottom - extent.top - inside)
    return extent


def _lower(unit: Unit, excess: float) -> None:
    """Take ``excess`` pt away from ``unit`` and, if it is not as high by itself, from the parts inside it."""
    for one in unit.walk():
        if excess <= 0:
            return
        lowered = max(0.0, one.height - excess)
        excess -= one.height - lowered
        one.height = lowered


def split_columns(roots: list[Unit], layout: Layout) -> tuple[list[list[Unit]], list[Unit], float]:
    """The sections of each column, those as wide as the page, and the place where the first one begins.

    Without columns the first list is empty. Also sets the space before each section.
    """
    boxes = {root.ref: layout.boxes[root.ref] for root in roots if root.ref in layout.boxes}
    bottom = max((box.bottom for box in boxes.values()), default=0.0)
    head = max(0.0, min((box.top for box in boxes.values()), default=0.0) - (bottom - layout.ends[0]))

    def beside(one: Unit, other: Unit) -> bool:
        a, b = boxes.get(one.ref), boxes.get(other.ref)
        return bool(a and b and (a.right <= b.left + 1 or b.right <= a.left + 1))

    columns: list[list[Unit]] = []
    wide: list[Unit] = []
    for root in roots:
        if not any(beside(root, other) for other in roots):
            wide.append(root)
            continue
        column = next((column for column in columns if not beside(column[0], root)), None)
        if column is None:
            columns.append(column := [])
        column.append(root)
    reached: dict[int, float] = {}
    for root in roots:
        box = boxes.get(root.ref)
        above = [reached[id(other)] for other in roots if id(other) in reached and not beside(root, other)]
        if box:
            root.gap = max(0.0, box.top - max(above)) if above else 0.0
            reached[id(root)] = box.bottom
    return columns, wide, head


def total_height(units: Iterable[Unit], kept: Callable[[Ref], bool], height: Callable[[Unit], float]) -> float:
    """The height of those of ``units`` that are ``kept``, with kept parts inside them; no space before the first."""
    total, first = 0.0, True
    for unit in units:
        if not kept(unit.ref):
            continue
        total += (0.0 if first else unit.gap) + height(unit) + total_height(unit.children, kept, height)
        first = False
    return total


def list_chunks(
    units: Iterable[Unit], kept: Callable[[Ref], bool], height: Callable[[Unit], float]
) -> list[tuple[float, float]]:
    """The chunks that a page break may not cut, in order, as (space before, height).

    As in the themes, a heading stays with what follows it, and an entry's head with its first bullet.
    """
    chunks: list[tuple[float, float]] = []
    for unit in (unit for unit in units if kept(unit.ref)):
        inner = list_chunks(unit.children, kept, height)
        if inner:
            inner[0] = (0.0, height(unit) + inner[0][1])
        own = inner or [(0.0, height(unit))]
        own[0] = (unit.gap, own[0][1])
        chunks += own
    return chunks


def fill_pages(chunks: Iterable[tuple[float, float]], start: float, room: float) -> tuple[int, float]:
    """The number of pages that chunks from ``start`` pt down a page take, and how far down the last page they end."""
    pages, at, fresh = 1, start, True
    for gap, height in chunks:
        step = height if fresh else gap + height
        if at + step > room and not (fresh and pages > 1):
            pages, at, step = pages + 1, 0.0, height
        at += step
        fresh = False
        if at > room:  # a text higher than a page
            pages, at = pages + int(at // room), at % room
    return pages, at
