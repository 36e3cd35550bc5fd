"""Reads a job posting into plain text: a blank line between blocks, ``- `` before the items of a list."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import IO

from cvgen.diagnostics import InputError, Location, Problem
from cvgen.sources.limits import TooSlowError, limit_time
from cvgen.sources.pdf_file import UnreadableError, open_pdf
from cvgen.sources.text_file import read_bytes

MAX_POSTING_BYTES = 10 << 20
MAX_POSTING_CHARACTERS = 200_000
"""Thirty times a long posting; a longer text is some other document."""
MAX_PDF_PAGES = 50
_MIN_CHARACTERS = 20
_WHOLE_HINT = "save the whole advert in the file"

_HTML_START = re.compile(rb"<(!doctype html|html|head|body|div|p|section|article|main|h1|ul)\b", re.IGNORECASE)
_IGNORED = frozenset({"script", "style", "nav", "noscript", "template", "svg", "head", "footer", "button", "select"})
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "dd", "details", "div", "dl", "dt", "fieldset", "figure",
     "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "ol", "p", "pre", "section", "summary",
     "table", "td", "th", "tr", "ul"}
)  # fmt: skip
_BULLET = re.compile(r"^[ \t]*(?:[•●▪◦‣·∙*+–—o]|-|\d{1,2}[.)])[ \t]+(?=\S)", re.MULTILINE)


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
        text = read_html(_decode(data, name))
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
    return _BULLET.sub("- ", text.replace("\r\n", "\n").replace("\r", "\n"))


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
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if b"\x00" in data:
        hint = "save it as text, Markdown, HTML or PDF"
        raise InputError([_problem(name, "the posting is not text", hint)])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _render_markdown(text: str) -> str:
    from markdown_it import MarkdownIt

    return str(MarkdownIt("commonmark").enable("table").render(text))


def read_html(source: str) -> str:
    """The text that a reader of the page ``source`` sees, without menus, scripts and styles."""
    reader = _PageReader()
    tags_end = source.rfind(">") + 1
    reader.feed(source[:tags_end])
    reader.feed(source[tags_end:].replace("<", "&lt;"))  # the parser would look for the end of each to no avail
    reader.close()
    return reader.text


class _PageReader(HTMLParser):
    """Collects text: a blank line around every block, a bullet before every item of a list."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._ignored: list[str] = []
        self._open: Counter[str] = Counter()  # how often each tag is in _ignored

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "body":  # its start also ends a head that is not closed
            self._ignored.clear()
            self._open.clear()
        if tag in _IGNORED:
            self._ignored.append(tag)
            self._open[tag] += 1
        elif tag == "li":
            self._parts.append("\n\n• ")
        elif tag in _BLOCKS or tag == "br":
            self._parts.append("\n" if tag == "br" else "\n\n")

    def handle_endtag(self, tag: str) -> None:
        if self._open[tag]:
            # A missing end tag inside must not swallow the rest of the page.
            while (inner := self._ignored.pop()) != tag:
                self._open[inner] -= 1
            self._open[tag] -= 1
        elif tag in _BLOCKS or tag == "li":
            self._parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self._ignored:
            self._parts.append(re.sub(r"\s+", " ", data))

    @property
    def text(self) -> str:
        """The text read so far."""
        lines = "\n".join(line.strip(" \t") for line in "".join(self._parts).split("\n"))
        lines = re.sub(r"\n• *\n+", "\n• ", lines)  # the first block of an item follows its bullet
        return re.sub(r"\n{3,}", "\n\n", lines).strip() + "\n"


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
