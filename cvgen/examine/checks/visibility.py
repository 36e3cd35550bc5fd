"""Checks of what the eye meets: whether a text can be seen, is large enough, upright, and has nothing over it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from unicodedata import combining

from cvgen.examine.checks.drawn import find_overlaid, find_struck
from cvgen.examine.checks.page import is_inside, told
from cvgen.examine.expected.profile_places import locate
from cvgen.examine.finding import Fault
from cvgen.examine.readers.pdfium_text import Char, Page, Word
from cvgen.examine.readers.subject import Subject, shorten
from cvgen.model.document import PublicationItem, Section

_CONTRAST = 3.0
"""The least contrast of a large text (WCAG 2.2, success criterion 1.4.3)."""
_BESIDE = 0.7
"""How far in pt the picture may have a glyph beside its place: a pixel."""
_COVERED = 0.12
"""What part of a glyph another may cover: boxes of sloped and raised glyphs do overlap a little."""
_WORD_SIZE, _MARK_SIZE = 5.5, 4.0
"""The least size in pt of a word, and of a raised mark on one."""


def check_overlap(subject: Subject) -> Iterator[Fault]:
    """No glyph stands on another, and no picture and no line on a glyph."""
    for page in subject.reading.pages:
        hits = list(_collisions(page))
        if hits:
            one, other = hits[0]
            lines = f"{shorten(_around(page, one))} and {shorten(_around(page, other))}"
            hint = "nothing may be positioned over a text, or have a negative margin"
            word = next((word for word in page.words if page.chars[one] in word.chars), None)
            place = locate(subject, page, word) if word else None
            yield Fault(f"texts stand on each other: {lines}", page.number, place, hint)
        lost = find_overlaid(page, page.drawing.images)
        yield from told(subject, page, lost, "has a picture over it", "move the picture, or keep the text clear of it")
        yield from told(subject, page, find_struck(page), "is struck through", "take the line out, or move it")


def _collisions(page: Page) -> Iterator[tuple[int, int]]:
    """Pairs of characters on one spot; not neighbours: kerning puts a dot under a V, and accents stand on letters."""
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    size = 16
    for index, char in enumerate(page.chars):
        if char.right <= char.left or char.top <= char.bottom or combining(char.text[0]):
            continue
        for column in range(int(char.left) // size, int(char.right) // size + 1):
            for row in range(int(char.bottom) // size, int(char.top) // size + 1):
                for other in cells[column, row]:
                    if index - other > 3 and _shared(char, page.chars[other]) > _COVERED:
                        yield other, index
                cells[column, row].append(index)


def _shared(one: Char, other: Char) -> float:
    """The area that both cover, as a part of the smaller."""
    width = min(one.right, other.right) - max(one.left, other.left)
    height = min(one.top, other.top) - max(one.bottom, other.bottom)
    if width <= 0 or height <= 0:
        return 0.0
    areas = ((char.right - char.left) * (char.top - char.bottom) for char in (one, other))
    return width * height / min(areas)


def _around(page: Page, index: int) -> str:
    return "".join(char.text for char in page.chars[max(0, index - 8) : index + 8])


def check_visible(subject: Subject) -> Iterator[Fault]:
    """Every word leaves ink on the paper: it is not clipped, covered, or as pale as what is behind it."""
    marks = _marks(subject)
    for page in subject.reading.pages:
        lost = [word for word in _written(page, marks) if not _is_seen(page, word, marks)]
        hint = "it is cut off, covered, or has the paper's colour"
        yield from told(subject, page, lost, "cannot be seen", hint)
        covered = [word for word in find_overlaid(page, page.drawing.covers) if word not in lost]
        yield from told(subject, page, covered, "has an area painted over it", "paint the area before the text")


def _marks(subject: Subject) -> frozenset[str]:
    """The signs that mean something: those raised after authors' names."""
    said = ""
    for part in subject.job.document.walk():
        if isinstance(part.shown, PublicationItem):
            said += "".join(author.marks for author in part.shown.authors)
        elif isinstance(part.shown, Section):
            said += "".join(entry.mark for entry in part.shown.legend)
    return frozenset(char for char in said if not char.isalnum() and not char.isspace() and char not in ",;")


def _is_seen(page: Page, word: Word, marks: frozenset[str]) -> bool:
    """By the ink of its first and last letter, for what is cut off is so from an end, and of its marks."""
    paper = page.paper_of(word)
    letters = [char for char in word.chars if char.text.isalnum()]
    shown = [*letters[:1], *letters[-1:], *(char for char in word.chars if char.text in marks)]
    return paper is not None and all(_has_ink(page, char, paper) for char in shown)


def _has_ink(page: Page, char: Char, paper: int) -> bool:
    """Whether both halves of a letter are seen; the picture may have a thin stem beside its place."""
    left, bottom, right, top = char[1:5]
    middle = (bottom + top) / 2
    halves = ((bottom, middle), (middle, top))
    return all(page.has_ink(left - _BESIDE, low, right + _BESIDE, high, paper) for low, high in halves)


def _written(page: Page, marks: frozenset[str]) -> Iterator[Word]:
    """The words with letters, digits or ``marks`` that stand on the paper."""
    for word in page.words:
        if any(_is_text(char, marks) for char in word.chars) and is_inside(word, 0, 0, page.width, page.height):
            yield word


def _is_text(char: Char, marks: frozenset[str]) -> bool:
    return char.text.isalnum() or char.text in marks


def check_contrast(subject: Subject) -> Iterator[Fault]:
    """Every letter stands out from the paper behind its word."""
    marks = _marks(subject)
    for page in subject.reading.pages:
        pale = [word for word in _written(page, marks) if _contrast(page, word, marks) < _CONTRAST]
        yield from told(subject, page, pale, "is too pale for what is behind it", "choose a darker or a lighter colour")


def _contrast(page: Page, word: Word, marks: frozenset[str]) -> float:
    """The least between the colour of a letter and the commonest grey around the word (WCAG 2.2)."""
    paper = page.paper_of(word)
    if paper is None:
        return 0.0
    behind = _luminance(paper, paper, paper)
    colors = {char.color for char in word.chars if _is_text(char, marks)}
    pairs = [sorted((behind, _luminance(*color))) for color in colors]
    return min((high + 0.05) / (low + 0.05) for low, high in pairs)


def _luminance(red: int, green: int, blue: int) -> float:
    channels = (value / 255 for value in (red, green, blue))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def check_size(subject: Subject) -> Iterator[Fault]:
    """No text is too small to be read."""
    marks = _marks(subject)
    for page in subject.reading.pages:
        small = [word for word in _written(page, marks) if _is_small(word, marks)]
        yield from told(subject, page, small, "is too small to be read", f"give it {_WORD_SIZE:g} pt at the least")


def _is_small(word: Word, marks: frozenset[str]) -> bool:
    """By its largest letter; what is raised or lowered in it may be smaller, but not as small as it likes."""
    sizes = [char.size for char in word.chars if _is_text(char, marks)]
    has_letters = any(char.text.isalnum() for char in word.chars)
    return max(sizes) < (_WORD_SIZE if has_letters else _MARK_SIZE) or min(sizes) < _MARK_SIZE


def check_turned(subject: Subject) -> Iterator[Fault]:
    """Lines run level, and no text is mirrored: readers and parsers make nothing of it."""
    for page in subject.reading.pages:
        turned = [word for word in page.words if not all(char.is_upright for char in word.chars)]
        yield from told(
            subject, page, turned, "is turned or mirrored", "take out transform, rotate, reflectbox or rotatebox"
        )
