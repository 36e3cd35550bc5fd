"""Splits a posting into lines and finds the kind of each: an item of a list, a heading, a label or text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cvgen.model.letter_case import fold_letters
from cvgen.posting.posting_words import PostingWords

_MAX_HEADING = 10
_MAX_KNOWN_HEADING = 7
"""The most words of a heading that no blank line follows, if it has a phrase that headings have."""
_MAX_OPENING = 24
"""The most words of a sentence with a colon at its end that announces a list."""
_HEADING_SHARE = 0.5
_MAX_HEADING_LENGTH = 80
_MAX_TITLE = 4
_PAY = re.compile(r"[£€$¥]\s?\d|\d\s?[£€$]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a posting; ``kind`` is ``item``, ``heading``, ``label``, ``text`` or ``blank``."""

    start: int
    text: str
    kind: str

    @property
    def end(self) -> int:
        """The offset behind its last character."""
        return self.start + len(self.text)


def mark_items(text: str) -> str:
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


def cut_lines(text: str, words: PostingWords) -> list[Line]:
    """The lines of ``text``, each with its kind."""
    return list(_cut_lines(text, words))


def _cut_lines(text: str, words: PostingWords) -> Iterator[Line]:
    rows = text.split("\n")
    start, kind = 0, "text"
    for number, row in enumerate(rows):
        before = rows[number - 1] if number else ""
        after = rows[number + 1] if number + 1 < len(rows) else ""
        kind = _kind(row, before, after, kind, words)
        yield Line(start, row, kind)
        start += len(row) + 1


def _kind(row: str, before: str, after: str, last: str, words: PostingWords) -> str:
    if not row.strip():
        return "blank"
    if row.lstrip().startswith("- "):
        return "item"
    count, has_colon = len(row.split()), row.rstrip().endswith((":", "："))
    if last == "item" and before.strip() and not has_colon:
        return _kind_under_item(row, words)
    if has_colon and count <= _MAX_OPENING and is_said(row, words):
        return "heading"
    label = re.match(r"\W*([^:：]{2,20})[:：]\s*\S", row)
    if label and fold_letters(label[1].strip()) in words.label_lines:
        return "label"
    if count > _MAX_HEADING or not _is_open(row) or len(row) > _MAX_HEADING_LENGTH or _PAY.search(row):
        return "text"
    return "heading" if _is_heading(row, before, after, last, words) else "text"


def _kind_under_item(row: str, words: PostingWords) -> str:
    """The kind of a line directly below an item: it continues the item, unless it begins a new part."""
    if not _opens_as_heading(row, words):
        return "item"
    return "heading" if len(row.split()) <= _MAX_TITLE and _is_open(row) else "text"


def _is_open(row: str) -> bool:
    """Whether no punctuation ends a line."""
    return row.rstrip()[-1] not in ".,;!。，；"


def _is_heading(row: str, before: str, after: str, last: str, words: PostingWords) -> bool:
    """Whether a short line is a heading: by its end, by the lines around it, or by its words."""
    starts = not before.strip() or last in ("item", "heading")
    if row.rstrip().endswith((":", "：", "?", "？")) or (starts and _leads(after)):
        return True
    if re.search(r"[:：]\s*\S", row) or len(row.split()) > _MAX_KNOWN_HEADING:
        return False  # a label with what it says
    if before.strip() and not is_mostly_heading(row, words):
        return False
    return (starts or row.isupper()) and any(pattern.search(fold_letters(row)) for pattern in words.headings.values())


def is_said(row: str, words: PostingWords) -> bool:
    """Whether a line introduces a list with the words of a heading: "vos principales missions sont de :"."""
    return any(words.headings[name].search(fold_letters(row)) for name in ("must", "nice", "task"))


def is_mostly_heading(row: str, words: PostingWords) -> bool:
    """Whether phrases of headings are at least half of a line."""
    letters = len(re.findall(r"\w", row))
    longest = max((len(m[0]) for p in words.headings.values() for m in p.finditer(fold_letters(row))), default=0)
    return longest >= letters * _HEADING_SHARE


def _opens_as_heading(row: str, words: PostingWords) -> bool:
    """Whether a line under an item begins a new part of the posting, by a capital and a phrase of headings."""
    return row[:1].isupper() and any(pattern.match(fold_letters(row)) for pattern in words.headings.values())


def _leads(after: str) -> bool:
    return not after.strip() or after.lstrip().startswith("- ")
