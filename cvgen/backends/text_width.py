"""Measures how wide texts are printed: by the widths in a font's file or, without the file, by those of usual fonts."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from cvgen.backends.opened_font import list_widths, open_font
from cvgen.themes.options import Font

MM_PER_PT = 25.4 / 72
_WIDTHS = {"fijlrtI.,:;'’-|()[]/! ": 0.33, "mwMW—@%": 0.88}
"""Widths of characters in sizes of the text, a little more than those of the shipped fonts."""
_BY_CHARACTER = {char: width for chars, width in _WIDTHS.items() for char in chars}


def estimate_width(text: str) -> float:
    """About the width of ``text`` in any font, in sizes of the text."""
    return sum(map(_estimate, text))


def load_widths(font: Font) -> None:
    """Read the files of ``font`` now: what a process that is forked later reads is lost with it."""
    for cut in ("regular", "bold"):
        measure_width("", font, 1, cut)


def measure_width(text: str, font: Font, size: float, cut: str = "regular") -> float:
    """The width of ``text`` in mm, in ``cut`` of ``font`` (``regular``, ``bold`` …) at ``size`` pt, without kerning."""
    files = dict(font.files)
    path = files.get(cut) or files.get("regular")
    known = _list_widths(path, path.stat().st_mtime_ns) if path else {}
    return sum(known.get(ord(char), 0) or _estimate(char) for char in text) * size * MM_PER_PT


def _estimate(char: str) -> float:
    if unicodedata.east_asian_width(char) in "WF":
        return 1.02
    if unicodedata.combining(char):
        return 0.0
    return _BY_CHARACTER.get(char, 0.62 if char.isupper() else 0.52)


@lru_cache(maxsize=32)
def _list_widths(path: Path, changed: int) -> Mapping[int, float]:
    """Code point → width in sizes of the text; empty for a file that is no font, as nothing depends on it."""
    return list_widths(open_font(path))
