"""Chooses which parts are shown, and in which wording: the choice of the highest value that fits."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum

from cvgen.backends.backend import Layout
from cvgen.fit.dependencies import Branch, find_proven, has_positions, is_hollow, list_branches
from cvgen.fit.knapsack import KnapsackNode, cell_height, choose_nodes
from cvgen.fit.measured_parts import Unit, build_units, fill_pages, list_chunks, split_columns, total_height
from cvgen.fit.value import lose_by_short
from cvgen.fit.years import find_gap, span_of
from cvgen.model.part import Part, PartKind
from cvgen.model.refs import Ref


class Level(IntEnum):
    """How much of a part is shown."""

    HIDDEN = 0
    SHORT = 1
    LONG = 2


Levels = Mapping[Ref, Level]
_ROUNDS = 60


@dataclass(frozen=True, slots=True)
class PageSpace:
    """The space to fill: ``pages`` of ``height`` pt each; ``spare`` pt of the last one stay empty."""

    pages: int
    height: float
    spare: float = 0.0


@dataclass(frozen=True, slots=True)
class Bounds:
    """The lowest and the highest level at which a part may be shown; a part in neither mapping is free."""

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

    ``head`` is the height above the first section, ``page`` the height of a page's text area. Heights are in pt.
    ``proven`` are entries that are not shown without a bullet; ``away`` are parts that are not shown in any choice.
    """

    parts: tuple[Part, ...]
    values: Mapping[Ref, float]
    roots: list[Unit]
    columns: list[list[Unit]]
    wide: list[Unit]
    head: float
    page: float
    short_heights: Mapping[Ref, float]
    proven: frozenset[Ref] = frozenset()
    away: frozenset[Ref] = frozenset()
    units: dict[Ref, Unit] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.units = {unit.ref: unit for root in self.roots for unit in root.walk()}

    def height(self, ref: Ref, level: Level) -> float:
        """The height of one part without those inside it, in pt."""
        long = self.units[ref].height
        return min(long, self.short_heights.get(ref, long)) if level is Level.SHORT else long

    def is_hollow(self, unit: Unit) -> bool:
        """Whether ``unit`` may only be shown with one of the parts inside it."""
        return unit.ref in self.proven or is_hollow(unit)

    @property
    def lanes(self) -> list[list[Unit]]:
        """For each column the sections printed in it from top to bottom; the highest lane first."""
        if not self.columns:
            return [self.wide]
        rank = {root.ref: index for index, root in enumerate(self.roots)}
        lanes = [sorted([*column, *self.wide], key=lambda unit: rank[unit.ref]) for column in self.columns]
        return sorted(lanes, key=lambda lane: -total_height(lane, lambda _: True, lambda unit: unit.height))

    def with_short(self, layout: Layout) -> Measured:
        """A copy with the heights of the short wordings, as measured in ``layout``."""
        short = {unit.ref: unit.height for root in build_units(self.parts, layout) for unit in root.walk()}
        heights = {part.ref: short[part.ref] for part in self.parts if part.has_short}
        return replace(self, short_heights=heights)


def measure_parts(
    parts: tuple[Part, ...], values: Mapping[Ref, float], layout: Layout, weak: Collection[Ref] = ()
) -> Measured:
    """``parts`` with the heights of their long wordings, as measured in ``layout`` on one long page."""
    roots = build_units(parts, layout)
    columns, wide, head = split_columns(roots, layout)
    return Measured(parts, values, roots, columns, wide, head, layout.room, {}, find_proven(parts, weak))


def show_all(measured: Measured, level: Level = Level.LONG) -> dict[Ref, Level]:
    """The levels that show everything, in the long wording or, if there is one, the short wording."""
    return {
        part.ref: Level.HIDDEN if part.ref in measured.away else level if part.has_short else Level.LONG
        for part in measured.parts
    }


def overflow(measured: Measured, levels: Levels, room: PageSpace) -> float:
    """The number of pt by which the chosen parts are too high, over all lanes; 0 if they fit."""
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
    """The levels of the highest value that fit ``room``; None if even the required parts do not fit.

    Without ``may_hide`` only wordings are chosen. A pinned part stays, with the parts around it. A job is left out
    only if something else explains its years.
    """
    if not may_hide and overflow(measured, show_all(measured, Level.SHORT), room):
        return None
    least = {ref: level for ref, level in bounds.least.items() if level}
    stays = [part.ref for part in measured.parts if (part.pin or not may_hide) and part.ref not in measured.away]
    least |= {ref: Level.SHORT for ref in stays if ref not in least}
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
    """Choose for one lane after the other; a part in two lanes is decided with the higher lane."""
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
    """Choose for a height, find on which pages the choice ends, and reduce the height until it fits."""
    units, nodes = _list_nodes(measured, lane, bounds, decided)
    options = [_levels_of(measured, unit, bounds, decided) for unit in units]
    if any(node.required and not levels for node, levels in zip(nodes, options, strict=True)):
        return None  # what must stay may not be shown: a job that closes a gap, when bounds hide it

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
    if any(node.required and not node.options for node in nodes):
        return None  # a part must be shown and must not
    # The required parts may fit after all: the sum of heights ignores empty space at the foot of a page.
    least = read(-1 if node.required else None for node in nodes)
    return (
        None if _lane_overflow(measured, lane, least, room) else _add_back(measured, lane, least, room, bounds, decided)
    )


