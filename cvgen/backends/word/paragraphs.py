"""Writes the blocks of a flow as paragraphs, with dates at the right, in a column at the left, or below."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from docx.shared import Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from cvgen.backends.backend import Job
from cvgen.backends.citations import join, text
from cvgen.backends.flow.flow_blocks import BlockKind, FlowBlock
from cvgen.backends.flow.paper_lines import embolden, italicize
from cvgen.backends.word import word_styles
from cvgen.backends.word.bullet_marks import STEP
from cvgen.backends.word.inserted_pictures import add_logo
from cvgen.backends.word.look import Look
from cvgen.backends.word.runs import Form, RunWriter
from cvgen.backends.word.xml import element, put, twips
from cvgen.model.inline import RichText
from cvgen.model.printed import CountTable
from cvgen.model.shown_paper import PublicationItem

_DATE = Form(bold=False, italic=False, color=word_styles.GREY)
_PLACE = Form(bold=False, color=word_styles.GREY)

_HEADINGS = frozenset({BlockKind.HEADING, BlockKind.GROUP})
_STARTS = frozenset(
    {*_HEADINGS, BlockKind.ENTRY, BlockKind.DATED, BlockKind.LINE, BlockKind.PAPER, BlockKind.TEXT, BlockKind.TABLE}
)
"""The blocks that do not belong to the one before."""
_ABOVE_GROUP = 2.2
"""The space above the title of a group of papers, in quarters of a line: as above an entry."""
_NARROWEST_MARK, _MARK_LETTER, _MARK_SPACE = 2.0, 0.52, 0.55
"""The room for the numbers of papers, in sizes of the text: at least, for each letter, and for the space after them."""


class Container(Protocol):
    """What paragraphs are added to: a document, or a cell."""

    def add_paragraph(self, text: str = "", style: str | None = None) -> Paragraph:
        """A new paragraph at the end."""
        ...

    @property
    def paragraphs(self) -> list[Paragraph]:
        """All its paragraphs."""
        ...

    def add_table(self, rows: int, cols: int) -> Table:
        """A new table at the end."""
        ...


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the page: where paragraphs go, and how wide it is, in pt."""

    container: Container
    width: float
    job: Job
    look: Look
    is_side: bool = False
    """Whether it is a side bar, in which dates are below."""

    @property
    def _runs(self) -> RunWriter:
        return RunWriter(self.look)

    @property
    def _words(self) -> Mapping[str, str]:
        return self.job.document.words

    @property
    def _dates(self) -> str:
        """Where the dates go; a side bar has no room for a column of dates."""
        return "below" if self.is_side else self.look.date_position

    def write(self, blocks: Iterable[FlowBlock]) -> None:
        """Add ``blocks``; what begins below a heading has no space above, and what ends an entry may end a page."""
        listed = list(blocks)
        for before, block, after in zip([None, *listed], listed, [*listed[1:], None], strict=False):
            start = len(self.container.paragraphs)
            self._write_block(block)
            added = self.container.paragraphs[start:]
            if added and before is not None and before.kind in _HEADINGS:
                put(added[0]._p.get_or_add_pPr(), element("spacing", before=0))
            if added and block.kind not in _HEADINGS and (after is None or after.kind in _STARTS):
                put(added[-1]._p.get_or_add_pPr(), element("keepNext", val=0))

    def _write_block(self, block: FlowBlock) -> None:
        match block.kind:
            case BlockKind.HEADING:
                self._add(word_styles.SECTION, block.text)
            case BlockKind.GROUP:
                group = self._add(word_styles.POSITION, embolden(block.text))
                put(group._p.get_or_add_pPr(), element("spacing", before=twips(self.look.space(_ABOVE_GROUP))))
            case BlockKind.ENTRY:
                self._write_entry(block)
            case BlockKind.POSITION:
                self._write_dated(word_styles.POSITION, italicize(block.text), block.aside, block)
            case BlockKind.DATED:
                self._write_dated(
                    word_styles.LINE, join([block.text, block.sub], self._words["comma"]), block.aside, block
                )
            case BlockKind.LINE:
                self._write_line(block)
            case BlockKind.BULLET:
                self._write_bullet(block)
            case BlockKind.PAPER:
                self._write_paper(block)
            case BlockKind.TABLE if block.table:
                self._write_table(block.table)
            case BlockKind.NOTE:
                self._add(word_styles.DETAILS, block.text)
            case BlockKind.LEGEND:
                form = Form(size=self.look.size * 0.9, color=word_styles.GREY)
                self._runs.write(self._add(word_styles.DETAILS), block.text, form)
            case _:
                self._add(word_styles.TEXT, block.text)

    def _add(self, style: str, *texts: RichText, depth: float = 0) -> Paragraph:
        """A paragraph of ``style`` with ``texts``; ``depth`` counts steps of bullets from the margin of the text."""
        paragraph = self.container.add_paragraph(style=style)
        self._indent(paragraph, self._gutter + depth * self.look.size * STEP)
        for written in texts:
            self._runs.write(paragraph, written)
        return paragraph

    @property
    def _gutter(self) -> float:
        return 0 if self.is_side else self.look.gutter

    def _indent(self, paragraph: Paragraph, left: float, hanging: float = 0.0) -> None:
        if left or hanging:
            indent = element("ind", left=twips(left), **({"hanging": twips(hanging)} if hanging else {}))
            put(paragraph._p.get_or_add_pPr(), indent)

    def _set_tabs(self, paragraph: Paragraph, *tabs: tuple[str, float]) -> None:
        """Tab stops of a kind, at a distance from the margin at which lines begin."""
        stops = (element("tab", val=kind, pos=twips(place)) for kind, place in tabs)
        put(paragraph._p.get_or_add_pPr(), element("tabs", *stops))

    def _write_entry(self, block: FlowBlock) -> None:
        """The head of an entry: the employer and the dates, then the role and the place."""
        if self.look.is_one_line and not self.is_side:
            place = text(" · ", block.aside) if block.aside else RichText()
            role = text(self._words["comma"], italicize(block.sub)) if block.sub else RichText()
            self._write_dated(word_styles.ENTRY, block.text, RichText(), block, rest=text(role, place))
            return
        if self._dates == "below":
            self._start_entry(self._add(word_styles.ENTRY), block.logo, block.text)
            if block.sub:
                self._runs.write(self._add(word_styles.DETAILS), italicize(block.sub))
            if facts := join([block.dates, block.aside], " · "):
                self._runs.write(self._add(word_styles.DETAILS), facts, _PLACE)
            return
        self._write_dated(word_styles.ENTRY, block.text, RichText() if block.sub else block.aside, block)
        if block.sub:
            paragraph = self._add(word_styles.DETAILS, italicize(block.sub))
            self._end_line(paragraph, block.aside, _PLACE)

    def _write_dated(
        self, style: str, words: RichText, aside: RichText, block: FlowBlock, rest: RichText = RichText()
    ) -> None:
        """A line with its dates; ``rest`` is part of the line, and not bold in a head."""
        paragraph = self._add(style)
        comma = self._words["comma"]
        if block.dates and self._dates == "left":
            self._indent(paragraph, self.look.gutter, self.look.gutter)
            self._set_tabs(paragraph, ("right", self.look.date_width), ("left", self.look.gutter))
            self._runs.write(paragraph, f"\t{block.dates}\t", _DATE)
        self._start_entry(paragraph, block.logo, words)
        if rest:
            self._runs.write(paragraph, rest, Form(bold=False))
        if aside:
            self._runs.write(paragraph, text(comma, aside), Form(bold=False))
        if block.dates and self._dates == "right":
            self._end_line(paragraph, text(block.dates), _DATE)
        elif block.dates and self._dates == "below":
            self._runs.write(paragraph, text(" · ", block.dates), _DATE)

    def _start_entry(self, paragraph: Paragraph, logo: str, words: RichText) -> None:
        if logo:
            add_logo(paragraph, self.job, logo, words, self.look)
        self._runs.write(paragraph, words)

    def _end_line(self, paragraph: Paragraph, words: RichText, form: Form) -> None:
        """``words`` at the end of the line."""
        if words:
            self._set_tabs(paragraph, ("right", self.width))
            self._runs.write(paragraph, "\t")
            self._runs.write(paragraph, words, form)

    def _write_line(self, block: FlowBlock) -> None:
        """A label and what belongs to it: in the column of dates, or before a colon."""
        if self._dates == "left" and block.sub:
            paragraph = self._add(word_styles.LINE)
            self._indent(paragraph, self.look.gutter, self.look.gutter)
            self._set_tabs(paragraph, ("right", self.look.date_width), ("left", self.look.gutter))
            self._runs.write(paragraph, text("\t", block.text, "\t", block.sub))
        else:
            label = embolden(text(block.text, self._words["colon"].rstrip() if block.sub else ""))
            space = self._words["colon"][len(self._words["colon"].rstrip()) :]
            paragraph = self._add(word_styles.LINE, label, text(space, block.sub) if block.sub else RichText())
        if block.dates:
            self._runs.write(paragraph, f" {block.dates}", _DATE)

    def _write_bullet(self, block: FlowBlock) -> None:
        if block.mark:
            step = self.look.size * 1.6
            paragraph = self._add(word_styles.TEXT)
            left = self._gutter + step + block.depth * self.look.size * STEP
            self._indent(paragraph, left, step)
            self._set_tabs(paragraph, ("left", left))
            self._runs.write(paragraph, f"{block.mark}\t")
        else:
            level = min(block.depth, len(word_styles.BULLETS) - 1)
            paragraph = self.container.add_paragraph(style=word_styles.BULLETS[level])
            if self.is_side and self.look.gutter:
                step = self.look.size * STEP
                self._indent(paragraph, step * (level + 1), step)
        self._runs.write(paragraph, block.text)

    @property
    def _mark_width(self) -> float:
        """The width in pt of the longest number of a paper, with the space after it."""
        shown = (part.shown for part in self.job.document.walk())
        longest = max((len(one.number_label) for one in shown if isinstance(one, PublicationItem)), default=0)
        return self.look.size * max(_NARROWEST_MARK, longest * _MARK_LETTER + _MARK_SPACE)

    def _write_paper(self, block: FlowBlock) -> None:
        """A publication: each of its lines is a paragraph, and they stay on one page."""
        for number, line in enumerate(block.lines):
            paragraph = self._add(word_styles.PAPER if number == 0 else word_styles.PAPER_LINE, depth=block.depth)
            if block.mark:
                step = self._mark_width
                left = self._gutter + step + block.depth * self.look.size * STEP
                self._indent(paragraph, left, step if number == 0 else 0)
                self._set_tabs(paragraph, ("left", left))
                if number == 0:
                    self._runs.write(paragraph, f"{block.mark}\t")
            if number + 1 < len(block.lines):
                put(paragraph._p.get_or_add_pPr(), element("keepNext"))
            self._runs.write(paragraph, line)

    def _write_table(self, table: CountTable) -> None:
        """Papers counted by role: numbers in narrow columns at the end of the line, and no row on another page."""
        rows = [(table.head, *table.columns), *((row.label, *row.counts) for row in (*table.rows, table.total))]
        made = self.container.add_table(len(rows), len(rows[0]))
        widths = [self.look.size * (0.55 * len(name) + 1.5) for name in table.columns]
        widths.insert(0, max(self.look.size * 6, self.width - self._gutter - sum(widths)))
        made.autofit = False
        made._tbl.tblPr.append(element("tblInd", type="dxa", w=twips(self._gutter)))
        for column, width in zip(made.columns, widths, strict=True):
            column.width = Pt(width)
        for number, (row, cells) in enumerate(zip(made.rows, rows, strict=True)):
            is_last = number + 1 == len(rows)
            for place, (cell, words) in enumerate(zip(row.cells, cells, strict=True)):
                cell.width = Pt(widths[place])
                paragraph = cell.paragraphs[0]
                paragraph.style = word_styles.LINE
                properties = paragraph._p.get_or_add_pPr()
                put(properties, element("jc", val="right" if place else "left"))
                put(properties, element("keepNext", val=0 if is_last else 1))
                form = Form(color=word_styles.GREY) if number == 0 else Form(bold=is_last or None)
                self._runs.write(paragraph, words, form)
            if number == 0:
                row._tr.get_or_add_trPr().append(element("tblHeader"))
