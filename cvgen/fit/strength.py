"""How strong a bullet is, by the words in it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from cvgen.model.signs import FoundSign, Sign

_GOOD = (Sign.NUMBER, Sign.OUTCOME, Sign.SCOPE)
_RESULTS = (Sign.NUMBER, Sign.OUTCOME)


class Strength(IntEnum):
    """The classes of strength. A new wording of the same class changes nothing in a fit."""

    EMPTY = -2
    """Weak words alone: "took part in various meetings"."""
    WEAK = -1
    """Weak words, and some sign of a result: "helped to raise £2,000"."""
    PLAIN = 0
    GOOD = 1
    """A number, an outcome or scope."""
    STRONG = 2
    """At least two of them."""


_FACTORS = {Strength.EMPTY: 0.03, Strength.WEAK: 0.3, Strength.PLAIN: 1.0, Strength.GOOD: 1.4, Strength.STRONG: 1.7}


def judge_words(signs: Iterable[FoundSign]) -> Strength:
    """The strength that ``signs`` show; PLAIN without any.

    A weak opening takes two steps, weak words elsewhere one; a bullet with weak words and nothing good is EMPTY. After
    a weak opening scope does not count: "took part in leading".
    """
    kinds = {found.sign for found in signs}
    is_weak, has_weak_words = Sign.WEAK_OPENING in kinds, Sign.WEAK_WORDS in kinds
    good = sum(sign in kinds for sign in (_RESULTS if is_weak else _GOOD))
    if (is_weak or has_weak_words) and not good:
        return Strength.EMPTY
    return Strength(max(Strength.EMPTY, min(Strength.STRONG, good - 2 * is_weak - has_weak_words)))


def strength_factor(strength: Strength) -> float:
    """The factor by which it multiplies the value of a bullet."""
    return _FACTORS[strength]


def describe_signs(signs: Iterable[FoundSign], strength: Strength) -> str:
    """The words that made a bullet strong or weak, for people."""
    wanted = _GOOD if strength > Strength.PLAIN else tuple(set(Sign) - set(_GOOD))
    words = list(dict.fromkeys(found.words for found in signs if found.sign in wanted))
    return f"{strength.name.lower()} words: {', '.join(words[:4])}"
