"""Compares spellings of names: with initials, and with or without a middle name."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from cvgen.model.owner import fold


def split_name(name: str) -> tuple[str, str]:
    """Family and given names of ``Family, Given`` or ``Given Family``; particles belong to the family."""
    family, comma, given = name.partition(",")
    if comma:
        return family.strip() or given.strip(), given.strip() if family.strip() else ""
    words = name.split()
    start = next((at for at, word in enumerate(words[:-1]) if at and word.islower()), len(words) - 1)
    return " ".join(words[start:]), " ".join(words[:start])


def are_alike(first: str, second: str) -> bool:
    """Whether two names can belong to one person: the same family name, and given names that agree in order.

    ``T. Reyes``, ``Tomás Reyes`` and ``Tomás M. Reyes`` are alike.
    """
    (family, given), (other_family, other_given) = split_name(first), split_name(second)
    if not given or not other_given or fold(family) != fold(other_family):
        return False
    shorter, longer = sorted((_words(given), _words(other_given)), key=len)
    rest = iter(longer)
    return all(any(_agree(word, other) for other in rest) for word in shorter)


def has_initials(name: str) -> bool:
    """Whether a given name is only its first letter."""
    return any(len(word) == 1 for word in _words(split_name(name)[1]))


@lru_cache(maxsize=1 << 14)
def _words(given: str) -> list[str]:
    decomposed = unicodedata.normalize("NFKD", given.casefold())
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    return [word for word in re.split(r"[\s.\-]+", bare) if word]


def _agree(word: str, other: str) -> bool:
    return word == other or (1 in (len(word), len(other)) and word[0] == other[0])
