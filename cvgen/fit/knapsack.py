"""The best choice of parts for a height: a knapsack over a tree, where a part is only there with what it stands in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

CELLS = 900
"""Into how many steps the height is cut."""
_NEVER = float("-inf")


@dataclass(frozen=True, slots=True)
class Node:
    """A part in preorder. ``options`` are its wordings as (value, height); ``size`` counts it and all inside it.

    ``required`` ones are taken in any case.
    """

    options: tuple[tuple[float, float], ...]
    size: int
    required: bool = False


def choose_nodes(nodes: Sequence[Node], capacity: float) -> list[int | None] | None:
    """For each node the number of the option taken, or None; None instead of a list where what is required is too high.

    Exact but for the rounding of heights to ``capacity / CELLS``: the sum of the values taken is the greatest.
    """
    if capacity < 0:
        return None
    step = max(capacity, 1.0) / CELLS
    cells = CELLS
    heights = [[round(height / step) for _, height in node.options] for node in nodes]
    tables: list[list[float]] = [[]] * (len(nodes) + 1)
    tables[len(nodes)] = [0.0] * (cells + 1)
    for index in range(len(nodes) - 1, -1, -1):
        node = nodes[index]
        best = [_NEVER] * (cells + 1) if node.required else tables[index + node.size]
        for (value, _), height in zip(node.options, heights[index], strict=True):
            if height <= cells:
                inner = tables[index + 1]
                taken = [_NEVER] * height + [value + rest for rest in inner[: cells + 1 - height]]
                best = list(map(max, best, taken))
        tables[index] = best
    if tables[0][cells] == _NEVER:
        return None
    return _trace(nodes, heights, tables, cells)


def _trace(nodes: Sequence[Node], heights: list[list[int]], tables: list[list[float]], cells: int) -> list[int | None]:
    """The choices that lead to the best value; of equal ones the first wording, then the others, then none."""
    chosen: list[int | None] = [None] * len(nodes)
    index, left = 0, cells
    while index < len(nodes):
        node = nodes[index]
        for number, ((value, _), height) in enumerate(zip(node.options, heights[index], strict=True)):
            if height <= left and value + tables[index + 1][left - height] == tables[index][left]:
                chosen[index] = number
                left -= height
                index += 1
                break
        else:
            index += node.size
    return chosen
