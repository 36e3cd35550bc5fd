"""Where the parts of a letter are on the page, by the customs of its language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class LetterPart(StrEnum):
    """The parts of a letter: the names of the sections of its Document."""

    RECIPIENT = "recipient"
    DATE = "date"
    SUBJECT = "subject"
    SALUTATION = "salutation"
    BODY = "body"
    CLOSING = "closing"
    SIGNATURE = "signature"
    ENCLOSURES = "enclosures"


class Side(StrEnum):
    """Where on the line a part of a letter is; the start is at the left, in Arabic and Hebrew at the right."""

    START = "start"
    END = "end"
    CENTRE = "centre"
    ASIDE = "aside"
    """In a block of its own at the end of the line, whose lines begin at its start: an address on the right."""


@dataclass(frozen=True, slots=True)
class LetterLayout:
    """Where the parts of a letter are. The order of the parts is that of the sections of its Document."""

    sides: Mapping[LetterPart, Side] = field(default_factory=dict)
    """Those that are not at the start of the line."""
    window: bool = False
    """Whether the first part is where an envelope has its window (DIN 5008, form B: 62.7 mm below the edge)."""
    indent: float = 0
    """How far the first line of each paragraph is indented, in sizes of the text."""
    signature: str = ""
    """The picture of the signature as written in the profile; empty if there is none."""

    def side(self, part: str) -> str:
        """Where ``part`` is: ``start``, ``end``, ``centre`` or ``aside``."""
        return self.sides.get(LetterPart(part), Side.START).value
