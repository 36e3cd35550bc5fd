"""The functions for citation styles, which put the parts of a citation together as nodes.

A style is one template for all backends. The functions see the printed text of each part: they print no punctuation
for an absent part and never double a sign. "Why clouds?" gets no full stop, and "et al." not a second one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from cvgen.model.inline import (
    SINGLE_QUOTES,
    Bold,
    Break,
    Code,
    Inline,
    Inlines,
    Italic,
    Link,
    Plain,
    RichText,
    Span,
    plain_text,
)

_NOT_IN_URLS = re.compile(r"[<>\"{}|\\^`\s]")
"""What must be percent-encoded in an address (RFC 3986, appendix A)."""
_STOPS = frozenset(".?!。？！…")
_WIDE = ("（", "，", "、", "。", "；", "：")
"""Signs as wide as an ideograph, which have their space with them."""
_CLOSERS = "”’»“」"
"""Closing quotation marks; the sign before one of them still counts as the last sign."""
_ABBREVIATIONS = frozenset(
    ("al", "co", "corp", "dr", "ed", "eds", "etc", "inc", "jr", "ltd", "no", "pp", "sr", "st", "vol", "vs")
)
"""Words that keep their full stop before a comma, as do single letters and words with a full stop inside."""


_NOTHING = RichText()


def _as_nodes(part: object) -> Inlines:
    if isinstance(part, RichText):
        return part.nodes
    return (Plain(str(part)),) if part not in (None, "", False) else ()


def text(*parts: Any) -> RichText:
    """All ``parts`` (texts, strings, numbers) one after the other, with nothing between them."""
    if len(parts) == 1 and isinstance(parts[0], RichText):
        return parts[0]
    nodes: list[Inline] = []
    location = None
    for part in parts:
        nodes += _as_nodes(part)
        location = location or getattr(part, "location", None)
    return RichText(tuple(nodes), location) if nodes else _NOTHING


def around(before: str, part: object, after: str = "") -> RichText:
    """``part`` with words before and after it; nothing if ``part`` is empty."""
    return text(before, part, after) if part else _NOTHING


def join(parts: Iterable[object], separator: str = ", ") -> RichText:
    """The ``parts`` that are not empty, with ``separator`` between them and no sign doubled."""
    said = [part for part in parts if part]
    if len(said) < 2:
        return text(*said)
    pieces: list[Any] = [said[0]]
    for part in said[1:]:
        before = text(pieces[-1])
        is_wide = separator == " " and (str(text(part)).startswith(_WIDE) or str(before).endswith(_WIDE))
        pieces += ["" if is_wide else fit(before, separator), part]
    return text(*pieces)


def sentence(parts: Iterable[object], separator: str = ", ", end: str = ".") -> RichText:
    """``parts`` joined as by ``join``, with ``end`` after the last."""
    joined = join(parts, separator)
    return text(joined, fit(joined, end)) if joined else joined


def quoted(part: object, sign: str = "", marks: tuple[str, str] = ("“", "”"), *, inside: bool = True) -> RichText:
    """``part`` between quotation ``marks``, with ``sign`` before the closing one (American English) or after it."""
    inner = RichText(tuple(quote_within(node) for node in text(part).nodes), getattr(part, "location", None))
    if not inner:
        return inner
    if sign.startswith((",", "，", "،")):
        inner = unstop(inner)
    said = fit(inner, sign)
    return text(marks[0], inner, said, marks[1]) if inside else text(marks[0], inner, marks[1], said)


def quote_within(node: Inline) -> Inline:
    """``node`` with single quotation marks in place of double ones."""
    if isinstance(node, Plain):
        return replace(node, text=node.text.translate(SINGLE_QUOTES))
    if isinstance(node, (Code, Break)):
        return node
    return replace(node, children=tuple(quote_within(child) for child in node.children))


def unstop(part: object) -> RichText:
    """``part`` without the full stop of its sentence, so that more text can follow."""
    inner = text(part)
    return _drop_last(inner) if _ends_sentence(str(inner)) else inner


def fit(before: RichText, sign: str) -> str:
    """``sign``, without its first character if the text before it already ends with such a sign."""
    last = _last_sign(before.nodes)
    is_said = (
        (sign[:1] == "." and last in _STOPS)
        or (sign[:1] == "," and last in _STOPS - {"."})
        or (sign[:1] in (",", ";", ":") and last in (",", ";", ":"))
    )
    return sign[1:] if is_said else sign


def _last_sign(nodes: Inlines) -> str:
    """The last character, not counting closing quotation marks and marks of authors."""
    for node in reversed(nodes):
        if isinstance(node, Span) and node.part == "marks":
            continue
        words = plain_text((node,)).rstrip(_CLOSERS)
        if words:
            return words[-1]
    return ""


def _ends_sentence(words: str) -> bool:
    """Whether the full stop at the end closes a sentence, and is not part of an abbreviation or an ellipsis."""
    last = words.split()[-1] if words.split() else ""
    bare = last[:-1].casefold()
    return last.endswith(".") and "." not in bare and len(bare) > 1 and bare not in _ABBREVIATIONS


def _drop_last(part: RichText) -> RichText:
    """``part`` without its last character."""
    *before, last = part.nodes
    if isinstance(last, (Plain, Code)):
        rest: Inline = replace(last, text=last.text[:-1])
    elif isinstance(last, Break):
        return RichText(tuple(before), part.location)
    else:
        rest = replace(last, children=_drop_last(RichText(last.children)).nodes)
    return RichText((*before, rest), part.location)


def _mark(node: Callable[[Inlines], Inline]) -> Callable[[Any], RichText]:
    """A function that puts its argument into ``node``; an empty argument stays empty."""

    def put(part: object) -> RichText:
        inner = text(part)
        return RichText((node(inner.nodes),), inner.location) if inner else inner

    return put


def link(url: str, part: object) -> RichText:
    """``part`` as a link to ``url``, which may contain a DOI as it is printed (``10.1002/a<693::b``)."""
    inner = text(part)
    address = _NOT_IN_URLS.sub(lambda found: f"%{ord(found[0]):02X}", url)
    return RichText((Span("link", (Link(address, inner.nodes),)),), inner.location) if inner else inner


def say_title(url: str, part: object) -> RichText:
    """``part`` as a title, and as a link if there is a ``url``."""
    titled = _mark(lambda nodes: Span("title", nodes))(part)
    return link(url, titled) if url else titled


owner = _mark(lambda nodes: Span("owner", nodes))
marks = _mark(lambda nodes: Span("marks", nodes))


em = _mark(Italic)
bold = _mark(Bold)
