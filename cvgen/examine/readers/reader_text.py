"""The text that a reader takes out of a PDF, made so that a document's texts can be found in it."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from cvgen.examine.comparable_text import normalize, squeeze

HYPHEN = "\x02"
"""A hyphen at a line's end, which may be typed or come from hyphenation; pdfium's own character for it."""
_LINE_END_HYPHEN = re.compile("(?<=\\w)[-\u2010\x02\ufffe](?=[ ]*\n[ ]*\\w)")


@dataclass(frozen=True)
class ReaderText:
    """A whole document's text by one reader, page after page, without page numbers."""

    reader: str
    raw: str
    starts: tuple[int, ...]
    """Where each page begins in ``raw``."""

    @cached_property
    def places(self) -> list[int]:
        """Where each character of ``packed`` stands in ``raw``."""
        return [place for place, char in enumerate(self.raw) if not char.isspace()]

    @cached_property
    def marked(self) -> str:
        """``raw`` without white space."""
        return "".join(self.raw.split())

    @cached_property
    def packed(self) -> str:
        """The same with a plain hyphen at line ends."""
        return self.marked.replace(HYPHEN, "-")

    @cached_property
    def folded(self) -> str:
        """The same without case; of the same length, so that places are shared."""
        return _fold(self.packed)

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines, without white space; empty ones left out."""
        found = ("".join(line.split()).replace(HYPHEN, "-") for line in self.raw.split("\n"))
        return tuple(line for line in found if line)

    def page_at(self, place: int) -> int:
        """The page, from 1, on which the character at ``place`` of ``packed`` stands."""
        return bisect_right(self.starts, self.places[min(place, len(self.places) - 1)]) if self.places else 1

    def raw_span(self, place: int, length: int) -> tuple[int, int]:
        """From where to where in ``raw`` a text goes that was found in ``packed``."""
        return self.places[place], self.places[place + length - 1] + 1

    def find(self, text: str, start: int = 0, any_case: bool = False, end: int | None = None) -> tuple[int, int] | None:
        """Place and length of ``text`` in ``packed`` at or after ``start``; hyphenation is seen through."""
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
        """``packed`` as ``has_words`` compares it."""
        return _plain(self.packed)

    def has_words(self, text: str) -> bool:
        """Whether each word of a ``text`` from right to left is there, as typed or in the order of the paper."""
        words = re.findall(r"[^\W_]+", _plain(normalize(text)))
        return all(word in self.plain or word[::-1] in self.plain for word in words)


_LIGATED = str.maketrans(dict.fromkeys("\u0622\u0623\u0625\u0627\u0644\u0649\u064a", "\u0644"))
"""Alef, lam and yeh are one letter here: readers that turn a line leave those in a ligature as they were."""


def _plain(text: str) -> str:
    """``text`` without vowel signs, which come before or after their letter, and with ligatures of any order."""
    return "".join(char for char in text if not unicodedata.combining(char)).translate(_LIGATED)


def _fold(text: str) -> str:
    """Without case, character by character: ``ß`` stays one."""
    folded = text.lower()
    return folded if len(folded) == len(text) else "".join(char.lower()[:1] for char in text)


def join_pages(reader: str, pages: Iterable[str]) -> ReaderText:
    """The texts of ``pages`` as one."""
    raw, starts = "", []
    for text in pages:
        starts.append(len(raw))
        raw += normalize(text).replace("\r", "") + "\n"
    return ReaderText(reader, _LINE_END_HYPHEN.sub(HYPHEN, raw), tuple(starts))
