"""Reads a job posting into plain text: a blank line between blocks, ``- `` before the items of a list."""

from __future__ import annotations

import re
from pathlib import Path
from typing import IO
from unicodedata import combining

from cvgen.diagnostics import InputError, Location, Problem
from cvgen.sources.encoding import decode_any, is_marked_utf16
from cvgen.sources.limits import TooSlowError, limit_time
from cvgen.sources.pdf_file import UnreadableError, open_pdf
from cvgen.sources.posting_page import read_html, read_page
from cvgen.sources.text_file import read_bytes

MAX_POSTING_BYTES = 10 << 20
MAX_POSTING_CHARACTERS = 200_000
"""Thirty times a long posting; a longer text is some other document."""
MAX_PDF_PAGES = 50
MOST_MARKS = 30
"""The accents of one letter, as in Unicode's stream-safe text format (UAX #15)."""
_MIN_CHARACTERS = 20
_WHOLE_HINT = "save the whole advert in the file"

_HTML_START = re.compile(rb"<(!doctype html|html|head|body|div|p|section|article|main|h1|ul)\b", re.IGNORECASE)
_BULLET = re.compile(
    r"^[ \t]*(?:(?:[•●▪◦‣·∙*+–—o✓✔➢➤►»]|-|\d{1,2}[.)])[ \t]+|[・■◆○※][ \t\u3000]*|\d{1,2}[、．])(?=\S)", re.MULTILINE
)


def read_posting(path: Path) -> str:
    """The text of the posting in the file ``path``, which may be text, Markdown, HTML or PDF.

    Raises InputError if it cannot be read, is too large, or has no text.
    """
    return _parse_in_time(read_bytes(path, "posting"), str(path))


def read_posting_stream(stream: IO[bytes], name: str) -> str:
    """The text of the posting in an open stream; ``name`` is its name in a Problem."""
    return _parse_in_time(stream.read(MAX_POSTING_BYTES + 1), name)


def _parse_in_time(data: bytes, name: str) -> str:
    try:
        with limit_time():
            return _parse_posting(data, name)
    except TooSlowError as error:
        raise InputError(
            [_problem(name, f"the posting is not read: {error}", "copy the posting's text into a .txt file")]
        ) from None


def _parse_posting(data: bytes, name: str) -> str:
    if len(data) > MAX_POSTING_BYTES:
        raise InputError([_problem(name, "the posting is too large", f"it may have {MAX_POSTING_BYTES >> 20} MiB")])
    if not data.strip():
        raise InputError([_problem(name, "the posting is empty", _WHOLE_HINT)])
    if data.startswith(b"%PDF-"):
        text = _read_pdf(data, name)
    elif _begins_as_html(data) or name.lower().endswith((".html", ".htm", ".xhtml")):
        text = read_page(_decode(data, name))
    elif name.lower().endswith((".md", ".markdown")):
        text = read_html(_render_markdown(_decode(data, name)))
    else:
        text = _decode(data, name)
    if len(text) > MAX_POSTING_CHARACTERS:
        hint = f"a posting may have {MAX_POSTING_CHARACTERS} characters; this has {len(text)}"
        raise InputError([_problem(name, "the posting is too large", hint)])
    if not (length := len(text.strip())):
        hint = "copy the posting's text into a .txt file"
        raise InputError([_problem(name, "the posting has no text that can be read", hint)])
    if length < _MIN_CHARACTERS:
        message = f"the posting has only {length} character{'s' * (length > 1)}"
        raise InputError([_problem(name, message, _WHOLE_HINT)])
    return _BULLET.sub("- ", _limit_marks(text).replace("\r\n", "\n").replace("\r", "\n"))


def _limit_marks(text: str) -> str:
    """``text`` without accents that no letter has: with many in a row, to normalize it takes time that grows fast."""
    kept, count = [], 0
    for char in text:
        count = count + 1 if combining(char) else 0
        if count <= MOST_MARKS:
            kept.append(char)
    return "".join(kept)


def _begins_as_html(data: bytes) -> bool:
    """Whether a tag of a web page comes first, after any comments."""
    at, blank = 0, re.compile(rb"\s*")
    while found := blank.match(data, at):
        at = found.end()
        if not data.startswith(b"<!--", at) or (end := data.find(b"-->", at + 4)) < 0:
            break
        at = end + 3
    return bool(_HTML_START.match(data, at))


def _problem(name: str, message: str, hint: str) -> Problem:
    return Problem(message, Location(name), hint)


def _decode(data: bytes, name: str) -> str:
    if b"\x00" in data and not is_marked_utf16(data):
        hint = "save it as text, Markdown, HTML or PDF"
        raise InputError([_problem(name, "the posting is not text", hint)])
    return decode_any(data)


def _render_markdown(text: str) -> str:
    from markdown_it import MarkdownIt

    return str(MarkdownIt("commonmark").enable("table").render(text))


def _read_pdf(data: bytes, name: str) -> str:
    try:
        with open_pdf(data) as document:
            if len(document) > MAX_PDF_PAGES:
                hint = f"a posting may have {MAX_PDF_PAGES} pages; this has {len(document)}"
                raise InputError([_problem(name, "the posting is too large", hint)])
            pages = [_read_page(document[number]) for number in range(len(document))]
    except UnreadableError as error:
        what, hint = "cannot be read", "open it, and copy its text into a .txt file"
        if error.is_locked:
            what, hint = "is protected by a password", "save it without its password"
        raise InputError([_problem(name, f"the PDF {what}", hint)]) from None
    text = "\n".join(pages)
    if len(text.strip()) < _MIN_CHARACTERS:
        hint = "it is a scan or a picture: copy its text into a .txt file, or run an OCR program on it"
        raise InputError([_problem(name, "the PDF has no text in it", hint)])
    return text


def _read_page(page: object) -> str:
    """A page's text; PDFium marks the hyphen at a line's end with U+FFFE or U+0002."""
    text = str(page.get_textpage().get_text_bounded())  # type: ignore[attr-defined]
    return re.sub("[\ufffe\x02](?:\r?\n)?", "", text)
