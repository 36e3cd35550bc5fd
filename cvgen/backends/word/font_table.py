"""Names the fonts of a document: a family for each script, and in the file's font table one for readers who lack it."""

from __future__ import annotations

from collections.abc import Mapping

from docx.document import Document as DocxDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from cvgen.backends.cjk_region import find_cjk_region
from cvgen.backends.word.look import Look
from cvgen.backends.word.xml import element
from cvgen.themes.options import Font

_STAND_INS = {
    "serif": "Cambria", "sans-serif": "Calibri", "monospace": "Consolas",
    "Noto Serif CJK SC": "SimSun", "Noto Sans CJK SC": "Microsoft YaHei", "Noto Serif CJK TC": "PMingLiU",
    "Noto Sans CJK TC": "Microsoft JhengHei", "Noto Serif CJK JP": "MS Mincho", "Noto Sans CJK JP": "Meiryo",
    "Noto Serif CJK KR": "Batang", "Noto Sans CJK KR": "Malgun Gothic", "Noto Naskh Arabic": "Times New Roman",
    "Noto Sans Arabic": "Arial", "Noto Serif Hebrew": "Times New Roman", "Noto Sans Hebrew": "Arial",
}  # fmt: skip
"""Fonts of Microsoft's programs for readers who have not installed a document's own, by family or kind of font."""
_KINDS = {"serif": ("roman", "variable"), "sans-serif": ("swiss", "variable"), "monospace": ("modern", "fixed")}
"""The family and the pitch of a kind of font in Word's words (ECMA-376-1, 17.8.3.9 and 17.8.3.14)."""


def list_families(font: Font, language: str) -> Mapping[str, str]:
    """The attributes of ``w:rFonts``: ``font`` for Latin, and beside it the families of other scripts, as in PDFs."""
    return {
        "ascii": font.family,
        "hAnsi": font.family,
        "eastAsia": _east_asian_family(language, font),
        "cs": _complex_family(language, font),
    }


def set_font_table(document: DocxDocument, look: Look) -> None:
    """Put all fonts of ``document`` into its table of fonts (ECMA-376-1, 17.8.3.10), each with one that replaces it."""
    kinds = {
        family: font.generic
        for font in (look.body_font, look.heading_font, look.code_font)
        for family in list_families(font, look.document.language).values()
    }
    table = element("fonts", *(_describe(family, kind) for family, kind in kinds.items()))
    name, type_ = PackURI("/word/fontTable.xml"), CONTENT_TYPE.WML_FONT_TABLE
    part = Part(name, type_, serialize_part_xml(table), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FONT_TABLE)


def _describe(family: str, kind: str) -> object:
    """The ``w:font`` of ``family``: its kind, and the font that replaces it."""
    stand_in = _STAND_INS.get(family, _STAND_INS[kind])
    other = [element("altName", val=stand_in)] if stand_in != family else []
    word, pitch = _KINDS[kind]
    return element("font", *other, element("family", val=word), element("pitch", val=pitch), name=family)


def _east_asian_family(language: str, font: Font) -> str:
    """The family for ideographs beside ``font``."""
    region = find_cjk_region(language)
    return f"Noto {'Serif' if font.generic == 'serif' else 'Sans'} CJK {region}"


def _complex_family(language: str, font: Font) -> str:
    """The family for Arabic or Hebrew beside ``font``; ``font`` itself in other documents."""
    if language[:2] == "ar":
        return f"Noto {'Naskh' if font.generic == 'serif' else 'Sans'} Arabic"
    if language[:2] == "he":
        return f"Noto {'Serif' if font.generic == 'serif' else 'Sans'} Hebrew"
    return font.family
