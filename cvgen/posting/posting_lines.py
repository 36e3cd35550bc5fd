"""Splits a posting into lines and decides what each is: an item of a list, a heading, a label or text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cvgen.posting.posting_words import PostingWords

_MAX_HEADING = 10
_MAX_KNOWN_HEADING = 7
"""The most words of a heading that no blank line follows, if it has a phrase that headings have."""
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
    """The lines of ``text`` with what each is."""
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
    count = len(row.split())
    is_known = count <= _MAX_KNOWN_HEADING and any(p.search(row.lower()) for p in words.headings.values())
    ends_open = row.rstrip()[-1] not in ".,;!。，；"
    if last == "item" and before.strip() and not row.rstrip().endswith((":", "：")):
        opening = _opens_as_heading(row, words)
        if opening and count <= _MAX_TITLE and ends_open:
            return "heading"
        return "text" if opening else "item"  # an item goes on
    label = re.match(r"\W*([^:：]{2,20})[:：]\s*\S", row)
    if label and label[1].strip().casefold() in words.label_lines:
        return "label"
    if count > _MAX_HEADING or not ends_open or len(row) > _MAX_HEADING_LENGTH or _PAY.search(row):
        return "text"
    starts = not before.strip() or last in ("item", "heading")
    if row.rstrip().endswith((":", "：", "?", "？")) or (starts and (_leads(after) or is_known)):
        return "heading"
    return "heading" if is_known and row.isupper() else "text"


def _opens_as_heading(row: str, words: PostingWords) -> bool:
    """Whether a line under an item begins a new part of the posting, by a capital and a phrase of headings."""
    return row[:1].isupper() and any(pattern.match(row.lower()) for pattern in words.headings.values())


def _leads(after: str) -> bool:
    return not after.strip() or after.lstrip().startswith("- ")
