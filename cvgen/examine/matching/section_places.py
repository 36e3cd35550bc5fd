"""Finds the sections of a document, and the leads of their blocks, in the text of a reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from cvgen.examine.comparable_text import is_rtl
from cvgen.examine.expected.expected_texts import Block, Expected, ExpectedSection
from cvgen.examine.matching.text_places import Occurrence, choose_in_order, list_occurrences
from cvgen.examine.readers.reader_text import ReaderText
from cvgen.themes.contract import SIDEBAR, WIDE
from cvgen.themes.options import OptionValue


@dataclass(frozen=True, slots=True)
class PlacedSection:
    """Where a section is in the text, and each lead of its blocks (None for a lead that is not found in order)."""

    section: ExpectedSection
    start: int
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
    text: ReaderText, sections: Sequence[ExpectedSection], options: Mapping[str, OptionValue]
) -> list[list[PlacedSection]]:
    """The sections whose titles are found, for each column of a theme that has these ``options``."""
    return [_place_sections(text, column) for column in _columns(sections, options)]


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


def _place_sections(text: ReaderText, sections: list[ExpectedSection]) -> list[PlacedSection]:
    """Each section whose title is found: in order if possible, otherwise where it looks most like a title."""
    inner = [list(section.inner) for section in sections]
    everything = list(chain(*inner))
    whole = len(text.packed)
    candidates = [
        list_occurrences(text, section.title, 0, whole, everything, chain(*inner[:number]))
        for number, section in enumerate(sections)
    ]
    chosen = choose_in_order(candidates)
    taken = {occurrence.start for occurrence in chosen if occurrence}
    titles = []
    for section, occurrences, occurrence in zip(sections, candidates, chosen, strict=True):
        left = sorted((one for one in occurrences if one.start not in taken), key=lambda one: -one.quality)
        if occurrence or left:
            titles.append((section, occurrence or left[0], occurrence is not None))
    starts = sorted(occurrence.start for _, occurrence, _ in titles)
    return [
        _place_blocks(
            text, section, occurrence, next((start for start in starts if start > occurrence.start), whole), in_order
        )
        for section, occurrence, in_order in titles
    ]


def _place_blocks(
    text: ReaderText, section: ExpectedSection, title: Occurrence, end: int, in_order: bool
) -> PlacedSection:
    """Find the leads of a section's blocks between its title and ``end``."""
    candidates: list[list[Occurrence]] = []
    before: list[Expected] = []
    for block in section.blocks:
        for lead in block.ordered_texts:
            occurrences = (
                [] if is_rtl(lead.text) else list_occurrences(text, lead, title.end, end, section.inner, before)
            )
            candidates.append(occurrences)
        before += (*block.parts, *block.asides)
    chosen = iter(choose_in_order(candidates))
    blocks = tuple((block, tuple(next(chosen) for _ in block.ordered_texts)) for block in section.blocks)
    return PlacedSection(section, title.start, end, blocks, in_order)
