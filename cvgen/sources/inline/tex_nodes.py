"""Tidies inline nodes made from TeX: joins neighbours, cleans up spaces, puts accents on letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from cvgen.model.inline import Break, Code, Inline, Inlines, Italic, Plain, Sub, Sup, plain_text

_LETTER = re.compile("(?s:.)[\u0300-\u036f\u20d0-\u20ff]*")
_BINARY = frozenset("×±∓÷⊗⊕")
_DOTLESS = str.maketrans("ıȷ", "ij")
_BELOW = frozenset("\u0327\u0323\u0331\u0328\u0326\u0332\u0330")


def join_text(nodes: Iterable[Inline]) -> Inlines:
    """``nodes`` with neighbours of plain text as one, and each run of white space as one blank."""
    joined: list[Inline] = []
    for is_plain, run in groupby(nodes, key=lambda node: isinstance(node, Plain)):
        if not is_plain:
            joined += run
        elif text := re.sub(r"[ \t\r\n]+", " ", plain_text(tuple(run))):
            joined.append(Plain(text.replace(" \u00a0»", "\u00a0»")))
    return tuple(joined)


def join_math(nodes: Iterable[Inline]) -> Inlines:
    """Neighbours of one kind as one node, so that words stay whole in the text layer."""
    joined: list[Inline] = []
    for node in nodes:
        last = joined[-1] if joined else None
        if isinstance(node, Plain) and isinstance(last, Plain):
            joined[-1] = Plain(last.text + node.text)
        elif isinstance(node, (Sub, Sup)) and isinstance(last, Plain) and last.text.strip() and last.text[-1] == " ":
            joined[-1:] = [
                Plain(last.text.rstrip()),
                node,
                Plain(" "),
            ]  # an operator's space goes after its script
        elif isinstance(node, Italic) and isinstance(last, Italic):
            joined[-1] = Italic(join_math([*last.children, *node.children]))
        else:
            joined.append(node)
    return tuple(joined)


def trim_math(nodes: Inlines) -> Inlines:
    """``nodes`` without an operator's space at the start or end of the formula, or after a bracket."""
    if not nodes:
        return nodes
    parts = list(nodes)
    if isinstance(parts[0], Plain):
        parts[0] = Plain(parts[0].text.lstrip(" "))
        if parts[0].text.rstrip(" ") in _BINARY:
            parts[0] = Plain(parts[0].text.rstrip(" "))
    if isinstance(parts[-1], Plain):
        parts[-1] = Plain(parts[-1].text.rstrip(" "))
        if parts[-1].text.lstrip(" ") in _BINARY:  # AdS$_5\\times$S$^5$
            parts[-1] = Plain(parts[-1].text.lstrip(" "))
    tidy = (
        Plain(re.sub(r"([([{/√]) ", r"\1", re.sub(r"  +", " ", p.text))) if isinstance(p, Plain) else p for p in parts
    )
    return tuple(part for part in tidy if not isinstance(part, Plain) or part.text)


def tighten(nodes: Inlines) -> Inlines:
    """The nodes of a script: no space around operators, and a minus before a digit."""
    return tuple(
        Plain(re.sub(r" ([^\w\s]) ", r"\1", re.sub(r"^-(?=\d)", "−", node.text))) if isinstance(node, Plain) else node
        for node in nodes
    )


def bracketed(nodes: list[Inline]) -> list[Inline]:
    """``nodes`` in brackets; without brackets for a number, or one character with its accents and scripts."""
    text = plain_text(tuple(nodes)).strip()
    is_one = len([c for c in _base_text(nodes).strip() if not unicodedata.combining(c)]) == 1
    return nodes if is_one or text.isdigit() else [Plain("("), *nodes, Plain(")")]


def put_accent(nodes: Iterable[Inline], mark: str, *, on_each: bool) -> list[Inline]:
    """The combining character ``mark`` over the first letter of ``nodes``, or over each; scripts get none."""
    parts = list(nodes)
    letters = any(character.isalnum() for character in _base_text(parts))
    return _Accent(mark, on_each=on_each, letters_only=letters).put(parts)


def _base_text(nodes: Iterable[Inline]) -> str:
    return "".join(plain_text((node,)) for node in nodes if not isinstance(node, (Sub, Sup)))


class _Accent:
    """Puts an accent on the letters of nodes, and remembers whether the first letter has it already."""

    def __init__(self, mark: str, *, on_each: bool, letters_only: bool) -> None:
        self.mark, self.on_each, self.letters_only = mark, on_each, letters_only
        self.is_done = False

    def put(self, nodes: Iterable[Inline]) -> list[Inline]:
        return [self._put_one(node) for node in nodes]

    def _put_one(self, node: Inline) -> Inline:
        match node:
            case Plain(text) | Code(text):
                return replace(node, text=self._put_text(text))
            case Sub() | Sup() | Break():
                return node
            case _:
                return replace(node, children=tuple(self.put(node.children)))

    def _put_text(self, text: str) -> str:
        return unicodedata.normalize("NFC", _LETTER.sub(self._put_letter, text))

    def _put_letter(self, match: re.Match[str]) -> str:
        letter = match[0]
        is_base = letter[0].isalnum() if self.letters_only else not letter.isspace()
        if not is_base or (self.is_done and not self.on_each):
            return letter
        self.is_done = True
        return (letter if self.mark in _BELOW else letter.translate(_DOTLESS)) + self.mark
