"""The best choice of parts for a height: a knapsack over a tree, in which a part is shown only with its parents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

FEWEST, MOST, WORK = 900, 20_000, 150_000
"""The number of cells of the height: at least, at most, and the most for all nodes together."""
_NEVER = float("-inf")


@dataclass(frozen=True, slots=True)
class KnapsackNode:
    """A part in preorder. ``options`` are its wordings as (value, height); ``size`` counts it and all parts inside it.

    A ``required`` part is always taken; a ``hollow`` one only with a part inside it.
    """

    options: tuple[tuple[float, float], ...]
    size: int
    required: bool = False
    hollow: bool = False


@dataclass(slots=True)
class _Tables:
    """The best value of a node and all after it, for each height left, in cells.

    ``best`` may leave the node out, ``taken`` takes it; ``inner`` is the value of what follows if it is taken.
    """

    best: list[list[float]]
    taken: list[list[float]]
    inner: list[list[float]]


def cell_height(count: int, capacity: float) -> float:
    """The height of a cell, to which heights are rounded; the fewer nodes there are, the lower it is."""
    return max(capacity, 1.0) / max(FEWEST, min(MOST, WORK // max(1, count)))


def choose_nodes(nodes: Sequence[KnapsackNode], capacity: float) -> list[int | None] | None:
    """The number of the option taken for each node, or None; None instead of a list if the required nodes do not fit.

    The sum of the values taken is the highest possible, apart from the rounding of heights.
    """
    if capacity < 0:
        return None
    step = cell_height(len(nodes), capacity)
    cells = round(capacity / step)
    heights = [[round(height / step) for _, height in node.options] for node in nodes]
    tables = _fill_tables(nodes, heights, cells)
    if tables.best[0][cells] == _NEVER:
        return None
    return _trace(nodes, heights, tables, cells)


def _fill_tables(nodes: Sequence[KnapsackNode], heights: list[list[int]], cells: int) -> _Tables:
    """Fill the tables from the last node to the first."""
    count = len(nodes)
    never = [_NEVER] * (cells + 1)
    tables = _Tables([never] * count + [[0.0] * (cells + 1)], [never] * count, [never] * count)
    for index in range(count - 1, -1, -1):
        node = nodes[index]
        inner = _with_child(nodes, index, tables) if node.hollow else tables.best[index + 1]
        taken = never
        for (value, _), height in zip(node.options, heights[index], strict=True):
            if height <= cells:
                tried = [_NEVER] * height + [value + rest for rest in inner[: cells + 1 - height]]
                taken = list(map(max, taken, tried))
        tables.inner[index], tables.taken[index] = inner, taken
        tables.best[index] = taken if node.required else list(map(max, taken, tables.best[index + node.size]))
    return tables


def _with_child(nodes: Sequence[KnapsackNode], index: int, tables: _Tables) -> list[float]:
    """The best value of all after node ``index``, with at least one of its children taken."""
    children = [index + 1]
    while children[-1] < index + nodes[index].size:
        children.append(children[-1] + nodes[children[-1]].size)
    best = [_NEVER] * len(tables.best[0])
    for child in reversed(children[:-1]):
        taken = tables.taken[child]
        best = taken if nodes[child].required else list(map(max, taken, best))
    return best


def _trace(nodes: Sequence[KnapsackNode], heights: list[list[int]], tables: _Tables, cells: int) -> list[int | None]:
    """The choices that lead to the best value; of equal ones, the first wording, then the others, then none."""
    chosen: list[int | None] = [None] * len(nodes)
    index, left, target = 0, cells, tables.best[0][cells]
    while index < len(nodes):
        if tables.taken[index][left] != target:
            index += nodes[index].size
            continue
        inner = tables.inner[index]
        chosen[index], height = next(
            (number, height)
            for number, ((value, _), height) in enumerate(zip(nodes[index].options, heights[index], strict=True))
            if height <= left and value + inner[left - height] == target
        )
        left -= height
        target = inner[left]
        index += 1
    return chosen
