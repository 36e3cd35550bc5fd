"""The white space of a page between entries and before a section, in lines of text, and the least that it may be."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cvgen.themes.contract import DENSITY, ENTRY_SPACE, SPACING
from cvgen.themes.options import OptionValue

_BETWEEN = 0.6
"""The least space between entries."""
_BEFORE = 0.95
"""The least space before a section."""
_CLEARER = 1.5
"""How much more space there is before a section than between entries."""
_FALLING = 0.05
"""In this last part of the densities, the least space falls to what ``spacing`` leaves."""


def space_functions(options: Mapping[str, OptionValue]) -> dict[str, Callable[..., float]]:
    """The functions for templates by name; both return lines."""

    def number(name: str, otherwise: float) -> float:
        value = options.get(name)
        return value if isinstance(value, (int, float)) else otherwise

    spacing = number(SPACING, 1)
    share = min((1 - number(DENSITY, 0)) / _FALLING, 1)

    def entry_lines(quarters: float = 2) -> float:
        """The space between entries, which is ``quarters`` of a line where there is room."""
        return max(spacing * quarters / 4, _BETWEEN * share, number(ENTRY_SPACE, 0))

    def section_lines(apart: float = 1) -> float:
        """The space before a section; a theme puts them further ``apart`` by a factor."""
        return max(max(spacing, _BEFORE) * share, entry_lines() * _CLEARER * apart)

    return {"entry_lines": entry_lines, "section_lines": section_lines}
