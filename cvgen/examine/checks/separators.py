"""Checks that the authors of a paper, and the keywords of an entry, have something between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import inf

from cvgen.examine.comparable_text import is_rtl, squeeze
from cvgen.examine.finding import Fault, shorten
from cvgen.examine.matching.paper_regions import PlacedPaper
from cvgen.examine.readers.pdfium_chars import Char
from cvgen.examine.readers.reader_text import ReaderText
from cvgen.examine.subject import Subject
from cvgen.model.inline import RichText
from cvgen.model.printed import Item
from cvgen.model.shown_paper import ShownAuthor

_APART = 0.6
"""A gap of so many sizes of the font separates two texts as well as a comma does."""
_INSIDE = 0.1
"""A gap between the letters of a word is at most so many sizes of the font."""
_HINT = "print a separator between them, such as words.list_comma"


def check_separators(subject: Subject) -> Iterator[Fault]:
    """No two authors and no two keywords, and no entry and its position, run together on one line."""
    if subject.job.document.direction == "rtl":
        return
    pairs = _list_neighbours(subject)
    for page in subject.pdfium.pages:
        chars = [(letter, char) for char in page.chars for letter in squeeze(char.text)]
        packed = "".join(letter for letter, _ in chars)
        for one, other in pairs:
            if _are_joined(packed, chars, squeeze(str(one)), squeeze(str(other))):
                message = f"{shorten(str(one))} and {shorten(str(other))} have nothing between them"
                yield Fault(message, page.number, one.location, _HINT)
    for paper in subject.papers[0]:
        yield from _joined_authors(subject.texts[0], paper)


def _list_neighbours(subject: Subject) -> list[tuple[RichText, RichText]]:
    """Each two texts that follow each other in the line of an entry, unless a longer text has them in a row too."""
    typed = "\n".join(squeeze(wanted.text) for wanted in subject.expected.texts)
    items = [part.shown for part in subject.job.document.walk() if isinstance(part.shown, Item)]
    lists = [texts for item in items for texts in ((item.heading, item.subheading, *item.details[:1]), item.details)]
    pairs = [pair for texts in lists for pair in pairwise(text for text in texts if text)]
    return [(one, other) for one, other in pairs if squeeze(f"{one}{other}") not in typed]


def _are_joined(packed: str, chars: Sequence[tuple[str, Char]], one: str, other: str) -> bool:
    """Whether ``other`` follows ``one`` on a line of a page, after a space at most."""
    place = packed.find(one + other)
    while place >= 0:
        before = _gap(chars[place - 1], chars[place]) if place else _APART
        if before > _INSIDE and _gap(chars[place + len(one) - 1], chars[place + len(one)]) < _APART:
            return True
        place = packed.find(one + other, place + 1)
    return False


def _gap(one: tuple[str, Char], other: tuple[str, Char]) -> float:
    """The white space between two characters in sizes of the font; infinite if they are not on one line."""
    (_, left), (_, right) = one, other
    is_same_line = right.bottom < left.top and left.bottom < right.top and right.left >= left.left
    return (right.left - left.right) / min(left.size, right.size) if is_same_line else inf


def _joined_authors(text: ReaderText, paper: PlacedPaper) -> Iterator[Fault]:
    authors = paper.item.authors
    for (one, (_, end)), (other, (start, _)) in pairwise(zip(authors, paper.names or (), strict=False)):
        between = _without_names(text.packed[end:start], one, other)
        if not between and not is_rtl(one.family):
            message = f"{one.name} and {other.name} have nothing between them"
            yield Fault(message, text.page_at(end), paper.block.leads[0].location, _HINT)


def _without_names(between: str, one: ShownAuthor, other: ShownAuthor) -> str:
    """What is between two family names except given names, their initials, suffixes and marks."""
    names = [
        name for author in (one, other) for name in (author.given, author.initials, author.suffix, author.position)
    ]
    left = _bare(between.replace(one.marks, "") if one.marks else between)
    for name in sorted(map(_bare, names), key=len, reverse=True):
        left = left.replace(name, "") if name else left
    return left


def _bare(text: str) -> str:
    return re.sub(r"[.\-\u2010\u2011]", "", squeeze(text)).casefold()
