"""The customs of letters in each language: the order of the parts, where they are, and what they say."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Any

from cvgen.model.letter_layout import LetterPart, Side

_FILE = resources.files("cvgen.select") / "letter_customs.json"
_FALLBACK = "en"
_RECIPIENT = ("name", "role", "organization", "address")


@dataclass(frozen=True, slots=True)
class LetterCustoms:
    """The customs of one language or country, as ``letter_customs.json`` has them."""

    parts: tuple[LetterPart, ...]
    """The parts from the top of the letter to its foot."""
    recipient: tuple[str, ...] = _RECIPIENT
    """The order of the lines of the recipient."""
    sides: Mapping[LetterPart, Side] = field(default_factory=dict)
    has_window: bool = False
    """Whether the recipient is where envelopes have a window."""
    indent: float = 0
    """How far the first line of a paragraph is indented, in sizes of the text."""
    names_place: bool = False
    """Whether the writer's town is before the date."""
    names_subject: bool = False
    """Whether a word such as ``Re`` is before the subject."""
    words: Mapping[str, str] = field(default_factory=dict)
    """Words that differ from those of the language."""


@lru_cache(maxsize=1)
def _load() -> Mapping[str, Any]:
    loaded: dict[str, Any] = json.loads(_FILE.read_text("utf-8"))
    return loaded


def find_customs(language: str, words: Mapping[str, str]) -> LetterCustoms:
    """The customs of ``language`` (``de-AT`` has those of ``de``), and of English if there are none.

    ``words`` are the fixed words of the letter; a row of customs may have others.
    """
    known, base = _load(), language.split("-")[0]
    row = known.get(language) or known.get(base) or known[_FALLBACK]
    return LetterCustoms(
        **{
            **row,
            "parts": tuple(LetterPart(name) for name in row["parts"]),
            "recipient": tuple(row.get("recipient", _RECIPIENT)),
            "sides": {LetterPart(name): Side(side) for name, side in row.get("sides", {}).items()},
            "words": {**words, **row.get("words", {})},
        }
    )
