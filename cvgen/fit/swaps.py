"""What would change if one part were shown after all, or if there were another room: computed from measured parts."""

from __future__ import annotations

from dataclasses import dataclass

from cvgen.fit.choose import Bounds, Level, Levels, Measured, PageSpace, choose_levels
from cvgen.model.part import Part
from cvgen.model.refs import Ref
from cvgen.select.cut import Cut


@dataclass(frozen=True, slots=True)
class Swap:
    """The parts that are no longer shown, those newly shown, and those shown in a shorter wording than before.

    Of a part that goes or comes with the part around it, only the outer one is named.
    """

    left_out: tuple[Part, ...] = ()
    brought_back: tuple[Part, ...] = ()
    shortened: tuple[Part, ...] = ()


def levels_of(measured: Measured, cut: Cut) -> dict[Ref, Level]:
    """The levels at which ``cut`` shows each part."""
    return {
        part.ref: Level.HIDDEN if part.ref in cut.hidden else Level.SHORT if part.ref in cut.shortened else Level.LONG
        for part in measured.parts
    }


def find_swap(measured: Measured, levels: Levels, space: PageSpace, ref: Ref) -> dict[Ref, Level] | None:
    """The levels that show the part at ``ref`` too; None if it does not fit whatever gives way.

    Other parts that are left out stay so, if that is possible.
    """
    around = {*_list_around(measured, ref), *(unit.ref for unit in measured.units[ref].walk())}
    frozen = {other: Level.HIDDEN for other, level in levels.items() if not level and other not in around}
    for most in (frozen, {}):
        found = choose_levels(measured, space, may_hide=True, bounds=Bounds({ref: Level.SHORT}, most))
        if found is not None:
            return found
    return None


def compare_levels(measured: Measured, before: Levels, after: Levels) -> Swap:
    """What changes from ``before`` to ``after``."""
    lost = [part for part in measured.parts if before[part.ref] and not after[part.ref]]
    new = [part for part in measured.parts if after[part.ref] and not before[part.ref]]
    shorter = [part for part in measured.parts if Level.HIDDEN < after[part.ref] < before[part.ref]]
    return Swap(_outermost(lost), _outermost(new), tuple(shorter))


def _list_around(measured: Measured, ref: Ref) -> list[Ref]:
    """The part at ``ref``, and those around it."""
    found: list[Ref] = []
    while ref in measured.units:
        found.append(ref)
        ref = measured.units[ref].part.parent
    return found


def _outermost(parts: list[Part]) -> tuple[Part, ...]:
    refs = {part.ref for part in parts}
    return tuple(part for part in parts if part.parent not in refs)
