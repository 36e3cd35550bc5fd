"""Writes a document in Markdown: sections and entries are headings, everything short is an item of a list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cvgen.backends.citations import join, text
from cvgen.backends.flow.document_flow import DocumentFlow
from cvgen.backends.flow.flow_blocks import BlockKind, FlowBlock, Head
from cvgen.backends.flow.paper_lines import embolden, italicize
from cvgen.backends.markdown.writer import write_markdown, write_paragraph
from cvgen.model.inline import RichText
from cvgen.model.printed import CountTable

_ITEMS = frozenset({BlockKind.DATED, BlockKind.LINE, BlockKind.BULLET, BlockKind.PAPER})
"""The blocks that are items of lists."""
_HOLDERS = frozenset({BlockKind.DATED, BlockKind.LINE, BlockKind.PAPER})
"""The items that may have texts and bullets of their own below them."""


def write_document(flow: DocumentFlow) -> str:
    """The document as Markdown."""
    paragraphs = list(_write_head(flow.head))
    for section in flow.job.document.sections:
        paragraphs += _write_section(flow, flow.list_blocks(section))
    return "\n\n".join(paragraphs) + "\n"


def _write_head(head: Head) -> Iterator[str]:
    yield f"# {write_markdown(join([head.name, head.native_name], ' '))}"
    if head.label:
        yield write_markdown(embolden(head.label))
    if head.contacts:
        yield write_markdown(join(head.contacts, " · "))


def _write_section(flow: DocumentFlow, blocks: Iterable[FlowBlock]) -> Iterator[str]:
    """The paragraphs of a section; items that follow each other are one paragraph."""
    comma, colon = flow.job.document.words["comma"], flow.job.document.words["colon"]
    items: list[str] = []
    margin = 0
    for block in blocks:
        if block.kind in _HOLDERS:
            margin = 2 * block.depth + 2
        elif block.kind in (BlockKind.HEADING, BlockKind.GROUP, BlockKind.ENTRY, BlockKind.POSITION):
            margin = 0
        if block.kind in _ITEMS:
            items.append(_write_item(block, margin, comma, colon))
            continue
        if items:
            yield "\n".join(items)
            items = []
        yield _indent(_write_block(block), margin)
    if items:
        yield "\n".join(items)


def _write_item(block: FlowBlock, margin: int, comma: str, colon: str) -> str:
    if block.kind is BlockKind.BULLET:
        mark = f"{block.mark} " if block.mark else "- "
        return " " * (margin + block.depth * 2) + mark + _indent(write_paragraph(block.text), len(mark)).lstrip()
    if block.kind is BlockKind.PAPER:
        lines = "\\\n".join(map(write_markdown, block.lines))
        number = f"{write_markdown(text(block.mark))} " if block.mark else ""
        return _indent(f"- {_indent(number + lines, 2).lstrip()}", margin - 2)
    if block.kind is BlockKind.LINE:
        label = embolden(text(block.text, colon.rstrip() if block.sub else ""))
        return f"- {write_markdown(join([label, block.sub, block.dates], ' '))}"
    said = join([block.text, block.sub, block.aside], comma)
    return f"- {write_markdown(join([said, f'({block.dates})' if block.dates else ''], ' '))}"


def _write_block(block: FlowBlock) -> str:
    match block.kind:
        case BlockKind.HEADING:
            return f"## {write_markdown(block.text)}"
        case BlockKind.GROUP:
            return f"### {write_markdown(block.text)}"
        case BlockKind.ENTRY | BlockKind.POSITION:
            level = "###" if block.kind is BlockKind.ENTRY else "####"
            facts = join([italicize(block.sub), block.aside, block.dates], " · ")
            head = f"{level} {write_markdown(block.text)}"
            return f"{head}\n\n{write_paragraph(facts)}" if facts else head
        case BlockKind.TABLE if block.table:
            return _write_table(block.table)
        case _:
            return write_paragraph(block.text)


def _write_table(table: CountTable) -> str:
    """A table of GitHub's Markdown, numbers at the right (https://github.github.com/gfm/#tables-extension-)."""
    rows = [(table.head, *table.columns), *((row.label, *row.counts) for row in (*table.rows, table.total))]
    written = [[_write_cell(cell) for cell in row] for row in rows]
    rule = ["---", *("--:" for _ in table.columns)]
    return "\n".join(f"| {' | '.join(row)} |" for row in (written[0], rule, *written[1:]))


def _write_cell(words: str) -> str:
    return write_markdown(RichText(text(words).nodes)).replace("|", "\\|")


def _indent(paragraph: str, width: int) -> str:
    """``paragraph`` with ``width`` spaces before each of its lines that is not empty."""
    return "\n".join(" " * width + line if line else line for line in paragraph.split("\n"))
