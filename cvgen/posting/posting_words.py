"""The words needed to read a posting: words that are never terms, phrases of headings and sentences, kinds of terms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from cvgen.model.letter_case import fold_letters
from cvgen.select.tokens import Token, stem
from cvgen.select.vocabulary_files import list_vocabulary_languages, read_vocabulary

_SHORT_PHRASE = 4
"""Longer phrases of headings and cues may be the beginning of a word: ``benefit`` of ``benefits``."""
_ENDINGS = ("s", "es", "d", "ed", "ly")
_SHOUTED = ("AND", "OR", "THE", "OF", "FOR", "IN", "TO", "WITH", "UND", "ODER", "ET")
"""Function words of headings in capitals; other words in capitals are names: CAN, US."""


@dataclass(frozen=True, slots=True)
class PostingWords:
    """The words of a posting's language and of English, which many postings use for technical terms."""

    language: str
    function: frozenset[str]
    """Words that end a term, such as articles, prepositions and pronouns; as written."""
    filler: frozenset[str]
    """Words around a term: ``strong``, ``knowledge``, ``years``; as written."""
    common: frozenset[str]
    """Words common in postings, which are not terms by themselves; in English as written, else also stems."""
    plain: Mapping[str, frozenset[str]]
    """Language → stems of words that only describe a term, outside the requirements."""
    inner: frozenset[str]
    """Function words that a term may contain: ``of``, ``de``."""
    verbs: frozenset[str]
    """Verbs at the start of an item, as written."""
    heads: frozenset[str]
    """Words that form a term with the word before them (``tracing``); as written."""
    noun_ends: tuple[str, ...]
    """Endings of words that are technical terms by themselves (``observability``)."""
    headings: Mapping[str, re.Pattern[str]]
    """What a heading announces → its phrases: must, nice, task, skip, neighbour."""
    cues: Mapping[str, re.Pattern[str]]
    """What a sentence says → its phrases: must, nice, nice_after, nice_before, task, skip."""
    kinds: Mapping[str, frozenset[str]]
    """Kind of term → words that make it one: degree, licence, clearance."""
    phrases: Mapping[str, tuple[str, ...]]
    """Kind of term → whole phrases, such as ``right to work``."""
    years: str
    """A regular expression for the word "years"."""
    language_words: frozenset[str]
    """Words beside the name of a language: ``native``; in German, the second part of ``Englischkenntnisse``."""
    language_endings: int
    """How many letters at the end of a language's name change in a sentence; 0 if it stays as it is."""
    numbers: Mapping[str, int]
    label_lines: frozenset[str]
    """The first words of lines such as ``Location: Lisbon``."""
    company_before: frozenset[str]
    """Words before a company's name."""
    company_labels: tuple[str, ...]
    """What a line such as ``Company: Acme`` begins with."""
    skill_words: frozenset[str]
    """Words that turn an adjective into a skill ("mechanical skills")."""
    skill_before: frozenset[str]
    """Words after which "in" is followed by a skill, not by a place."""
    titles: frozenset[str]
    """Titles before a person's name."""

    def is_function(self, token: Token) -> bool:
        """Whether ``token`` is an article, a preposition or the like."""
        if token.key.startswith("="):
            return token.text in ("IT", "US", "OR", "ACT")
        folded = fold_letters(token.text)
        return folded in self.function and not (len(folded) > 1 and token.text.isupper() and token.text not in _SHOUTED)

    def is_filler(self, token: Token) -> bool:
        """Whether ``token`` is a word that is used around terms."""
        folded = fold_letters(token.text).replace("\u2019", "'")
        return not token.key.startswith("=") and bool({folded, folded.removesuffix("s")} & self.filler)

    def is_common(self, token: Token) -> bool:
        """Whether ``token`` is no term by itself."""
        if token.key.startswith("="):
            return False
        folded = fold_letters(token.text)
        forms = {folded, *(folded.removesuffix(end) for end in _ENDINGS)}
        return bool((forms if self.language == "en" else {folded, stem(folded, self.language)}) & self.common)

    def is_verb(self, token: Token) -> bool:
        """Whether ``token`` is a verb that begins an item and is not part of a term: "Lead", "vous encadrez"."""
        folded = fold_letters(token.text)
        if self.language == "en" and token.begins and folded.endswith("s"):  # "Manages", "Assesses"
            return bool({folded, folded[:-1], folded[:-2], folded[:-3] + "y"} & self.verbs)
        return folded in self.verbs or (self.language == "fr" and folded.endswith("ez"))

    def ends_term(self, token: Token) -> bool:
        """Whether a term outside the requirements cannot contain ``token``."""
        if len(token.text) == 1 or token.text.isdigit():
            return True
        return self.is_function(token) or self.is_filler(token) or self.is_common(token)

    def is_plain(self, token: Token) -> bool:
        """Whether ``token`` is not a term by itself, outside the requirements."""
        return _has(self.plain, token)

    def is_head(self, token: Token) -> bool:
        """Whether ``token`` forms a term with the word before it."""
        folded = fold_letters(token.text)
        return bool({folded, folded.removesuffix("s"), folded.removesuffix("es")} & self.heads)


