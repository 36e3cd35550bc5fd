"""Writes the sections of a document: one below the other, or with a side bar beside the others.

The two columns are one row of a table without lines: the text before the side bar, then the side bar. Programs that
read résumés take the cells of a row in this order, and skip text boxes, the other way to make columns.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from docx.document import Document as DocxDocument
from docx.shared import Pt
from docx.table import _Cell

from cvgen.backends.columns import Columns, arrange_columns
from cvgen.backends.flow.document_flow import DocumentFlow
from cvgen.backends.short_lists import is_one_paragraph
from cvgen.backends.word.look import Look
from cvgen.backends.word.one_paragraph import join_lines
from cvgen.backends.word.paragraphs import Column
from cvgen.backends.word.xml import element, put, twips
from cvgen.model.printed import Section


def write_sections(document: DocxDocument, flow: DocumentFlow, look: Look) -> None:
    """Add all sections."""
    job = flow.job
    whole = Column(document, look.text_width, job, look)
    columns = arrange_columns(job.document, job.options)
    if columns is None:
        _write(whole, flow, job.document.sections, columns)
        return
    main, side = _add_columns(document, look)
    width, side_width = look.columns
    _write(Column(main, width - look.side_gap, job, look), flow, columns.beside, columns)
    _write(Column(side, side_width - look.side_gap, job, look, is_side=True), flow, columns.side, columns)
    for cell in (main, side):
        empty = cell.paragraphs[0]._p  # each cell begins with one
        if len(cell.paragraphs) > 1:
            empty.getparent().remove(empty)
        # LibreOffice keeps a table on one page if its first paragraph has to stay with the next.
        put(cell.paragraphs[0]._p.get_or_add_pPr(), element("keepNext", val=0))
    if columns.below:
        _write(whole, flow, columns.below, columns)


def _write(column: Column, flow: DocumentFlow, sections: Iterable[Section], columns: Columns | None) -> None:
    for section in sections:
        blocks = list(flow.list_blocks(section))
        if is_one_paragraph(section, flow.job.options, columns):
            blocks = join_lines(blocks, flow.job.document.words)
        column.write(blocks)


def _add_columns(document: DocxDocument, look: Look) -> tuple[_Cell, _Cell]:
    """The cells for the text and for the side bar."""
    table = document.add_table(1, 2)
    table.autofit = False
    widths = look.columns
    properties: Any = table._tbl.tblPr
    for child in list(properties):
        properties.remove(child)
    if look.is_rtl:
        properties.append(element("bidiVisual"))
    properties.append(element("tblW", type="dxa", w=twips(look.text_width)))
    properties.append(element("tblLayout", type="fixed"))
    none = {"type": "dxa", "w": 0}
    properties.append(element("tblCellMar", *(element(side, **none) for side in ("top", "left", "bottom", "right"))))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Pt(width)
    for cell, width in zip(table.rows[0].cells, widths, strict=True):
        cell.width = Pt(width)
    main, side = table.rows[0].cells
    _set_margins(main, end=look.side_gap)
    if look.tint:
        side._tc.get_or_add_tcPr().append(element("shd", val="clear", color="auto", fill=look.tint))
    _set_margins(side, start=look.side_gap / 2, end=look.side_gap / 2)
    return main, side


def _set_margins(cell: _Cell, *, start: float = 0.0, end: float = 0.0) -> None:
    sides = {"left": start, "right": end}
    margins = (element(name, type="dxa", w=twips(width)) for name, width in sides.items())
    cell._tc.get_or_add_tcPr().append(element("tcMar", *margins))
