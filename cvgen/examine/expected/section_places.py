"""Where the sections of a document, and the leads of their blocks, stand in what a reader gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from cvgen.examine.expected.text_places import Hit, choose_rising, list_hits
from cvgen.examine.expected.texts import Block, Expected, ExpectedSection
from cvgen.examine.readers.reader_text import RTL, ReadText
from cvgen.themes.contract import SIDEBAR, WIDE
from cvgen.themes.options import OptionValue


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a section stands in the text, and each lead of its blocks (None where it is not in order)."""

    section: ExpectedSection
    start: int
    end: int
    blocks: tuple[tuple[Block, tuple[Hit | None, ...]], ...]
    in_order: bool

    def span_of(self, index: int) -> tuple[int, int]:
        """Where what belongs to a block may stand: from the last lead before it to the first one after it."""
        before = [hit.end for _, hits in self.blocks[:index] for hit in hits if hit]
        after = [hit.start for _, hits in self.blocks[index + 1 :] for hit in hits if hit]
        return max(before, default=self.start), min(after, default=self.end)


def place_columns(
    text: ReadText, sections: Sequence[ExpectedSection], options: Mapping[str, OptionValue]
) -> list[list[Placed]]:
    """The sections whose titles are found, for each column of a theme with these ``options``."""
    return [_place_sections(text, column) for column in _columns(sections, options)]


def _columns(sections: Sequence[ExpectedSection], options: Mapping[str, OptionValue]) -> list[list[ExpectedSection]]:
    """The sections that are read one after the other: all, or where a theme has a side bar, those beside it and in it.

    A section of the page's width ends the columns, so that only those before it are beside the side bar.
    """
    side, wide = options.get(SIDEBAR), options.get(WIDE)
    if not isinstance(side, tuple):
        return [list(sections)]
    main = [section for section in sections if section.name not in side]
    ends = [index for index, section in enumerate(main) if isinstance(wide, tuple) and section.name in wide]
    beside = main[: ends[0]] if ends else main
    rest = main[len(beside) :]
    return [column for column in (beside, [s for s in sections if s.name in side], rest) if column]


def _place_sections(text: ReadText, sections: list[ExpectedSection]) -> list[Placed]:
    """Each section whose title is found: at its place among the others or, out of order, where it looks like one."""
    inner = [list(section.inner) for section in sections]
    everything = list(chain(*inner))
    whole = len(text.packed)
    candidates = [
        list_hits(text, section.title, 0, whole, everything, chain(*inner[:number]))
        for number, section in enumerate(sections)
    ]
    rising = choose_rising(candidates)
    taken = {hit.start for hit in rising if hit}
    titles = []
    for section, hits, hit in zip(sections, candidates, rising, strict=True):
        left = sorted((one for one in hits if one.start not in taken), key=lambda one: -one.quality)
        if hit or left:
            titles.append((section, hit or left[0], hit is not None))
    starts = sorted(hit.start for _, hit, _ in titles)
    return [
        _place_blocks(text, section, hit, next((start for start in starts if start > hit.start), whole), in_order)
        for section, hit, in_order in titles
    ]


def _place_blocks(text: ReadText, section: ExpectedSection, title: Hit, end: int, in_order: bool) -> Placed:
    """Where the leads of a section's blocks stand between its title and ``end``."""
    candidates: list[list[Hit]] = []
    before: list[Expected] = []
    for block in section.blocks:
        for lead in block.rising:
            hits = [] if RTL.search(lead.text) else list_hits(text, lead, title.end, end, section.inner, before)
            candidates.append(hits)
        before += (*block.parts, *block.asides)
    chosen = iter(choose_rising(candidates))
    blocks = tuple((block, tuple(next(chosen) for _ in block.rising)) for block in section.blocks)
    return Placed(section, title.start, end, blocks, in_order)
