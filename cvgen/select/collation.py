"""The order of texts in a language: by ICU where PyICU is installed, else letters with signs beside those without."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Any

SortKey = Callable[[str], Any]


@lru_cache(maxsize=8)
def find_sort_key(language: str) -> SortKey:
    """The key that sorts texts as ``language`` does: pinyin for Chinese, Ä after Z in Swedish, beside A in German.

    Without ICU, letters are in the order of Unicode, each sign after its letter: Ä beside A, Ё beside Е.
    """
    try:
        import icu
    except ImportError:
        return _sort_plainly
    key: SortKey = icu.Collator.createInstance(icu.Locale(language.replace("-", "_"))).getSortKey
    return key


def can_sort(language: str) -> bool:
    """Whether texts in ``language`` are in its order: without ICU, those in Chinese characters are not."""
    return language.split("-")[0] not in ("zh", "ja") or find_sort_key(language) is not _sort_plainly


def _sort_plainly(text: str) -> tuple[str, str]:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter)), letters
