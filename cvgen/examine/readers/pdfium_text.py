"""A PDF as pdfium reads it: characters with their boxes and colours, links, and a picture of each page."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from cvgen.examine.readers.drawing import (
    Box,
    Drawing,
    address,
    count_tags,
    list_objects,
    read_drawing,
)
from cvgen.sources.pdf_file import open_pdf, read_language

PIXELS = 1.5
"""Pixels of a picture per pt: the thinnest stroke of a 9 pt text still leaves its mark."""
_WHITE = 255
_INK = 40
"""By how many of 256 greys something must stand out from the paper to be seen."""


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
    """Whether it is neither turned nor mirrored; slanted it may be."""
    order: int
    """When it is painted: the place of its text among all that is drawn on the page."""


@dataclass(frozen=True)
class Word:
    """Characters of one line without a space between them."""

    chars: tuple[Char, ...]
    start: int
    end: int
    """From where to where it goes in the page's text."""

    @cached_property
    def text(self) -> str:
        """What is written."""
        return "".join(char.text for char in self.chars)

    @cached_property
    def box(self) -> Box:
        """Left, bottom, right, top."""
        return (
            min(char.left for char in self.chars),
            min(char.bottom for char in self.chars),
            max(char.right for char in self.chars),
            max(char.top for char in self.chars),
        )


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link annotation: where it leads (an empty ``url`` for what is no address), its ``kind``, and its box."""

    kind: str
    url: str
    box: Box


@dataclass(frozen=True)
class Page:
    """One page as it is cut; ``text`` has a line feed at each line's end. ``picture`` has rows of grey from the top."""

    number: int
    width: float
    height: float
    text: str
    chars: tuple[Char, ...]
    words: tuple[Word, ...]
    links: tuple[PageLink, ...]
    drawing: Drawing
    tags: Mapping[str, int]
    """How often each kind of element stands in the structure of a tagged page."""
    turned: int
    """By how many degrees a reader turns it to the right."""
    picture: bytes
    stride: int

    def pixels(self, left: float, bottom: float, right: float, top: float) -> list[bytes]:
        """The rows of the picture in a box given in pt."""
        last = len(self.picture) // self.stride
        first_row = max(0, int((self.height - top) * PIXELS))
        end_row = min(last, int((self.height - bottom) * PIXELS) + 1)
        start, end = max(0, int(left * PIXELS)), min(self.stride, int(right * PIXELS) + 1)
        rows = range(first_row, end_row)
        return [self.picture[row * self.stride + start : row * self.stride + end] for row in rows]

    def paper(self, left: float, bottom: float, right: float, top: float) -> int | None:
        """The commonest grey in and around a box; None off the paper."""
        pixels = b"".join(self.pixels(left - 3, bottom - 1, right + 3, top + 1))
        if pixels.count(_WHITE) * 2 > len(pixels):
            return _WHITE  # as nearly always: counting all greys takes ten times as long
        return Counter(pixels).most_common(1)[0][0] if pixels else None

    def paper_of(self, word: Word) -> int | None:
        """The commonest grey in and around a word; looked for once."""
        if word.start not in self._papers:
            self._papers[word.start] = self.paper(*word.box)
        return self._papers[word.start]

    @cached_property
    def _papers(self) -> dict[int, int | None]:
        return {}

    def has_ink(self, left: float, bottom: float, right: float, top: float, paper: int) -> bool:
        """Whether something in a box stands out from the grey ``paper``."""
        rows = [row for row in self.pixels(left, bottom, right, top) if row]
        return any(max(row) - paper >= _INK or paper - min(row) >= _INK for row in rows)


@dataclass(frozen=True, slots=True)
class PdfiumDocument:
    """A whole PDF, as pdfium reads it."""

    pages: tuple[Page, ...]
    title: str
    author: str
    producer: str
    language: str
    scripts: int
    """How many JavaScript actions the document has."""


def read_by_pdfium(pdf: bytes) -> PdfiumDocument:
    """Everything that the checks want of ``pdf``; raises UnreadableError."""
    import pypdfium2.raw as pdfium  # wanted by few commands

    with open_pdf(pdf) as document:
        get = document.get_metadata_value
        pages = tuple(_read_page(document, number) for number in range(1, len(document) + 1))
        scripts = max(0, pdfium.FPDFDoc_GetJavaScriptActionCount(document))
        return PdfiumDocument(pages, get("Title"), get("Author"), get("Producer"), read_language(document), scripts)


def _read_page(document: Any, number: int) -> Page:
    page = document[number - 1]
    text_page = page.get_textpage()
    left, bottom, right, top = _paper_box(page)
    objects = list_objects(page)
    chars = _read_chars(text_page, left, bottom, {address(thing.raw): at for at, thing in enumerate(objects)})
    picture, stride = _draw(page, (left, bottom, right, top))
    read = Page(
        number,
        right - left,
        top - bottom,
        "".join(char.text for char in chars),
        tuple(char for char in chars if not char.text.isspace()),
        _split_words(chars),
        tuple(_read_links(document, page, left, bottom)),
        read_drawing(objects, left, bottom),
        count_tags(page),
        page.get_rotation(),
        picture,
        stride,
    )
    text_page.close()
    page.close()
    return read


