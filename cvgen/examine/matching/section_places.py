"""Finds the sections of a document, and the leads of their blocks, in the text of a reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from cvgen.examine.comparable_text import is_rtl
from cvgen.examine.expected.expected_texts import Block, Expected, ExpectedDocument, ExpectedSection
from cvgen.examine.matching.text_places import WHOLE, Occurrence, choose_in_order, fold_text, list_occurrences
from cvgen.examine.readers.reader_text import ReaderText
from cvgen.themes.contract import SIDEBAR, WIDE
from cvgen.themes.options import OptionValue

_TITLE, _LEAD, _HINT = 20, 10, 1
"""The weights of finding a text in order: a section's title; a lead of a block; a text whose order is not fixed."""


@dataclass(frozen=True, slots=True)
class PlacedSection:
    """Where a section is in the text, and each lead of its blocks (None for a lead that is not found in order)."""

    section: ExpectedSection
    start: int
    title_end: int
    end: int
    blocks: tuple[tuple[Block, tuple[Occurrence | None, ...]], ...]
    in_order: bool

    def span_of(self, index: int) -> tuple[int, int]:
        """Where the texts of a block may be: from the last lead before it to the first lead after it."""
        before = [occurrence.end for _, occurrences in self.blocks[:index] for occurrence in occurrences if occurrence]
        after = [
            occurrence.start for _, occurrences in self.blocks[index + 1 :] for occurrence in occurrences if occurrence
        ]
        return max(before, default=self.start), min(after, default=self.end)


def place_columns(
    text: ReaderText, expected: ExpectedDocument, options: Mapping[str, OptionValue]
) -> list[list[PlacedSection]]:
    """The sections whose titles are found, for each column of a theme that has these ``options``.

    A column does not get the places that an earlier one has: a title may also be a text in another column.
    """
    head = [expected.name, *expected.head, *(contact for _, contact in expected.contacts)]
    titles = {fold_text(title.text) for title in expected.titles}
    taken: set[int] = set()
    longer = list(chain(*(section.inner for section in expected.sections)))
    columns = [
        _place_sections(text, head, column, titles, longer, taken) for column in _columns(expected.sections, options)
    ]
    return _place_beside(text, columns) if len(columns) > 1 else columns


def _place_beside(text: ReaderText, columns: list[list[PlacedSection]]) -> list[list[PlacedSection]]:
    """The same sections, with leads that are rather not below a title of another column on the same page."""
    starts = sorted((placed.start, number) for number, column in enumerate(columns) for placed in column)
    taken = {start for start, _ in starts}
    again = []
    for number, column in enumerate(columns):
        foreign = [(start, _page_end(text, start, starts)) for start, owner in starts if owner != number]
        again.append([_place_leads(text, placed, frozenset(taken), foreign) for placed in column])
        taken |= _starts_of_leads(again[-1])
    return again


def _page_end(text: ReaderText, start: int, starts: Sequence[tuple[int, int]]) -> int:
    """Where the text below the title at ``start`` ends: at the next title, or with the page."""
    following = next((other for other, _ in starts if other > start), len(text.packed))
    return min(following, text.page_end(start))


def _columns(sections: Sequence[ExpectedSection], options: Mapping[str, OptionValue]) -> list[list[ExpectedSection]]:
    """The columns, each with its sections in the order of reading; one column if the theme has no side bar.

    A section as wide as the page ends the two columns: the sections from there on form a third column.
    """
    side, wide = options.get(SIDEBAR), options.get(WIDE)
    if not isinstance(side, tuple):
        return [list(sections)]
    main = [section for section in sections if section.name not in side]
    ends = [index for index, section in enumerate(main) if isinstance(wide, tuple) and section.name in wide]
    beside = main[: ends[0]] if ends else main
    rest = main[len(beside) :]
    return [column for column in (beside, [s for s in sections if s.name in side], rest) if column]


