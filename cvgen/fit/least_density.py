"""Finds the lowest density at which something fits, with few layouts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

ENOUGH = 0.6
"""Pages with less free space than this share of a step's change are full: one step less would not fit."""
TARGET = 0.993
SLOPE = 0.018
"""The usual change of a page's fullness with one step of density."""


def find_least_density(
    steps: Sequence[float], fullness: Callable[[float], float], guess: int, *, limit: int, slope: float = SLOPE
) -> int | None:
    """The lowest index of ``steps`` at which ``fullness``, which falls along them, is at most 1; None if there is none.

    Begins at ``guess``, then moves by as many steps as ``slope`` suggests. After ``limit`` calls of ``fullness`` it
    returns the lowest index known to fit; the last step is tried before it returns None.
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
        if not low < at < high:  # fullness misleads, as when a page's foot stays empty
            at = (low + high) // 2
    return high if high < len(steps) else None