def _paper_box(page: Any) -> Box:
    """What is left of the page when it is cut: it need not begin at 0, 0 (ISO 32000-1, 14.11.2)."""
    shown, cut = page.get_bbox(), page.get_trimbox(fallback_ok=False)
    if cut is None:
        return tuple(shown)
    left, bottom, right, top = (
        max(shown[0], cut[0]),
        max(shown[1], cut[1]),
        min(shown[2], cut[2]),
        min(shown[3], cut[3]),
    )
    return (left, bottom, right, top) if left < right and bottom < top else tuple(shown)


def _draw(page: Any, paper: Box) -> tuple[bytes, int]:
    """The picture of the paper in greys, and how many bytes a row has."""
    shown = page.get_bbox()
    cut = [
        max(0.0, cut) for cut in (paper[0] - shown[0], paper[1] - shown[1], shown[2] - paper[2], shown[3] - paper[3])
    ]
    back = (360 - page.get_rotation()) % 360
    bitmap = page.render(scale=PIXELS, rotation=back, crop=tuple(cut), grayscale=True, may_draw_forms=False)
    picture, stride = bytes(bitmap.buffer), bitmap.stride
    bitmap.close()
    return picture, stride


class _Style(NamedTuple):
    """What all characters of a text have in common, as they do in ``Char``."""

    color: tuple[int, int, int]
    size: float
    is_upright: bool
    order: int


_PLAIN = _Style((0, 0, 0), 1.0, True, 0)
"""That of the spaces and line feeds that pdfium puts between texts."""


def _read_chars(text_page: Any, x: float, y: float, orders: Mapping[int, int]) -> list[Char]:
    """All characters in the file's order, with the spaces and line feeds that pdfium puts between them."""
    import pypdfium2.raw as pdfium

    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    handle = text_page.raw
    styles: dict[int, _Style] = {0: _PLAIN}
    found: list[Char] = []
    for index in range(text_page.count_chars()):
        code = pdfium.FPDFText_GetUnicode(handle, index)
        if code == 13:
            continue
        pdfium.FPDFText_GetCharBox(handle, index, left, right, bottom, top)
        owner = address(pdfium.FPDFText_GetTextObject(handle, index))
        if owner not in styles:
            styles[owner] = _read_style(handle, index, orders.get(owner, 0))
        box = (left.value - x, bottom.value - y, right.value - x, top.value - y)
        found.append(Char(_as_text(code, found), *box, *styles[owner]))
    return found


def _read_style(handle: Any, index: int, order: int) -> _Style:
    import pypdfium2.raw as pdfium

    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetFillColor(handle, index, red, green, blue, alpha)
    pdfium.FPDFText_GetMatrix(handle, index, matrix)
    scale = min(math.hypot(matrix.a, matrix.b), math.hypot(matrix.c, matrix.d))
    is_upright = matrix.a > 0 and matrix.d > 0 and abs(matrix.b) < 0.02 * matrix.a
    size = pdfium.FPDFText_GetFontSize(handle, index) * scale
    return _Style((red.value, green.value, blue.value), size, is_upright, order)


def _as_text(code: int, before: list[Char]) -> str:
    """Characters outside of the first plane come as two surrogates, in a line from right to left the second first."""
    other = ord(before[-1].text[0]) if before else 0
    high, low = sorted((code, other))
    if 0xD800 <= high < 0xDC00 <= low < 0xE000:
        before.pop()
        return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
    return chr(code)


def _split_words(chars: list[Char]) -> tuple[Word, ...]:
    words: list[Word] = []
    run: list[Char] = []
    start = 0
    for index, char in enumerate([*chars, _END]):
        if char.text.isspace():
            if run:
                words.append(Word(tuple(run), start, index))
            run, start = [], index + 1
        elif char.right > char.left:
            run.append(char)
    return tuple(words)


_END = Char(" ", 0, 0, 0, 0, (0, 0, 0), 1, True, 0)


def _read_links(document: Any, page: Any, x: float, y: float) -> list[PageLink]:
    import pypdfium2.raw as pdfium

    names = {pdfium.PDFACTION_GOTO: "goto", pdfium.PDFACTION_URI: "uri", pdfium.PDFACTION_LAUNCH: "launch"}
    position, link, rect = ctypes.c_int(), pdfium.FPDF_LINK(), pdfium.FS_RECTF()
    found = []
    while pdfium.FPDFLink_Enumerate(page, position, link):
        pdfium.FPDFLink_GetAnnotRect(link, rect)
        action = pdfium.FPDFLink_GetAction(link)
        kind = names.get(pdfium.FPDFAction_GetType(action), "other") if action else "goto"
        url = _read_uri(document, action) if kind == "uri" else ""
        left, right = sorted((rect.left - x, rect.right - x))
        bottom, top = sorted((rect.bottom - y, rect.top - y))
        found.append(PageLink(kind, url, (left, bottom, right, top)))
    return found


def _read_uri(document: Any, action: Any) -> str:
    import pypdfium2.raw as pdfium

    length = pdfium.FPDFAction_GetURIPath(document, action, None, 0)
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDFAction_GetURIPath(document, action, buffer, length)
    return buffer.value.decode("utf-8", "replace")
