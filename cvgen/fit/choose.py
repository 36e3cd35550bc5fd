"""Which parts are shown, and in which wording, so that they fit and the least is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from cvgen.backends.base import Layout
from cvgen.fit.knapsack import Node, choose_nodes
from cvgen.fit.tree import Unit, build_units, fill_pages, list_chunks, split_columns, total_height
from cvgen.fit.value import SHORTENED
from cvgen.fit.years import find_gap, is_covered, span_of
from cvgen.model.document import Ref
from cvgen.select.parts import Part


class Level(IntEnum):
    """How much of a part is shown."""

    HIDDEN = 0
    SHORT = 1
    LONG = 2


Levels = Mapping[Ref, Level]
_ROUNDS = 60


@dataclass(frozen=True, slots=True)
class Room:
    """What may be filled: ``pages`` of ``height`` pt each; ``spare`` pt of the last stay empty."""

    pages: int
    height: float
    spare: float = 0.0


@dataclass(slots=True)
class Measured:
    """The parts of a draft with their values and, at one density, their heights in both wordings."""

    parts: tuple[Part, ...]
    values: Mapping[Ref, float]
    roots: list[Unit]
    columns: list[list[Unit]]
    wide: list[Unit]
    head: float
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
        """Sections that stand one below the other, for each column; the highest lane first."""
        if not self.columns:
            return [self.wide]
        rank = {root.ref: index for index, root in enumerate(self.roots)}
        lanes = [sorted([*column, *self.wide], key=lambda unit: rank[unit.ref]) for column in self.columns]
        return sorted(lanes, key=lambda lane: -total_height(lane, lambda _: True, lambda unit: unit.height))

    def with_short(self, layout: Layout) -> Measured:
        """The same, once the short wordings have been measured in ``layout``."""
        short = {unit.ref: unit.height for root in build_units(self.parts, layout) for unit in root.walk()}
        heights = {part.ref: short[part.ref] for part in self.parts if part.has_short}
        return Measured(self.parts, self.values, self.roots, self.columns, self.wide, self.head, heights)


def measure_parts(parts: tuple[Part, ...], values: Mapping[Ref, float], layout: Layout) -> Measured:
    """``parts`` as ``layout``, on a long page, has measured them in their long wordings."""
    roots = build_units(parts, layout)
    columns, wide, head = split_columns(roots, layout)
    return Measured(parts, values, roots, columns, wide, head, {})


def show_all(measured: Measured, level: Level = Level.LONG) -> dict[Ref, Level]:
    """Everything, in its long wording or, where there is one, its short."""
    return {part.ref: level if part.has_short else Level.LONG for part in measured.parts}


def overflow(measured: Measured, levels: Levels, room: Room) -> float:
    """By how many pt the chosen parts are too high, over all lanes; 0 where they fit."""
    return max(_lane_overflow(measured, lane, levels, room) for lane in measured.lanes)


def _lane_overflow(measured: Measured, lane: list[Unit], levels: Levels, room: Room) -> float:
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
    measured: Measured, room: Room, *, may_hide: bool, floor: Levels | None = None
) -> dict[Ref, Level] | None:
    """The levels that fit ``room`` at the least loss; None where even what must stay does not fit.

    Without ``may_hide`` wordings alone are chosen. ``floor`` says what must be shown at least. A pinned part stays
    with all that it stands in, and no job goes whose years nothing else explains.
    """
    must = {ref: level for ref, level in (floor or {}).items() if level}
    must |= {part.ref: Level.SHORT for part in measured.parts if (part.pin or not may_hide) and part.ref not in must}
    for _ in range(len(measured.parts) + 1):
        levels = _choose_once(measured, room, _with_parents(measured, must))
        if levels is None:
            return None
        gap = find_gap(measured.parts, [ref for ref, level in levels.items() if level])
        if gap is None:
            return levels
        must[gap.ref] = Level.SHORT
    return None


def _with_parents(measured: Measured, must: Levels) -> dict[Ref, Level]:
    parents = {part.ref: part.parent for part in measured.parts}
    complete = dict(must)
    for ref in must:
        above = parents[ref]
        while above:
            complete.setdefault(above, Level.SHORT)
            above = parents[above]
    return complete


def _choose_once(measured: Measured, room: Room, must: Levels) -> dict[Ref, Level] | None:
    """One lane after the other; what two lanes share is decided with the highest."""
    levels: dict[Ref, Level] = {}
    for lane in measured.lanes:
        decided = {unit.ref: levels[unit.ref] for root in lane for unit in root.walk() if unit.ref in levels}
        found = _choose_lane(measured, lane, room, must, decided)
        if found is None:
            return None
        levels |= found
    return levels


def _choose_lane(
    measured: Measured, lane: list[Unit], room: Room, must: Levels, decided: Levels
) -> dict[Ref, Level] | None:
    """Solve for a height, see on which pages it ends, and take less until it fits."""
    units, nodes = _list_nodes(measured, lane, must, decided)
    capacity = room.pages * room.height - measured.head - room.spare
    for _ in range(_ROUNDS):
        chosen = choose_nodes(nodes, capacity)
        if chosen is None:
            return None
        levels = {
            unit.ref: Level.HIDDEN if number is None else _levels_of(unit, must, decided)[number]
            for unit, number in zip(units, chosen, strict=True)
        }
        levels |= {root.ref: Level.HIDDEN for root in lane if _is_bare(root, levels)}
        too_high = _lane_overflow(measured, lane, levels, room)
        if not too_high:
            return _add_back(measured, lane, levels, room, decided)
        capacity -= max(0.5, min(too_high, capacity / 50))
    return None


def _is_bare(section: Unit, levels: Levels) -> bool:
    """Whether nothing is shown below the heading of a section that has parts of its own."""
    return bool(section.children) and not any(levels[child.ref] for child in section.children)


def _list_nodes(measured: Measured, lane: list[Unit], must: Levels, decided: Levels) -> tuple[list[Unit], list[Node]]:
    """The lane's parts in preorder with what each wording is worth and how high it is."""
    units: list[Unit] = []
    nodes: list[Node] = []

    def add(unit: Unit, below: list[_Branch]) -> None:
        at = len(nodes)
        units.append(unit)
        nodes.append(Node((), 1))
        for child in below:
            add(child.unit, child.below)
        options = tuple(
            (_worth(measured, unit, level), (unit.gap if at else 0.0) + measured.height(unit.ref, level))
            for level in _levels_of(unit, must, decided)
        )
        required = unit.ref in must or bool(decided.get(unit.ref))
        nodes[at] = Node(options, len(nodes) - at, required)

    spans = {part.ref: span for part in measured.parts if (span := span_of(part))}
    for root in lane:
        add(root, _branches(root, spans))
    return units, nodes


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
        if child.part.occupies == "work" and span and not is_covered(span, others):
            chain.append(child)
        else:
            free.append(_Branch(child, _branches(child, spans)))
    older: list[_Branch] = []
    for job in sorted(chain, key=lambda job: spans[job.ref][0]):
        older = [_Branch(job, [*_branches(job, spans), *older])]
    return [*free, *older]


