"""Finds running heads and feet: the lines that a theme prints in the margins of its pages, such as page numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from cvgen.examine.comparable_text import squeeze
from cvgen.examine.readers.pdfium_chars import PrintedWord
from cvgen.examine.readers.pdfium_text import Page

_GAP = 20.0
"""The white space in pt between two texts on the same line."""
_SAME_LINE = 4.0
"""How much higher in pt the middle of a word may be than that of another on its line, since it has no descenders."""
_LINE = 12.0
_SIGN = "\x00"
"""Replaces the page's number and the number of pages, to compare lines of different pages."""


@dataclass(frozen=True)
class RunningLine:
    """A line, or a part of one, in the head or the foot of ``page``."""

    page: int
    words: tuple[PrintedWord, ...]
    is_low: bool

    @cached_property
    def text(self) -> str:
        """The words with a space between them."""
        return " ".join(word.text for word in self.words)

    def pattern(self, pages: int) -> str:
        """The text with the page's number and the number of ``pages`` replaced."""
        return re.sub(rf"(?<!\d)(?:{self.page}|{pages})(?!\d)", _SIGN, squeeze(self.text))

    @property
    def height(self) -> int:
        """Its height on the page in steps of 3 pt, to find the same line on other pages."""
        return round(self.words[0].box[1] / 3)


def find_running_lines(pages: Sequence[Page], margin: float, document_text: str, name: str) -> list[RunningLine]:
    """The lines in the top and bottom margins (``margin`` pt high) that do not belong to the text.

    Such a line is repeated on another page except for page numbers; or it is a number, the person's ``name``, or not
    in the document, whose texts are all in ``document_text``.
    """
    lines = [line for page in pages for line in _margin_lines(page, margin)]
    known = {squeeze(word).casefold() for word in re.findall(r"\w+", document_text)}
    packed = squeeze(document_text)
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


def _is_own(line: RunningLine, pattern: str, name: str, known: set[str], document_text: str) -> bool:
    """Whether a line that is on one page only comes from the theme."""
    words = re.findall(r"\w+", line.text.replace(name, ""))
    words = [word for word in map(squeeze, words) if word not in name]
    if not words:
        return line.is_low or line.page > 1  # a coloured head has the name in the top margin
    if _SIGN in pattern:
        return all(word.isdigit() for word in words) or squeeze(line.text) not in document_text
    return not any(word.casefold() in known for word in words)


def _margin_lines(page: Page, margin: float) -> Iterator[RunningLine]:
    """The lines that are in the margins as a whole, each split at wide gaps."""
    low = [word for word in page.words if _middle(word) < margin + _LINE]
    high = [word for word in page.words if _middle(word) > page.height - margin - _LINE]
    for words, is_low in ((low, True), (high, False)):
        for line in _lines(words):
            if all(_middle(word) < margin if is_low else _middle(word) > page.height - margin for word in line):
                for part in _parts(line):
                    yield RunningLine(page.number, tuple(part), is_low)


def _lines(words: list[PrintedWord]) -> list[list[PrintedWord]]:
    lines: list[list[PrintedWord]] = []
    for word in sorted(words, key=_middle):
        if lines and _middle(word) - _middle(lines[-1][-1]) < _SAME_LINE:
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def _parts(line: list[PrintedWord]) -> list[list[PrintedWord]]:
    found: list[list[PrintedWord]] = []
    for word in sorted(line, key=lambda word: word.box[0]):
        if not found or word.box[0] - found[-1][-1].box[2] > _GAP:
            found.append([])
        found[-1].append(word)
    return found


def _middle(word: PrintedWord) -> float:
    return (word.box[1] + word.box[3]) / 2


def without_words(page: Page, lines: Sequence[RunningLine]) -> str:
    """The page's text with spaces in place of ``lines``."""
    text = page.text
    for word in (word for line in lines for word in line.words):
        text = text[: word.start] + " " * (word.end - word.start) + text[word.end :]
    return text


def without_lines(text: str, page: Page, lines: Sequence[RunningLine]) -> str:
    """The other reader's ``text`` of ``page`` without ``lines``; both readers have the order in which texts are drawn.

    Where a line's words are also in the text, such as a number in brackets, the same one of them is taken away.
    """
    for line in lines:
        joined = r"\s*".join(re.escape(char) for char in squeeze(line.text))
        pattern = re.compile(rf"(?<!\S){joined}(?!\S)")
        found = list(pattern.finditer(text))
        if found:
            start = min(word.start for word in line.words)
            before = sum(match.start() < start for match in pattern.finditer(page.text))
            match = found[min(before, len(found) - 1)]
            text = text[: match.start()] + text[match.end() :]
    return text
