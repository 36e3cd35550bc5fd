"""Checks of the order in which a text is read: from the top of the file to its end, as résumé parsers do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cvgen.examine.expected import Block, Expected, ExpectedSection
from cvgen.examine.finding import Fault
from cvgen.examine.subject import Subject, find_expected, is_rtl, shorten
from cvgen.examine.text import ReadText, squeeze

_HINT = "what is positioned or floats comes late in the file: use tables, indents, or another order of the columns"


@dataclass(frozen=True, slots=True)
class _Placed:
    """Where a section begins in the text, and where each lead of its blocks stands (None where it is not in order)."""

    section: ExpectedSection
    start: int
    leads: tuple[tuple[tuple[int, int] | None, ...], ...]


def check_order(subject: Subject) -> Iterator[Fault]:
    """The name comes first, sections come one after the other, and what belongs to an entry stays with it."""
    if subject.job.document.direction == "rtl":
        return  # a line from right to left may be copied in the order of the paper
    for text in subject.texts:
        columns = [_place_sections(text, sections) for sections in _columns(subject)]
        placed = [section for column in columns for section in column]
        starts = sorted(section.start for section in placed)
        name = find_expected(text, subject.expected.name)
        if name and starts and name[0] > starts[0]:
            yield Fault("the name does not come first in the text", None, subject.expected.name.location, _HINT)
        yield from _mixed_columns(text, columns)
        for column in columns:
            starts = sorted(section.start for section in column)
            for section in column:
                end = next((start for start in starts if start > section.start), len(text.packed))
                yield from _misplaced(text, section, end)


def _mixed_columns(text: ReadText, columns: list[list[_Placed]]) -> Iterator[Fault]:
    """On each page the main column is read before the side bar, and the sections of the page's width after both."""
    last: dict[int, int] = {}
    for place, column, title in sorted(_spots(columns), key=lambda spot: spot[0]):
        page = text.page_at(place)
        if column < last.get(page, 0):
            message = f"{text.reader} reads another column before or amid the section {shorten(title.text)}"
            yield Fault(message, page, title.location, _HINT)
        last[page] = max(column, last.get(page, 0))


def _spots(columns: list[list[_Placed]]) -> Iterator[tuple[int, int, Expected]]:
    for number, column in enumerate(columns):
        for placed in column:
            yield placed.start, number, placed.section.title
            for hit in (hit for hits in placed.leads for hit in hits if hit):
                yield hit[0], number, placed.section.title


def _columns(subject: Subject) -> list[list[ExpectedSection]]:
    """The sections that are read one after the other: all, or where a theme has a side bar, those beside it and in it.

    A section of the page's width ends the columns, so that only those before it are beside the side bar.
    """
    sections = list(subject.expected.sections)
    options = subject.job.options
    side, wide = options.get("sidebar"), options.get("wide")
    if not isinstance(side, tuple):
        return [sections]
    main = [section for section in sections if section.name not in side]
    ends = [index for index, section in enumerate(main) if isinstance(wide, tuple) and section.name in wide]
    beside = main[: ends[0]] if ends else main
    rest = main[len(beside) :]
    return [column for column in (beside, [s for s in sections if s.name in side], rest) if column]


def _place_sections(text: ReadText, sections: list[ExpectedSection]) -> list[_Placed]:
    """Walk through ``sections`` once; one whose title is not found is left out."""
    found: list[_Placed] = []
    cursor = 0
    for section in sections:
        start = _find_title(text, section.title, cursor)
        if start is None:
            continue
        cursor = start + len(squeeze(section.title.text))
        leads = []
        for block in section.blocks:
            hits = []
            for lead in block.leads:
                hit = None if is_rtl(lead.text) else find_expected(text, lead, cursor)
                cursor = sum(hit) if hit else cursor
                hits.append(hit)
            leads.append(tuple(hits))
        found.append(_Placed(section, start, tuple(leads)))
    return found


def _find_title(text: ReadText, title: Expected, start: int) -> int | None:
    """The first place at or after ``start`` where ``title`` begins a line; anywhere, where it begins none."""
    any_place = None
    hit = find_expected(text, title, start)
    while hit:
        place = text.places[hit[0]]
        if place == 0 or "\n" in text.raw[text.places[hit[0] - 1] : place]:
            return hit[0]
        any_place = hit[0] if any_place is None else any_place
        hit = find_expected(text, title, hit[0] + 1)
    return any_place


def _misplaced(text: ReadText, placed: _Placed, end: int) -> Iterator[Fault]:
    """The texts of a section that are there, and elsewhere than they belong."""
    start = placed.start
    for heading in (*placed.section.heads, *placed.section.groups):
        yield from _outside(text, heading, start, end)
    for index, (block, hits) in enumerate(zip(placed.section.blocks, placed.leads, strict=True)):
        after = next((hit[0] for more in placed.leads[index + 1 :] for hit in more[:1] if hit), end)
        yield from _misplaced_leads(text, block, hits, end)
        for part in block.parts:
            yield from _outside(text, part, start, after)
        start = max((sum(hit) for hit in hits if hit), default=start)


def _misplaced_leads(
    text: ReadText, block: Block, hits: tuple[tuple[int, int] | None, ...], end: int
) -> Iterator[Fault]:
    for lead, hit in zip(block.leads, hits, strict=True):
        if (hit is None or hit[0] >= end) and not is_rtl(lead.text) and (elsewhere := find_expected(text, lead)):
            yield _fault(text, lead, elsewhere[0])


def _outside(text: ReadText, part: Expected, start: int, end: int) -> Iterator[Fault]:
    if is_rtl(part.text) or find_expected(text, part, start, end):
        return
    if elsewhere := find_expected(text, part):
        yield _fault(text, part, elsewhere[0])


def _fault(text: ReadText, part: Expected, place: int) -> Fault:
    message = f"{part.what} is read out of its place by {text.reader}: {shorten(part.text)}"
    return Fault(message, text.page_at(place), part.location, _HINT)
