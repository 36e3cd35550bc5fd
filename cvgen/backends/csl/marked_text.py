"""Nodes inside the strings that citeproc-py puts together, and the nodes of such a string.

citeproc-py joins, trims and capitalizes strings. A node is therefore carried as its words between two of the characters
that Unicode keeps for a program's own use (U+FDD0 to U+FDEF); neither a person's text nor a style has them, since
``mark_nodes`` drops them and the reader of styles refuses them. The character after the first one is a number: which
node of the ``MarkedNodes`` it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from citeproc.string import String

from cvgen.backends.citations import fit, quote_within
from cvgen.backends.citations import text as as_text
from cvgen.model.inline import Break, Code, Inline, Inlines, Math, Plain, RichText
from cvgen.themes.csl_files import NONCHARACTERS

_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_WHOLE = "\ufdd2"
"""The character in place of code or a formula, which no style changes."""
_FIRST = 0xF0000
"""The code point of the number 0, in a plane for private use: no function for capitals changes it."""

Wrap = Callable[[Inlines], Inlines]


class Marked(String):  # type: ignore[misc]
    """A string of citeproc-py's that may carry nodes. Its words are never put into lower case: a name would be lost."""

    def soft_lower(self) -> Marked:
        """The text itself."""
        return self

    def capitalize_first(self) -> Marked:
        """The text with a capital as its first letter, unless the word has one already (``arXiv``)."""
        if not (self.split() or [self])[0].islower():
            return self
        at = 0
        while self[at : at + 1] == _OPEN:
            at += 2
        return Marked(self[:at] + self[at : at + 1].upper() + self[at + 1 :])


class Quotation:
    """The marks around a quotation, and whether a comma or full stop after it is written inside it."""

    def __init__(self, before: str, after: str, takes_signs: bool) -> None:
        self.before, self.after, self.takes_signs = before, after, takes_signs


class MarkedNodes:
    """The nodes that the strings of one citation carry."""

    def __init__(self) -> None:
        self._wraps: list[Wrap | Quotation] = []

    def mark(self, wrap: Wrap | Quotation, words: object) -> Marked:
        """``words``, which ``wrap`` makes a node of when they are read."""
        self._wraps.append(wrap)
        return Marked(f"{_OPEN}{chr(_FIRST + len(self._wraps) - 1)}{words}{_CLOSE}")

    def mark_nodes(self, nodes: Inlines) -> Marked:
        """The words of ``nodes``, which become the same nodes when they are read."""
        return Marked("".join(map(self._mark_node, nodes)))

    def _mark_node(self, node: Inline) -> str:
        match node:
            case Plain(text):
                return NONCHARACTERS.sub("", text)
            case Break():
                return " "
            case Code() | Math():
                return self.mark(lambda inner: (node,), _WHOLE)
            case _:
                wrap: Wrap = lambda inner: (replace(node, children=inner),)  # noqa: E731
                return self.mark(wrap, self.mark_nodes(node.children))

    def read(self, words: str) -> RichText:
        """The nodes of ``words``. A sign that the text before it already ends with is left out."""
        return self._read(iter(_cut(words)))

    def _read(self, pieces: Iterator[str]) -> RichText:
        """The nodes up to the end of the node that ``pieces`` are in."""
        said = RichText()
        quotation: tuple[Quotation, RichText] | None = None
        for piece in pieces:
            if piece == _CLOSE:
                break
            if quotation and not (quotation[0].takes_signs and piece[:1] in (",", ".")):
                said, quotation = as_text(said, _quote(*quotation)), None
            if piece[0] != _OPEN:
                if quotation:
                    said, quotation, piece = as_text(said, _quote(*quotation, piece[0])), None, piece[1:]
                said = as_text(said, fit(said, piece))
                continue
            wrap, inner = self._wraps[ord(piece[1]) - _FIRST], self._read(pieces)
            if isinstance(wrap, Quotation):
                quotation = (wrap, inner)
            elif inner:
                said = as_text(said, RichText(wrap(inner.nodes)))
        return as_text(said, _quote(*quotation)) if quotation else said


def _cut(words: str) -> Iterator[str]:
    """The pieces of ``words``: beginnings of nodes with their number, ends of nodes, and the text between them."""
    at = start = 0
    while at < len(words):
        if words[at] in (_OPEN, _CLOSE):
            if start < at:
                yield words[start:at]
            start = at + (2 if words[at] == _OPEN else 1)
            yield words[at:start]
            at = start
        else:
            at += 1
    if start < at:
        yield words[start:]


def _quote(quotation: Quotation, inner: RichText, sign: str = "") -> RichText:
    nodes = tuple(quote_within(node) for node in inner.nodes) if quotation.before == "“" else inner.nodes
    return as_text(quotation.before, RichText(nodes), fit(RichText(nodes), sign), quotation.after) if nodes else inner
