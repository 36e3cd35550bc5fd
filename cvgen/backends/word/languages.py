"""Languages in Word: their codes, and which words run from right to left."""

from __future__ import annotations

import re
from collections.abc import Iterator

from babel.core import get_global

_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff"
_DIRECTED = re.compile(rf"[{_RTL}]|[^\W\d_]")
"""A character that has a direction of its own."""


def name_language(language: str) -> str:
    """``en-US`` for ``en``: Word knows languages with their region (likely subtags of CLDR)."""
    likely = get_global("likely_subtags").get(language.replace("-", "_"), "")
    parts = str(likely).split("_")
    return language if len(parts) < 3 or re.search("-[A-Z]{2}$", language) else f"{parts[0]}-{parts[2]}"


def cut_directions(text: str, *, is_rtl: bool) -> Iterator[tuple[str, bool]]:
    """``text`` in pieces of one direction: each piece, and whether it runs from right to left.

    Spaces, digits and signs belong to the words around them that have the direction of the document, ``is_rtl``.
    """
    start, current, kept = 0, is_rtl, 0
    for found in _DIRECTED.finditer(text):
        direction = bool(re.match(rf"[{_RTL}]", found[0]))
        if direction != current:
            cut = found.start() if direction != is_rtl else kept
            if cut > start:
                yield text[start:cut], current
            start, current = max(cut, start), direction
        kept = found.end()
    if start < len(text):
        ends_apart = current != is_rtl and kept < len(text)
        yield text[start : kept if ends_apart else len(text)], current
        if ends_apart:
            yield text[kept:], is_rtl
