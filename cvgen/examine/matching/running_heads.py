"""Running heads and feet: the lines in the margins that a theme prints on its pages, such as their numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from cvgen.examine.comparable_text import squeeze
from cvgen.examine.readers.pdfium_text import Page, Word

_GAP = 20.0
"""The white in pt between two parts of a line that are no one text."""
_SAME_LINE = 4.0
"""How much higher in pt the middle of a word may stand than that of another in its line: it has no descenders."""
_LINE = 12.0
_SIGN = "\x00"
"""Stands for the page's number and for the number of pages."""


@dataclass(frozen=True)
class RunningLine:
    """A line, or a part of one, of the head or the foot of ``page``."""

    page: int
    words: tuple[Word, ...]
    is_low: bool

    @cached_property
    def text(self) -> str:
        """What is written."""
        return " ".join(word.text for word in self.words)

    def pattern(self, pages: int) -> str:
        """The text with a sign for each number that counts the pages."""
        return re.sub(rf"(?<!\d)(?:{self.page}|{pages})(?!\d)", _SIGN, squeeze(self.text))

    @property
    def height(self) -> int:
        """Where it stands, by which it is the same line on the next page."""
        return round(self.words[0].box[1] / 3)


def find_running_lines(pages: Sequence[Page], margin: float, said: str, name: str) -> list[RunningLine]:
    """The lines in margins of the height ``margin`` that do not belong to the text.

    Such a line is the same on another page up to the numbers of pages, or is a number, the person's ``name``, or what
    the document, all of whose texts are in ``said``, does not say.
    """
    lines = [line for page in pages for line in _margin_lines(page, margin)]
    known = {squeeze(word).casefold() for word in re.findall(r"\w+", said)}
    packed = squeeze(said)
    patterns = {id(line): line.pattern(len(pages)) for line in lines}
    seen: dict[tuple[int, str], set[int]] = defaultdict(set)
    for line in lines:
        for height in (line.height - 1, line.height, line.height + 1):
            seen[height, patterns[id(line)]].add(line.page)
    return [
        line
        for line in lines
        if len(seen[line.height, patterns[id(line)]]) > 1
        or _is_own(line, patterns[id(line)], squeeze(name), known, packed)
    ]


def _is_own(line: RunningLine, pattern: str, name: str, known: set[str], said: str) -> bool:
    """Whether a line that is on one page only is the theme's, not the document's."""
    words = re.findall(r"\w+", line.text.replace(name, ""))
    words = [word for word in map(squeeze, words) if word not in name]
    if not words:
        return line.is_low or line.page > 1  # a head in colour has the name in the margin
    if _SIGN in pattern:
        return all(word.isdigit() for word in words) or squeeze(line.text) not in said
    return not any(word.casefold() in known for word in words)


def _margin_lines(page: Page, margin: float) -> Iterator[RunningLine]:
    """The lines that stand in the margins as a whole, each cut where its parts stand far from each other."""
    low = [word for word in page.words if _middle(word) < margin + _LINE]
    high = [word for word in page.words if _middle(word) > page.height - margin - _LINE]
    for words, is_low in ((low, True), (high, False)):
        for line in _lines(words):
            if all(_middle(word) < margin if is_low else _middle(word) > page.height - margin for word in line):
                for part in _parts(line):
                    yield RunningLine(page.number, tuple(part), is_low)


def _lines(words: list[Word]) -> list[list[Word]]:
    lines: list[list[Word]] = []
    for word in sorted(words, key=_middle):
        if lines and _middle(word) - _middle(lines[-1][-1]) < _SAME_LINE:
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def _parts(line: list[Word]) -> list[list[Word]]:
    found: list[list[Word]] = []
    for word in sorted(line, key=lambda word: word.box[0]):
        if not found or word.box[0] - found[-1][-1].box[2] > _GAP:
            found.append([])
        found[-1].append(word)
    return found


def _middle(word: Word) -> float:
    return (word.box[1] + word.box[3]) / 2


def without_words(page: Page, lines: Sequence[RunningLine]) -> str:
    """The page's text without those ``lines``."""
    text = page.text
    for word in (word for line in lines for word in line.words):
        text = text[: word.start] + " " * (word.end - word.start) + text[word.end :]
    return text


def without_lines(text: str, lines: Sequence[RunningLine], is_last: bool) -> str:
    """Another reader's ``text`` of a page without ``lines``, whose heads come last where ``is_last``."""
    for line in lines:
        pattern = r"\s*".join(re.escape(char) for char in squeeze(line.text))
        found = list(re.finditer(rf"(?<!\S){pattern}(?!\S)", text))
        if found:
            occurrence = found[-1 if is_last or line.is_low else 0]
            text = text[: occurrence.start()] + text[occurrence.end() :]
    return text
