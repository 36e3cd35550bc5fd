"""Sets the paper, the margins and the foot of the pages."""

from __future__ import annotations

from docx.document import Document as DocxDocument
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from cvgen.backends.word import word_styles
from cvgen.backends.word.look import Look
from cvgen.backends.word.runs import RunWriter
from cvgen.backends.word.xml import element, put

_FOOT = 0.5
"""The place of the foot in the lower margin."""


def set_page(document: DocxDocument, look: Look) -> None:
    """Set the paper and margins of the only section, and number its pages from the second on."""
    section = document.sections[0]
    width, height = look.paper
    section.page_width, section.page_height = Pt(width), Pt(height)
    section.left_margin = section.right_margin = Pt(look.margin)
    section.top_margin = section.bottom_margin = Pt(look.margin_vertical)
    section.header_distance = section.footer_distance = Pt(look.margin_vertical * _FOOT)
    section._sectPr.remove_all("w:cols")
    section._sectPr.remove_all("w:docGrid")
    if look.is_rtl:
        section._sectPr.append(element("bidi"))
    if look.has_page_numbers:
        section.different_first_page_header_footer = True
        _write_foot(section.footer.paragraphs[0], look)


def _write_foot(paragraph: Paragraph, look: Look) -> None:
    """``Wei Lin · 2/3``."""
    paragraph.style = word_styles.FOOT
    put(paragraph._p.get_or_add_pPr(), element("jc", val="center"))
    runs = RunWriter(look)
    if look.has_page_name:
        runs.write(paragraph, f"{look.document.name} · ")
    _add_field(paragraph, "PAGE")
    runs.write(paragraph, "/")
    _add_field(paragraph, "NUMPAGES")


def _add_field(paragraph: Paragraph, code: str) -> None:
    """A field whose value the word processor computes (ECMA-376-1, 17.16.5)."""
    field = element("fldSimple", element("r", element("t")), instr=code)
    field[0][0].text = "1"
    paragraph._p.append(field)
