"""Checks of what is drawn: pictures that are stretched or off the paper, and what lies over a text or strikes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from statistics import median

from cvgen.examine.finding import Fault
from cvgen.examine.readers.drawing import Box, Image, Shape
from cvgen.examine.readers.pdfium_text import Page, Word
from cvgen.examine.subject import Subject

_STRETCHED = 0.03
"""By what part of its width a picture may be wider or narrower than it is."""
_OFF = 3.0
"""How far in pt a picture may stand out of the paper."""
_HIDDEN = 0.2
"""What part of a glyph something may lie over."""
_STRUCK = (0.1, 0.42)
"""From where to where above the line of writing, in sizes, a line strikes a text through."""


def check_photo(subject: Subject) -> Iterator[Fault]:
    """Pictures have the proportions of their files, and a photo is on the paper as a whole."""
    for page in subject.pdfium.pages:
        for image in page.drawing.images:
            if _is_stretched(image):
                hint = "give a width or a height alone, or object-fit: cover"
                yield Fault("a picture is stretched", page.number, hint=hint)
            if subject.job.document.image and _is_off(image, page):
                yield Fault("a picture stands out of the paper", page.number, hint="move it, or make it smaller")


def _is_stretched(image: Image) -> bool:
    (width, height), (across, down) = image.size, image.pixels
    if min(across, down) < 8 or min(width, height) < 4:
        return False  # a colour or a gradient, not a picture
    return abs(width * down / (height * across) - 1) > _STRETCHED


def _is_off(image: Image, page: Page) -> bool:
    """Whether a part of it is lost; what is as wide as the paper is a ground, which may go beyond it."""
    left, bottom, right, top = image.box
    if left < _OFF and right > page.width - _OFF:
        return False
    return min(left, bottom, page.width - right, page.height - top) < -_OFF


def find_overlaid(page: Page, shapes: Iterable[Shape | Image]) -> list[Word]:
    """The words over which one of ``shapes`` is painted later."""
    first = min((char.order for char in page.chars), default=0)
    later = [shape for shape in shapes if shape.order > first]
    return [word for word in page.words if any(_lies_over(shape, word) for shape in later)]


def _lies_over(shape: Shape | Image, word: Word) -> bool:
    return _shares(shape.box, word.box) and any(
        char.order < shape.order and _part_in(shape.box, char[1:5]) > _HIDDEN for char in word.chars
    )


def _shares(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _part_in(box: Box, glyph: Box) -> float:
    """What part of ``glyph`` lies in ``box``."""
    width = min(box[2], glyph[2]) - max(box[0], glyph[0])
    height = min(box[3], glyph[3]) - max(box[1], glyph[1])
    whole = (glyph[2] - glyph[0]) * (glyph[3] - glyph[1])
    return width * height / whole if width > 0 and height > 0 and whole > 0 else 0.0


def find_struck(page: Page) -> list[Word]:
    """The words that a level line goes through, as wide as half of them."""
    return [word for word in page.words if any(_strikes(line.box, word) for line in page.drawing.lines)]


def _strikes(line: Box, word: Word) -> bool:
    left, bottom, right, top = word.box
    height = (line[1] + line[3]) / 2
    if not bottom < height < top or min(right, line[2]) - max(left, line[0]) < (right - left) / 2:
        return False
    letters = [char for char in word.chars if char.text.isalnum()]
    if not letters:
        return False
    above = (height - median(char.bottom for char in letters)) / median(char.size for char in letters)
    return _STRUCK[0] < above < _STRUCK[1]
