"""The theme options that a letter has in place of those of a CV: larger text, one column, wide margins."""

from __future__ import annotations

from collections.abc import Mapping

from cvgen.themes.contract import DATE_POSITION, DENSITY, LEADING, MARGIN, MARGIN_VERTICAL, PAPER, SIDEBAR, SIZE, WIDE
from cvgen.themes.options import NumberSpec
from cvgen.themes.theme import Theme

_SIZE = 11.0
"""The size of the text in pt."""
_WIDTH = 36
"""The width of the text in sizes of it; templates make that of the paragraphs a little smaller in narrow fonts."""
_SIDES = 25.0, 35.0
"""The smallest and the largest margin at the sides in mm; DIN 5008 has 25 mm at the left."""
_ABOVE = 18.0
"""The smallest margin above and below in mm."""
_LEADING = 1.35
"""The largest height of a line, in sizes of the text: pages for a screen have more."""
_MM_PER_PT = 25.4 / 72
_WIDTHS = {"a4": 210.0, "letter": 215.9}


def list_letter_options(theme: Theme, given: Mapping[str, str]) -> dict[str, str]:
    """The options of ``theme``, as text, for a letter that goes with a CV of which ``given`` are the options."""

    def find(name: str, default: float) -> float:
        spec = theme.options.get(name)
        typed = given.get(name) or (spec.default if spec else "")
        try:
            return float(typed)
        except ValueError:
            return default

    paper = theme.options.get(PAPER)
    width = _WIDTHS.get(given.get(PAPER) or (paper.default if paper else ""), _WIDTHS["a4"])
    narrow, wide = _SIDES
    side = min(max((width - _WIDTH * _SIZE * _MM_PER_PT) / 2, narrow), wide)
    numbers = {
        SIZE: _SIZE,
        LEADING: min(find(LEADING, _LEADING), _LEADING),
        MARGIN: max(find(MARGIN, side), side),
        MARGIN_VERTICAL: max(find(MARGIN_VERTICAL, _ABOVE), _ABOVE),
        DENSITY: 0,
    }
    chosen = {name: _limit(theme, name, number) for name, number in numbers.items()}
    chosen |= {DATE_POSITION: "right", SIDEBAR: "", WIDE: ""}
    return {name: text for name, text in chosen.items() if name in theme.options}


def _limit(theme: Theme, name: str, number: float) -> str:
    """``number`` as text, within the range of the option ``name``."""
    spec = theme.options.get(name)
    if isinstance(spec, NumberSpec):
        number = min(max(number, spec.min), spec.max)
    return f"{number:.2f}".rstrip("0").rstrip(".")