def _has(stems: Mapping[str, frozenset[str]], token: Token) -> bool:
    return any(stem(token.text, language) in known for language, known in stems.items())


@lru_cache(maxsize=8)
def load_posting_words(language: str) -> PostingWords:
    """The words for a posting in ``language``; only the English ones if there is no list for it."""
    lists = _WordLists(language)
    english = lists.files["en"]
    return PostingWords(
        language=lists.first,
        function=lists.words("function"),
        filler=lists.words("filler"),
        common=lists.common(),
        verbs=_split(lists.own.get("verbs", [])),
        plain=lists.stems("plain"),
        inner=_split(lists.own.get("inner", [])),
        heads=lists.words("heads"),
        noun_ends=tuple(lists.phrases("noun_ends")),
        headings={name: _any_of(lists.phrases("headings", name)) for name in english["headings"]},
        cues={name: _any_of(lists.phrases("cues", name)) for name in english["cues"]},
        kinds={name: lists.words("kinds", name) for name in english["kinds"]},
        phrases={name: tuple(lists.phrases("phrases", name)) for name in english["phrases"]},
        years="|".join(lists.phrases("years")),
        language_words=lists.words("language_words"),
        language_endings=int(lists.own.get("language_endings", 0)),
        numbers=lists.numbers(),
        label_lines=frozenset(lists.phrases("label_lines")),
        company_before=frozenset(lists.phrases("company_before")),
        company_labels=tuple(lists.phrases("company_labels")),
        skill_words=lists.words("skill_words"),
        skill_before=frozenset(lists.phrases("skill_before")),
        titles=frozenset(lists.phrases("titles")),
    )


class _WordLists:
    """The lists of one language and of English, by their names in the files. A list that a language lacks is empty."""

    def __init__(self, language: str) -> None:
        self.first = language if language in list_vocabulary_languages() else "en"
        self.files = {name: read_vocabulary(name) for name in dict.fromkeys((self.first, "en"))}
        self.own = self.files[self.first]

    def phrases(self, *names: str) -> list[str]:
        """The lines of a list, which is in a table where there are two ``names``, in small letters."""
        return [fold_letters(phrase) for file in self.files.values() for phrase in _find_list(file, *names)]

    def words(self, *names: str) -> frozenset[str]:
        """The words of a list."""
        return _split(self.phrases(*names))

    def stems(self, name: str) -> dict[str, frozenset[str]]:
        """Language → the stems of the words of a list."""
        words = {key: _split(file.get(name, ())) for key, file in self.files.items()}
        return {key: frozenset(stem(word, key) for word in listed) for key, listed in words.items()}

    def numbers(self) -> dict[str, int]:
        """The numbers that are written out."""
        tables = [file.get("numbers", {}) for file in self.files.values()]
        return {fold_letters(word): number for table in tables for word, number in table.items()}

    def common(self) -> frozenset[str]:
        """The common words of the language itself; except in English, also their stems."""
        words = _split(self.own.get("common", ()))
        return words if self.first == "en" else words | {stem(word, self.first) for word in words}


def _find_list(file: Mapping[str, Any], *names: str) -> Iterable[str]:
    """A list of a file, which is in a table where there are two ``names``."""
    *tables, last = names
    for table in tables:
        file = file.get(table, {})
    found: Iterable[str] = file.get(last, ())
    return found


def _split(lines: Iterable[str]) -> frozenset[str]:
    return frozenset(word for line in lines for word in fold_letters(line).split())


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """A pattern for any of ``phrases``, the longest first, from the start of a word where words have spaces.

    The phrases are grouped by their first letters, so that one letter decides at most places of a text.
    """
    groups: dict[str, list[str]] = {}
    for phrase in sorted(filter(None, phrases), key=len, reverse=True):
        end = r"(?!\w)" if _has_spaces(phrase[0]) and len(phrase) <= _SHORT_PHRASE else ""
        groups.setdefault(phrase[0], []).append(re.escape(phrase[1:]) + end)
    parts = []
    for first, rest in groups.items():
        start = rf"(?<!\w{first})" if _has_spaces(first) else ""
        parts.append(f"{re.escape(first)}{start}(?:{'|'.join(rest)})")
    return re.compile("|".join(parts) or r"(?!)")


def _has_spaces(letter: str) -> bool:
    """Whether ``letter`` is of a script with spaces between words."""
    return letter.isalpha() and letter < "\u0e00"
