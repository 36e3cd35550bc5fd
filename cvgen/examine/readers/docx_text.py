"""Reads a DOCX as programs that take in résumés do: the paragraphs in their order, and the addresses of links."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from io import BytesIO
from xml.etree import ElementTree as ET

from cvgen.examine.comparable_text import normalize
from cvgen.examine.readers.reader_text import ReaderText

_WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SIGNS = {f"{_WORDS}tab": "\t", f"{_WORDS}br": "\n", f"{_WORDS}noBreakHyphen": "-"}
_TEXT, _PARAGRAPH = f"{_WORDS}t", f"{_WORDS}p"
_LINK = "/hyperlink"


@dataclass(frozen=True, slots=True)
class DocxText:
    """What a DOCX says: its text, and the addresses that its links open."""

    text: ReaderText
    urls: frozenset[str]


def read_docx(data: bytes) -> DocxText:
    """Read the main part of a DOCX, without headers and feet (ECMA-376-1, 17.3); it was written by cvgen itself."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        body = ET.fromstring(archive.read("word/document.xml"))
        relations = ET.fromstring(archive.read("word/_rels/document.xml.rels"))
    paragraphs = ("".join(_read(paragraph)) for paragraph in body.iter(_PARAGRAPH))
    urls = frozenset(one.get("Target", "") for one in relations if one.get("Type", "").endswith(_LINK))
    return DocxText(ReaderText("", normalize("\n".join(paragraphs)), (0,)), urls)


def _read(paragraph: ET.Element) -> list[str]:
    stops = paragraph.find(f"{_WORDS}pPr")
    inside = set(stops.iter()) if stops is not None else set()
    return [
        (node.text or "") if node.tag == _TEXT else _SIGNS[node.tag]
        for node in paragraph.iter()
        if node not in inside and (node.tag == _TEXT or node.tag in _SIGNS)
    ]
