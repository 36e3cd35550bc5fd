"""Reads a PDF with pdfminer.six: a second opinion on the text, and the fonts of the file."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pdfminer.layout import LTChar
    from pdfminer.pdfpage import PDFPage

SUBSET = re.compile("[A-Z]{6}[+]")
"""The prefix of a font's name if only a subset of the font is embedded (ISO 32000-1, 9.6.4)."""


@dataclass(frozen=True, slots=True)
class FileFont:
    """A font that a page uses; ``kind`` is its Subtype, such as TrueType."""

    name: str
    kind: str
    is_embedded: bool

    @property
    def is_subset(self) -> bool:
        """Whether only the glyphs in use are embedded."""
        return bool(SUBSET.match(self.name))


@dataclass(frozen=True, slots=True)
class PdfminerPage:
    """One page; ``text`` has its lines in the order of the file."""

    number: int
    text: str
    fonts: tuple[FileFont, ...]
    blanks: int = 0
    """The number of glyphs that are the box for a missing glyph."""
    unmapped: int = 0
    """The number of glyphs without a character."""
    chars: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Font name → the characters printed in it."""


@dataclass(frozen=True, slots=True)
class PdfminerDocument:
    """A whole PDF as pdfminer reads it."""

    pages: tuple[PdfminerPage, ...]
    is_tagged: bool


def read_by_pdfminer(pdf: bytes) -> PdfminerDocument:
    """Everything that the checks need of ``pdf``, which pdfium was able to open."""
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdfparser import PDFParser

    document = PDFDocument(PDFParser(io.BytesIO(pdf)))
    resources = PDFResourceManager()
    device = _device_type()(resources)
    interpreter = PDFPageInterpreter(resources, device)
    pages = []
    for number, page in enumerate(PDFPage.create_pages(document), 1):
        device.blanks = device.unmapped = 0
        interpreter.process_page(page)
        fonts = tuple(_list_fonts(page))
        pages.append(PdfminerPage(number, device.text, fonts, device.blanks, device.unmapped, device.chars))
    return PdfminerDocument(tuple(pages), _is_tagged(document.catalog))


@cache
def _device_type() -> Any:
    """The class of pdfminer's output device. It is created on first use, as importing pdfminer takes 0.1 s."""
    from pdfminer.converter import PDFLayoutAnalyzer

    class Device(PDFLayoutAnalyzer):
        """Collects the text in lines, in the order of the file."""

        text = ""
        chars: Mapping[str, frozenset[str]]
        blanks = 0
        unmapped = 0

        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments)
            self._spans: list[tuple[str, int]] = []  # ActualText of each open span, index of its first glyph

        def begin_tag(self, tag: object, props: object = None) -> None:
            self._spans.append((_actual_text(props), len(self.cur_item._objs)))

        def end_tag(self) -> None:
            text, start = self._spans.pop() if self._spans else ("", 0)
            if text:
                _replace_glyphs(self.cur_item._objs, start, text)

        def render_char(self, matrix: Any, font: Any, *more: Any, **named: Any) -> float:
            cid = more[3] if len(more) > 3 else named["cid"]
            if cid == 0 and font.is_multibyte():  # glyph 0 is the box for a missing glyph (ISO 32000-1, 9.7.4.2)
                self.blanks += 1
            return super().render_char(matrix, font, *more, **named)

        def handle_undefined_char(self, font: object, cid: int) -> str:
            self.unmapped += not any(text for text, _ in self._spans)
            return "\ufffd"

        def receive_layout(self, ltpage: object) -> None:
            chars = list(_list_chars(ltpage))
            self.text = "".join(_list_lines(ltpage, chars))
            self.chars = _chars_of_fonts(chars)

    return Device


def _actual_text(props: object) -> str:
    """The text that replaces the glyphs of a marked part of the page (ISO 32000-1, 14.9.4); empty if none does."""
    typed = props.get("ActualText") if isinstance(props, dict) else None
    if not isinstance(typed, bytes):
        return ""
    return typed[2:].decode("utf-16-be", "replace") if typed.startswith(b"\xfe\xff") else typed.decode("latin-1")


