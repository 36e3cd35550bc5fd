"""Where a text may be cut without parting a letter from its marks, or two joined letters."""

from __future__ import annotations

from unicodedata import category, combining

_NON_JOINER, _JOINER = "\u200c", "\u200d"
_VIRAMA = 9
"""The combining class of the signs that join two consonants."""


def find_cut(text: str, at: int) -> int:
    """The first place from ``at``, 1 at least, on that parts nothing.

    Marks belong to the letter before them; a virama and a joiner also join the letter after them (Unicode Standard
    Annex #29, rules GB9 to GB9c).
    """
    while at < len(text) and (_goes_on(text[at]) or _joins_next(text[at - 1])):
        at += 1
    return at


def _goes_on(char: str) -> bool:
    return category(char)[0] == "M" or char in (_NON_JOINER, _JOINER)


def _joins_next(char: str) -> bool:
    return char == _JOINER or combining(char) == _VIRAMA
