"""Puts pictures into a document, each with its alternative text: the photo beside the name, logos in a line."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from cvgen.backends.backend import Job
from cvgen.backends.word.look import Look
from cvgen.model.inline import RichText
from cvgen.sources.picture.prepared_picture import PreparedPicture
from cvgen.themes.contract import LOGOS

_PHOTO = 24 * 72 / 25.4
"""The height of a photo."""
_SIGNATURE = 14 * 72 / 25.4
"""The height of the picture of a signature."""
_GAP = 12
"""The space between the photo and the text beside it."""
_EMU_PER_PT = 12700


def add_photo(paragraph: Paragraph, photo: PreparedPicture, name: str, look: Look) -> None:
    """Put ``photo`` beside the text that begins with ``paragraph``, at the end of its lines."""
    inline = _add_picture(paragraph, photo, _PHOTO, name)
    drawing = inline.getparent()
    drawing.replace(inline, _anchor(inline, "left" if look.is_rtl else "right"))


def add_logo(paragraph: Paragraph, job: Job, logo: str, words: RichText, look: Look) -> None:
    """Put a logo, as high as the line, before ``words``; nothing if the theme shows no logos."""
    picture = job.pictures.get(logo)
    if picture is not None and look.options.get(LOGOS) is True:
        _add_picture(paragraph, picture, look.size * 1.05, f"{job.document.words['logo']}: {words}")
        paragraph.add_run(" ")


def add_signature(paragraph: Paragraph, picture: PreparedPicture, name: str) -> None:
    """Put the picture of a signature into ``paragraph``."""
    _add_picture(paragraph, picture, _SIGNATURE, name)


def _add_picture(paragraph: Paragraph, picture: PreparedPicture, height: float, description: str) -> Any:
    """The ``wp:inline`` of the picture, with its description."""
    shape = paragraph.add_run().add_picture(BytesIO(picture.data), height=Pt(height))
    for edge in "TBLR":
        shape._inline.set(f"dist{edge}", "0")
    properties = shape._inline.docPr
    properties.set("descr", description)
    properties.set("name", description)
    return shape._inline


def _anchor(inline: Any, side: str) -> Any:
    """The picture of ``inline`` at ``side`` of the column, with the text around it (ECMA-376-1, 20.4.2.3)."""
    anchor = OxmlElement("wp:anchor")
    for name, value in {
        "distT": 0, "distB": 0, "distL": _GAP * _EMU_PER_PT, "distR": 0, "simplePos": 0, "relativeHeight": 2,
        "behindDoc": 0, "locked": 0, "layoutInCell": 1, "allowOverlap": 0,
    }.items():  # fmt: skip
        anchor.set(name, str(value))
    place = OxmlElement("wp:simplePos")
    place.set("x", "0")
    place.set("y", "0")
    across = _position("wp:positionH", "column", "wp:align", side)
    down = _position("wp:positionV", "paragraph", "wp:posOffset", "0")
    wrap = OxmlElement("wp:wrapSquare")
    wrap.set("wrapText", "bothSides")
    effect = OxmlElement("wp:effectExtent")
    for edge in "ltrb":
        effect.set(edge, "0")
    extent = inline.find(qn("wp:extent"))
    rest = [child for child in inline if child.tag in (qn("wp:docPr"), qn("wp:cNvGraphicFramePr"), qn("a:graphic"))]
    for child in (place, across, down, extent, effect, wrap, *rest):
        anchor.append(child)
    return anchor


def _position(name: str, origin: str, kind: str, value: str) -> object:
    position = OxmlElement(name)
    position.set("relativeFrom", origin)
    inner = OxmlElement(kind)
    inner.text = value
    position.append(inner)
    return position
