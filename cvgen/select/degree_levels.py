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
    return find_levels(folded, [word if word in table else word.split("-")[0] for word in words], table)


def find_levels(text: str, words: Iterable[str], table: Mapping[str, int]) -> list[int]:
    """The levels of ``words``, or of what ``text`` contains in a script without spaces."""
    found = [table[word] for word in words if word in table]
    if not found and has_no_spaces(text):
        found = [level for word, level in table.items() if has_no_spaces(word) and word in text]
    return found


def has_no_spaces(text: str) -> bool:
    """Whether ``text`` is in a script without spaces between words."""
    return bool(_SCRIPT.search(text))
