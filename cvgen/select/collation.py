"""The order of texts in a language: by ICU where PyICU is installed, else by the alphabet in the language's file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

from cvgen.model.letter_case import has_dotted_capitals
from cvgen.select.language import load_words

SortKey = Callable[[str], Any]
_LAST = "\uffff"
"""Comes after every letter."""
_WHOLE = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})
"""Letters that Unicode does not take apart, and those that they are beside."""


@lru_cache(maxsize=8)
def find_sort_key(language: str) -> SortKey:
    """The key that sorts texts as ``language`` does: pinyin for Chinese, Ä after Z in Swedish, beside A in German.

    Without ICU, letters that the language's alphabet does not name are beside those without a sign: É beside E.
    """
    try:
        import icu
    except ImportError:
        alphabet = load_words(language)["alphabet"]
        return partial(_sort_by, alphabet, has_dotted_capitals(language)) if alphabet else _sort_plainly
    key: SortKey = icu.Collator.createInstance(icu.Locale(language.replace("-", "_"))).getSortKey
    return key


def can_sort(language: str) -> bool:
    """Whether texts in ``language`` are in its order: without ICU, those in Chinese characters are not."""
    return language.split("-")[0] not in ("zh", "ja") or find_sort_key(language) is not _sort_plainly


def _sort_by(alphabet: str, is_dotted: bool, text: str) -> tuple[str, str]:
    """The key by an ``alphabet`` such as ``c č, h ch``: after all that begins with C comes Č."""
    places = {
        letter: f"{first}{_LAST}{index}"
        for first, *others in (group.split() for group in alphabet.split(","))
        for index, letter in enumerate(others)
    }
    small = (text.replace("I", "ı").replace("İ", "i") if is_dotted else text).casefold()
    letters = "|".join(sorted(places, key=len, reverse=True))
    return _sort_plainly(re.sub(letters, lambda found: places[found[0]], unicodedata.normalize("NFC", small)))


def _sort_plainly(text: str) -> tuple[str, str]:
    letters = unicodedata.normalize("NFKD", text.casefold().translate(_WHOLE))
    return "".join(letter for letter in letters if not unicodedata.combining(letter)), letters
