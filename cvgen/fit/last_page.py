"""Finds a density at which the last page of a document without a page limit has more than a few lines."""

from __future__ import annotations

import math
from collections.abc import Callable

from cvgen.backends.backend import Layout
from cvgen.fit.density_search import SLOPE
from cvgen.fit.fit import STEP

MOST_PAGES = 20
"""The most pages of a document whose last page matters: to lay out a longer one again takes too long for that."""
FEWEST = 5
"""The fewest lines that a last page should have."""
_LINE = 0.02
"""The height of a line, as a share of a page."""
_FARTHEST = 0.6
"""The most by which density is changed: the pages should still look as the person knows them."""
_AGAIN = (1.0, 1.7)
"""Each estimate is tried, and then a larger change."""


def is_short(layout: Layout) -> bool:
    """Whether the last of several pages, but not of very many, has only a few lines."""
    return 1 < layout.pages <= MOST_PAGES and layout.last_lines < FEWEST


def find_density(base: Layout, start: float, low: float, high: float, measure: Callable[[float], Layout]) -> float:
    """A density near ``start`` with one page less than ``base``, else with a longer last page; ``start`` if none is.

    ``base`` is the layout at ``start``, with a short last page. ``measure`` lays out at a density from ``low`` to
    ``high``; it is called four times at most.
    """
    per_step = SLOPE * (base.pages - 1)
    for sign, lines in ((1, base.last_lines), (-1, FEWEST - base.last_lines)):
        steps = math.ceil(lines * _LINE / per_step) + 1
        for factor in _AGAIN:
            change = sign * min(_FARTHEST, round(steps * factor) * STEP)
            density = round(start + change, 3)
            if low <= density <= high and not _is_worse(measure(density), base):
                return density
    return start


def _is_worse(layout: Layout, base: Layout) -> bool:
    return is_short(layout) or layout.pages > base.pages
