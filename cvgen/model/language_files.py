"""The files of languages: one for each, with all that cvgen knows of it but the words that it looks for in texts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources
from importlib.resources.abc import Traversable

from cvgen.model.language_reader import read_language

LANGUAGES_FOLDER = resources.files("cvgen.model") / "locales"
TYPED = "typed_"
"""What the names of words begin with that people type in dates."""
SETTINGS = frozenset({"code", "inherits", "also", "direction", "date_style", "hyphenation", "glyphs", "glyph_order",
                      "emphasis"})  # fmt: skip
"""What a file says about its language, beside the words that are printed and those that are typed in dates."""


@lru_cache(maxsize=1)
def known_languages() -> tuple[str, ...]:
    """The languages that have a file."""
    names = (file.name for file in LANGUAGES_FOLDER.iterdir() if file.name.endswith(".json"))
    return tuple(sorted(name.removesuffix(".json") for name in names))


@cache
def load_file(code: str) -> Mapping[str, str]:
    """The file of ``code``, which is one of ``known_languages``, as it is written; raises InputError."""
    return read_language(find_file(code))


def find_file(code: str) -> Traversable:
    """Where the file of ``code`` is."""
    return LANGUAGES_FOLDER / f"{code}.json"


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
