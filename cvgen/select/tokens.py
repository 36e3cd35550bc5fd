"""Cuts text into the tokens of terms: ``C++`` is one, ``CI/CD`` is two, ``pipelines`` and ``pipeline`` are the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple
from unicodedata import normalize

from cvgen.model.late_pattern import late_pattern
from cvgen.model.letter_case import fold_capitals
from cvgen.select.vocabulary_files import list_vocabulary_languages, read_table, read_vocabulary

_STEMMERS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "fi": "finnish", "fr": "french", "hu": "hungarian", "id": "indonesian", "it": "italian",
    "lt": "lithuanian", "nb": "norwegian", "nl": "dutch", "no": "norwegian", "pl": "polish", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip

IDEOGRAPHIC = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
"""Scripts in which words are written without spaces, or change at their ends: each character is a token."""

_MARKS = "\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963"
"""Signs that are written at a letter, as the vowels of Hindi; for regular expressions they are not of a word."""
_LETTERS = rf"[^\W_{IDEOGRAPHIC}]"
_WORD = rf"{_LETTERS}+(?:(?:[{_MARKS}]|(?<=[lL])·(?=[lL])){_LETTERS}*)*"
_TOKEN = late_pattern(
    rf"""
      (?P<skip>https?://\S+ | www\.\S+ | [^\s@]{{1,64}}@[^\s@]{{1,255}}\.\w+)
    | [{IDEOGRAPHIC}]
    | (?<![\w.])\.(?:NET|Net|net)\b                               # .NET
    | [A-Za-z]\w{{0,60}}\+\+                                             # C++, also of C++17
    | (?<!\w)[A-Z]\w*\+(?![\w+])                                 # Security+, A+
    | (?<!\w)[Bb][Aa][Cc]\+\d(?!\w)                                # Bac+5
    | (?<!\w)[A-Za-z]\#(?![^\W\d])                                # C#, F#
    | (?<!\w)[A-Z]+&[A-Z]+(?!\w) | (?<!\w)(?:R\ &\ D|M\ &\ A|P\ &\ L|Q\ &\ A)(?!\w)
    | (?<![\w-])[A-Za-z](?:-{_WORD})+ | {_WORD}-[A-Za-z](?![\w+\#-])   # C-level, e-mail, K-means, Objective-C
    | {_WORD}\.(?:(?:js|JS|net|NET|io|ai)\b|\d+(?!\w))                 # Node.js, ASP.NET, 3.11
    | (?<![\w.])[a-z]{{2,}}\.[a-z]{{2,}}(?![\w.])                    # data.table
    | {_WORD}(?:['’](?:(?:s|t|d|m|re|ve|ll)\b|[\u0400-\u04ff]+))?    # what's, об'єкт
    """,
    re.VERBOSE,
)
_SOFT_GAP = late_pattern(
    r"[-\u2010-\u2013\u00ad'’]?|[ \t\u00a0]+|[ \t\u00a0]*[/\n][ \t\u00a0]*"
    r"|[ ]&[ ]|[-\u2010][ \t]+"  # City & Guilds, Kosten- und Leistungsrechnung
)
_LIST_GAP = late_pattern(r"\s*[,;|/•·(][^.!?]*")
_SENTENCE_END = late_pattern(r"[.!?…:•。！？]|\n\s*\n|^\s*[-*•]\s", re.MULTILINE)


_PLURAL = late_pattern("[A-Z][A-Z0-9]+s")
"""GPUs, LLMs."""
_CLITIC = late_pattern("['’][a-z]+$")
"""The end of "what's"."""
_LONGEST_WORD = 60
"""The most characters of a word; longer ones are not words, and would slow down the stemmers."""


class Token(NamedTuple):
    """A word, a name or an ideograph."""

    text: str
    key: str
    """The same for all inflections of a word; it begins with ``=`` for names that are also ordinary words (``Go``)."""
    joined: bool
    """Whether only a space, a hyphen, a slash or a line's end separates it from the token before."""
    begins: bool
    """Whether it begins a sentence or a list item; its capital then has no meaning."""
    start: int


@lru_cache(maxsize=1)
def load_names() -> Mapping[str, Any]:
    """The file of names: those that are ordinary words, other spellings, and words that are never stemmed."""
    names = read_table("names")
    return {**names, "forms": {form.casefold(): form for form in names["ordinary"]}}


@lru_cache(maxsize=1)
def load_function_words() -> frozenset[str]:
    """The articles, prepositions and the like of all languages, in small letters."""
    files = map(read_vocabulary, list_vocabulary_languages())
    return frozenset(word for file in files for line in file["function"] for word in line.split())


def tokenize(text: str, language: str) -> list[Token]:
    """The tokens of ``text`` in order; words are stemmed by the rules of ``language`` if it has a stemmer."""
    found = list(_find(normalize("NFC", text)))
    return [
        Token(raw, _key(found, index, language), joined, bool(begins), start)
        for index, (raw, gap, start) in enumerate(found)
        if raw
        for joined in (bool(index) and bool(found[index - 1][0]) and bool(_SOFT_GAP.fullmatch(gap)),)
        for begins in (not index or _SENTENCE_END.search(gap),)
    ]


_Raw = tuple[str, str, int]
"""A token as typed (empty for an address), the text between it and the one before, and its offset."""


def _find(text: str) -> Iterator[_Raw]:
    end = 0
    for match in _TOKEN.finditer(text):
        is_word = not match["skip"] and len(match[0]) <= _LONGEST_WORD
        yield (match[0] if is_word else "", text[end : match.start()], match.start())
        end = match.end()
    yield ("", text[end:], len(text))


def _key(found: list[_Raw], index: int, language: str) -> str:
    raw = found[index][0]
    form = load_names()["forms"].get(raw.casefold())
    if len(raw) == 1 and raw.isascii() and raw.isalpha():
        return f"={raw.upper()}" if _is_letter(found, index) else raw.casefold()
    if form:
        return f"={form}" if _is_name(found, index, form) else stem(raw, language)
    return stem(raw, language)


def _is_letter(found: list[_Raw], index: int) -> bool:
    """Whether one letter is a name: ``C`` in "C and Python", not in "C. Smith", "Series C" or "(c)"."""
    raw, gap, _ = found[index]
    before = found[index - 1][0] if index and _SOFT_GAP.fullmatch(gap) else ""
    after, next_gap, _ = found[index + 1]
    is_initial = next_gap.startswith(".") and after[:1].isupper() and not before[:1].islower()
    alone = not index and not after
    return alone or (raw.isupper() and not is_initial and before.casefold() not in load_names()["before_letter"])


def _is_name(found: list[_Raw], index: int, form: str) -> bool:
    """Whether an ordinary word is a name: by its capitals and what follows it, or as the only word of a list item."""
    raw, gap, _ = found[index]
    after, next_gap, _ = found[index + 1]
    if (not index or _LIST_GAP.fullmatch(gap)) and (not after or _LIST_GAP.fullmatch(next_gap)):
        return True
    if raw != form:
        return False
    if not _SOFT_GAP.fullmatch(next_gap) or not after[:1].islower():
        return True
    names = load_names()
    if not index or _SENTENCE_END.search(gap):
        return after in names["after_name"]
    return after not in names["ordinary"][form]


def stem(word: str, language: str) -> str:
    """The stem that all inflections of ``word`` share; names with digits or symbols are only put in lower case."""
    if _PLURAL.fullmatch(word):
        word = word[:-1]
    return _stem_folded(_CLITIC.sub("", fold_capitals(word)).replace("\u2019", "'"), language)


@lru_cache(maxsize=100_000)  # more words than a posting may have: a stemmer is slow
def _stem_folded(folded: str, language: str) -> str:
    stemmer = _load_stemmer(language.split("-")[0])
    if stemmer is None or not folded.isalpha() or len(folded) < 3:
        return folded
    if folded in load_names()["unstemmed"]:
        return folded.removesuffix("s")
    return str(stemmer.stemWord(folded))


@lru_cache(maxsize=4)
def _load_stemmer(language: str) -> Any:
    """The stemmer of ``language``, None if there is none."""
    import snowballstemmer  # few commands need it

    name = _STEMMERS.get(language)
    return snowballstemmer.stemmer(name) if name in snowballstemmer.algorithms() else None
