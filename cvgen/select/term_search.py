"""Finds terms in text, with their inflections and other spellings, and names such as ``C`` and ``Go``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from cvgen.select.tokens import Token, load_function_words, load_names, tokenize

Keys = tuple[str, ...]


class TermMatcher:
    """Terms, compiled once to be looked for in many texts of one language.

    A mapping gives other names of each term beside those that everybody knows.
    """

    def __init__(self, terms: Iterable[str] | Mapping[str, Iterable[str]], language: str) -> None:
        self._language = language
        self._names: dict[Keys, list[tuple[str, bool]]] = {}
        others = terms if isinstance(terms, Mapping) else {}
        for term in terms:
            for name in dict.fromkeys((term, *others.get(term, ()))):
                for keys in spellings(name, language):
                    shouted = keys in _shouted_names(language) or (name.isupper() and keys == term_keys(name, language))
                    self._names.setdefault(keys, []).append((term, shouted))
        self._longest: dict[str, int] = {}
        for keys in self._names:
            self._longest[keys[0]] = max(len(keys), self._longest.get(keys[0], 0))

    def count(self, text: str) -> Counter[str]:
        """How often each term occurs in ``text``, without the terms that do not occur."""
        return self.count_tokens(tokenize(text, self._language))

    def count_tokens(self, tokens: Sequence[Token]) -> Counter[str]:
        """``count`` for text that is already cut into tokens."""
        found: Counter[str] = Counter()
        small = load_function_words()
        for index, token in enumerate(tokens):
            is_small = token.text in small
            longest = self._longest.get(token.key, 0)
            found.update(
                dict.fromkeys(
                    term
                    for keys in runs_from(tokens, index, longest)
                    for term, shouted in self._names.get(keys, ())
                    if not (shouted and is_small)
                ).keys()
            )
        return found


def runs_from(tokens: Sequence[Token], index: int, longest: int) -> Iterator[Keys]:
    """The keys of each run of up to ``longest`` words from ``index`` on with nothing between that separates words."""
    keys: Keys = ()
    for token in tokens[index : index + longest]:
        if keys and not token.joined:
            return
        keys = (*keys, token.key)
        yield keys


@lru_cache(maxsize=50_000)
def term_keys(term: str, language: str) -> Keys:
    """The keys of the words of ``term``, () if it has none."""
    return tuple(token.key for token in tokenize(term, language))


def spellings(term: str, language: str) -> list[Keys]:
    """The keys of ``term`` and of its other names (``k8s`` of ``Kubernetes``), its own first."""
    own = term_keys(term, language)
    others = _other_names(language).get(own, ()) if own else ()
    return [own, *(keys for keys in others if keys != own)] if own else []


@lru_cache(maxsize=4)
def _shouted_names(language: str) -> frozenset[Keys]:
    """The keys of abbreviations among the other names of terms: ``ALS`` is not the German word "als"."""
    return frozenset(term_keys(name, language) for group in load_names()["same"] for name in group if name.isupper())


@lru_cache(maxsize=4)
def _other_names(language: str) -> Mapping[Keys, tuple[Keys, ...]]:
    others: dict[Keys, tuple[Keys, ...]] = {}
    for group in load_names()["same"]:
        keys = tuple(dict.fromkeys(term_keys(name, language) for name in group))
        for one in keys:
            others[one] = (*others.get(one, ()), *keys)
    return others


Synonyms = tuple[tuple[str, ...], ...]
"""Groups of names that mean the same."""


def find_asked(
    text: str, priorities: Mapping[str, int], language: str, synonyms: Synonyms = ()
) -> tuple[tuple[str, int], ...]:
    """The terms of ``priorities`` (term → number) that ``text`` mentions, each once with its number, in their order."""
    if not priorities:
        return ()
    found = _matcher(tuple(priorities), language, synonyms).count(text)
    return tuple((term, number) for term, number in priorities.items() if term in found)


@lru_cache(maxsize=8)
def _matcher(terms: tuple[str, ...], language: str, synonyms: Synonyms) -> TermMatcher:
    return TermMatcher({term: names_like(term, synonyms) for term in terms}, language)


def names_like(term: str, synonyms: Synonyms) -> tuple[str, ...]:
    """The names that ``synonyms`` says mean the same as ``term``."""
    folded = term.casefold()
    return tuple(name for group in synonyms if folded in map(str.casefold, group) for name in group)
