"""Checks whether text can be seen: not covered, not too pale or too small, not rotated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from unicodedata import category

from cvgen.examine.checks.page_words import is_inside, report_words
from cvgen.examine.checks.pictures import find_overlaid, find_struck
from cvgen.examine.finding import Fault, shorten
from cvgen.examine.matching.profile_places import locate
from cvgen.examine.readers.pdfium_chars import Char, PrintedWord
from cvgen.examine.readers.pdfium_text import Page
from cvgen.examine.subject import Subject
from cvgen.model.shown_paper import PublicationItem

_CONTRAST = 3.0
"""The minimum contrast of large text (WCAG 2.2, success criterion 1.4.3)."""
_BESIDE = 0.7
"""How far in pt a glyph in the picture may be from its box: a pixel."""
_COVERED = 0.12
"""What fraction of a glyph another may cover: the boxes of slanted and raised glyphs overlap a little."""
_JOINED = 0.35
"""The same from right to left, where joined letters reach into each other and may be far apart in the text."""
_WORD_SIZE, _MARK_SIZE = 5.5, 4.0
"""The minimum size in pt of a word, and of a raised mark."""


def check_overlap(subject: Subject) -> Iterator[Fault]:
    """No glyph overlaps another, and no image or line is over a glyph."""
    for page in subject.pdfium.pages:
        colliding = list(_collisions(page, subject.job.document.direction == "rtl"))
        if colliding:
            one, other = colliding[0]
            lines = f"{shorten(_around(page, one))} and {shorten(_around(page, other))}"
            hint = "do not position anything over text, and use no negative margins"
            word = next((word for word in page.words if page.chars[one] in word.chars), None)
            place = locate(subject.expected, page, word) if word else None
            yield Fault(f"texts overlap: {lines}", page.number, place, hint)
        lost = find_overlaid(page, page.drawing.images)
        yield from report_words(
            subject, page, lost, "has a picture over it", "move the picture, or keep the text clear of it"
        )
        yield from report_words(subject, page, find_struck(page), "is struck through", "take the line out, or move it")


def _collisions(page: Page, is_rtl: bool) -> Iterator[tuple[int, int]]:
    """Pairs of characters in the same place, except neighbours: kerning and accents make those overlap.

    From right to left, neighbours on paper may be far apart in the text: a comma below a quotation mark.
    """
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    size = 16
    for index, char in enumerate(page.chars):
        if char.right <= char.left or char.top <= char.bottom or category(char.text[0]).startswith("M"):
            continue
        for column in range(int(char.left) // size, int(char.right) // size + 1):
            for row in range(int(char.bottom) // size, int(char.top) // size + 1):
                for other in cells[column, row]:
                    if is_rtl and not (char.text.isalnum() and page.chars[other].text.isalnum()):
                        continue
                    if index - other > 3 and _shared(char, page.chars[other]) > (_JOINED if is_rtl else _COVERED):
                        yield other, index
                cells[column, row].append(index)


def _shared(one: Char, other: Char) -> float:
    """The area of the overlap as a fraction of the smaller character."""
    width = min(one.right, other.right) - max(one.left, other.left)
    height = min(one.top, other.top) - max(one.bottom, other.bottom)
    if width <= 0 or height <= 0:
        return 0.0
    areas = ((char.right - char.left) * (char.top - char.bottom) for char in (one, other))
    return width * height / min(areas)


def _around(page: Page, index: int) -> str:
    return "".join(char.text for char in page.chars[max(0, index - 8) : index + 8])


def check_visible(subject: Subject) -> Iterator[Fault]:
    """Every word is visible on the page: not clipped, not covered, and not in the colour of its background."""
    marks = _marks(subject)
    for page in subject.pdfium.pages:
        lost = [word for word in _written(page, marks) if not _is_seen(page, word, marks)]
        hint = "it is clipped, covered, or has the colour of its background"
        yield from report_words(subject, page, lost, "cannot be seen", hint)
        covered = [word for word in find_overlaid(page, page.drawing.covers) if word not in lost]
        yield from report_words(subject, page, covered, "has an area painted over it", "paint the area before the text")


def _marks(subject: Subject) -> frozenset[str]:
    """The raised marks after authors' names that are not letters or digits; a legend has no others."""
    papers = [part.shown for part in subject.job.document.walk() if isinstance(part.shown, PublicationItem)]
    signs = "".join(author.marks for paper in papers for author in paper.authors)
    return frozenset(char for char in signs if not char.isalnum() and not char.isspace() and char not in ",;")


