"""Checks of the reading order, which for résumé parsers is the order of the text in the file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from cvgen.examine.comparable_text import is_rtl
from cvgen.examine.expected.expected_texts import Expected
from cvgen.examine.finding import Fault, shorten
from cvgen.examine.matching.section_places import PlacedSection
from cvgen.examine.matching.text_places import find_divided, find_expected
from cvgen.examine.readers.reader_text import ReaderText
from cvgen.examine.subject import Subject

_HINT = (
    "positioned, floating, rotated or half transparent text comes late in the file: use tables, indents, or another "
    "order of the columns"
)


def check_order(subject: Subject) -> Iterator[Fault]:
    """The name comes first, sections come one after the other, and the texts of an entry stay together."""
    if subject.job.document.direction == "rtl":
        return  # a right-to-left line may be copied in the order on paper
    for text, columns in zip(subject.texts, subject.placed, strict=True):
        starts = sorted(section.start for column in columns for section in column)
        name = find_expected(text, subject.expected.name)
        if name and starts and name[0] > starts[0]:
            yield Fault("the name is not first in the text", None, subject.expected.name.location, _HINT)
        yield from _mixed_columns(text, columns)
        for placed in (placed for column in columns for placed in column):
            if not placed.in_order:
                message = f"the section {shorten(placed.section.title.text)} is out of order in the text"
                yield Fault(message, text.page_at(placed.start), placed.section.title.location, _HINT, text.reader)
            yield from _misplaced(subject, text, placed)


def _mixed_columns(text: ReaderText, columns: list[list[PlacedSection]]) -> Iterator[Fault]:
    """On each page the main column comes before the side bar, and sections as wide as the page come after both."""
    last: dict[int, int] = {}
    for place, column, title in sorted(_spots(text, columns), key=lambda spot: spot[0]):
        page = text.page_at(place)
        if column < last.get(page, 0):
            message = f"the section {shorten(title.text)} comes after or inside text of a later column"
            yield Fault(message, page, title.location, _HINT, text.reader)
        last[page] = max(column, last.get(page, 0))


def _spots(text: ReaderText, columns: list[list[PlacedSection]]) -> Iterator[tuple[int, int, Expected]]:
    """Place, column and section of each title and head; of a name that is also elsewhere, the place in its section."""
    starts = sorted(placed.start for column in columns for placed in column)
    for number, placed in ((number, placed) for number, column in enumerate(columns) for placed in column):
        end = next((start for start in starts if start > placed.start), placed.end)
        yield placed.start, number, placed.section.title
        for block, occurrences in placed.blocks:
            for lead, occurrence in zip(block.ordered_texts, occurrences, strict=True):
                if occurrence is None:
                    continue
                is_inside = placed.start <= occurrence.start < end
                if is_inside or not find_expected(text, lead, placed.start, end):
                    yield occurrence.start, number, placed.section.title


def _misplaced(subject: Subject, text: ReaderText, placed: PlacedSection) -> Iterator[Fault]:
    """The texts of a section that are in the text but in the wrong place."""
    for head in placed.section.heads:
        yield from _outside(subject, text, head, placed.start, placed.end)
    for index, (block, occurrences) in enumerate(placed.blocks):
        for lead, occurrence in zip(block.ordered_texts, occurrences, strict=True):
            if occurrence is None:
                yield from _outside(subject, text, lead, 0, 0)
        for part in block.parts:
            yield from _outside(subject, text, part, *placed.span_of(index))
    for date, place in _moved_dates(text, placed):
        yield _fault(text, date, place)


def _outside(subject: Subject, text: ReaderText, part: Expected, start: int, end: int) -> Iterator[Fault]:
    if is_rtl(part.text) or find_expected(text, part, start, end):
        return
    elsewhere = find_expected(text, part)
    if elsewhere and not (subject.has_columns and find_divided(text, part)):
        yield _fault(text, part, elsewhere[0])


def _moved_dates(text: ReaderText, placed: PlacedSection) -> Iterator[tuple[Expected, int]]:
    """The dates that are on the other side of their heading than most in the section, and so at another entry."""
    before: dict[str, list[tuple[Expected, int]]] = defaultdict(list)
    after: dict[str, list[tuple[Expected, int]]] = defaultdict(list)
    for index, (block, occurrences) in enumerate(placed.blocks):
        dates = [part for part in block.head if part.what == "a date"]
        if not dates or not (lead := occurrences[0]):
            continue
        low, high = placed.span_of(index)
        left = find_expected(text, dates[0], low, lead.start)
        right = find_expected(text, dates[0], lead.start, high)
        if left and not right:
            before[block.head[0].what].append((dates[0], left[0]))
        elif right and not left:
            after[block.head[0].what].append((dates[0], right[0]))
    for what in before:  # entries, or the positions in them
        yield from min(before[what], after[what], key=len)


def _fault(text: ReaderText, part: Expected, place: int) -> Fault:
    message = f"{part.what} is in the wrong place in the text: {shorten(part.text)}"
    return Fault(message, text.page_at(place), part.location, _HINT, text.reader)
