"""Writes texts as Markdown that an import reads as the same text, with backslashes only where they are needed."""

from __future__ import annotations

from dataclasses import replace

from cvgen.backends.markdown.writer import write_markdown
from cvgen.backends.plain_text.writer import write_plain
from cvgen.convert.foreign_values import escape, markdown
from cvgen.diagnostics import BadValueError
from cvgen.model.inline import Break, Code, Inline, Inlines, ItemList, Math, Plain, RichText
from cvgen.sources.inline.markdown import parse_markdown


def say(text: RichText) -> str:
    """``text`` as Markdown; its paragraphs have a blank line between them, its lists ``-`` before each item."""
    text = replace(text, nodes=_flatten_formulas(text.nodes))
    typed = _write(text, escaped=False)
    return typed if _reads_as(typed, text) else _write(text, escaped=True)


def _write(text: RichText, *, escaped: bool) -> str:
    write = escape if escaped else str
    return "\n\n".join(write_markdown(paragraph, write).strip("\n") for paragraph in text.paragraphs)


def _reads_as(typed: str, text: RichText) -> bool:
    try:
        read = parse_markdown(markdown(typed), is_block=any(isinstance(node, ItemList) for node in text.nodes))
    except BadValueError:
        return False
    return read.nodes == text.nodes


def _flatten_formulas(nodes: Inlines) -> Inlines:
    """``nodes`` with each formula as part of the plain text around it, since JSON Resume has none."""
    flat: list[Inline] = []
    for node in nodes:
        if isinstance(node, Math):
            node = Plain(write_plain(RichText((node,))))
        elif not isinstance(node, (Plain, Code, Break)):
            node = replace(node, children=_flatten_formulas(node.children))
        last = flat[-1] if flat else None
        if isinstance(node, Plain) and isinstance(last, Plain):
            flat[-1] = Plain(last.text + node.text)
        else:
            flat.append(node)
    return tuple(flat)
