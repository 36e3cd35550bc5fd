"""Writes a document in plain text: a line for each contact, headings in capitals, bullets after ``-``."""

from __future__ import annotations

from collections.abc import Iterator

from cvgen.backends.citations import join, text
from cvgen.backends.flow.document_flow import DocumentFlow
from cvgen.backends.flow.flow_blocks import BlockKind, FlowBlock
from cvgen.backends.plain_text.line_breaks import break_lines
from cvgen.backends.plain_text.writer import write_plain
from cvgen.model.inline import RichText
from cvgen.themes.contract import TEXT_WIDTH

COLUMNS = 76
"""The number of columns if the theme has no option for it."""
_APART = frozenset({BlockKind.ENTRY, BlockKind.PAPER, BlockKind.GROUP, BlockKind.TABLE})
"""The blocks with an empty line before them."""


def write_document(flow: DocumentFlow) -> str:
    """The document as plain text."""
    columns = flow.job.options.get(TEXT_WIDTH, COLUMNS)
    width = int(columns) if isinstance(columns, (int, float)) else COLUMNS
    head = flow.head
    native = f" ({write_plain(head.native_name)})" if head.native_name else ""
    lines = [f"{write_plain(head.name)}{native}", *map(write_plain, (head.label, *head.contacts))]
    parts = ["\n".join(break_lines(line, width) for line in lines if line)]
    apart = _APART | {BlockKind.TEXT} if flow.job.document.letter else _APART
    for section in flow.job.document.sections:
        before: BlockKind | None = None
        for block in flow.list_blocks(section):
            if block.kind is BlockKind.HEADING:
                parts.append("\n")
            elif before is BlockKind.HEADING or block.kind in apart:
                parts.append("")
            parts += (break_lines(line, width, first, " " * len(first)) for first, line in _write_block(block, flow))
            before = block.kind
    return "\n".join(parts) + "\n"


def _write_block(block: FlowBlock, flow: DocumentFlow) -> Iterator[tuple[str, str]]:
    """The lines of ``block``, each with its indent and its bullet or number."""
    comma, colon = flow.job.document.words["comma"], flow.job.document.words["colon"]
    dates = f"({block.dates})" if block.dates else ""
    match block.kind:
        case BlockKind.HEADING:
            yield "", write_plain(block.text.upper(flow.job.document.language))
        case BlockKind.ENTRY:
            place = join([block.text, block.aside], comma)
            yield "", write_plain(place if block.sub else join([place, dates], " "))
            if block.sub:
                yield "", write_plain(join([block.sub, dates], " "))
        case BlockKind.POSITION | BlockKind.DATED:
            said = join([block.text, block.sub, block.aside], comma)
            yield "", write_plain(join([said, dates], " "))
        case BlockKind.LINE:
            label = text(block.text, colon if block.sub else "")
            yield "", write_plain(join([text(label, block.sub), block.dates], " "))
        case BlockKind.BULLET:
            yield "  " * block.depth + (f"{block.mark} " if block.mark else "- "), write_plain(block.text)
        case BlockKind.PAPER:
            number = f"{block.mark} " if block.mark else ""
            first = write_plain(block.lines[0]) if block.lines else ""
            yield "  " * block.depth + number, first
            yield from (("  " * block.depth + " " * len(number), write_plain(line)) for line in block.lines[1:])
        case BlockKind.TABLE if block.table:
            for row in (*block.table.rows, block.table.total):
                counts = (f"{name} {count}" for name, count in zip(block.table.columns, row.counts, strict=True))
                yield "", f"{row.label}{colon}{comma.join(counts)}"
        case _:
            yield "", write_plain(RichText(block.text.nodes))
