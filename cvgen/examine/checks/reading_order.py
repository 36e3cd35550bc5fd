"""Checks of the reading order, which for résumé parsers is the order of the text in the file."""

from __future__ import annotations

from collections.abc import Iterator

from cvgen.examine.comparable_text import is_rtl
from cvgen.examine.expected.expected_texts import Expected
from cvgen.examine.finding import Fault, shorten
from cvgen.examine.matching.section_places import PlacedSection
from cvgen.examine.matching.text_places import find_expected
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
            yield from _misplaced(text, placed)


def _mixed_columns(text: ReaderText, columns: list[list[PlacedSection]]) -> Iterator[Fault]:
    """On each page the main column comes before the side bar, and sections as wide as the page come after both."""
    last: dict[int, int] = {}
    for place, column, title in sorted(_spots(columns), key=lambda spot: spot[0]):
        page = text.page_at(place)
        if column < last.get(page, 0):
            message = f"the section {shorten(title.text)} comes after or inside text of a later column"
            yield Fault(message, page, title.location, _HINT, text.reader)
        last[page] = max(column, last.get(page, 0))


def _spots(columns: list[list[PlacedSection]]) -> Iterator[tuple[int, int, Expected]]:
    for number, column in enumerate(columns):
        for placed in column:
            yield placed.start, number, placed.section.title
            for occurrence in (
                occurrence for _, occurrences in placed.blocks for occurrence in occurrences if occurrence
            ):
                yield occurrence.start, number, placed.section.title


def _misplaced(text: ReaderText, placed: PlacedSection) -> Iterator[Fault]:
    """The texts of a section that are in the text but in the wrong place."""
    for head in placed.section.heads:
        yield from _outside(text, head, placed.start, placed.end)
    for index, (block, occurrences) in enumerate(placed.blocks):
        for lead, occurrence in zip(block.ordered_texts, occurrences, strict=True):
            if occurrence is None and not is_rtl(lead.text) and (elsewhere := find_expected(text, lead)):
                yield _fault(text, lead, elsewhere[0])
        for part in block.parts:
            yield from _outside(text, part, *placed.span_of(index))


def _outside(text: ReaderText, part: Expected, start: int, end: int) -> Iterator[Fault]:
    if is_rtl(part.text) or find_expected(text, part, start, end):
        return
    if elsewhere := find_expected(text, part):
        yield _fault(text, part, elsewhere[0])


def _fault(text: ReaderText, part: Expected, place: int) -> Fault:
    message = f"{part.what} is in the wrong place in the text: {shorten(part.text)}"
    return Fault(message, text.page_at(place), part.location, _HINT, text.reader)
