"""Reads the characters of a page with pdfium, each with its box, colour, size and weight, and the words they make."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from cvgen.examine.readers.drawing import PdfBox, address

_BOLD = re.compile("bold|black|heavy", re.IGNORECASE)
_LONGEST_NAME = 200


class Char(NamedTuple):
    """A printed character: its box in pt from the paper's lower left corner, its colour, its font's size in pt."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    color: tuple[int, int, int]
    size: float
    is_upright: bool
    """Whether it is neither rotated nor mirrored; it may be slanted."""
    order: int
    """Index of its text object in the order in which the page is painted."""
    is_bold: bool
    """Whether the name of its font says that it is bold."""


@dataclass(frozen=True)
class PrintedWord:
    """Characters of one line without a space between them; ``start`` and ``end`` are indexes in the page's text."""

    chars: tuple[Char, ...]
    start: int
    end: int

    @cached_property
    def text(self) -> str:
        """Its characters."""
        return "".join(char.text for char in self.chars)

    @cached_property
    def box(self) -> PdfBox:
        """The box around its characters."""
        return (
            min(char.left for char in self.chars),
            min(char.bottom for char in self.chars),
            max(char.right for char in self.chars),
            max(char.top for char in self.chars),
        )


class _TextStyle(NamedTuple):
    """The last fields of ``Char``, which all characters of one text object share."""

    color: tuple[int, int, int]
    size: float
    is_upright: bool
    order: int
    is_bold: bool


_PLAIN = _TextStyle((0, 0, 0), 1.0, True, 0, False)
"""The style of the spaces and line feeds that pdfium inserts between text objects."""


def read_chars(text_page: Any, x: float, y: float, orders: Mapping[int, int] | None) -> list[Char]:
    """All characters in the order of the file, with the spaces and line feeds that pdfium inserts.

    ``orders`` has the place of each text object in the order of painting; without it they are counted as they come.
    """
    import pypdfium2.raw as pdfium

    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    handle = text_page.raw
    styles: dict[int, _TextStyle] = {0: _PLAIN}
    found: list[Char] = []
    for index in range(text_page.count_chars()):
        code = pdfium.FPDFText_GetUnicode(handle, index)
        if code == 13:
            continue
        pdfium.FPDFText_GetCharBox(handle, index, left, right, bottom, top)
        owner = address(pdfium.FPDFText_GetTextObject(handle, index))
        if owner not in styles:
            styles[owner] = _read_style(handle, index, len(styles) if orders is None else orders.get(owner, 0))
        box = (left.value - x, bottom.value - y, right.value - x, top.value - y)
        color, size, is_upright, order, is_bold = styles[owner]
        found.append(Char(_as_text(code, found), *box, color, size, is_upright, order, is_bold))
    return found


def _read_style(handle: object, index: int, order: int) -> _TextStyle:
    import pypdfium2.raw as pdfium

    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetFillColor(handle, index, red, green, blue, alpha)
    pdfium.FPDFText_GetMatrix(handle, index, matrix)
    scale = min(math.hypot(matrix.a, matrix.b), math.hypot(matrix.c, matrix.d))
    is_upright = matrix.a > 0 and matrix.d > 0 and abs(matrix.b) < 0.02 * matrix.a
    size = pdfium.FPDFText_GetFontSize(handle, index) * scale
    is_bold = _BOLD.search(_read_font_name(handle, index)) is not None
    return _TextStyle((red.value, green.value, blue.value), size, is_upright, order, is_bold)


def _read_font_name(handle: object, index: int) -> str:
    import pypdfium2.raw as pdfium

    buffer = ctypes.create_string_buffer(_LONGEST_NAME)
    pdfium.FPDFText_GetFontInfo(handle, index, buffer, _LONGEST_NAME, ctypes.c_int())
    return buffer.value.decode("utf-8", "replace")


def _as_text(code: int, before: list[Char]) -> str:
    """The character ``code``. Two surrogates become one character; right-to-left lines have the second one first."""
    other = ord(before[-1].text[0]) if before else 0
    high, low = sorted((code, other))
    if 0xD800 <= high < 0xDC00 <= low < 0xE000:
        before.pop()
        return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
    return chr(code)


def split_words(chars: Sequence[Char]) -> tuple[PrintedWord, ...]:
    """The words that ``chars`` make, in their order."""
    words: list[PrintedWord] = []
    run: list[Char] = []
    start = 0
    for index, char in enumerate([*chars, _END]):
        if char.text.isspace():
            if run:
                words.append(PrintedWord(tuple(run), start, index))
            run, start = [], index + 1
        elif char.right > char.left:
            run.append(char)
    return tuple(words)


_END = Char(" ", 0, 0, 0, 0, (0, 0, 0), 1, True, 0, False)