def _is_seen(page: Page, word: PrintedWord, marks: frozenset[str]) -> bool:
    """Whether its first letter, its last letter and its marks are visible: clipping begins at an end."""
    background = page.background_of(word)
    if background is not None and _stands_for_glyphs(word):
        return page.has_ink(*word.box, background)
    letters = [char for char in word.chars if char.text.isalnum()]
    shown = [*letters[:1], *letters[-1:], *(char for char in word.chars if char.text in marks)]
    return background is not None and all(_has_ink(page, char, background) for char in shown)


def _stands_for_glyphs(word: PrintedWord) -> bool:
    """Whether its characters replace the glyphs of a formula (ActualText): pdfium gives them boxes of one size."""
    sizes = {(round(char.right - char.left, 2), round(char.top - char.bottom, 2)) for char in word.chars}
    return len(word.chars) > 1 and len(sizes) == 1


def _has_ink(page: Page, char: Char, background: int) -> bool:
    """Whether both halves of a letter are visible; in the picture a thin stem may be beside its box."""
    left, bottom, right, top = char[1:5]
    middle = (bottom + top) / 2
    halves = ((bottom, middle), (middle, top))
    return all(page.has_ink(left - _BESIDE, low, right + _BESIDE, high, background) for low, high in halves)


def _written(page: Page, marks: frozenset[str]) -> Iterator[PrintedWord]:
    """The words with letters, digits or ``marks`` that are on the page."""
    for word in page.words:
        if any(_is_text(char, marks) for char in word.chars) and is_inside(word, 0, 0, page.width, page.height):
            yield word


def _is_text(char: Char, marks: frozenset[str]) -> bool:
    return char.text.isalnum() or char.text in marks


def check_contrast(subject: Subject) -> Iterator[Fault]:
    """Every letter has enough contrast with the background of its word."""
    marks = _marks(subject)
    for page in subject.pdfium.pages:
        pale = [word for word in _written(page, marks) if _contrast(page, word, marks) < _CONTRAST]
        yield from report_words(
            subject, page, pale, "has too little contrast with its background", "choose a darker or lighter colour"
        )


def _contrast(page: Page, word: PrintedWord, marks: frozenset[str]) -> float:
    """The lowest contrast between a letter and the most common grey level around the word (WCAG 2.2)."""
    background = page.background_of(word)
    if background is None:
        return 0.0
    behind = _luminance(background, background, background)
    colors = {char.color for char in word.chars if _is_text(char, marks)}
    pairs = [sorted((behind, _luminance(*color))) for color in colors]
    return min((high + 0.05) / (low + 0.05) for low, high in pairs)


def _luminance(red: int, green: int, blue: int) -> float:
    channels = (value / 255 for value in (red, green, blue))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def check_size(subject: Subject) -> Iterator[Fault]:
    """All text is large enough to read."""
    marks = _marks(subject)
    for page in subject.pdfium.pages:
        small = [word for word in _written(page, marks) if _is_small(word, marks)]
        yield from report_words(subject, page, small, "is too small to read", f"set it in at least {_WORD_SIZE:g} pt")


def _is_small(word: PrintedWord, marks: frozenset[str]) -> bool:
    """Judged by its largest letter; raised and lowered parts may be smaller, down to the size of a mark."""
    sizes = [char.size for char in word.chars if _is_text(char, marks)]
    has_letters = any(char.text.isalnum() for char in word.chars)
    return max(sizes) < (_WORD_SIZE if has_letters else _MARK_SIZE) or min(sizes) < _MARK_SIZE


def check_turned(subject: Subject) -> Iterator[Fault]:
    """No text is rotated or mirrored, because readers and parsers cannot use such text."""
    for page in subject.pdfium.pages:
        turned = [word for word in page.words if not all(char.is_upright for char in word.chars)]
        yield from report_words(
            subject, page, turned, "is rotated or mirrored", "remove transform, rotate, reflectbox or rotatebox"
        )
