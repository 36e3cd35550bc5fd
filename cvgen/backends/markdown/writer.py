"""Writes inline nodes as Markdown (https://spec.commonmark.org): the one place where text is escaped for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from cvgen.model.inline import (
    Bold,
    Break,
    Code,
    Inline,
    Inlines,
    Italic,
    ItemList,
    Link,
    ListItem,
    Math,
    Plain,
    RichText,
    Span,
    Sub,
    Sup,
    plain_text,
)

_MARKUP = re.compile(r"[\\`*\[\]]|(?<!\w)_|_(?!\w)|<(?=[A-Za-z/!?])|&(?=#?\w{1,31};)|~(?=~)|(?<=~)~")
"""Characters that can be markup in their place; ``a_b``, ``a < b`` and ``R&D`` need no backslash."""
_START = re.compile(r"(?:[-+=>]|#{1,6}(?=\s|$)|(?<=\d)[.)](?=\s))")
_NUMBER = re.compile(r"\d{1,9}(?=[.)](?:\s|$))")
_EMPHASIS: Mapping[type[Inline], tuple[str, str]] = {Bold: ("**", "strong"), Italic: ("*", "em")}
Escape = Callable[[str], str]


def escape(text: str) -> str:
    """``text`` with a backslash before each character that is markup in Markdown."""
    return _MARKUP.sub(lambda found: "\\" + found[0], text)


def write_markdown(text: RichText, escape_text: Escape = escape) -> str:
    """``text`` on one line, but for the line breaks in it."""
    return _write_all(text.nodes, escape_text)


def write_paragraph(text: RichText) -> str:
    """``text`` as a paragraph of its own, which begins neither a heading nor a list."""
    written = write_markdown(text)
    if number := _NUMBER.match(written):
        return f"{number[0]}\\{written[number.end() :]}"
    return "\\" + written if _START.match(written) else written


def _write_all(nodes: Inlines, escape_text: Escape, before: str = "", after: str = "") -> str:
    """``nodes`` between the characters ``before`` and ``after``, which decide how words can be emphasised."""
    written = ""
    for index in range(len(nodes) - 1, -1, -1):
        left = _last_character(nodes[index - 1]) if index else before
        written = _write(nodes[index], escape_text, left, written[:1] or after) + written
    return written


def _last_character(node: Inline) -> str:
    return "*" if isinstance(node, (Bold, Italic)) else plain_text((node,))[-1:]


def _write(node: Inline, escape_text: Escape, left: str, right: str) -> str:
    match node:
        case Plain(text):
            return escape_text(text)
        case Code(text):
            return _write_code(text)
        case Break():
            return "\\\n"
        case Link(url, children):
            return _write_link(url, plain_text(children), _write_all(children, escape_text, " ", " "))
        case Bold(children) | Italic(children):
            return _emphasise(type(node), children, escape_text, left, right)
        case Span("owner", children):
            return _emphasise(Bold, children, escape_text, left, right)
        case Span("marks", children) | Sup(children) | Sub(children):
            tag = "sub" if isinstance(node, Sub) else "sup"
            return f"<{tag}>{_write_all(children, escape_text, ' ', ' ')}</{tag}>"
        case ItemList():
            return "\n".join(_list_lines(node, escape_text))
        case Math(_, children) | Span(_, children) | ListItem(children):
            return _write_all(children, escape_text, left, right)


def _list_lines(node: ItemList, escape_text: Escape) -> Iterator[str]:
    """The lines of a list; a list in an item is indented."""
    for item, mark in zip(node.items, node.marks, strict=True):
        mark = f"{mark or '-'} "
        words = tuple(child for child in item.children if not isinstance(child, ItemList))
        yield mark + _write_all(words, escape_text)
        for child in item.children:
            if isinstance(child, ItemList):
                yield from (" " * len(mark) + line for line in _list_lines(child, escape_text))


def _write_code(text: str) -> str:
    """Code between more backticks than it has in a row (CommonMark 6.1)."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence, space = "`" * (longest + 1), " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{space}{text}{space}{fence}"


def _write_link(url: str, plain: str, words: str) -> str:
    if plain == url:
        return f"<{url}>"
    return f"[{words}]({url.replace('(', '%28').replace(')', '%29')})"


def _emphasise(kind: type[Inline], children: Inlines, escape_text: Escape, left: str, right: str) -> str:
    """Emphasised words: with stars, or with tags where Markdown would take stars for text (CommonMark 6.2)."""
    if len(children) == 1 and isinstance(children[0], Link):
        inner = _emphasise(kind, children[0].children, escape_text, " ", " ")
        return _write_link(children[0].url, plain_text(children), inner)
    words, written = plain_text(children), _write_all(children, escape_text, "*", "*")
    star, tag = _EMPHASIS[kind]
    opens = words[:1].isalnum() or (words[:1].strip() and not left.isalnum())
    closes = words[-1:].isalnum() or (words[-1:].strip() and not right.isalnum())
    if opens and closes and "*" not in (left, right, written[:1], written[-1:]):
        return f"{star}{written}{star}"
    return f"<{tag}>{written}</{tag}>"
