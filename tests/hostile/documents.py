"""Looks into Word, Markdown and JSON files for what only a text that was not escaped can have brought."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from markdown_it import MarkdownIt

from hostile.traces import find_markup

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LINK = re.compile(r"(https?://|mailto:|tel:|sms:|#)", re.IGNORECASE)
_FIELDS = re.compile(r"\s*(PAGE|NUMPAGES|SECTIONPAGES)\b[\s\\*A-Z]*", re.IGNORECASE)
_PARTS = re.compile(r"vba|activeX|embeddings|oleObject|attachedTemplate|altChunk|afchunk|subDocument", re.IGNORECASE)


def find_in_word(data: bytes) -> Iterator[str]:
    """Links of an unusual kind, parts that run or fetch something, and fields other than page numbers."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if _PARTS.search(name) or name.startswith(("/", "..")):
                yield f"the part {name}"
            if name.endswith(".rels"):
                yield from _look_at_relations(archive.read(name))
            elif name.startswith("word/") and name.endswith(".xml"):
                yield from _look_at_fields(archive.read(name))


def _look_at_relations(data: bytes) -> Iterator[str]:
    for relation in ElementTree.fromstring(data).iter(_RELATION):
        target, kind = relation.get("Target", ""), relation.get("Type", "")
        if relation.get("TargetMode") == "External" and not (kind.endswith("/hyperlink") and _LINK.match(target)):
            yield f"a relation to {target[:60]}"
        if _PARTS.search(kind):
            yield f"a relation {kind}"


def _look_at_fields(data: bytes) -> Iterator[str]:
    for element in ElementTree.fromstring(data).iter():
        code = element.text if element.tag == f"{_WORD}instrText" else element.get(f"{_WORD}instr")
        if code and not _FIELDS.fullmatch(code):
            yield f"the field {code[:40]}"
        if element.tag.rpartition("}")[2] in ("altChunk", "object", "control", "pwn", "script", "subDoc"):
            yield f"the element {element.tag}"


def find_in_markdown(text: str) -> list[str]:
    """What the page of a server has that allows HTML in Markdown, as GitHub and most site generators do."""
    return find_markup(MarkdownIt("commonmark").enable("table").render(text))


def find_in_json(data: bytes) -> Iterator[str]:
    """Links of an unusual kind."""
    waiting: list[Any] = [json.loads(data)]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting += value.values()
            url = value.get("url")
            if isinstance(url, str) and url and not _LINK.match(url):
                yield f"a link to {url[:60]}"
        elif isinstance(value, list):
            waiting += value
