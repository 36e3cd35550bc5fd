"""Keeps a short last word beside the word before it, so that it is not alone on the last line of a paragraph."""

from __future__ import annotations

from dataclasses import replace

from cvgen.model.inline import Plain, RichText
from cvgen.model.late_pattern import late_pattern

_SHORTEST_TEXT = 45
"""In characters. A shorter text has a line of its own, or is in a narrow column, where two words may be too wide."""
_GAP = late_pattern(r"(?<=[^\s\u00a0])(?<![^\s\u00a0]{15}) (?=[^\s\u00a0]{1,12}\Z)")
"""The space before a short last word. The word before it has 14 letters at most, so that a line has room for both."""


def bind_last_words(text: RichText) -> RichText:
    """``text`` with a space that does not break (U+00A0) before its last word, if that is short."""
    *before, last = text.nodes or (None,)
    if not isinstance(last, Plain) or len(str(text)) < _SHORTEST_TEXT:
        return text
    return replace(text, nodes=(*before, Plain(_GAP.sub("\u00a0", last.text))))