def _replace_glyphs(parts: list[Any], start: int, text: str) -> None:
    """Put the characters of ``text`` in place of the glyphs from ``start`` on, side by side on their width."""
    from pdfminer.layout import LTChar

    glyphs = [part for part in parts[start:] if isinstance(part, LTChar)]
    if not glyphs:
        return
    first, left, right = glyphs[0], min(glyph.x0 for glyph in glyphs), max(glyph.x1 for glyph in glyphs)
    step = (right - left) / len(text)
    characters = [copy(first) for _ in text]
    for at, character in enumerate(characters):
        character._text = text[at]
        character.set_bbox((left + at * step, first.y0, left + (at + 1) * step, first.y1))
    parts[start:] = [*characters, *(part for part in parts[start:] if not isinstance(part, LTChar))]


def _list_chars(container: Any) -> Iterator[LTChar]:
    """The characters in a page or a part of one, in the order of the file."""
    from pdfminer.layout import LTChar, LTLayoutContainer

    for part in container:
        if isinstance(part, LTChar):
            yield part
        elif isinstance(part, LTLayoutContainer):
            yield from _list_chars(part)


def _list_lines(page: Any, chars: list[LTChar]) -> Iterator[str]:
    """The text of each line, with a line feed at its end."""
    from pdfminer.layout import LAParams

    layout = LAParams()
    for line in page.group_objects(layout, chars) if chars else ():
        line.analyze(layout)
        yield line.get_text()


def _chars_of_fonts(chars: list[LTChar]) -> dict[str, frozenset[str]]:
    """Font name → the characters printed in it."""
    printed: dict[str, set[str]] = {}
    for char in chars:
        printed.setdefault(char.fontname, set()).add(char.get_text())
    return {name: frozenset(found) for name, found in printed.items()}


def _list_fonts(page: PDFPage) -> Iterator[FileFont]:
    from pdfminer.pdftypes import dict_value, resolve1

    for entry in _font_entries(page.resources, set()):
        font = dict_value(entry)
        kind = _name(font.get("Subtype"))
        inner = dict_value(resolve1(font["DescendantFonts"])[0]) if "DescendantFonts" in font else font
        descriptor = dict_value(inner["FontDescriptor"]) if "FontDescriptor" in inner else {}
        embedded = any(key in descriptor for key in ("FontFile", "FontFile2", "FontFile3"))
        yield FileFont(_name(font.get("BaseFont")), kind, embedded)


def _font_entries(resources: object, seen: set[int]) -> Iterator[Any]:
    """The fonts of a page and of the form objects on it; each form is visited once."""
    from pdfminer.pdftypes import PDFObjRef, PDFStream, dict_value, resolve1

    table = dict_value(resources) if resources else {}
    yield from dict_value(table["Font"]).values() if "Font" in table else ()
    for entry in dict_value(table["XObject"]).values() if "XObject" in table else ():
        drawing = resolve1(entry)
        key = entry.objid if isinstance(entry, PDFObjRef) else id(entry)
        if key not in seen and isinstance(drawing, PDFStream):
            seen.add(key)
            yield from _font_entries(drawing.get("Resources"), seen)


def _is_tagged(catalog: Any) -> bool:
    """Whether the file claims to be tagged and its structure is not empty (ISO 32000-1, 14.7 and 14.8)."""
    from pdfminer.pdftypes import dict_value, resolve1

    marked = dict_value(catalog["MarkInfo"]).get("Marked") if "MarkInfo" in catalog else False
    root = dict_value(catalog["StructTreeRoot"]) if "StructTreeRoot" in catalog else {}
    return bool(marked) and bool(resolve1(root.get("K")))


def _name(value: object) -> str:
    """A name object of the PDF as text."""
    from pdfminer.psparser import PSLiteral

    name = value.name if isinstance(value, PSLiteral) else value or ""
    return name.decode("utf-8", "replace") if isinstance(name, bytes) else str(name)
