"""Guesses the language of a posting, by its script and its small words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache
from unicodedata import name

from cvgen.model.letter_case import fold_letters
from cvgen.select.tokens import Token
from cvgen.select.vocabulary_files import list_vocabulary_languages, read_vocabulary

_KANA = "HIRAGANA"
_LATIN = "LATIN"
_KANA_SHARE = 0.05
"""The least share of kana in a Japanese text; a Chinese one has hardly any."""
_SCRIPT_SHARE = 0.2
"""The least share of a script's letters: postings in other scripts contain many Latin names."""


def guess_language(text: str, tokens: Iterable[Token]) -> str:
    """The language of ``text``: by its script, then by its small words and those around requirements; else English."""
    script = _find_script(text)
    languages = [language for language in _list_languages() if _script_of(language) == script] or ["en"]
    if len(languages) == 1:
        return languages[0]
    written = Counter(fold_letters(token.text) for token in tokens)
    return max(languages, key=lambda one: sum(written[word] for word in written.keys() & _words_of(one)))


def _find_script(text: str) -> str:
    """The script of a text that may have many names in Latin letters."""
    found: Counter[str] = Counter()
    for char, count in Counter(text).items():
        if char.isalpha():
            found[_script(char)] += count
    letters = found.total()
    others = [_KANA, *(script for script, _ in found.most_common() if script not in (_KANA, _LATIN))]
    least = {_KANA: _KANA_SHARE}
    return next((one for one in others if found[one] > least.get(one, _SCRIPT_SHARE) * letters), _LATIN)


@cache
def _script(letter: str) -> str:
    """The script of a letter, as its name in Unicode begins: ``CYRILLIC SMALL LETTER A``."""
    first = name(letter, _LATIN).replace("-", " ").split()[0]
    return _KANA if first == "KATAKANA" else first


@cache
def _list_languages() -> tuple[str, ...]:
    """The languages that are known, English first, which wins where nothing tells two apart."""
    return ("en", *(one for one in list_vocabulary_languages() if one != "en"))


@cache
def _script_of(language: str) -> str:
    """The script of the small words of a language."""
    return _find_script("".join(_words_of(language)))


@cache
def _words_of(language: str) -> frozenset[str]:
    """The words that show a language: function words, and those around requirements."""
    file = read_vocabulary(language)
    return frozenset(word for line in (*file["function"], *file["filler"]) for word in fold_letters(line).split())
