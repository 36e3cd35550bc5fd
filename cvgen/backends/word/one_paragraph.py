"""Joins the lines of a short list, such as skills or languages, to one paragraph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cvgen.backends.citations import join, text
from cvgen.backends.flow.flow_blocks import BlockKind, FlowBlock
from cvgen.backends.flow.paper_lines import embolden
from cvgen.model.inline import RichText


def join_lines(blocks: Sequence[FlowBlock], words: Mapping[str, str]) -> list[FlowBlock]:
    """The blocks of a section with its lines as one paragraph; unchanged if it has more than a heading and lines."""
    heading = [block for block in blocks if block.kind is BlockKind.HEADING]
    lines = blocks[len(heading) :]
    if not lines or any(block.kind not in {BlockKind.LINE, BlockKind.DATED} for block in lines):
        return list(blocks)
    return [*heading, FlowBlock(BlockKind.TEXT, join((_write_line(block, words) for block in lines), " · "))]


def _write_line(block: FlowBlock, words: Mapping[str, str]) -> RichText:
    if block.kind is BlockKind.DATED:
        dates = f" ({block.dates})" if block.dates else ""
        return text(join([block.text, block.sub, block.aside], words["comma"]), dates)
    colon = words["colon"]
    label = embolden(text(block.text, colon.rstrip() if block.sub else ""))
    sub = text(colon[len(colon.rstrip()) :], block.sub) if block.sub else RichText()
    return text(label, sub, f" {block.dates}" if block.dates else "")
