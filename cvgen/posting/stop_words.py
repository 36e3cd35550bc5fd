"""Words that say nothing in a posting: words that are never terms, or only beside others, and headings to skip."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from cvgen.select.tokens import POSTING_VOCABULARY, Token, stem

_LANGUAGES = ("en", "de", "es", "fr", "pt", "ru")


@dataclass(frozen=True, slots=True)
class StopWords:
    """The words of a posting's language and of English, which many postings use for technical terms."""

    function: frozenset[str]
    """Words that end a term, such as articles, prepositions and pronouns; as written."""
    common: Mapping[str, frozenset[str]]
    """Language → stems of words common in postings, which are never part of a term."""
    plain: Mapping[str, frozenset[str]]
    """Language → stems of words that are a term only together with another word."""
    heads: frozenset[str]
    """Words that form a term with the word before them (``tracing``); as written."""
    noun_ends: tuple[str, ...]
    """Endings of words that are technical terms by themselves (``observability``)."""
    skip_headings: tuple[str, ...]
    """Parts of headings over text without requirements: benefits, how to apply."""
    label_lines: frozenset[str]
    """The first words of lines such as ``Location: Lisbon``."""
    company_before: frozenset[str]
    """Words before a company's name."""
    skill_before: frozenset[str]
    """Words after which "in" is followed by a skill, not by a place."""
    titles: frozenset[str]
    """Titles before a person's name."""

    def ends_term(self, token: Token) -> bool:
        """Whether a term cannot contain ``token``."""
        if len(token.text) == 1 or token.text.isdigit():
            return True
        if token.key.startswith("="):
            return token.text in ("IT", "US", "OR", "ACT")
        return bool({token.text.casefold(), token.key} & self.function) or _has(self.common, token)

    def is_plain(self, token: Token) -> bool:
        """Whether ``token`` is not a term by itself."""
        return _has(self.plain, token)

    def is_head(self, token: Token) -> bool:
        """Whether ``token`` forms a term with the word before it."""
        folded = token.text.casefold()
        return bool({folded, folded.removesuffix("s"), folded.removesuffix("es")} & self.heads)


def _has(stems: Mapping[str, frozenset[str]], token: Token) -> bool:
    return any(stem(token.text, language) in known for language, known in stems.items())


@lru_cache(maxsize=8)
def load_stop_words(language: str) -> StopWords:
    """The words for a posting in ``language``; only the English ones if there is no list for it."""
    files = {name: _read(name) for name in dict.fromkeys((language if language in _LANGUAGES else "en", "en"))}

    def phrases(name: str) -> list[str]:
        return [phrase for file in files.values() for phrase in file[name]]

    def stems(name: str) -> dict[str, frozenset[str]]:
        return {key: frozenset(stem(word, key) for word in " ".join(f[name]).split()) for key, f in files.items()}

    return StopWords(
        function=frozenset(" ".join(phrases("function")).split()),
        common=stems("common"),
        plain=stems("plain"),
        heads=frozenset(" ".join(phrases("heads")).split()),
        noun_ends=tuple(phrases("noun_ends")),
        skip_headings=tuple(phrases("skip_headings")),
        label_lines=frozenset(phrases("label_lines")),
        company_before=frozenset(phrases("company_before")),
        skill_before=frozenset(phrases("skill_before")),
        titles=frozenset(phrases("titles")),
    )


@lru_cache(maxsize=8)
def _read(language: str) -> Mapping[str, list[str]]:
    content: dict[str, list[str]] = json.loads((POSTING_VOCABULARY / f"{language}.json").read_text("utf-8"))
    return content


def guess_language(tokens: Iterable[Token]) -> str:
    """The language whose function words occur most often among ``tokens``; English if none occur."""
    written = [token.text.casefold() for token in tokens]
    small = {name: {word for line in _read(name)["function"] for word in line.split()} for name in _LANGUAGES}
    return max(_LANGUAGES, key=lambda name: sum(word in small[name] for word in written))
