"""How high a degree is, by the words in its name: from 1 (school) to 5 (doctorate); pure.

The words are in ``posting_vocabulary/levels.json``, and under ``levels`` in the files of newer languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from cvgen.model.late_pattern import late_pattern
from cvgen.select.vocabulary_files import list_vocabulary_languages, read_table, read_vocabulary

_SCRIPT = late_pattern("[\u3040-\u9fff\uac00-\ud7af]")
_GERMAN = ("abschluss", "studium", "studiengang", "grad", "titel")
"""What German adds to the word for a degree, in one word: Masterabschluss."""
_LONG = 6
"""The fewest letters of a word for a degree at the end of a compound: Fachhochschulstudium."""
_OR = late_pattern(
    r"[,;/、／]|\b(?:or|oder|ou|o|u|of|eller|oppure|lub|nebo|veya|atau|sau|или|або)\b|或|または|또는|أو|או"
)
"""What parts the degrees that a posting would take."""


@cache
def load_levels() -> Mapping[str, Mapping[str, int]]:
    """Table (``degree``, ``fluency``) → word → level."""
    files = (read_vocabulary(language).get("levels", {}) for language in list_vocabulary_languages())
    merged: dict[str, dict[str, int]] = {}
    for tables in (read_table("levels"), *files):
        for name, table in tables.items():
            levels = {word: int(level) for level, words in table.items() for word in words}
            merged[name] = levels | merged.get(name, {})
    return merged


def list_degree_levels(text: str) -> list[int]:
    """The levels of the degrees that ``text`` names."""
    folded = text.casefold().replace("\u2019", "'")
    table = load_levels()["degree"]
    texts = (
        folded,
        folded.replace(".", ""),
        re.sub(r"\.\s?(?=\w{1,3}\b)", "", folded),
    )  # Ph.D. and B. Sc. are words too
    words = dict.fromkeys(word for text in texts for word in re.findall(r"[\w+'-]+", text))
    return find_levels(folded, [_simplify(word, table) for word in words], table)


def _simplify(word: str, table: Mapping[str, int]) -> str:
    """``word`` if ``table`` has it, else the part of it that may be there."""
    if word in table:
        return word
    ending = next((ending for ending in _GERMAN if word.endswith(ending)), "")
    stem = word.removesuffix(ending).removesuffix("-")
    if not ending:
        return word.split("-")[0]
    return stem if stem in table else next((one for one in table if len(one) >= _LONG and word.endswith(one)), word)


def is_compound_degree(word: str) -> bool:
    """Whether ``word`` is a German compound for a degree: Masterabschluss, Bachelorstudium."""
    return word.casefold().endswith(_GERMAN) and bool(list_degree_levels(word))


def find_asked_level(text: str) -> int:
    """The level that a posting asks for in ``text``: the lowest of its alternatives; 0 if it names no degree.

    A word for any degree says less than the word beside it: a master's degree is a master's.
    """
    levels = (max(list_degree_levels(part), default=0) for part in _OR.split(text.casefold()))
    return min(filter(None, levels), default=0)


def find_levels(text: str, words: Iterable[str], table: Mapping[str, int]) -> list[int]:
    """The levels of ``words``, or of what ``text`` contains in a script without spaces."""
    found = [table[word] for word in words if word in table]
    if not found and has_no_spaces(text):
        found = [level for word, level in table.items() if has_no_spaces(word) and word in text]
    return found


def has_no_spaces(text: str) -> bool:
    """Whether ``text`` is in a script without spaces between words."""
    return bool(_SCRIPT.search(text))
