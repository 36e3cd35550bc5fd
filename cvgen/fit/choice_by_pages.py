"""Chooses for a number of pages so that more pages never show less, and weak parts never replace others."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from cvgen.fit.choose import Bounds, Level, Levels, Measured, PageSpace, choose_levels, overflow
from cvgen.model.refs import Ref


@dataclass(frozen=True, slots=True)
class Room:
    """How many pt of text a page may hold, all heights being those at the highest density.

    ``soft`` is for weak parts. Of ``firm``, from the loosest page to the tightest, the first is for all others; the
    rest serve only to show more of the ``chief`` parts. If everything fits ``whole``, a little more than the first,
    nothing is left out, so that a second fit of what is shown changes nothing.
    """

    soft: float
    whole: float
    firm: tuple[float, ...]
    chief: frozenset[Ref] = frozenset()


def choose_for_pages(
    measured: Measured, weak: Collection[Ref], pages: int, room: Room, spare: float
) -> dict[Ref, Level] | None:
    """The levels for ``pages``: at least what fewer pages would show, and no wording longer than with more pages.

    The parts of ``weak`` are only shown if all others are. Nothing else is left out if short wordings are enough.
    ``spare`` pt of the last page stay empty. None if what must stay does not fit.
    """
    if weak:
        levels = _choose_weak(measured, weak, pages, room.soft, spare)
        if levels is not None:
            return levels
        measured = replace(measured, away=frozenset(weak))
    levels = _choose_wordings(measured, PageSpace(pages, room.whole, spare))
    if levels is not None:
        return levels
    most = _find_wordings(measured, PageSpace(pages + 1, room.whole, spare))
    for count in range(1, pages + 1):
        levels = _choose_parts(measured, count, room, spare, Bounds(levels or {}, most)) or levels
    return levels


def _choose_parts(measured: Measured, pages: int, room: Room, spare: float, bounds: Bounds) -> dict[Ref, Level] | None:
    """The levels on the loosest pages that show as many chief parts as the tightest ones would."""
    best: dict[Ref, Level] | None = None
    most = -1
    for height in room.firm:
        levels = choose_levels(measured, PageSpace(pages, height, spare), may_hide=True, bounds=bounds)
        shown = sum(levels[ref] > Level.HIDDEN for ref in room.chief) if levels else -1
        if shown > most:
            best, most = levels, shown
        if most == len(room.chief):
            break
    return best


def _choose_weak(
    measured: Measured, weak: Collection[Ref], pages: int, soft: float, spare: float
) -> dict[Ref, Level] | None:
    """The levels that show all but ``weak``, and as many of these as fit; None if not even all others fit."""
    least = {part.ref: Level.SHORT for part in measured.parts if part.ref not in weak}
    shortest = {part.ref: Level.HIDDEN if part.ref in weak else Level.SHORT for part in measured.parts}
    levels: dict[Ref, Level] | None = None
    for count in range(1, pages + 1):
        space = PageSpace(count, soft, spare)
        if overflow(measured, {**shortest, **(levels or {})}, space):
            continue
        levels = choose_levels(measured, space, may_hide=True, bounds=Bounds({**least, **(levels or {})})) or levels
    return levels


def _choose_wordings(measured: Measured, space: PageSpace) -> dict[Ref, Level] | None:
    """The wordings with which everything fits, each at least as long as on fewer pages; None if it does not fit."""
    levels: Levels | None = None
    for count in range(1, space.pages + 1):
        bounds = Bounds(least=levels or {})
        levels = choose_levels(measured, replace(space, pages=count), may_hide=False, bounds=bounds) or levels
    return dict(levels) if levels is not None else None


def _find_wordings(measured: Measured, space: PageSpace) -> Levels:
    """The wordings for the lowest number of pages, at least those of ``space``, that can show everything."""
    if not any(part.has_short for part in measured.parts):
        return {}
    levels = None
    while levels is None:
        levels = choose_levels(measured, space, may_hide=False)
        space = replace(space, pages=space.pages + 1)
    return levels
