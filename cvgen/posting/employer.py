"""Finds the name of the employer in a posting."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from cvgen.posting.posting import Posting

_LONGEST = 6
_LEAST = 2
"""A name is said so often in a posting; a run of capitals that is there once may be anything."""


def find_employer(posting: Posting) -> str:
    """The employer's name, from a line that says so, or as "About Acme" and "at Acme" name it; empty if not known."""
    if line := _label_pattern(posting.words.company_labels).search(posting.text):
        return line[1].strip()
    if posting.language == "de":  # every noun has a capital
        return ""
    said = Counter({name: posting.text.count(name) for name in _list_named(posting)})
    name, count = next(iter(said.most_common(1)), ("", 0))
    return name if count >= _LEAST else ""


@lru_cache(maxsize=8)
def _label_pattern(labels: tuple[str, ...]) -> re.Pattern[str]:
    """A line such as ``Company: Acme``; a web page's own data about a posting are read as such a line too."""
    any_label = "|".join(map(re.escape, labels))
    return re.compile(rf"^\W*(?:{any_label})\s*[:：]\s*(\S[^\n]{{0,80}})$", re.IGNORECASE | re.MULTILINE)


def _list_named(posting: Posting) -> Iterator[str]:
    """The runs of words with capitals after a word that often comes before a company's name."""
    tokens = posting.tokens
    for index in range(1, len(tokens)):
        if not tokens[index].joined or tokens[index - 1].text.casefold() not in posting.words.company_before:
            continue
        end = index
        while end < min(index + _LONGEST, len(tokens)) and tokens[end].text[:1].isupper():
            if end > index and not tokens[end].joined:
                break
            end += 1
        if end > index:
            yield posting.surface(index, end)
