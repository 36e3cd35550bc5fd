"""Inline nodes to HTML: the one place where text is escaped for HTML."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup, escape

from cvgen.model.inline import Bold, Break, Code, Inline, Inlines, Italic, Link, Math, Plain, RichText, Sub, Sup

_TAGS = {Bold: "strong", Italic: "em", Sup: "sup", Sub: "sub"}


def write_html(value: Any) -> Any:
    """Jinja's ``finalize``: RichText becomes markup, all else is left for autoescape."""
    return Markup("").join(_write(node) for node in value.nodes) if isinstance(value, RichText) else value


def _write(node: Inline) -> Markup:
    match node:
        case Plain(text):
            return escape(text)
        case Code(text):
            return Markup("<code>{}</code>").format(text)
        case Break():
            return Markup("<br>")
        case Link(url, children):
            return Markup('<a href="{}">{}</a>').format(url, _write_all(children))
        case Math(_, children):
            return Markup('<span class="math">{}</span>').format(_write_all(children))
        case _:
            tag = Markup(_TAGS[type(node)])
            return Markup("<{0}>{1}</{0}>").format(tag, _write_all(node.children))


def _write_all(nodes: Inlines) -> Markup:
    return Markup("").join(_write(node) for node in nodes)
