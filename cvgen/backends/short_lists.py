"""Short lists, such as skills and languages, which are one paragraph in a dense document.

This saves lines before the text gets small or anything is left out. All backends and their templates ask here.
"""

from __future__ import annotations

from collections.abc import Mapping

from cvgen.backends.columns import Columns
from cvgen.model.printed import Section
from cvgen.model.sections import SECTIONS
from cvgen.themes.contract import DATE_POSITION, DENSITY, SIDEBAR
from cvgen.themes.options import OptionValue

_DENSE = 0.75
"""The density from which short lists are one paragraph."""


def is_one_paragraph(section: Section, options: Mapping[str, OptionValue], columns: Columns | None) -> bool:
    """Whether ``section`` is printed as one paragraph, not as one line for each item."""
    density, sidebar = options.get(DENSITY), options.get(SIDEBAR)
    if not isinstance(density, int | float) or density < _DENSE or options.get(DATE_POSITION) == "left":
        return False
    if columns and isinstance(sidebar, tuple) and section.name in sidebar:
        return False
    is_short = section.name in SECTIONS and SECTIONS[section.name].is_short
    return is_short and not any(item.summary or item.bullets or item.papers or item.positions for item in section.items)
