"""Makes the elements of WordprocessingML that python-docx has no method for (ECMA-376-1, 17)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

_IN_PARAGRAPH = (
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "suppressLineNumbers",
    "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct", "autoSpaceDE",
    "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents",
    "suppressOverlap", "jc", "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle",
    "rPr", "sectPr", "pPrChange",
)  # fmt: skip
"""The children of ``w:pPr`` in the order that the schema asks for (17.3.1.26)."""
_IN_RUN = (
    "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow", "emboss",
    "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern", "position", "sz",
    "szCs", "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang",
    "eastAsianLayout",
)  # fmt: skip
"""The same of ``w:rPr`` (17.3.2.28)."""


def element(name: str, /, *children: Any, **attributes: object) -> Any:
    """The element ``w:name`` with attributes of the same namespace and with ``children``."""
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    for child in children:
        made.append(child)
    return made


def put(properties: Any, *children: Any) -> None:
    """Put ``children`` into a ``w:pPr`` or ``w:rPr``, each in place of one of its name, in the schema's order."""
    order = _IN_PARAGRAPH if properties.tag == qn("w:pPr") else _IN_RUN
    for child in children:
        for old in properties.findall(child.tag):
            properties.remove(old)
        later = {qn(f"w:{name}") for name in order[_place(child, order) + 1 :]}
        follower = next((other for other in properties if other.tag in later), None)
        if follower is None:
            properties.append(child)
        else:
            follower.addprevious(child)


def _place(child: Any, order: Iterable[str]) -> int:
    return [qn(f"w:{name}") for name in order].index(child.tag)


def twips(points: float) -> int:
    """``points`` in twentieths of a point."""
    return round(points * 20)
