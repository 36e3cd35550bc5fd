"""Which parts are shown, and in which wording, so that they fit and the least is lost."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum

from cvgen.backends.backend import Layout
from cvgen.fit.knapsack import KnapsackNode, cell_height, choose_nodes
from cvgen.fit.measured_parts import Unit, build_units, fill_pages, list_chunks, split_columns, total_height
from cvgen.fit.value import SHORTENED
from cvgen.fit.years import find_gap, is_covered, span_of
from cvgen.model.document import Part, PartKind, Ref
from cvgen.model.sections import Occupies


class Level(IntEnum):
    """How much of a part is shown."""

    HIDDEN = 0
    SHORT = 1
    LONG = 2


Levels = Mapping[Ref, Level]
_ROUNDS = 60


@dataclass(frozen=True, slots=True)
class PageSpace:
    """What may be filled: ``pages`` of ``height`` pt each; ``spare`` pt of the last stay empty."""

    pages: int
    height: float
    spare: float = 0.0


@dataclass(frozen=True, slots=True)
class Bounds:
    """What must be shown at ``least``, and what at ``most``; a part that is not named is free."""

    least: Levels = field(default_factory=dict)
    most: Levels = field(default_factory=dict)

    def levels(self, part: Part) -> list[Level]:
        """The levels that ``part`` may be shown at, the longest first."""
        known = [Level.LONG, Level.SHORT] if part.has_short else [Level.LONG]
        least, most = self.least.get(part.ref, Level.SHORT), self.most.get(part.ref, Level.LONG)
        return [level for level in known if least <= level <= most]


FREE = Bounds()


@dataclass(slots=True)
class Measured:
    """The parts of a draft with their values and, at one density, their heights in both wordings.

    ``head`` is how far down the first section begins, ``page`` how high a page's text may be; in pt, as all heights.
    """

    parts: tuple[Part, ...]
    values: Mapping[Ref, float]
    roots: list[Unit]
    columns: list[list[Unit]]
    wide: list[Unit]
    head: float
    page: float
    short_heights: Mapping[Ref, float]
    units: dict[Ref, Unit] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.units = {unit.ref: unit for root in self.roots for unit in root.walk()}

    def height(self, ref: Ref, level: Level) -> float:
        """Of one part without those inside it, in pt."""
        long = self.units[ref].height
        return min(long, self.short_heights.get(ref, long)) if level is Level.SHORT else long

    @property
    def lanes(self) -> list[list[Unit]]:
        """Sections that are printed one below the other, for each column; the highest lane first."""
        if not self.columns:
            return [self.wide]
        rank = {root.ref: index for index, root in enumerate(self.roots)}
        lanes = [sorted([*column, *self.wide], key=lambda unit: rank[unit.ref]) for column in self.columns]
        return sorted(lanes, key=lambda lane: -total_height(lane, lambda _: True, lambda unit: unit.height))

    def with_short(self, layout: Layout) -> Measured:
        """The same, once the short wordings have been measured in ``layout``."""
        short = {unit.ref: unit.height for root in build_units(self.parts, layout) for unit in root.walk()}
        heights = {part.ref: short[part.ref] for part in self.parts if part.has_short}
        return replace(self, short_heights=heights)


def measure_parts(parts: tuple[Part, ...], values: Mapping[Ref, float], layout: Layout) -> Measured:
    """``parts`` as ``layout``, on a long page, has measured them in their long wordings."""
    roots = build_units(parts, layout)
    columns, wide, head = split_columns(roots, layout)
    return Measured(parts, values, roots, columns, wide, head, layout.room, {})


def show_all(measured: Measured, level: Level = Level.LONG) -> dict[Ref, Level]:
    """Everything, in its long wording or, where there is one, its short."""
    return {part.ref: level if part.has_short else Level.LONG for part in measured.parts}


def overflow(measured: Measured, levels: Levels, room: PageSpace) -> float:
    """By how many pt the chosen parts are too high, over all lanes; 0 where they fit."""
    return max(_lane_overflow(measured, lane, levels, room) for lane in measured.lanes)


def _lane_overflow(measured: Measured, lane: list[Unit], levels: Levels, room: PageSpace) -> float:
    chunks = list_chunks(
        lane,
        lambda ref: levels.get(ref, Level.HIDDEN) > Level.HIDDEN,
        lambda unit: measured.height(unit.ref, levels[unit.ref]),
    )
    pages, end = fill_pages(chunks, measured.head, room.height)
    limit = room.height - room.spare
    if pages <= room.pages:
        return max(0.0, end - limit) if pages == room.pages else 0.0
    return (pages - room.pages - 1) * room.height + end + room.spare


def choose_levels(
    measured: Measured, room: PageSpace, *, may_hide: bool, bounds: Bounds = FREE
) -> dict[Ref, Level] | None:
    """The levels that fit ``room`` at the least loss; None where even what must stay does not fit.

    Without ``may_hide`` only wordings are chosen. A pinned part stays, with the parts around it, and no job goes
    whose years nothing else explains.
    """
    if not may_hide and overflow(measured, show_all(measured, Level.SHORT), room):
        return None
    least = {ref: level for ref, level in bounds.least.items() if level}
    least |= {part.ref: Level.SHORT for part in measured.parts if (part.pin or not may_hide) and part.ref not in least}
    for _ in range(len(measured.parts) + 1):
        levels = _choose_once(measured, room, Bounds(least, bounds.most))
        if levels is None:
            return None
        gap = find_gap(measured.parts, [ref for ref, level in levels.items() if level])
        if gap is None:
            return levels
        least[gap.ref] = Level.SHORT
    return None


def _choose_once(measured: Measured, room: PageSpace, bounds: Bounds) -> dict[Ref, Level] | None:
    """One lane after the other; what two lanes share is decided with the highest."""
    levels: dict[Ref, Level] = {}
    for lane in measured.lanes:
        decided = {unit.ref: levels[unit.ref] for root in lane for unit in root.walk() if unit.ref in levels}
        found = _choose_lane(measured, lane, room, bounds, decided)
        if found is None:
            return None
        levels |= found
    return levels


def _choose_lane(
    measured: Measured, lane: list[Unit], room: PageSpace, bounds: Bounds, decided: Levels
) -> dict[Ref, Level] | None:
    """Solve for a height, see on which pages it ends, and take less until it fits."""
    units, nodes = _list_nodes(measured, lane, bounds, decided)
    options = [_levels_of(unit, bounds, decided) for unit in units]

    def read(chosen: Iterable[int | None]) -> dict[Ref, Level]:
        return {
            unit.ref: Level.HIDDEN if number is None else levels[number]
            for unit, levels, number in zip(units, options, chosen, strict=True)
        }

    capacity = room.pages * room.height - measured.head - room.spare
    capacity += math.sqrt(len(nodes)) * cell_height(len(nodes), capacity)  # heights may be rounded up
    for _ in range(_ROUNDS):
        chosen = choose_nodes(nodes, capacity)
        if chosen is None:
            break
        found = read(chosen)
        too_high = _lane_overflow(measured, lane, found, room)
        if not too_high:
            return _add_back(measured, lane, found, room, bounds, decided)
        capacity -= max(0.5, min(too_high, capacity / 50))
    # What must stay may fit after all: sums say nothing of what stays empty at the pages' feet.
    least = read(-1 if node.required else None for node in nodes)
    return (
        None if _lane_overflow(measured, lane, least, room) else _add_back(measured, lane, least, room, bounds, decided)
    )


def _list_nodes(
    measured: Measured, lane: list[Unit], bounds: Bounds, decided: Levels
) -> tuple[list[Unit], list[KnapsackNode]]:
    """The lane's parts in preorder with what each wording is worth and how high it is."""
    units: list[Unit] = []
    nodes: list[KnapsackNode] = []

    def add(unit: Unit, below: list[_Branch]) -> None:
        at = len(nodes)
        units.append(unit)
        nodes.append(KnapsackNode((), 1))
        for child in below:
            add(child.unit, child.below)
        options = tuple(
            (_worth(measured, unit, level), (unit.gap if at else 0.0) + measured.height(unit.ref, level))
            for level in _levels_of(unit, bounds, decided)
        )
        required = (
            unit.ref in bounds.least or bool(decided.get(unit.ref)) or any(node.required for node in nodes[at + 1 :])
        )
        nodes[at] = KnapsackNode(options, len(nodes) - at, required, _is_hollow(unit))

    spans = {part.ref: span for part in measured.parts if (span := span_of(part))}
    for root in lane:
        add(root, _branches(root, spans))
    return units, nodes


