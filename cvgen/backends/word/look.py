"""What a theme's options say about the look of a document, with a value for each option that the theme lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cvgen.backends.backend import Job
from cvgen.model.document import Document
from cvgen.themes.contract import (
    ACCENT,
    BODY_FONT,
    BULLETS,
    CODE_FONT,
    DATE_POSITION,
    DATE_WIDTH,
    DOCX_HEAD,
    ENTRY_HEAD,
    HEAD_TEXT,
    HEADING_CASE,
    HEADING_FONT,
    HEADING_SIZE,
    HEADING_STYLE,
    LEADING,
    MARGIN,
    MARGIN_VERTICAL,
    NAME_SIZE,
    PAGE_NAME,
    PAGE_NUMBERS,
    PAPER,
    SIDEBAR_WIDTH,
    SIZE,
    SPACING,
    TEXT_ALIGN,
    TINT,
)
from cvgen.themes.options import Color, Font, OptionValue

_PAPERS = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}
"""Width and height in mm."""
_PT_PER_MM = 72 / 25.4
_GUTTER = 4.0
"""The space in mm between the column of dates and the text."""
_SIDE_GAP = 6.0
"""The space in mm between the side bar and the text."""

_TIGHTER = 0.75
"""Spaces in relation to those of PDFs: word processors make lines a little higher, and fill their pages less."""


@dataclass(frozen=True, slots=True)
class Look:
    """The look of one document. Lengths are in pt, colours in hexadecimal without the sign."""

    options: Mapping[str, OptionValue]
    document: Document

    def number(self, name: str, otherwise: float) -> float:
        """The value of a number."""
        value = self.options.get(name)
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        return float(str(value)) if is_number else otherwise

    def word(self, name: str, otherwise: str) -> str:
        """The value of a choice."""
        value = self.options.get(name)
        return value if isinstance(value, str) else otherwise

    def color(self, name: str, otherwise: str) -> str:
        """The value of a colour."""
        value = self.options.get(name)
        return value.hex if isinstance(value, Color) else otherwise

    def font(self, name: str) -> Font:
        """The value of a font."""
        value = self.options.get(name)
        return value if isinstance(value, Font) else Font("Calibri")

    @property
    def body_font(self) -> Font:
        """The font of the text."""
        return self.font(BODY_FONT)

    @property
    def heading_font(self) -> Font:
        """The font of the name and the headings."""
        return self.font(HEADING_FONT)

    @property
    def code_font(self) -> Font:
        """The font of code."""
        return self.font(CODE_FONT)

    @property
    def size(self) -> float:
        """The size of the text."""
        return self.number(SIZE, 10.5)

    @property
    def line(self) -> float:
        """The height of a line."""
        return self.size * self.number(LEADING, 1.3)

    @property
    def name_size(self) -> float:
        """The size of the name."""
        return self.size * self.number(NAME_SIZE, 2)

    @property
    def heading_size(self) -> float:
        """The size of section headings."""
        return self.size * self.number(HEADING_SIZE, 1.2)

    @property
    def heading_style(self) -> str:
        """``plain rule line bar centred``."""
        return self.word(HEADING_STYLE, "rule")

    @property
    def heading_case(self) -> str:
        """``normal smallcaps caps``."""
        return self.word(HEADING_CASE, "normal")

    @property
    def accent(self) -> str:
        """The colour of headings, links and rules."""
        return self.color(ACCENT, "1f3a5f")

    @property
    def tint(self) -> str:
        """The background of a band or of the side bar; empty if there is none."""
        tint = self.color(TINT, "")
        return "" if tint == "ffffff" else tint

    @property
    def head(self) -> str:
        """``left centre band tint plain``."""
        return self.word(DOCX_HEAD, "left")

    @property
    def head_text(self) -> str:
        """The colour of the text in a band of the accent."""
        return self.color(HEAD_TEXT, "ffffff")

    @property
    def bullet(self) -> str:
        """The mark of a bullet."""
        return {"dot": "•", "dash": "–", "square": "▪", "angle": "›"}.get(self.word(BULLETS, "dot"), "•")

    @property
    def date_position(self) -> str:
        """``right left below``."""
        return self.word(DATE_POSITION, "right")

    @property
    def is_one_line(self) -> bool:
        """Whether the head of an entry is one line."""
        return self.word(ENTRY_HEAD, "two-lines") == "one-line" and self.date_position == "right"

    @property
    def is_justified(self) -> bool:
        """Whether lines are justified."""
        return self.word(TEXT_ALIGN, "ragged") == "justified"

    @property
    def has_page_numbers(self) -> bool:
        """Whether pages are numbered from the second on."""
        return self.options.get(PAGE_NUMBERS) is True

    @property
    def has_page_name(self) -> bool:
        """Whether the foot has the name before the page's number."""
        return self.options.get(PAGE_NAME) is True

    @property
    def is_rtl(self) -> bool:
        """Whether the document runs from right to left."""
        return self.document.direction == "rtl"

    @property
    def date_width(self) -> float:
        """The width of the column of dates."""
        return self.number(DATE_WIDTH, 36) * _PT_PER_MM

    @property
    def gutter(self) -> float:
        """How far the text is indented beside the column of dates; 0 if there is no such column."""
        return self.date_width + _GUTTER * _PT_PER_MM if self.date_position == "left" else 0.0

    @property
    def paper(self) -> tuple[float, float]:
        """The width and height of the paper."""
        width, height = _PAPERS.get(self.word(PAPER, "a4"), _PAPERS["a4"])
        return width * _PT_PER_MM, height * _PT_PER_MM

    @property
    def margin(self) -> float:
        """The margin at the sides."""
        return self.number(MARGIN, 18) * _PT_PER_MM

    @property
    def margin_vertical(self) -> float:
        """The margin above and below."""
        return self.number(MARGIN_VERTICAL, 16) * _PT_PER_MM

    @property
    def text_width(self) -> float:
        """The width of the text on the page."""
        return self.paper[0] - 2 * self.margin

    @property
    def columns(self) -> tuple[float, float]:
        """The widths of the column beside the side bar and of the side bar, with the gap between them in the first."""
        side = self.text_width * self.number(SIDEBAR_WIDTH, 30) / 100
        return self.text_width - side, side

    @property
    def side_gap(self) -> float:
        """The gap between the two columns."""
        return _SIDE_GAP * _PT_PER_MM

    def space(self, quarters: float) -> float:
        """A vertical space of so many quarters of a line, as the theme scales it; a full page stays one page."""
        return round(self.line / 4 * self.number(SPACING, 1) * quarters * _TIGHTER, 1)


def make_look(job: Job) -> Look:
    """The look of ``job``."""
    return Look(job.options, job.document)
