"""The folders of languages: one for each, with all that cvgen knows of it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache, lru_cache
from importlib import resources
from importlib.resources.abc import Traversable

from cvgen.model.language_reader import read_language

LANGUAGES_FOLDER = resources.files("cvgen.model") / "locales"


class LanguageFile(StrEnum):
    """What a language's folder may have; it must have ``WORDS``."""

    WORDS = "words"
    """What is printed, and settings."""
    BULLETS = "bullets"
    """What the bullets of a career are weighed by."""
    POSTINGS = "postings"
    """What a posting is read by."""
    REVIEW = "review"
    """What ``cvgen review`` looks for."""


TYPED = "typed_"
"""What the names of words begin with that people type in dates."""
SETTINGS = frozenset({"code", "inherits", "also", "direction", "date_style", "hyphenation", "glyphs", "glyph_order",
                      "emphasis", "alphabet"})  # fmt: skip
"""What a file says about its language, beside the words that are printed and those that are typed in dates."""


@lru_cache(maxsize=1)
def known_languages() -> tuple[str, ...]:
    """The languages that have a file of words."""
    return list_languages_with(LanguageFile.WORDS)


@cache
def list_languages_with(kind: LanguageFile) -> tuple[str, ...]:
    """The languages that have such a file."""
    names = (folder.name for folder in LANGUAGES_FOLDER.iterdir() if folder.is_dir())
    return tuple(sorted(name for name in names if find_file(name, kind).is_file()))


@cache
def load_file(code: str) -> Mapping[str, str]:
    """The words of ``code``, which is one of ``known_languages``, as they are written; raises InputError."""
    return read_language(find_file(code))


def find_file(code: str, kind: LanguageFile = LanguageFile.WORDS) -> Traversable:
    """Where a file of ``code`` is."""
    return LANGUAGES_FOLDER / code / f"{kind}.json"


@lru_cache(maxsize=1)
def typed_words() -> Mapping[str, str]:
    """The words that people type in dates, in any language, each with the English words of the same meaning."""
    return {
        word: key.removeprefix(TYPED).replace("_", " ")
        for code in known_languages()
        for key, words in load_file(code).items()
        if key.startswith(TYPED)
        for word in words.split()
    }