def _list_nodes(
    measured: Measured, lane: list[Unit], bounds: Bounds, decided: Levels
) -> tuple[list[Unit], list[KnapsackNode]]:
    """The lane's parts in preorder, with the value and the height of each wording."""
    units: list[Unit] = []
    nodes: list[KnapsackNode] = []

    def add(unit: Unit, below: list[Branch]) -> None:
        at = len(nodes)
        units.append(unit)
        nodes.append(KnapsackNode((), 1))
        for child in below:
            add(child.unit, child.below)
        options = tuple(
            (_worth(measured, unit, level), (unit.gap if at else 0.0) + measured.height(unit.ref, level))
            for level in _levels_of(measured, unit, bounds, decided)
        )
        has_required = any(node.required for node in nodes[at + 1 :])
        required = unit.ref in bounds.least or bool(decided.get(unit.ref)) or has_required
        if required and not has_required and has_positions(unit):
            nodes[at + 1] = replace(nodes[at + 1], required=True)
        nodes[at] = KnapsackNode(options, len(nodes) - at, required, measured.is_hollow(unit))

    spans = {part.ref: span for part in measured.parts if (span := span_of(part))}
    for root in lane:
        add(root, list_branches(measured.values, root, spans))
    return units, nodes


def _levels_of(measured: Measured, unit: Unit, bounds: Bounds, decided: Levels) -> list[Level]:
    """The levels that a unit may be shown at, the longest first."""
    if unit.ref in measured.away:
        return []
    if unit.ref in decided:
        return [decided[unit.ref]] if decided[unit.ref] else []
    return bounds.levels(unit.part)


def _worth(measured: Measured, unit: Unit, level: Level) -> float:
    value = measured.values[unit.ref]
    return value - lose_by_short(value) if level is Level.SHORT else value


def _add_back(
    measured: Measured, lane: list[Unit], levels: dict[Ref, Level], room: PageSpace, bounds: Bounds, decided: Levels
) -> dict[Ref, Level]:
    """Add parts that still fit, by value: heights were rounded, and a first part has no space before it."""
    mine = [unit for root in lane for unit in root.walk() if unit.ref not in decided]
    for unit in sorted(mine, key=lambda unit: -measured.values[unit.ref]):
        opened = _open_heads(measured, unit, levels, bounds)
        if measured.is_hollow(unit) or opened is None or unit.ref in measured.away:
            continue
        for level in bounds.levels(unit.part):
            if level <= levels[unit.ref]:
                break
            tried = {**levels, **opened, unit.ref: level}
            if not _lane_overflow(measured, lane, tried, room) and not _tears(measured, tried):
                levels = tried
                break
    return levels


def _open_heads(measured: Measured, unit: Unit, levels: Levels, bounds: Bounds) -> dict[Ref, Level] | None:
    """The hidden heads around ``unit`` that it can be shown with; None if a part that it needs is hidden."""
    opened: dict[Ref, Level] = {}
    above = measured.units.get(unit.part.parent)
    while above and not levels[above.ref]:
        allowed = bounds.levels(above.part)
        if not allowed or above.ref in measured.away or not measured.is_hollow(above):
            return None
        if has_positions(above) and unit.part.kind is not PartKind.POSITION:
            return None
        opened[above.ref] = allowed[0]
        unit, above = above, measured.units.get(above.part.parent)
    return opened


def _tears(measured: Measured, levels: Levels) -> bool:
    """Whether these levels leave a gap between jobs."""
    return find_gap(measured.parts, [ref for ref, level in levels.items() if level]) is not None


def rank_hidden(measured: Measured, levels: Levels) -> list[Part]:
    """The parts left out whose parent is shown, the highest value first: those that were nearly included."""
    hidden: Iterable[Part] = (
        part for part in measured.parts if not levels[part.ref] and (not part.parent or levels[part.parent])
    )
    return sorted(hidden, key=lambda part: -measured.values[part.ref])
