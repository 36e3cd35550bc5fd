"""Breaks lines of plain text at a number of columns, in which an ideograph takes two."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff01-\uff60\U00020000-\U0003ffff"
_UNIT = re.compile(
    rf"[（「『《〈【“‘]*[{_WIDE}][、。，．：；？！）」』》〉】”’ー…々.,:;?!)]*|[^ \t\n{_WIDE}]+|[ \t\n]+"
)
"""What stays on a line: an ideograph with its punctuation, a word (also a Korean one), or the space between two."""


def break_lines(text: str, columns: int, first: str = "", later: str = "") -> str:
    """``text`` with ``first`` before its first line and ``later`` before the others.

    No line is longer than ``columns``, except one that is a single word; with 0 columns no line is broken.
    """
    if not columns:
        return first + text.replace("\n", "\n" + later)
    return "\n".join(line for part in text.split("\n") for line in _fill(part, columns, first, later))


def _fill(text: str, columns: int, first: str, later: str) -> Iterator[str]:
    line = first
    is_empty = True
    for unit in _UNIT.findall(text):
        if not is_empty and measure(line + unit.rstrip()) > columns:
            yield line.rstrip()
            line, is_empty = later, True
        if unit.strip() or not is_empty:
            line += unit
            is_empty = False
    yield line.rstrip()


def measure(text: str) -> int:
    """The number of columns that ``text`` takes (UAX 11)."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )
