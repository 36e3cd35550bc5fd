"""Sets the styles of a document by the theme's options; what a person changes in a style changes the whole document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from docx.document import Document as DocxDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.styles.style import BaseStyle

from cvgen.backends.word.font_table import list_families
from cvgen.backends.word.languages import name_language
from cvgen.backends.word.look import Look
from cvgen.backends.word.xml import element, put, twips
from cvgen.themes.options import Font

NAME, LABEL, CONTACTS = "Title", "Subtitle", "Contacts"
SECTION, ENTRY, POSITION, DETAILS = "Heading 1", "Heading 2", "Heading 3", "Entry Details"
TEXT, LINE, PAPER, PAPER_LINE = "Body Text", "Entry Line", "Publication", "Publication Line"
BULLETS = ("List Bullet", "List Bullet 2", "List Bullet 3")
CODE, HYPERLINK = "Source Code", "Hyperlink"
FOOT = "Footer"
GREY = "444444"
"""The colour of dates, as on the pages of PDFs."""
_KEPT = {"Normal", "Default Paragraph Font", "Normal Table", "No List", NAME, LABEL, SECTION, ENTRY, POSITION, TEXT,
         *BULLETS, "Header", FOOT}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _ParagraphStyle:
    """One style; sizes are in pt, ``above`` and ``below`` are quarters of a line."""

    name: str
    size: float = 1.0
    """In sizes of the text."""
    above: float = 0.0
    below: float = 0.0
    bold: bool = False
    color: str = ""
    is_heading: bool = False
    """Whether it has the font of headings."""
    keeps_next: bool = False


def set_styles(document: DocxDocument, look: Look) -> None:
    """Give ``document`` only the styles that it uses, in the look of the theme."""
    for style in list(document.styles):
        if style.name not in _KEPT:
            style.delete()
    defaults = document.styles.element.find(qn("w:docDefaults"))
    if defaults is not None:
        document.styles.element.remove(defaults)
    normal = document.styles["Normal"]
    _set_font(normal, look, look.body_font)
    _set_language(normal, look)
    for style in _list_styles(look):
        _set_style(document, style, look)
    _set_character_styles(document, look)


def _list_styles(look: Look) -> tuple[_ParagraphStyle, ...]:
    name = 1 if not look.size else look.name_size / look.size
    heading = look.heading_size / look.size
    return (
        _ParagraphStyle("Normal"),
        _ParagraphStyle(NAME, name, bold=True, color=look.accent, is_heading=True, keeps_next=True),
        _ParagraphStyle(LABEL, 1.1, keeps_next=True),
        _ParagraphStyle(CONTACTS, above=1),
        _ParagraphStyle(SECTION, heading, 3, 1, bold=True, color=look.accent, is_heading=True, keeps_next=True),
        _ParagraphStyle(ENTRY, above=2.2, bold=True, keeps_next=True),
        _ParagraphStyle(POSITION, above=1, keeps_next=True),
        _ParagraphStyle(DETAILS, keeps_next=True),
        _ParagraphStyle(TEXT, below=0.4),
        _ParagraphStyle(LINE, above=0.6),
        _ParagraphStyle(PAPER, above=1.2),
        _ParagraphStyle(PAPER_LINE),
        *(_ParagraphStyle(bullet, above=0.4) for bullet in BULLETS),
        _ParagraphStyle(FOOT, 0.82, color="555555"),
    )


def _set_style(document: DocxDocument, wanted: _ParagraphStyle, look: Look) -> None:
    names = {style.name for style in document.styles}
    if wanted.name not in names:
        made = document.styles.add_style(wanted.name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = document.styles["Normal"]
        made.quick_style = True
    style: Any = document.styles[wanted.name]
    run = style.element.get_or_add_rPr()
    if wanted.name != "Normal":
        for child in list(run):
            run.remove(child)
    if wanted.is_heading:
        _set_font(style, look, look.heading_font)
    if wanted.bold or wanted.name in (ENTRY, POSITION):
        put(run, *(element(tag, val="1" if wanted.bold else "0") for tag in ("b", "bCs")))
    if wanted.name == SECTION and look.heading_case != "normal":
        put(run, element("smallCaps" if look.heading_case == "smallcaps" else "caps"))
    put(run, *(element(tag, val=round(look.size * wanted.size * 2)) for tag in ("sz", "szCs")))
    put(run, element("color", val=wanted.color or "1a1a1a"))
    _set_paragraph(style, wanted, look)


def _set_paragraph(style: Any, wanted: _ParagraphStyle, look: Look) -> None:
    properties = style.element.get_or_add_pPr()
    numbering = properties.find(qn("w:numPr"))
    outline = properties.find(qn("w:outlineLvl"))
    for child in list(properties):
        properties.remove(child)
    put(properties, *(child for child in (numbering, outline) if child is not None))
    if wanted.keeps_next:
        put(properties, element("keepNext"), element("keepLines"))
    line = look.line * max(1.0, wanted.size * 0.92)
    above, below = (twips(look.space(quarters)) for quarters in (wanted.above, wanted.below))
    put(properties, element("spacing", before=above, after=below, line=twips(line), lineRule="atLeast"))
    if look.is_rtl:
        put(properties, element("bidi"))
    if wanted.name == SECTION:
        _set_rule(properties, look)
    if wanted.name in (NAME, LABEL, CONTACTS) and look.head == "centre":
        put(properties, element("jc", val="center"))
    if wanted.name in (TEXT, *BULLETS) and look.is_justified:
        put(properties, element("jc", val="both"))


def _set_rule(properties: object, look: Look) -> None:
    """The rule of a section's heading."""
    color = look.accent
    if look.heading_style in ("rule", "line", "centred"):
        put(properties, element("pBdr", element("bottom", val="single", sz=5, space=1, color=color)))
    elif look.heading_style == "bar":
        side = "right" if look.is_rtl else "left"
        put(properties, element("pBdr", element(side, val="single", sz=24, space=5, color=color)))
    if look.heading_style == "centred":
        put(properties, element("jc", val="center"))


def _set_character_styles(document: DocxDocument, look: Look) -> None:
    link: Any = document.styles.add_style(HYPERLINK, WD_STYLE_TYPE.CHARACTER)
    link.element.get_or_add_rPr()
    code: Any = document.styles.add_style(CODE, WD_STYLE_TYPE.CHARACTER)
    _set_font(code, look, look.code_font)
    put(code.element.get_or_add_rPr(), *(element(tag, val=round(look.size * 1.8)) for tag in ("sz", "szCs")))


def _set_font(style: BaseStyle, look: Look, font: Font) -> None:
    """The family for each script."""
    families = list_families(font, look.document.language)
    put(style.element.get_or_add_rPr(), element("rFonts", **families))


def _set_language(style: BaseStyle, look: Look) -> None:
    code = name_language(look.document.language)
    put(style.element.get_or_add_rPr(), element("lang", val=code, eastAsia=code, bidi=code))