def _levels_of(unit: Unit, must: Levels, decided: Levels) -> list[Level]:
    """The levels that a unit may be shown at, the longest first."""
    if unit.ref in decided:
        return [decided[unit.ref]] if decided[unit.ref] else []
    levels = [Level.LONG, Level.SHORT] if unit.part.has_short else [Level.LONG]
    return [level for level in levels if level >= must.get(unit.ref, Level.SHORT)]


def _worth(measured: Measured, unit: Unit, level: Level) -> float:
    value = measured.values[unit.ref]
    return value * (1 - SHORTENED) if level is Level.SHORT else value


def _add_back(
    measured: Measured, lane: list[Unit], levels: dict[Ref, Level], room: Room, decided: Levels
) -> dict[Ref, Level]:
    """What still fits after all, the most worth first: heights were rounded, and a first part needs no space before."""

    def shown(ref: Ref) -> bool:
        return not ref or levels[ref] > Level.HIDDEN

    mine = [unit for root in lane for unit in root.walk() if unit.ref not in decided]
    for unit in sorted(mine, key=lambda unit: -measured.values[unit.ref]):
        if not shown(unit.part.parent):
            continue
        for level in _levels_of(unit, {}, {}):
            if level <= levels[unit.ref]:
                break
            tried = {**levels, unit.ref: level}
            if not _lane_overflow(measured, lane, tried, room) and not _tears(measured, tried):
                levels = tried
                break
    return levels


def _tears(measured: Measured, levels: Levels) -> bool:
    """Whether these levels leave a gap between jobs."""
    return find_gap(measured.parts, [ref for ref, level in levels.items() if level]) is not None


def lost_value(measured: Measured, levels: Levels) -> float:
    """What ``levels`` lose of all there is."""
    whole: Callable[[Ref], float] = measured.values.__getitem__
    lost = sum(whole(part.ref) for part in measured.parts if not levels[part.ref])
    return lost + sum(whole(ref) * SHORTENED for ref, level in levels.items() if level is Level.SHORT)


def rank_hidden(measured: Measured, levels: Levels) -> list[Part]:
    """The parts left out whose parent is shown, what was worth most first: what nearly made it."""
    hidden: Iterable[Part] = (
        part for part in measured.parts if not levels[part.ref] and (not part.parent or levels[part.parent])
    )
    return sorted(hidden, key=lambda part: -measured.values[part.ref])
