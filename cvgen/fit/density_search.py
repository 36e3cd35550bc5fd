"""Finds the airiest density at which everything fits, with few trial layouts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

ENOUGH = 0.6
"""Pages with less free space than this share of a step's change are full: one step less would not fit."""
TARGET = 0.993
SLOPE = 0.018
"""The usual change of a page's fullness with one step of density."""


def find_airiest_density(
    densities: Sequence[float],
    fullness: Callable[[float], float],
    first_try: int,
    *,
    max_layouts: int,
    slope: float = SLOPE,
) -> int | None:
    """The index of the airiest of ``densities`` at which everything fits, None if it fits at none.

    ``densities`` go from airy to tight. ``fullness`` lays out at one of them and says how full the pages are, more
    than 1 if something does not fit. The search starts at the index ``first_try`` and moves by as many steps as
    ``slope`` says are missing. After ``max_layouts`` layouts it gives the airiest density known to fit; it tries the
    tightest before it gives up.
    """
    low, high = -1, len(densities)
    at = max(0, min(first_try, len(densities) - 1))
    for tried in range(max_layouts):
        if high - low <= 1:
            break
        if tried == max_layouts - 1 and high == len(densities):
            at = len(densities) - 1
        full = fullness(densities[at])
        strides = round((full - TARGET) / max(slope, 0.004))
        if full <= 1:
            high = at
            if full >= 1 - ENOUGH * slope:
                break
            strides = min(-1, strides)
        else:
            low = at
            strides = max(1, strides)
        at = max(0, min(at + strides, len(densities) - 1))
        if not low < at < high:  # fullness misleads, for instance where much stays empty at a page's foot
            at = (low + high) // 2
    return high if high < len(densities) else None