def _is_hollow(unit: Unit) -> bool:
    """Whether ``unit`` is a section of which only the heading is left without the parts inside it."""
    return unit.part.kind is PartKind.SECTION and bool(unit.children) and not unit.part.has_text


@dataclass(frozen=True, slots=True)
class _Branch:
    """A unit with what may only be shown together with it."""

    unit: Unit
    below: list[_Branch]


def _branches(unit: Unit, spans: Mapping[Ref, tuple[float, float]]) -> list[_Branch]:
    """What depends on ``unit``: its children, and of jobs that follow each other the older on the newer."""
    free: list[_Branch] = []
    chain: list[Unit] = []
    for child in unit.children:
        span = spans.get(child.ref)
        others = [other for ref, other in spans.items() if ref != child.ref]
        if child.part.occupies is Occupies.JOB and span and not is_covered(span, others):
            chain.append(child)
        else:
            free.append(_Branch(child, _branches(child, spans)))
    older: list[_Branch] = []
    for job in sorted(chain, key=lambda job: spans[job.ref][0]):
        older = [_Branch(job, [*_branches(job, spans), *older])]
    return [*free, *older]


def _levels_of(unit: Unit, bounds: Bounds, decided: Levels) -> list[Level]:
    """The levels that a unit may be shown at, the longest first."""
    if unit.ref in decided:
        return [decided[unit.ref]] if decided[unit.ref] else []
    return bounds.levels(unit.part)


