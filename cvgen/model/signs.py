"""What the words of a bullet say about its strength."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Sign(StrEnum):
    """A sign of a strong bullet (a number, an outcome, scope) or of a weak one."""

    NUMBER = "number"
    """A quantity, in digits or in words; not a year, and not a part of a name such as ISO 9001."""
    OUTCOME = "outcome"
    """What changed: reduced, won, on time."""
    SCOPE = "scope"
    """What the person led, made or was answerable for: led, built, nationwide."""
    WEAK_OPENING = "weak opening"
    """It says that the person was there, not what they did: took part in, responsible for, helped."""
    WEAK_WORDS = "weak words"
    """Words that name nothing, or chores: various, day-to-day, meetings."""


WEAK = frozenset({Sign.WEAK_OPENING, Sign.WEAK_WORDS})


@dataclass(frozen=True, slots=True)
class FoundSign:
    """A sign, the words of the text that show it, and the offset of their first character."""

    sign: Sign
    words: str
    start: int = 0
