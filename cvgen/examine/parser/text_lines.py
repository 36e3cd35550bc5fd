"""The text of a PDF as lines, and each line as the pieces that wide gaps divide, in the order of the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import floor

from cvgen.examine.comparable_text import normalize
from cvgen.examine.readers.pdfium_chars import PrintedWord

_GAP = 0.6
"""The least gap between two pieces of a line, in sizes of the font."""
BULLETS = frozenset("•⋅∙⦁●⬤⚬○")
"""The signs that parsers know as bullets."""


def find_base(words: Sequence[PrintedWord]) -> float:
    """The height of the feet of most letters of ``words``, which are a line, in pt to one decimal place."""
    chars = [char for word in words for char in word.chars]
    feet = Counter(round(char.bottom, 1) for char in chars if char.text.isalnum())
    return feet.most_common(1)[0][0] if feet else chars[0].bottom


def measure_gap(above: float, below: float) -> int:
    """From one base to the next, in whole pt. A half is rounded up, as the parsers in JavaScript do."""
    return floor(above - below + 0.5)


@dataclass(frozen=True)
class Piece:
    """Words with usual spaces between them."""

    words: tuple[PrintedWord, ...]

    @cached_property
    def text(self) -> str:
        """Its words with one space between them."""
        return " ".join(normalize(word.text).replace("\x02", "-").replace("\ufffe", "-") for word in self.words)

    @cached_property
    def is_bold(self) -> bool:
        """Whether its first letter is bold."""
        return self.words[0].chars[0].is_bold


@dataclass(frozen=True)
class TextLine:
    """A line of the page: its pieces from left to right."""

    page: int
    pieces: tuple[Piece, ...]

    @cached_property
    def text(self) -> str:
        """Its pieces with one space between them."""
        return " ".join(piece.text for piece in self.pieces)

    @property
    def words(self) -> tuple[PrintedWord, ...]:
        """The words of all its pieces."""
        return tuple(word for piece in self.pieces for word in piece.words)

    @cached_property
    def base(self) -> float:
        """The height of its letters' feet, as near as boxes say."""
        return find_base(self.words)

    @cached_property
    def size(self) -> float:
        """The size of its largest letter."""
        return max(char.size for word in self.words for char in word.chars)

    @property
    def mark(self) -> str:
        """The bullet that it begins with, if it does."""
        first = self.text[:1]
        return first if first in BULLETS else ""


def cut_lines(page: int, words: Iterable[PrintedWord]) -> list[TextLine]:
    """The lines of ``page``: a word that is not to the right of the one before it, at its height, begins a line."""
    lines: list[list[PrintedWord]] = []
    for word in words:
        middle, line = (word.box[1] + word.box[3]) / 2, lines[-1] if lines else []
        is_beside = line and min(one.box[1] for one in line) < middle < max(one.box[3] for one in line)
        if is_beside and word.box[0] > line[-1].box[0]:
            line.append(word)
        else:
            lines.append([word])
    return [TextLine(page, _cut_pieces(line)) for line in lines]


def _cut_pieces(words: Sequence[PrintedWord]) -> tuple[Piece, ...]:
    pieces = [[words[0]]]
    for left, right in pairwise(words):
        pieces = [*pieces[:-1], [*pieces[-1], right]] if is_close(left, right) else [*pieces, [right]]
    return tuple(Piece(tuple(piece)) for piece in pieces)


def is_close(left: PrintedWord, right: PrintedWord) -> bool:
    """Whether there is a usual space between two words of a line, and no wide gap."""
    return right.box[0] - left.box[2] <= _GAP * max(char.size for char in left.chars)
