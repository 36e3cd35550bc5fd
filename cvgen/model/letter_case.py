"""Capitals by the rules of a language."""

from __future__ import annotations

_DOTTED = frozenset({"tr", "az"})
"""Languages whose ``i`` keeps its dot as a capital."""


def capitalize_all(text: str, language: str) -> str:
    """``text`` in capitals: ``İŞ DENEYİMİ`` in Turkish."""
    return (text.replace("i", "İ") if has_dotted_capitals(language) else text).upper()


def has_dotted_capitals(language: str) -> bool:
    """Whether ``i`` and ``ı`` are two letters, as in Turkish."""
    return language.split("-")[0].casefold() in _DOTTED