def _place_sections(
    text: ReaderText,
    head: list[Expected],
    sections: list[ExpectedSection],
    titles: set[str],
    longer: list[Expected],
    taken: set[int],
) -> list[PlacedSection]:
    """Each section whose title is found: in order if possible, otherwise where it looks most like a title.

    Texts that are the same as one of ``titles`` are placed with them; ``longer`` has the texts that may contain them.
    ``taken`` has the places that an earlier column got; those of this column are added.
    """
    earlier, whole = frozenset(taken), len(text.packed)
    same = _list_same(head, sections, titles)
    candidates = {
        id(wanted): [place for place in list_occurrences(text, wanted, 0, whole, longer) if place.start not in earlier]
        for wanted, _ in same
    }
    places = choose_in_order([candidates[id(wanted)] for wanted, _ in same], [weight for _, weight in same])
    chosen = {id(wanted): place for (wanted, _), place in zip(same, places, strict=True)}
    taken |= {place.start for place in places if place}
    found = []
    for section in sections:
        place, left = chosen[id(section.title)], _find_best(candidates[id(section.title)], taken)
        if title := place or left:
            found.append((section, title, place is not None))
    starts = sorted(title.start for _, title, _ in found)
    placed = []
    for section, title, in_order in found:
        end = next((start for start in starts if start > title.start), whole)
        one = PlacedSection(section, title.start, title.end, end, (), in_order)
        placed.append(_place_leads(text, one, earlier))
    taken |= _starts_of_leads(placed)
    return placed


def _list_same(
    head: Iterable[Expected], sections: Iterable[ExpectedSection], titles: set[str]
) -> list[tuple[Expected, int]]:
    """The titles of ``sections`` and all texts like one of ``titles``, in about the order of the page, with weights."""
    same = [(other, _HINT) for other in head if fold_text(other.text) in titles]
    for section in sections:
        same.append((section.title, _TITLE))
        same += [(other, weight) for other, weight in _in_order(section) if fold_text(other.text) in titles]
    return same


def _find_best(places: Iterable[Occurrence], taken: set[int]) -> Occurrence | None:
    """The first place of the highest quality that is not ``taken``."""
    return max((place for place in places if place.start not in taken), key=lambda one: one.quality, default=None)


def _starts_of_leads(column: Iterable[PlacedSection]) -> set[int]:
    return {lead.start for placed in column for _, leads in placed.blocks for lead in leads if lead}


def _in_order(section: ExpectedSection) -> Iterator[tuple[Expected, int]]:
    """The texts of a section in about the order of the page, each with its weight in ``choose_in_order``.

    Only the order of titles and leads is fixed, so the others decide only between places that fit as well.
    """
    yield from ((head, _HINT) for head in section.heads)
    for block in section.blocks:
        first = len(block.ordered_texts) - len(block.leads) + 1
        yield from ((lead, _LEAD) for lead in block.ordered_texts[:first])
        yield from ((part, _HINT) for part in (*block.parts, *block.asides))
        yield from ((lead, _LEAD) for lead in block.ordered_texts[first:])


def _place_leads(
    text: ReaderText, placed: PlacedSection, taken: frozenset[int], foreign: Sequence[tuple[int, int]] = ()
) -> PlacedSection:
    """``placed`` with the leads of its blocks, in places that are not ``taken`` and rather not in ``foreign`` spans."""
    section = placed.section
    leads = {fold_text(lead.text) for block in section.blocks for lead in block.ordered_texts}
    texts = [(one, weight) for one, weight in _in_order(section) if weight == _LEAD or fold_text(one.text) in leads]
    candidates = [
        [
            replace(place, quality=place.quality - WHOLE)
            if any(start <= place.start < end for start, end in foreign)
            else place
            for place in list_occurrences(text, one, placed.title_end, placed.end, section.inner)
            if place.start not in taken
        ]
        if not is_rtl(one.text)
        else []
        for one, _ in texts
    ]
    places = choose_in_order(candidates, [weight for _, weight in texts])
    chosen = iter([place for (_, weight), place in zip(texts, places, strict=True) if weight == _LEAD])
    blocks = tuple((block, tuple(next(chosen) for _ in block.ordered_texts)) for block in section.blocks)
    return replace(placed, blocks=blocks)
