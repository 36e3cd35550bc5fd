"""Finds the lines on which texts are printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cvgen.examine.comparable_text import squeeze
from cvgen.examine.readers.pdfium_chars import PrintedWord
from cvgen.examine.readers.pdfium_text import Page

_DASHES = re.compile("[-\u2010\u2011\u00ad\x02\ufffe]")
"""Hyphens, which may be typed or come from hyphenation."""


@dataclass(frozen=True, slots=True)
class PrintedLines:
    """The lines of a text, each with spaces between its words, and the page, from 1."""

    page: int
    lines: tuple[str, ...]


class PageTexts:
    """The words of pages in which texts are searched; a text that goes on on the next page is not found."""

    def __init__(self, pages: tuple[Page, ...]) -> None:
        self._pages = [_PackedPage(page) for page in pages]

    def find(self, text: str) -> PrintedLines | None:
        """Where ``text`` is printed the first time; None if it is not found whole on one page."""
        wanted = _pack(text)
        found = (page.find(wanted) for page in self._pages) if wanted else iter(())
        return next((lines for lines in found if lines), None)


class _PackedPage:
    """The words of a page without spaces and hyphens, and the word at each character."""

    def __init__(self, page: Page) -> None:
        self._number = page.number
        self._text = ""
        self._words: list[PrintedWord] = []
        for word in page.words:
            packed = _pack(word.text)
            self._text += packed
            self._words += [word] * len(packed)

    def find(self, wanted: str) -> PrintedLines | None:
        at = self._text.find(wanted)
        if at < 0:
            return None
        words = list(dict.fromkeys(self._words[at : at + len(wanted)]))
        return PrintedLines(self._number, tuple(" ".join(word.text for word in line) for line in _cut_lines(words)))


def _pack(text: str) -> str:
    return _DASHES.sub("", squeeze(text))


def _cut_lines(words: list[PrintedWord]) -> Iterator[list[PrintedWord]]:
    """``words`` cut where one is not beside the one before it."""
    line: list[PrintedWord] = []
    for word in words:
        if line and not _is_beside(line, word):
            yield line
            line = []
        line.append(word)
    if line:
        yield line


def _is_beside(line: list[PrintedWord], word: PrintedWord) -> bool:
    """Whether the middle of ``word`` is at the height of ``line``."""
    middle = (word.box[1] + word.box[3]) / 2
    return min(one.box[1] for one in line) < middle < max(one.box[3] for one in line)
