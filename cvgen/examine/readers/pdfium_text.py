"""Reads a PDF with pdfium: characters with their boxes and colours, links, and a greyscale picture of each page."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cvgen.examine.readers.drawing import (
    Drawing,
    PdfBox,
    address,
    count_tags,
    list_objects,
    read_drawing,
)
from cvgen.examine.readers.pdfium_chars import Char, PrintedWord, read_chars, split_words
from cvgen.sources.pdf_file import UnreadableError, open_pdf, read_language

PIXELS = 1.5
"""Pixels per pt of a page's picture: enough to show the thinnest stroke of 9 pt text."""
_MOST_PIXELS = 400_000_000
"""Of the pictures of all pages, which have a byte for each pixel; a page of A4 has 1.1 million."""
_WHITE = 255
_INK = 40
"""By how many of 256 grey levels a pixel must differ from the background to be seen."""


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link annotation. ``kind`` is uri, goto, launch or other; ``url`` is empty except for uri."""

    kind: str
    url: str
    box: PdfBox


@dataclass(frozen=True)
class Page:
    """One page, cropped as it is shown; sizes in pt. ``text`` has a line feed at the end of each line."""

    number: int
    width: float
    height: float
    text: str
    chars: tuple[Char, ...]
    words: tuple[PrintedWord, ...]
    links: tuple[PageLink, ...]
    drawing: Drawing
    tags: Mapping[str, int]
    """How many elements of each type the page's structure has; empty for an untagged page."""
    turned: int
    """By how many degrees a viewer rotates it clockwise."""
    picture: bytes
    """Grey levels, row by row from the top, ``PIXELS`` per pt."""
    stride: int
    """Bytes per row of the picture."""

    def pixels(self, left: float, bottom: float, right: float, top: float) -> list[bytes]:
        """The rows of the picture inside a box given in pt."""
        last = len(self.picture) // self.stride
        first_row = max(0, int((self.height - top) * PIXELS))
        end_row = min(last, int((self.height - bottom) * PIXELS) + 1)
        start, end = max(0, int(left * PIXELS)), min(self.stride, int(right * PIXELS) + 1)
        rows = range(first_row, end_row)
        return [self.picture[row * self.stride + start : row * self.stride + end] for row in rows]

    def background(self, left: float, bottom: float, right: float, top: float) -> int | None:
        """The most common grey level in and around a box, which is its background; None off the page."""
        pixels = b"".join(self.pixels(left - 3, bottom - 1, right + 3, top + 1))
        if pixels.count(_WHITE) * 2 > len(pixels):
            return _WHITE  # nearly always; counting all levels takes ten times as long
        return Counter(pixels).most_common(1)[0][0] if pixels else None

    def background_of(self, word: PrintedWord) -> int | None:
        """The most common grey level in and around a word; kept after the first call."""
        if word.start not in self._backgrounds:
            self._backgrounds[word.start] = self.background(*word.box)
        return self._backgrounds[word.start]

    @cached_property
    def _backgrounds(self) -> dict[int, int | None]:
        return {}

    def has_ink(self, left: float, bottom: float, right: float, top: float, background: int) -> bool:
        """Whether some pixel in a box differs visibly from the grey level ``background``."""
        rows = [row for row in self.pixels(left, bottom, right, top) if row]
        return any(max(row) - background >= _INK or background - min(row) >= _INK for row in rows)


@dataclass(frozen=True, slots=True)
class PdfiumDocument:
    """A whole PDF as pdfium reads it."""

    pages: tuple[Page, ...]
    title: str
    author: str
    producer: str
    language: str
    scripts: int
    """The number of JavaScript actions in the document."""


def read_by_pdfium(pdf: bytes) -> PdfiumDocument:
    """Everything that the checks need of ``pdf``; raises UnreadableError."""
    import pypdfium2.raw as pdfium  # imported late: few commands need it

    with open_pdf(pdf) as document:
        _refuse_large(document)
        get = document.get_metadata_value
        pages = tuple(_read_page(document, number) for number in range(1, len(document) + 1))
        scripts = max(0, pdfium.FPDFDoc_GetJavaScriptActionCount(document))
        return PdfiumDocument(pages, get("Title"), get("Author"), get("Producer"), read_language(document), scripts)


def _refuse_large(document: Any) -> None:
    """Raise UnreadableError if the pictures of all pages would take too much memory."""
    sizes = (document.get_page_size(number) for number in range(len(document)))
    if sum(width * height for width, height in sizes) * PIXELS**2 > _MOST_PIXELS:
        raise UnreadableError("its pages are too large to be examined")


def _read_page(document: Any, number: int) -> Page:
    page = document[number - 1]
    text_page = page.get_textpage()
    left, bottom, right, top = _paper_box(page)
    objects = list_objects(page)
    chars = read_chars(text_page, left, bottom, {address(thing.raw): at for at, thing in enumerate(objects)})
    picture, stride = _draw(page, (left, bottom, right, top))
    read = Page(
        number,
        right - left,
        top - bottom,
        "".join(char.text for char in chars),
        tuple(char for char in chars if not char.text.isspace()),
        split_words(chars),
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


def _paper_box(page: Any) -> PdfBox:
    """The trimmed page, whose corner need not be at 0, 0 (ISO 32000-1, 14.11.2)."""
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


def _draw(page: Any, paper: PdfBox) -> tuple[bytes, int]:
    """The greyscale picture of the trimmed page, and its bytes per row."""
    shown = page.get_bbox()
    cut = [
        max(0.0, cut) for cut in (paper[0] - shown[0], paper[1] - shown[1], shown[2] - paper[2], shown[3] - paper[3])
    ]
    back = (360 - page.get_rotation()) % 360
    bitmap = page.render(scale=PIXELS, rotation=back, crop=tuple(cut), grayscale=True, may_draw_forms=False)
    picture, stride = bytes(bitmap.buffer), bitmap.stride
    bitmap.close()
    return picture, stride


def _read_links(document: object, page: object, x: float, y: float) -> list[PageLink]:
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


def _read_uri(document: object, action: object) -> str:
    import pypdfium2.raw as pdfium

    length = pdfium.FPDFAction_GetURIPath(document, action, None, 0)
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDFAction_GetURIPath(document, action, buffer, length)
    return buffer.value.decode("utf-8", "replace")
