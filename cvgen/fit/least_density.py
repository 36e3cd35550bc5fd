"""The least density at which something fits, found with few layouts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

ENOUGH = 0.6
"""Pages that leave less than this share of a step's change are full: a step less would not fit."""
TARGET = 0.993
SLOPE = 0.018
"""By how much a step of density usually changes how full a page is."""


def find_least_density(
    steps: Sequence[float], fullness: Callable[[float], float], guess: int, *, limit: int, slope: float = SLOPE
) -> int | None:
    """The least index of ``steps`` at which ``fullness``, which falls along them, is at most 1; None if at none.

    Begins at ``guess`` and goes on by as many steps as ``slope`` says are missing. After ``limit`` questions the
    least index known to fit is given; the last step is asked before that is none.
    """
    low, high = -1, len(steps)
    at = max(0, min(guess, len(steps) - 1))
    for asked in range(limit):
        if high - low <= 1:
            break
        if asked == limit - 1 and high == len(steps):
            at = len(steps) - 1
        full = fullness(steps[at])
        strides = round((full - TARGET) / max(slope, 0.004))
        if full <= 1:
            high = at
            if full >= 1 - ENOUGH * slope:
                break
            strides = min(-1, strides)
        else:
            low = at
            strides = max(1, strides)
        at = max(0, min(at + strides, len(steps) - 1))
        if not low < at < high:  # fullness leads astray, as where much stays empty at a page's foot
            at = (low + high) // 2
    return high if high < len(steps) else None
