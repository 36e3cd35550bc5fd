"""Reads the posting in a web page: the page's JobPosting (schema.org) if it has one, otherwise the text people see."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from typing import Any

_IGNORED = frozenset({"script", "style", "nav", "noscript", "template", "svg", "head", "footer", "button", "select"})
_ASIDE = _IGNORED | {"aside"}
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "dd", "details", "div", "dl", "dt", "fieldset", "figure",
     "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "ol", "p", "pre", "section", "summary",
     "table", "td", "th", "tr", "ul"}
)  # fmt: skip
_BOXES = frozenset({"aside", "div", "section", "ul", "ol", "header", "form", "dialog"})
_OTHER_WORDS = frozenset(
    {"aehnliche", "alsoviewed", "breadcrumb", "breadcrumbs", "consent", "cookie", "cookies", "footer", "gdpr", "menu",
     "nav", "navbar", "navigation", "newsletter", "recently", "recommend", "recommendations", "recommended", "related",
     "share", "sharing", "similar", "social", "suggestions", "viewed"}
)  # fmt: skip
"""Words in the ``class`` or ``id`` of an element that holds something else than the posting."""
_LEAST_SHARE = 0.4
"""If less than this share of a page's text is left, its classes mean something else, and all of it is read."""
_MIN_DESCRIPTION = 300
"""A shorter description in a JobPosting is a summary, and the page says more."""
_TEXT_FIELDS = re.compile(
    "description|responsibilities|qualifications|skills|educationRequirements|experienceRequirements|competencyRequired"
)


def read_page(source: str) -> str:
    """The text of the posting in the page ``source``.

    A JobPosting gives its title, the employer and place on lines of their own, and its description.
    """
    posting = next(_find_postings(source), None)
    if posting is not None and (text := _write_posting(posting)):
        return text
    whole = read_html(source)
    own = read_html(source, only_posting=True)
    return own if len(own) > _LEAST_SHARE * len(whole) else whole


def read_html(source: str, *, only_posting: bool = False) -> str:
    """The text that a reader of the page ``source`` sees, without menus, scripts and styles.

    With ``only_posting`` also without notices about cookies and other postings, as far as their elements say so.
    """
    reader = _feed(source, only_posting=only_posting)
    return reader.text


def _feed(source: str, *, only_posting: bool = False) -> _PageReader:
    reader = _PageReader(only_posting)
    tags_end = source.rfind(">") + 1
    reader.feed(source[:tags_end])
    reader.feed(source[tags_end:].replace("<", "&lt;"))  # the parser would look for the end of each to no avail
    reader.close()
    return reader


class _PageReader(HTMLParser):
    """Collects text: a blank line around every block, a bullet before every item of a list."""

    def __init__(self, only_posting: bool = False) -> None:
        super().__init__(convert_charrefs=True)
        self.data: list[str] = []
        """The scripts that hold linked data (JSON-LD)."""
        self._only_posting = only_posting
        self._ignores = _ASIDE if only_posting else _IGNORED
        self._parts: list[str] = []
        self._ignored: list[str] = []
        self._open: Counter[str] = Counter()  # how often each tag is in _ignored
        self._in_data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "body":  # its start also ends a head that is not closed
            self._ignored.clear()
            self._open.clear()
        self._in_data = tag == "script" and (dict(attrs).get("type") or "").strip().lower() == "application/ld+json"
        if self._in_data:
            self.data.append("")
        if tag in self._ignores or (self._ignored and tag in self._open) or self._is_other(tag, attrs):
            self._ignored.append(tag)
            self._open[tag] += 1
        elif tag == "li":
            self._parts.append("\n\n• ")
        elif tag in _BLOCKS or tag == "br":
            self._parts.append("\n" if tag == "br" else "\n\n")

    def _is_other(self, tag: str, attrs: list[tuple[str, str | None]]) -> bool:
        if not self._only_posting or tag not in _BOXES:
            return False
        named = " ".join(value or "" for name, value in attrs if name in ("class", "id")).lower()
        return bool(_OTHER_WORDS.intersection(re.split(r"[^a-z]+", named)))

    def handle_endtag(self, tag: str) -> None:
        self._in_data = False
        if self._open[tag]:
            # A missing end tag inside must not swallow the rest of the page.
            while (inner := self._ignored.pop()) != tag:
                self._open[inner] -= 1
            self._open[tag] -= 1
        elif tag in _BLOCKS or tag == "li":
            self._parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        if self._in_data:
            self.data[-1] += data
        if not self._ignored:
            self._parts.append(re.sub(r"\s+", " ", data))

    @property
    def text(self) -> str:
        """The text read so far."""
        lines = "\n".join(line.strip(" \t") for line in "".join(self._parts).split("\n"))
        lines = re.sub(r"\n• *\n+", "\n• ", lines)  # the first block of an item follows its bullet
        return re.sub(r"\n{3,}", "\n\n", lines).strip() + "\n"


def _find_postings(source: str) -> Iterator[dict[str, Any]]:
    """Every JobPosting in the linked data of a page; data that cannot be read is left out."""
    for script in _feed(source).data:
        try:
            yield from _walk(json.loads(script, strict=False))
        except (ValueError, RecursionError):
            continue


def _walk(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for one in value:
            yield from _walk(one)
    elif isinstance(value, dict):
        kinds = value.get("@type")
        if "JobPosting" in (kinds if isinstance(kinds, list) else [kinds]):
            yield value
        yield from _walk(value.get("@graph"))


def _write_posting(posting: dict[str, Any]) -> str:
    """The text of a JobPosting, "" if it says too little."""
    parts = [part for name in posting if _TEXT_FIELDS.fullmatch(name) for part in _texts(posting[name])]
    # An exporter may escape the markup twice.
    read = [read_html(part if re.search(r"<\w", part) else unescape(part)) for part in parts]
    body = "\n".join(dict.fromkeys(part.strip() + "\n" for part in read if part.strip()))
    if len(body) < _MIN_DESCRIPTION:
        return ""
    return "\n".join(["".join(_texts(posting.get("title"))[:1]), "", *_labels(posting), "", body])


def _labels(posting: dict[str, Any]) -> Iterator[str]:
    """The employer and the places, as a posting in plain text would have them."""
    for name in _names(posting.get("hiringOrganization")):
        yield f"Company: {name}"
    for place in _list(posting.get("jobLocation")):
        address = place.get("address") if isinstance(place, dict) else place
        fields = ("addressLocality", "addressRegion")
        named = [address.get(name) for name in fields] if isinstance(address, dict) else [address]
        if written := ", ".join(name for name in named if isinstance(name, str)):
            yield f"Location: {written}"


def _names(value: object) -> list[str]:
    found = [one.get("name") if isinstance(one, dict) else one for one in _list(value)]
    return [name for name in found if isinstance(name, str)]


def _texts(value: object) -> list[str]:
    """The texts of a field, which may be a text, a list, or an object with a description."""
    texts = [one.get("description") or one.get("name") if isinstance(one, dict) else one for one in _list(value)]
    return [text for text in texts if isinstance(text, str)]


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]
