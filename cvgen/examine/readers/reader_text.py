"""The text that a reader extracts from a PDF, in forms in which expected texts can be found."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from cvgen.examine.comparable_text import DOTLESS, normalize, squeeze

HYPHEN = "\x02"
"""A hyphen at the end of a line, typed or from hyphenation; pdfium uses the same character."""
_LINE_END_HYPHEN = re.compile("(?<=\\w)[-\u2010\x02\ufffe](?=[ ]*\n[ ]*\\w)")


@dataclass(frozen=True)
class ReaderText:
    """The text of a whole document by one reader, page after page, without running heads and feet."""

    reader: str
    raw: str
    starts: tuple[int, ...]
    """The index in ``raw`` at which each page begins."""

    @cached_property
    def places(self) -> list[int]:
        """For each character of ``packed`` its index in ``raw``."""
        return [place for place, char in enumerate(self.raw) if not char.isspace()]

    @cached_property
    def marked(self) -> str:
        """``raw`` without white space."""
        return "".join(self.raw.split())

    @cached_property
    def packed(self) -> str:
        """``marked`` with plain hyphens at the ends of lines."""
        return self.marked.replace(HYPHEN, "-")

    @cached_property
    def folded(self) -> str:
        """``packed`` in lower case, with the same length, so that indexes fit both."""
        return _fold(self.packed)

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines without white space and without empty lines."""
        found = ("".join(line.split()).replace(HYPHEN, "-") for line in self.raw.split("\n"))
        return tuple(line for line in found if line)

    def page_at(self, place: int) -> int:
        """The page, from 1, of the character at the index ``place`` of ``packed``."""
        return bisect_right(self.starts, self.places[min(place, len(self.places) - 1)]) if self.places else 1

    def page_end(self, place: int) -> int:
        """The index in ``packed`` at which the page of the character at ``place`` ends."""
        page = self.page_at(place)
        return bisect_left(self.places, self.starts[page]) if page < len(self.starts) else len(self.places)

    def raw_span(self, place: int, length: int) -> tuple[int, int]:
        """Start and end in ``raw`` of a text that was found at ``place`` of ``packed``."""
        return self.places[place], self.places[place + length - 1] + 1

    def find(self, text: str, start: int = 0, any_case: bool = False, end: int | None = None) -> tuple[int, int] | None:
        """Index and length of ``text``, hyphenated or not, in ``packed`` at or after ``start``; None if absent."""
        wanted = _fold(squeeze(text)) if any_case else squeeze(text)
        place = (self.folded if any_case else self.packed).find(wanted, start, end)
        if place >= 0:
            return place, len(wanted)
        return self._find_hyphenated(wanted, start, end) if HYPHEN in self.marked else None

    def _find_hyphenated(self, wanted: str, start: int, end: int | None) -> tuple[int, int] | None:
        pattern = f"{HYPHEN}?".join(f"[-{HYPHEN}]" if char in "-\u2010" else re.escape(char) for char in wanted)
        found = re.compile(pattern).search(self.marked, start, len(self.marked) if end is None else end)
        return (found.start(), found.end() - found.start()) if found else None

    @cached_property
    def plain(self) -> str:
        """``packed`` in the form that ``has_words`` compares."""
        return _plain(self.packed)

    def has_words(self, text: str) -> bool:
        """Whether each word of a right-to-left ``text`` is there, as typed or in the order on paper.

        A reader may put other words where a vowel sign divides a word.
        """
        words = _WORD.findall(normalize(text))
        return all(self._has_word(word) or all(map(self._has_word, _VOWEL_SIGNS.split(word))) for word in words)

    def _has_word(self, word: str) -> bool:
        plain = _plain(word)
        return plain in self.plain or plain[::-1] in self.plain


_WORD = re.compile(r"(?:(?=[\w\u064b-\u065f\u0670])[\u0590-\u08ff])+|[^\W_\u0590-\u08ff]+")
"""Letters of one direction: those of another one after a prefix are read elsewhere."""
_VOWEL_SIGNS = re.compile("[\u064b-\u065f\u0670]+")
_LIGATED = str.maketrans(dict.fromkeys("\u0622\u0623\u0625\u0627\u0644\u0649\u064a", "\u0644"))
"""Alef, lam and yeh count as one letter: readers that reverse a line leave the letters of ligatures in place."""


def _plain(text: str) -> str:
    """``text`` without vowel signs, which may be read before or after their letter, and with ligatures unified."""
    return "".join(char for char in text if not unicodedata.combining(char)).translate(_LIGATED)


def _fold(text: str) -> str:
    """``text`` in lower case, one character for each: İ, the only one that becomes two, is in DOTLESS."""
    return text.translate(DOTLESS).lower()


def join_pages(reader: str, pages: Iterable[str]) -> ReaderText:
    """The texts of ``pages`` joined into one ReaderText."""
    raw, starts = "", []
    for text in pages:
        starts.append(len(raw))
        raw += normalize(text).replace("\r", "") + "\n"
    return ReaderText(reader, _LINE_END_HYPHEN.sub(HYPHEN, raw), tuple(starts))
