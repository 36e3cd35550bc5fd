"""Capitals by the rules of a language."""

from __future__ import annotations

_DOTTED = frozenset({"tr", "az"})
"""Languages whose ``i`` keeps its dot as a capital."""


def capitalize_all(text: str, language: str) -> str:
    """``text`` in capitals: ``İŞ DENEYİMİ`` in Turkish."""
    is_dotted = language.split("-")[0].casefold() in _DOTTED
    return (text.replace("i", "İ") if is_dotted else text).upper()