def _worth(measured: Measured, unit: Unit, level: Level) -> float:
    value = measured.values[unit.ref]
    return value * (1 - SHORTENED) if level is Level.SHORT else value


def _add_back(
    measured: Measured, lane: list[Unit], levels: dict[Ref, Level], room: PageSpace, bounds: Bounds, decided: Levels
) -> dict[Ref, Level]:
    """What still fits after all, the most worth first: heights were rounded, and a first part needs no space before."""
    mine = [unit for root in lane for unit in root.walk() if unit.ref not in decided]
    for unit in sorted(mine, key=lambda unit: -measured.values[unit.ref]):
        above = measured.units.get(unit.part.parent)
        opened = {above.ref: Level.LONG} if above and _is_hollow(above) else {}
        if _is_hollow(unit) or (above and not {**levels, **opened}[above.ref]):
            continue
        for level in bounds.levels(unit.part):
            if level <= levels[unit.ref]:
                break
            tried = {**levels, **opened, unit.ref: level}
            if not _lane_overflow(measured, lane, tried, room) and not _tears(measured, tried):
                levels = tried
                break
    return levels


def _tears(measured: Measured, levels: Levels) -> bool:
    """Whether these levels leave a gap between jobs."""
    return find_gap(measured.parts, [ref for ref, level in levels.items() if level]) is not None


def rank_hidden(measured: Measured, levels: Levels) -> list[Part]:
    """The parts left out whose parent is shown, what was worth most first: what nearly made it."""
    hidden: Iterable[Part] = (
        part for part in measured.parts if not levels[part.ref] and (not part.parent or levels[part.parent])
    )
    return sorted(hidden, key=lambda part: -measured.values[part.ref])
