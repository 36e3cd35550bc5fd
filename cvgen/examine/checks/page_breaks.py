"""Checks of page breaks: no page is empty, ends too early, or ends with a heading."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from cvgen.examine.checks.page_words import body
from cvgen.examine.comparable_text import squeeze
from cvgen.examine.finding import Fault, shorten
from cvgen.examine.readers.pdfium_text import Page, Word
from cvgen.examine.subject import Subject
from cvgen.themes.contract import MARGIN_VERTICAL

_WASTED = 0.3
"""A page less full than this (0 to 1) was ended by a page break, not by its text."""
_MARKS = "•–■› "
"""Bullet signs that may begin a line."""


def check_empty(subject: Subject) -> Iterator[Fault]:
    """Every page has text besides its number, and no page ends although the next part has room on it."""
    pages = subject.pdfium.pages
    for page in pages:
        if not body(page, subject):
            hint = "remove a page break, or a part that is higher than a page"
            yield Fault("the page is empty", page.number, hint=hint)
    heads = _list_heads(subject)
    for page, after in pairwise(pages):
        fill = _fill(page, subject)
        if 0 < fill < _WASTED and not _last_heading(page, subject, heads) and _fits(after, subject, heads, 1 - fill):
            hint = "remove a page break (break-before, break-after, \\newpage), or allow a break in what follows"
            yield Fault(f"the page is {fill:.0%} full although the next part has room on it", page.number, hint=hint)


def _fill(page: Page, subject: Subject) -> float:
    """How far down text and images reach, as a fraction of the height between the margins; 0 if there is no text."""
    words = body(page, subject)
    lowest = [word.box[1] for word in words] + [image.box[1] for image in page.drawing.images]
    return (page.height - _above(subject) - min(lowest)) / _room(page, subject) if words else 0.0


def _above(subject: Subject) -> float:
    return subject.margin(MARGIN_VERTICAL) or 0.0


def _room(page: Page, subject: Subject) -> float:
    return max(1.0, page.height - 2 * _above(subject))


def _fits(page: Page, subject: Subject, heads: frozenset[str], free: float) -> bool:
    """Whether the first part of ``page``, up to its next heading, has room in the fraction ``free`` of a page."""
    lines = _lines(body(page, subject))
    first = next((index for index, line in enumerate(lines) if _text(line) not in heads), 0)
    nexts = [line for line in lines[first:] if _text(line) in heads]
    if not lines:
        return False
    end = max(word.box[3] for word in nexts[0]) if nexts else min(word.box[1] for word in lines[-1])
    return (page.height - _above(subject) - end) / _room(page, subject) < free - 0.05


def check_headings(subject: Subject) -> Iterator[Fault]:
    """No page ends with a heading, or with the heading line of an entry that continues."""
    heads = _list_heads(subject)
    for page in subject.pdfium.pages[:-1]:
        if lowest := _last_heading(page, subject, heads):
            hint = "keep it with what follows (break-after: avoid, \\nopagebreak)"
            yield Fault(f"the page ends with the heading {shorten(lowest)}", page.number, hint=hint)


def _last_heading(page: Page, subject: Subject, heads: frozenset[str]) -> str:
    """The lowest line of a page if it is a heading, otherwise an empty text."""
    lines = _lines(body(page, subject))
    lowest = "".join(word.text for word in lines[-1]).lstrip(_MARKS) if lines else ""
    return lowest if squeeze(lowest).casefold() in heads else ""


def _list_heads(subject: Subject) -> frozenset[str]:
    return frozenset(squeeze(text).casefold() for text in _heads(subject))


def _heads(subject: Subject) -> Iterator[str]:
    for section in subject.expected.sections:
        yield from (section.title.text, *(group.text for group in section.groups))
        yield "".join(head.text for head in section.heads)
        yield from (head.text for head in section.heads)
        for block in section.blocks:
            if block.has_more and block.leads:
                dates = "".join(part.text for part in block.parts if part.what == "a date")
                yield from (block.leads[0].text, block.leads[0].text + dates)


def _lines(words: list[Word]) -> list[list[Word]]:
    """The lines across all columns, from the top to the bottom."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.box[1]):
        if lines and word.box[1] - lines[-1][0].box[1] < 4:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda word: word.box[0]) for line in reversed(lines)]


def _text(line: list[Word]) -> str:
    return squeeze("".join(word.text for word in line).lstrip(_MARKS)).casefold()
