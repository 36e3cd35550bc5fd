"""Which national shapes of ideographs a language has, by the names of the Noto CJK fonts."""

from __future__ import annotations

from cvgen.select.language import load_words


def find_cjk_region(language: str) -> str:
    """``SC``, ``TC``, ``JP`` or ``KR``; simplified Chinese for a language without ideographs."""
    return load_words(language)["glyphs"]
