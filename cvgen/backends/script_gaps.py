"""Finds where a text changes between ideographs and letters or digits, where print leaves a gap of a quarter em.

The places are those of ``text-autospace: normal`` (CSS Text 4, https://drafts.csswg.org/css-text-4/#text-autospace);
where a space is typed, nothing is added. The gap is space on the page only: no character is added to the text.
"""

from __future__ import annotations

from dataclasses import replace

from cvgen.model.inline import Break, Code, Inline, Inlines, ListItem, Math, Plain, RichText, Span, plain_text
from cvgen.model.late_pattern import late_pattern

GAP = "gap"
"""The part of a Span around the character before a gap."""
_IDEOGRAPH = (
    "[\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3041-\u30ff\u31c0-\u31ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_LETTER = "[A-Za-z0-9\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u0370-\u052f\u1e00-\u1fff]"
_BOUNDARY = late_pattern(f"(?<={_IDEOGRAPH})(?={_LETTER})|(?<={_LETTER})(?={_IDEOGRAPH})")
_ANY_IDEOGRAPH = late_pattern(_IDEOGRAPH)


def space_scripts(text: RichText) -> RichText:
    """``text`` with a Span ``gap`` around each character that has a gap after it."""
    visible = _read(text.nodes)
    if not _ANY_IDEOGRAPH.search(visible):
        return text
    ends = frozenset(found.start() - 1 for found in _BOUNDARY.finditer(visible))
    return replace(text, nodes=_mark(text.nodes, ends, 0)) if ends else text


def _mark(nodes: Inlines, ends: frozenset[int], start: int) -> Inlines:
    marked: list[Inline] = []
    for node in nodes:
        if isinstance(node, Plain):
            marked += _split(node.text, ends, start)
        elif isinstance(node, (Code, Break, Math)):
            marked.append(node)
        else:
            marked.append(replace(node, children=_mark(node.children, ends, start)))
        start += len(_read((node,)))
    return tuple(marked)


def _read(nodes: Inlines) -> str:
    """The characters of ``nodes``, with a newline after each item of a list."""
    read = ""
    for node in nodes:
        read += plain_text((node,)) if isinstance(node, (Plain, Code, Break)) else _read(node.children)
        read += "\n" if isinstance(node, ListItem) else ""
    return read


def _split(text: str, ends: frozenset[int], start: int) -> list[Inline]:
    parts: list[Inline] = []
    done = 0
    for at in range(len(text)):
        if start + at in ends:
            if at > done:
                parts.append(Plain(text[done:at]))
            parts.append(Span(GAP, (Plain(text[at]),)))
            done = at + 1
    return [*parts, Plain(text[done:])] if done < len(text) else parts
