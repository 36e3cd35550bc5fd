"""Writes inline nodes as HTML: the one place where text is escaped for HTML."""

from __future__ import annotations

import re
from typing import Any

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup, escape

from cvgen.backends.script_gaps import space_scripts
from cvgen.backends.units import bind_units
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
)
from cvgen.themes.icons import Icon

# C++, C# and 9 %: Unicode's rules allow a line break inside, and reorder the signs among words from right to left
_WHOLE = re.compile(r"(\b\w{1,9}(?:\+\+|#)\w*|\d %)")
_TAGS = {Bold: "strong", Italic: "em", Sup: "sup", Sub: "sub", ListItem: "li"}


def write_html(value: Any) -> Any:
    """Jinja's ``finalize``: RichText becomes markup, all other values are left for autoescape."""
    if not isinstance(value, RichText):
        return value
    written = _write_all(space_scripts(value).nodes)
    if not (value.language and written):
        return written
    tag = Markup("div" if any(isinstance(node, ItemList) for node in value.nodes) else "span")
    return Markup('<{0} lang="{1}">{2}</{0}>').format(tag, value.language, written)


def write_json(value: Any) -> Markup:
    """``value`` as JSON inside ``<script>``, in which no character begins or ends a tag."""
    return htmlsafe_json_dumps(value, ensure_ascii=False, sort_keys=False)


def draw_icon(icon: Icon, color: Any = "currentColor") -> Markup:
    """``icon`` as an inline SVG as high as the text; screen readers skip it."""
    box = " ".join(f"{number:g}" for number in icon.box)
    is_narrow = icon.box[2] < 0.85 * icon.box[3]
    start = Markup('<svg class="icon{}" viewBox="{}" width="1em" height="1em" fill="{}" aria-hidden="true">')
    shapes = Markup("").join(Markup('<path d="{}"/>').format(path) for path in icon.paths)
    return start.format(" narrow" if is_narrow else "", box, color) + shapes + Markup("</svg>")


def _write(node: Inline) -> Markup:
    match node:
        case Plain(text):
            return _write_text(bind_units(text))
        case Code(text):
            return Markup("<code>{}</code>").format(_write_text(text))
        case Break():
            return Markup("<br>")
        case Link(url, children):
            return Markup('<a href="{}">{}</a>').format(url, _write_all(children))
        case Math(_, children):
            return Markup('<span class="math">{}</span>').format(_write_all(children))
        case Span(part, children):
            return Markup('<{0} class="{1}">{2}</{0}>').format(
                "sup" if part == "marks" else "span", part, _write_all(children)
            )
        case ItemList():
            return _write_list(node)
        case _:
            tag = Markup(_TAGS[type(node)])
            return Markup("<{0}>{1}</{0}>").format(tag, _write_all(node.children))


def _write_list(node: ItemList) -> Markup:
    """A list in the look of bullets; the number of an item is an attribute, which the styles print."""
    if node.start is None:
        return Markup('<ul class="bullets">{}</ul>').format(_write_all(node.children))
    items = (
        Markup('<li data-mark="{}">{}</li>').format(mark, _write_all(item.children))
        for item, mark in zip(node.items, node.marks, strict=True)
    )
    return Markup('<ol class="bullets">{}</ol>').format(Markup("").join(items))


def _write_text(text: str) -> Markup:
    parts = _WHOLE.split(text)
    return Markup("").join(
        Markup('<span class="whole">{}</span>').format(part) if index % 2 else escape(part)
        for index, part in enumerate(parts)
    )


def _write_all(nodes: Inlines) -> Markup:
    return Markup("").join(_write(node) for node in nodes)
