"""Checks of images and shapes: stretched images, images off the page, and what covers or strikes through text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from statistics import median

from cvgen.examine.finding import Fault
from cvgen.examine.readers.drawing import Image, PaintedShape, PdfBox
from cvgen.examine.readers.pdfium_chars import PrintedWord
from cvgen.examine.readers.pdfium_text import Page
from cvgen.examine.subject import Subject

_STRETCHED = 0.03
"""By what fraction the proportions of an image may differ from those of its file."""
_OFF = 3.0
"""How far in pt an image may extend beyond the page."""
_HIDDEN = 0.2
"""What fraction of a glyph may be covered."""
_STRUCK = (0.1, 0.42)
"""A line strikes text through at these heights above the baseline, in units of the font size."""


def check_photo(subject: Subject) -> Iterator[Fault]:
    """Images have the proportions of their files, and a photo is on the page as a whole."""
    for page in subject.pdfium.pages:
        for image in page.drawing.images:
            if _is_stretched(image):
                hint = "set only the width or only the height, or use object-fit: cover"
                yield Fault("an image is stretched", page.number, hint=hint)
            if subject.job.document.image and _is_off(image, page):
                yield Fault("an image extends beyond the page", page.number, hint="move it, or make it smaller")


def _is_stretched(image: Image) -> bool:
    (width, height), (across, down) = image.size, image.pixels
    if min(across, down) < 8 or min(width, height) < 4:
        return False  # a colour or a gradient, not a photo
    return abs(width * down / (height * across) - 1) > _STRETCHED


def _is_off(image: Image, page: Page) -> bool:
    """Whether a part of it is off the page. An image as wide as the page is a background, which may extend beyond."""
    left, bottom, right, top = image.box
    if left < _OFF and right > page.width - _OFF:
        return False
    return min(left, bottom, page.width - right, page.height - top) < -_OFF


def find_overlaid(page: Page, shapes: Iterable[PaintedShape | Image]) -> list[PrintedWord]:
    """The words that one of ``shapes``, painted after them, covers."""
    first = min((char.order for char in page.chars), default=0)
    later = [shape for shape in shapes if shape.order > first]
    return [word for word in page.words if any(_lies_over(shape, word) for shape in later)]


def _lies_over(shape: PaintedShape | Image, word: PrintedWord) -> bool:
    return _shares(shape.box, word.box) and any(
        char.order < shape.order and _part_in(shape.box, char[1:5]) > _HIDDEN for char in word.chars
    )


def _shares(one: PdfBox, other: PdfBox) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _part_in(box: PdfBox, glyph: PdfBox) -> float:
    """The fraction of ``glyph`` that is inside ``box``."""
    width = min(box[2], glyph[2]) - max(box[0], glyph[0])
    height = min(box[3], glyph[3]) - max(box[1], glyph[1])
    whole = (glyph[2] - glyph[0]) * (glyph[3] - glyph[1])
    return width * height / whole if width > 0 and height > 0 and whole > 0 else 0.0


def find_struck(page: Page) -> list[PrintedWord]:
    """The words that a horizontal line of at least half their width goes through."""
    return [word for word in page.words if any(_strikes(line.box, word) for line in page.drawing.lines)]


def _strikes(line: PdfBox, word: PrintedWord) -> bool:
    left, bottom, right, top = word.box
    height = (line[1] + line[3]) / 2
    if not bottom < height < top or min(right, line[2]) - max(left, line[0]) < (right - left) / 2:
        return False
    letters = [char for char in word.chars if char.text.isalnum()]
    if not letters:
        return False
    above = (height - median(char.bottom for char in letters)) / median(char.size for char in letters)
    return _STRUCK[0] < above < _STRUCK[1]
