"""Learns abbreviations from text that explains them: ``Advanced Life Support (ALS)``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import normalize

_SHORT = r"[A-Z][A-Za-z0-9&+./-]{1,9}"
_LONG_WORD = r"[^\W\d_][^\s()（）,;:。，；]{0,40}"
_BEFORE = re.compile(rf"(?<![^\W\d_])((?:{_LONG_WORD}[ \u00a0\n]+){{0,8}}{_LONG_WORD})[ \u00a0\n]*[(（]({_SHORT})[)）]")
_AFTER = re.compile(rf"\b({_SHORT}) [(（]((?:{_LONG_WORD}[ \u00a0\n]+){{1,8}}{_LONG_WORD})[)）]")
_ELISION = re.compile(r"^[^\W\d_]{1,4}['’](?=[^\W\d_]{2})")
"""A small word before a name (d'État, dell'arte), which abbreviations leave out."""
_SHORTEST_COMPOUND = 4
_HAN_RUN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{3,10}$")


def find_pairs(text: str) -> Iterator[tuple[str, str]]:
    """Each abbreviation that ``text`` explains, with the words that it means."""
    for match in _BEFORE.finditer(text):
        if long := _spelled_out(match[2], match[1].split()):
            yield match[2], long
    for match in _AFTER.finditer(text):
        if (long := _spelled_out(match[1], match[2].split())) and len(long.split()) == len(match[2].split()):
            yield match[1], long


def _spelled_out(short: str, words: list[str]) -> str | None:
    """The last of ``words`` whose initials, or whose letters in order, are those of ``short``."""
    letters = [_plain(char) for char in short if char.isalpha()]
    if len(letters) < 2 or sum(char.isupper() for char in short) < 2:
        return None
    if han := _HAN_RUN.search(words[-1]):
        return han[0]
    for count in range(1, len(words) + 1):
        tail = words[-count:]
        initials = [_plain(part[0]) for word in tail for part in re.split(r"[-/]", _ELISION.sub("", word)) if part]
        if initials[0] == letters[0] and _is_subsequence(letters, initials, tail):
            return " ".join(tail)
    return None


def _plain(letter: str) -> str:
    """``letter`` small and without its accent, which capitals often lack."""
    return normalize("NFKD", letter)[0].casefold()


def _is_subsequence(letters: list[str], initials: list[str], words: list[str]) -> bool:
    """Whether the initials give the letters, small words aside; or one or two compounds have them in order."""
    rest = iter(initials)
    if all(letter in rest for letter in letters):
        return len(words) <= len(letters) + 3
    if len(words) > 2 or min(map(len, words)) < _SHORTEST_COMPOUND or len("".join(words)) <= 3 * len(letters):
        return False
    rest = iter("".join(words).casefold())
    return all(letter in rest for letter in letters)
