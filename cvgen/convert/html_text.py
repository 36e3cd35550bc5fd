"""Turns HTML in a text, as some tools keep it, into the Markdown of profiles."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

_TAGS = r"p|br|ul|ol|li|b|strong|i|em|u|a|div|span|h[1-6]|code|sub|sup"
_TAG = re.compile(rf"</?(?:{_TAGS})(?:\s+[\w-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*\s*/?>", re.IGNORECASE)
_CLEAR = re.compile(rf"</(?:{_TAGS})>|<(?:p|br|li)\s*/?>", re.IGNORECASE)
"""A tag that cannot be ordinary text, as ``List<a>`` is."""
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,6}|#x[0-9a-fA-F]{1,5}|[mn]dash|hellip|[lr][sd]quo|bull);")
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`"}
_BLOCKS = frozenset({"p", "div", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6"})


def from_html(text: str) -> str:
    """``text`` with Markdown for its HTML; as it is if it has none."""
    if _CLEAR.search(text) and _TAG.search(text):
        reader = _HtmlReader()
        reader.feed(re.sub(r"<(?![/a-zA-Z])", "&lt;", text))
        reader.close()
        return reader.markdown
    return unescape(text) if _ENTITY.search(text) else text


class _HtmlReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._depth = 0
        self._links: list[str] = []
        self._marks: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._parts.append("\n")
        elif tag == "li":
            self._parts.append("\n" + "  " * (self._depth - 1) + "- ")
        elif tag in _BLOCKS:
            self._depth += tag in ("ul", "ol")
            self._parts.append("\n" if self._depth else "\n\n")
        elif tag in _MARKS:
            self._parts.append(_MARKS[tag])
            self._marks.append((tag, len(self._parts)))
        elif tag == "a":
            self._links.append(dict(attrs).get("href") or "")
            self._parts.append("[")
        elif not re.fullmatch(_TAGS, tag):
            self._parts.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._depth -= tag in ("ul", "ol") and self._depth > 0
            self._parts.append("\n" if self._depth else "\n\n")
        elif tag in _MARKS and self._marks:
            self._end_mark(_MARKS[tag])
        elif tag == "a" and self._links:
            self._parts.append(f"]({self._links.pop()})")
        elif not re.fullmatch(_TAGS, tag):
            self._parts.append(f"</{tag}>")

    def _end_mark(self, mark: str) -> None:
        """Close ``mark`` right after the last word: Markdown allows no space before it."""
        _, start = self._marks.pop()
        inside = "".join(self._parts[start:])
        del self._parts[start - 1 :]
        words = inside.strip()
        before, after = inside[: len(inside) - len(inside.lstrip())], inside[len(inside.rstrip()) :]
        self._parts += [before, f"{mark}{words}{mark}" if words else "", after]

    def handle_data(self, data: str) -> None:
        self._parts.append(data if self.cdata_elem else re.sub(r"\s+", " ", data))

    @property
    def markdown(self) -> str:
        while self._links:
            self._parts.append(f"]({self._links.pop()})")
        lines = (
            re.sub(r"(?<=\S)[ \t]+|^[ \t]+(?!- )", " ", line).rstrip() for line in "".join(self._parts).split("\n")
        )
        text = "\n".join(line if line.lstrip().startswith("- ") else line.strip() for line in lines)
        return re.sub(r"(?<=\n)\n+(?=[ ]*- )|\n{3,}", _joint, text).strip()


def _joint(found: re.Match[str]) -> str:
    """One new line before an item of a list, one blank line between paragraphs."""
    return "\n\n" if found[0].startswith("\n\n\n") else ""
