"""Splits a posting into lines and decides what each is: an item of a list, a heading, a label or text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import normalize

from cvgen.posting.stop_words import StopWords, guess_language, load_stop_words
from cvgen.select.tokens import Token, tokenize

_MAX_HEADING = 10
_MAX_TITLE = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a posting; ``kind`` is ``item``, ``heading``, ``label`` or ``text``."""

    start: int
    kind: str
    skipped: bool = False
    """Whether it is in a part without requirements, such as the benefits."""


@dataclass(frozen=True, slots=True)
class Posting:
    """A posting split into tokens, each with the line that it is on."""

    text: str
    tokens: tuple[Token, ...]
    lines: tuple[Line, ...]
    """The line of each token."""
    stop_words: StopWords
    language: str
    """The language of the posting, which may differ from that of the CV."""

    @property
    def has_items(self) -> bool:
        """Whether it has a list; if not, requirements may be anywhere in its text."""
        return any(line.kind == "item" for line in self.lines)

    def surface(self, index: int, length: int) -> str:
        """The ``length`` words from token ``index`` on, as typed."""
        last = self.tokens[index + length - 1]
        return re.sub(r"\s+", " ", self.text[self.tokens[index].start : last.start + len(last.text)])


def cut_posting(text: str, language: str) -> Posting:
    """``text`` as a Posting; ``language`` is that of the CV, whose rules of inflection apply to both."""
    text = _mark_items(normalize("NFC", text))
    tokens = tokenize(text, language)
    written_in = guess_language(tokens)
    stop_words = load_stop_words(written_in)
    lines = list(_cut_lines(text, stop_words))
    return Posting(text, tuple(tokens), tuple(_lines_of(tokens, lines)), stop_words, written_in)


def _mark_items(text: str) -> str:
    """``text`` with bullets added to lists that lost them when they were copied from a web page.

    The lines of such a list begin with a capital and end without a full stop; a short first line is its heading.
    """
    blocks = re.split(r"(\n[ \t]*\n\s*)", text)
    for number, block in enumerate(blocks):
        rows = block.strip("\n").split("\n")
        if len(rows) > 2 and all(re.match(r"(?!- )[^\W_a-z]", row) and row.rstrip()[-1] not in ".,;-" for row in rows):
            first = 1 if len(rows[0].split()) <= _MAX_TITLE else 0
            marked = [*rows[:first], *("- " + row for row in rows[first:])]
            blocks[number] = "\n".join(marked)
    return "".join(blocks)


def _lines_of(tokens: list[Token], lines: list[Line]) -> Iterator[Line]:
    number = 0
    for token in tokens:
        while number + 1 < len(lines) and lines[number + 1].start <= token.start:
            number += 1
        yield lines[number]


def _cut_lines(text: str, stop_words: StopWords) -> Iterator[Line]:
    rows = text.split("\n")
    start, skipped, kind = 0, False, "text"
    for number, row in enumerate(rows):
        before = rows[number - 1] if number else ""
        after = rows[number + 1] if number + 1 < len(rows) else ""
        kind = _kind(row, before, after, kind, stop_words)
        if kind == "heading":
            skipped = any(phrase in row.casefold() for phrase in stop_words.skip_headings)
        yield Line(start, kind, skipped)
        start += len(row) + 1


def _kind(row: str, before: str, after: str, last: str, stop_words: StopWords) -> str:
    if row.startswith("- "):
        return "item"
    words = row.split()
    if last == "item" and before.strip() and words and not row.rstrip().endswith(":"):
        return "item"  # the continuation of an item
    label = re.match(r"\W*([^:]{2,20}):\s*\S", row)
    if label and label[1].strip().casefold() in stop_words.label_lines:
        return "label"
    is_short = 0 < len(words) <= _MAX_HEADING and row.rstrip()[-1] not in ".,;!"
    starts = not before.strip() or last == "item"
    return "heading" if is_short and (row.rstrip().endswith((":", "?")) or (starts and _leads(after))) else "text"


def _leads(after: str) -> bool:
    return not after.strip() or after.startswith("- ")
