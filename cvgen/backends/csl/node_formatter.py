"""The formatter that citeproc-py asks for italics and the like, and what its elements ask about a publication."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cvgen.backends.csl.marked_text import Marked, MarkedNodes
from cvgen.model.inline import Bold, Inline, Inlines, Italic, Sub, Sup
from cvgen.model.shown_paper import PublicationItem


class NodeFormatter:
    """The formatter of one citation; its methods have the names of citeproc-py's functions.

    There are no nodes for small capitals, light and underlined text: their words are printed as they are.
    """

    def __init__(self, nodes: MarkedNodes, item: PublicationItem, words: Mapping[str, str]) -> None:
        self.nodes, self.item, self.words = nodes, item, words
        self.Italic = self.Oblique = self._mark(Italic)
        self.Bold = self._mark(Bold)
        self.Superscript = self._mark(Sup)
        self.Subscript = self._mark(Sub)
        self.SmallCaps = self.Light = self.Underline = self.preformat

    def preformat(self, text: object) -> Marked:
        """``text`` as a string of citeproc-py's."""
        return Marked(text)

    def _mark(self, node: Callable[[Inlines], Inline]) -> Callable[[object], Marked]:
        return lambda text: self.nodes.mark(lambda inner: (node(inner),), text)
