"""The blocks of a BibTeX file as the library's splitter gives them, each with its place in the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bibtexparser.model import Block, DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, ImplicitComment

from cvgen.sources.placed_text import PlacedText


@dataclass(frozen=True, slots=True)
class PlacedBlock:
    """A block from ``start``; ``end`` is where the next block that is not text between entries begins."""

    block: Block
    start: int
    end: int

    @property
    def own_end(self) -> int:
        """The end of the block itself."""
        return self.start + len(self.block.raw or "")


def unwrap(block: Block) -> Block:
    """The entry or macro in a block that the library marks as used twice."""
    while isinstance(block, (DuplicateBlockKeyBlock, DuplicateFieldKeyBlock)) and block.ignore_error_block:
        block = block.ignore_error_block
    return block


def place_blocks(blocks: Sequence[Block], text: str, source: PlacedText) -> list[PlacedBlock]:
    """The blocks with their offsets in ``text``; text between entries belongs to the block before it."""
    starts: list[int] = []
    cursor = 0
    for block in blocks:
        hint = max(cursor, source.start_of(max(block.start_line or 0, 0)))
        found = text.find((block.raw or "").strip(), hint)
        starts.append(found if found >= 0 else max(text.find((block.raw or "").strip(), cursor), cursor))
        cursor = starts[-1] + 1
    ends: list[int] = []
    following = len(text)
    for block, start in zip(reversed(blocks), reversed(starts), strict=True):
        ends.append(following)
        following = following if isinstance(block, ImplicitComment) else start
    return [PlacedBlock(*one) for one in zip(blocks, starts, reversed(ends), strict=True)]
