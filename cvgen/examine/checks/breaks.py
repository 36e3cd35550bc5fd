"""Checks of where pages begin and end: none is empty or wasted, and none ends in a heading."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from cvgen.examine.checks.page import body
from cvgen.examine.finding import Fault
from cvgen.examine.readers.pdfium_text import Page, Word
from cvgen.examine.readers.reader_text import squeeze
from cvgen.examine.readers.subject import Subject, shorten
from cvgen.themes.contract import MARGIN_VERTICAL

_WASTED = 0.3
"""How full a page is, from 0 to 1, that only a break could have ended."""
_MARKS = "•–■› "
"""The marks of bullets, which may begin a line."""


def check_empty(subject: Subject) -> Iterator[Fault]:
    """Every page has text besides its number, and all but the last are full, as far as what follows can be parted."""
    pages = subject.reading.pages
    for page in pages:
        if not body(page, subject):
            yield Fault("the page is empty", page.number, hint="take out a page break, or a part that is too high")
    heads = _list_heads(subject)
    for page, after in pairwise(pages):
        fill = _fill(page, subject)
        if 0 < fill < _WASTED and not _last_heading(page, subject, heads) and _fits(after, subject, heads, 1 - fill):
            hint = "take out a page break (break-before, break-after, \\newpage), or let what follows be parted"
            yield Fault(f"the page is {fill:.0%} full, though what follows has room on it", page.number, hint=hint)


def _fill(page: Page, subject: Subject) -> float:
    """How far down text and pictures go, as a part of the height between the margins; 0 where there is nothing."""
    words = body(page, subject)
    lowest = [word.box[1] for word in words] + [image.box[1] for image in page.drawing.images]
    return (page.height - _above(subject) - min(lowest)) / _room(page, subject) if words else 0.0


def _above(subject: Subject) -> float:
    return subject.margin(MARGIN_VERTICAL) or 0.0


def _room(page: Page, subject: Subject) -> float:
    return max(1.0, page.height - 2 * _above(subject))


def _fits(page: Page, subject: Subject, heads: frozenset[str], free: float) -> bool:
    """Whether the first part of ``page`` would have had room in ``free``: all above its next heading, or all of it."""
    lines = _lines(body(page, subject))
    first = next((index for index, line in enumerate(lines) if _text(line) not in heads), 0)
    nexts = [line for line in lines[first:] if _text(line) in heads]
    if not lines:
        return False
    end = max(word.box[3] for word in nexts[0]) if nexts else min(word.box[1] for word in lines[-1])
    return (page.height - _above(subject) - end) / _room(page, subject) < free - 0.05


def check_headings(subject: Subject) -> Iterator[Fault]:
    """No page ends in a heading, or in the head of an entry that goes on."""
    heads = _list_heads(subject)
    for page in subject.reading.pages[:-1]:
        if lowest := _last_heading(page, subject, heads):
            hint = "keep it with what follows (break-after: avoid, \\nopagebreak)"
            yield Fault(f"the page ends in the heading {shorten(lowest)}", page.number, hint=hint)


def _last_heading(page: Page, subject: Subject, heads: frozenset[str]) -> str:
    """The lowest line of a page, where it is a heading."""
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
    """The lines from the highest to the lowest, across all columns."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.box[1]):
        if lines and word.box[1] - lines[-1][0].box[1] < 4:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda word: word.box[0]) for line in reversed(lines)]


def _text(line: list[Word]) -> str:
    return squeeze("".join(word.text for word in line).lstrip(_MARKS)).casefold()
