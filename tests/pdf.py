"""What a reader finds in a PDF: text, boxes and fonts, by pdfium."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium


@dataclass(frozen=True)
class Box:
    """A rectangle in pt from the lower left corner of the page, and the text in it."""

    left: float
    bottom: float
    right: float
    top: float
    text: str = ""

    def overlap(self, other: Box) -> float:
        """The shared area, as a part of the smaller of the two."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.top, other.top) - max(self.bottom, other.bottom)
        smaller = min(self.area, other.area)
        return width * height / smaller if width > 0 and height > 0 and smaller else 0.0

    @property
    def area(self) -> float:
        return (self.right - self.left) * (self.top - self.bottom)


@dataclass(frozen=True)
class Char:
    """A printed character with its box and the name of its font."""

    text: str
    box: Box
    font: str


@dataclass(frozen=True)
class Page:
    """One page."""

    width: float
    height: float
    text: str
    rects: tuple[Box, ...]
    chars: tuple[Char, ...]


def read_pages(data: bytes) -> list[Page]:
    """Every page of a PDF."""
    document = pypdfium2.PdfDocument(data)
    try:
        return [_read_page(page) for page in document]
    finally:
        document.close()


def _read_page(page: pypdfium2.PdfPage) -> Page:
    text_page = page.get_textpage()
    rects = tuple(_read_rect(text_page, i) for i in range(text_page.count_rects()))
    chars = tuple(_read_chars(text_page))
    width, height = page.get_size()
    read = Page(width, height, text_page.get_text_range(), rects, chars)
    text_page.close()
    page.close()
    return read


def _read_rect(text_page: pypdfium2.PdfTextPage, index: int) -> Box:
    left, bottom, right, top = text_page.get_rect(index)
    return Box(left, bottom, right, top, text_page.get_text_bounded(left, bottom, right, top))


def _read_chars(text_page: pypdfium2.PdfTextPage) -> Iterator[Char]:
    font, flags = ctypes.create_string_buffer(200), ctypes.c_int()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for index in range(text_page.count_chars()):
        pdfium.FPDFText_GetFontInfo(text_page, index, font, 200, flags)
        assert pdfium.FPDFText_GetCharBox(text_page, index, left, right, bottom, top)
        box = Box(left.value, bottom.value, right.value, top.value)
        yield Char(chr(pdfium.FPDFText_GetUnicode(text_page, index)), box, font.value.decode())


FOOT = r"(?m)^\s*(?:\S.* · )?\d+/\d+\s*$"
"""The line at the foot of a page: the person's name and the page's number."""


_BRACKETS = str.maketrans("()[]", "||||")


def list_lines(page: Page) -> list[str]:
    """The characters of each line as they stand, from the left, without spaces.

    All brackets are ``|``, since a PDF may have a mirrored bracket under either of its names.
    """
    lines: list[tuple[float, list[tuple[float, str]]]] = []
    for char in page.chars:
        middle = (char.box.bottom + char.box.top) / 2
        line = next((found for found in lines if abs(found[0] - middle) < 5), None)
        if line is None:
            line = (middle, [])
            lines.append(line)
        if char.text.strip():
            line[1].append((char.box.left, char.text))
    return ["".join(text for _, text in sorted(chars)).translate(_BRACKETS) for _, chars in lines]


def is_foot(text: str) -> bool:
    """Whether ``text`` is a line at the foot of a page."""
    return re.fullmatch(FOOT, text) is not None


def squeeze(text: str) -> str:
    """``text`` without white space and in one normal form: how texts are compared across line breaks."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def words(pages: list[Page]) -> str:
    """All text of ``pages`` with single spaces."""
    return re.sub(r"\s+", " ", " ".join(page.text for page in pages))
