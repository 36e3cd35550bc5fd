"""The text of a PDF's pages with the place of every letter: to find words by their place, and the other way round."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

from cvgen.examine.comparable_text import normalize
from cvgen.sources.pdf_file import open_pdf

_NEAR = 6.0
"""How far, in pt, a click may be from a letter."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter or digit: its box in pt from the page's upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PageBox:
    """A box on a page, from 0; its edges as shares of the page's width and height."""

    page: int
    left: float
    top: float
    width: float
    height: float

    def as_dict(self) -> dict[str, float]:
        """Ready for JSON."""
        return {name: round(getattr(self, name), 4) for name in ("page", "left", "top", "width", "height")}


@dataclass(frozen=True, slots=True)
class PageText:
    """A page: its size in pt, and its letters in reading order. ``text`` has one character for each."""

    number: int
    width: float
    height: float
    letters: tuple[Letter, ...]
    text: str

    def find_letter(self, x: float, y: float) -> int | None:
        """The index of the letter at or near a place given as shares of the page; None if there is none."""
        left, top = x * self.width, y * self.height
        near = [
            (max(0.0, one.left - left, left - one.right) + max(0.0, one.top - top, top - one.bottom), index)
            for index, one in enumerate(self.letters)
        ]
        distance, index = min(near, default=(_NEAR + 1, 0))
        return index if distance <= _NEAR else None

    def find_boxes(self, start: int, stop: int) -> list[PageBox]:
        """The boxes around the letters from ``start`` to ``stop``, one for each line."""
        boxes: list[list[float]] = []
        for one in self.letters[start:stop]:
            last = boxes[-1] if boxes else None
            if last and one.top < last[3] and one.bottom > last[1] and one.left >= last[0] - 1:
                last[1], last[2], last[3] = min(last[1], one.top), max(last[2], one.right), max(last[3], one.bottom)
            else:
                boxes.append([one.left, one.top, one.right, one.bottom])
        w, h = self.width, self.height
        return [PageBox(self.number, a / w, b / h, (c - a) / w, (d - b) / h) for a, b, c, d in boxes]


def fold(text: str) -> str:
    """``text`` in the form in which it is looked for: letters and digits only, in small letters."""
    return "".join(letter for letter in normalize(text).casefold() if letter.isalnum())


def read_pages(pdf: bytes) -> tuple[PageText, ...]:
    """The text of all pages of ``pdf``."""
    with open_pdf(pdf) as document:
        pages = []
        for number in range(len(document)):
            page = document[number]
            width, height = page.get_size()
            textpage = page.get_textpage()
            letters = tuple(_read_letters(textpage, height))
            textpage.close()
            page.close()
            pages.append(PageText(number, width, height, letters, "".join(one.text for one in letters)))
        return tuple(pages)


def _read_letters(textpage: object, height: float) -> Iterator[Letter]:
    import pypdfium2.raw as pdfium

    edges = [ctypes.c_double() for _ in range(4)]
    left, right, bottom, top = edges
    for index in range(pdfium.FPDFText_CountChars(textpage)):
        code = pdfium.FPDFText_GetUnicode(textpage, index)
        folded = fold(chr(code)) if code > 32 else ""
        if not folded:
            continue
        pdfium.FPDFText_GetCharBox(textpage, index, left, right, bottom, top)
        for letter in folded:
            yield Letter(letter, left.value, height - top.value, right.value, height - bottom.value)
