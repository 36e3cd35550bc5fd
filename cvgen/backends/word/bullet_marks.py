"""Sets the marks of bullets: one numbering, whose three levels are those of the styles of lists (ECMA-376-1, 17.9)."""

from __future__ import annotations

from typing import Any

from docx.document import Document as DocxDocument

from cvgen.backends.word.look import Look
from cvgen.backends.word.word_styles import BULLETS
from cvgen.backends.word.xml import element, put, twips

_NUMBER = 1
STEP = 1.15
"""The indent of each level, in sizes of the text."""


def set_bullets(document: DocxDocument, look: Look) -> None:
    """Give the styles of bullets the theme's mark in the accent; bullets inside others have a dash."""
    numbering: Any = document.part.numbering_part.element
    for child in list(numbering):
        numbering.remove(child)
    levels = [_make_level(level, look) for level in range(len(BULLETS))]
    kind = element("multiLevelType", val="multilevel")
    numbering.append(element("abstractNum", kind, *levels, abstractNumId=0))
    numbering.append(element("num", element("abstractNumId", val=0), numId=_NUMBER))
    for level, name in enumerate(BULLETS):
        style: Any = document.styles[name]
        put(
            style.element.get_or_add_pPr(),
            element("numPr", element("ilvl", val=level), element("numId", val=_NUMBER)),
            make_indent(look, level),
        )


def make_indent(look: Look, level: int) -> object:
    """The indent of a bullet at ``level``: its mark hangs in it."""
    step = look.size * STEP
    return element("ind", left=twips(look.gutter + step * (level + 1)), hanging=twips(step))


def _make_level(level: int, look: Look) -> object:
    mark = look.bullet if level == 0 else "–"
    fonts = dict.fromkeys(("ascii", "hAnsi", "cs"), look.body_font.family)
    return element(
        "lvl",
        element("start", val=1),
        element("numFmt", val="bullet"),
        element("pStyle", val=BULLETS[level].replace(" ", "")),
        element("suff", val="tab"),
        element("lvlText", val=mark),
        element("lvlJc", val="left"),
        element("pPr", make_indent(look, level)),
        element("rPr", element("rFonts", **fonts), element("color", val=look.accent)),
        ilvl=level,
    )
