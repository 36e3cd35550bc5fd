"""Finds where each paper of a list begins and ends in the text of a reader.

A citation style prints the authors before the title, so a paper begins at its first author, not at its title.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cvgen.examine.comparable_text import is_rtl
from cvgen.examine.expected.expected_texts import Block, list_capitals
from cvgen.examine.matching.section_places import PlacedSection
from cvgen.examine.matching.text_places import Occurrence
from cvgen.examine.readers.reader_text import ReaderText
from cvgen.model.shown_paper import PublicationItem, ShownAuthor

TextRange = tuple[int, int]
_LETTER = re.compile(r"[^\W\d_\u2e80-\u9fff\uac00-\ud7ff]")
"""A letter of a script that has spaces between words."""


@dataclass(frozen=True, slots=True)
class PlacedPaper:
    """A paper, its title, and its region from ``start`` to ``end``. All places are indexes in a reader's packed text.

    ``names`` are the places of its authors' family names, or None if they are not found in the order of the paper.
    """

    item: PublicationItem
    block: Block
    title: Occurrence
    low: int
    """The earliest place at which the paper can begin."""
    start: int
    end: int
    names: tuple[TextRange, ...] | None
    names_end: int
    """The latest place at which the text of the last author can end."""
    is_whole: bool
    """Whether ``end`` is known to be the end of the paper: the next title is found, with nothing else between."""


@dataclass(frozen=True, slots=True)
class _PaperBounds:
    """A paper whose title is found, and the places ``low`` and ``high`` between which it must be."""

    item: PublicationItem
    block: Block
    title: Occurrence
    low: int
    high: int
    is_whole: bool


def place_papers(text: ReaderText, placed: PlacedSection, stops: Sequence[int]) -> list[PlacedPaper]:
    """The papers of a section whose titles are found. ``stops`` are the places where other sections begin."""
    papers = list(_list_bounds(placed, stops))
    before = [_walk_back(text, paper.item.authors, paper.low, _names_stop(text, paper)) for paper in papers]
    after = [_walk(text, paper.item.authors, paper.title.end, paper.high) for paper in papers]
    counts = [sum(bool(names) for names in found) for found in (before, after)]
    is_before = counts[0] > counts[1] if counts[0] != counts[1] else placed.section.is_cited
    starts = [
        _begin_line(text, names[0][0] if is_before and names else paper.title.start, paper.low)
        for paper, names in zip(papers, before, strict=True)
    ]
    ends = [
        start if paper.high == later.title.start else paper.high
        for (paper, later), start in zip(pairwise(papers), starts[1:], strict=True)
    ]
    ends += [paper.high for paper in papers[-1:]]
    return [
        _place(paper, start, end, names, paper.title.start if is_before else end)
        for paper, start, end, names in zip(papers, starts, ends, before if is_before else after, strict=True)
    ]


def _place(
    paper: _PaperBounds, start: int, end: int, names: tuple[TextRange, ...] | None, names_end: int
) -> PlacedPaper:
    item, block, title, low = paper.item, paper.block, paper.title, paper.low
    return PlacedPaper(item, block, title, low, start, end, names, names_end, paper.is_whole)


def _list_bounds(placed: PlacedSection, stops: Sequence[int]) -> Iterator[_PaperBounds]:
    """The papers of a section whose titles are found, each with the ends of what is found before and after it."""
    low = placed.start
    for index, (block, occurrences) in enumerate(placed.blocks):
        number = len(block.ordered_texts) - len(block.leads)
        title = occurrences[number]
        if block.paper and title:
            if number and (group := occurrences[0]):
                low = max(low, group.end)
            later = [
                occurrence.start for _, more in placed.blocks[index + 1 :] for occurrence in more[:1] if occurrence
            ]
            last = max(occurrence.end for occurrence in occurrences if occurrence)
            high = min([place for place in (*later, *stops, placed.end) if place >= last], default=placed.end)
            follower, found = placed.blocks[index + 1] if index + 1 < len(placed.blocks) else (None, ())
            is_whole = (
                (follower is None or follower.paper is not None)  # an entry's date may come before its head
                and all(found[:1])
                and high in (*later[:1], placed.end)
            )
            yield _PaperBounds(block.paper, block, title, low, high, is_whole)
        low = max([low, *(occurrence.end for occurrence in occurrences if occurrence)])


def _names_stop(text: ReaderText, paper: _PaperBounds) -> int:
    """Where the names before the title end. The collaboration is left out: its name may contain that of an author."""
    name, stop = paper.item.collaboration, paper.title.start
    occurrences = _find_all(text, name, paper.low, stop) if name else []
    return occurrences[-1][0] if occurrences else stop


def _walk(text: ReaderText, authors: Sequence[ShownAuthor], start: int, end: int) -> tuple[TextRange, ...] | None:
    """The place of each family name in the order of ``authors``, from ``start``; None if one is not found in turn."""
    places: list[TextRange] = []
    for author in authors:
        occurrence = next(iter(_find_all(text, author.family, start, end, author.marks)), None)
        if occurrence is None:
            return None
        places.append(occurrence)
        start = occurrence[1]
    return tuple(places)


def _walk_back(text: ReaderText, authors: Sequence[ShownAuthor], start: int, end: int) -> tuple[TextRange, ...] | None:
    """The same, but as near to ``end`` as possible, because the paper before may have the same authors."""
    places: list[TextRange] = []
    for author in reversed(authors):
        occurrences = [
            occurrence
            for occurrence in _find_all(text, author.family, start, end, author.marks)
            if occurrence[1] <= end
        ]
        if not occurrences:
            return None
        places.insert(0, occurrences[-1])
        end = occurrences[-1][0]
    return tuple(places)


def _find_all(text: ReaderText, name: str, start: int, end: int, marks: str = "") -> list[TextRange]:
    """The places of ``name`` as a whole word; ``marks`` that follow it directly may be letters."""
    wordings = () if is_rtl(name) else (name, *list_capitals(name))
    return sorted(span for wording in wordings for span in _find_wording(text, wording, start, end, marks))


def _find_wording(text: ReaderText, name: str, start: int, end: int, marks: str) -> Iterator[TextRange]:
    occurrence = text.find(name, start, True, end)
    while occurrence:
        first, last = text.raw_span(*occurrence)
        last += len(marks) if marks and text.raw.startswith(marks, last) else 0
        around = text.raw[max(0, first - 1) : first], text.raw[last : last + 1]
        if not any(map(_LETTER.match, around)):
            yield occurrence[0], sum(occurrence)
        occurrence = text.find(name, occurrence[0] + 1, True, end)


def _begin_line(text: ReaderText, place: int, low: int) -> int:
    """Where the line with ``place`` begins, but not before ``low``."""
    start = text.raw.rfind("\n", 0, text.places[place]) + 1
    return max(low, bisect_left(text.places, start))
