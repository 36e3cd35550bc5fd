"""Capitals by the rules of a language, and small letters by which words are compared."""

from __future__ import annotations

_DOTTED = frozenset({"tr", "az"})
"""Languages whose ``i`` keeps its dot as a capital."""


def capitalize_all(text: str, language: str) -> str:
    """``text`` in capitals: ``İŞ DENEYİMİ`` in Turkish."""
    return (text.replace("i", "İ") if has_dotted_capitals(language) else text).upper()


def has_dotted_capitals(language: str) -> bool:
    """Whether ``i`` and ``ı`` are two letters, as in Turkish."""
    return language.split("-")[0].casefold() in _DOTTED


def fold_letters(text: str) -> str:
    """``text`` in small letters, each at its place; ``ı`` and ``İ`` are ``i``, since many capitals lack the dot."""
    return text.replace("İ", "i").replace("ı", "i").lower()


def fold_capitals(text: str) -> str:
    """``text`` as ``str.casefold`` folds it, but for ``İ``, which it would make two signs of."""
    return text.replace("İ", "i").casefold()
