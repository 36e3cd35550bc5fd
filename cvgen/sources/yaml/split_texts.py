"""Finds texts that a comma of their own has split: inside brackets, YAML reads ``[read by 3,000 people]`` as a list."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import yaml

BULLETS = "highlights"
"""The key of lists whose items are sentences."""
_THOUSANDS = re.compile(r"(?:.*\D)?\d{1,3}$", re.DOTALL), re.compile(r"\d{3}(?!\d)")
_DECIMALS = re.compile(r".*\d$", re.DOTALL), re.compile(r"\d{1,2}(?:\s?[%‰€$£°]|\s\w)")
"""The end of a text and the start of the next one, where the comma between them is part of a number."""
_ENDS = (".", "!", "?", ";", ":", "…", "。", "！", "？")
_BRACKETS = (("(", ")"), ("（", "）"), ("„", "“"), ("“", "”"), ("«", "»"))


def find_split_text(node: object, key: str) -> tuple[Any, Any] | None:
    """The first two items of the list ``node``, the value of ``key``, between which a comma is likely part of a text.

    Only texts without quotes count: a person who wants two such items puts each in quotes.
    """
    if not (isinstance(node, yaml.SequenceNode) and node.flow_style and node.value):
        return None
    are_sentences = key == BULLETS
    # One full stop after several items: all of them are one sentence.
    is_one_sentence = are_sentences and _is_plain(node.value[-1]) and _ends(node.value[-1].value)
    for one, other in pairwise(node.value):
        if not (_is_plain(one) and _is_plain(other)):
            continue
        is_close = one.end_mark.index + 1 == other.start_mark.index
        if (
            (is_close and _splits_number(one.value, other.value))
            or _splits_bracket(one.value, other.value)
            or (are_sentences and _goes_on(one.value, other.value))
            or (is_one_sentence and not _ends(one.value))
        ):
            return one, other
    return None


def _is_plain(node: object) -> bool:
    return isinstance(node, yaml.ScalarNode) and not node.style and bool(node.value.strip())


def _ends(text: str) -> bool:
    return text.endswith(_ENDS)


def _splits_number(one: str, other: str) -> bool:
    """Whether a comma between the two is part of a number; two texts of digits alone are two numbers."""
    if one.isdigit() and other.isdigit():
        return False
    return any(end.match(one) and start.match(other) for end, start in (_THOUSANDS, _DECIMALS))


def _splits_bracket(one: str, other: str) -> bool:
    """Whether a bracket or a quotation that ``one`` opens is closed in ``other``."""
    return any(
        one.count(opening) > one.count(closing) and other.count(closing) > other.count(opening)
        for opening, closing in _BRACKETS
    )


def _goes_on(one: str, other: str) -> bool:
    """Whether ``other`` goes on with the sentence of ``one``: it begins with a small letter, unlike ``one``."""
    first = other.split()[0]
    return one[0].isupper() and not _ends(one) and first[0].islower() and first == first.lower()
