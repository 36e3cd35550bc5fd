"""The words of a profile: its keywords, and all phrases in its texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cvgen.model.letter_case import fold_letters
from cvgen.posting.abbreviation_pairs import find_pairs
from cvgen.select.term_search import Keys, spellings, term_keys
from cvgen.select.tokens import Token, load_names, tokenize

LONGEST = 7
"""The most words of a phrase."""
_LONGEST_TITLE = 60
"""In characters."""


class ProfileWords:
    """The keywords of a profile, the names that everybody knows, and all phrases of the profile's texts."""

    def __init__(
        self, keywords: Iterable[str], texts: Iterable[str], language: str, synonyms: Iterable[tuple[str, ...]] = ()
    ) -> None:
        self.language = language
        texts = list(texts)
        self.groups = [*synonyms, *dict.fromkeys(pair for text in texts for pair in find_pairs(text))]
        """Names that the profile says mean the same."""
        self.names: dict[Keys, str] = {}
        for name in (*(group[0] for group in load_names()["same"]), *load_names()["known"]):
            self._add(name, language)
        for group in self.groups:
            for name in group:
                self.names.update((keys, group[0]) for keys in spellings(name, language))
        own = [keyword for keyword in keywords if term_keys(keyword, language)]
        for keyword in own:
            self._add(keyword, language)
        self.own = {term_keys(keyword, language): keyword for keyword in own}
        """The person's keywords as typed."""
        self.keywords = frozenset(keys for keyword in own for keys in spellings(keyword, language))
        short = [text for text in texts if len(text) <= _LONGEST_TITLE]
        self.titles = frozenset(keys for text in short if 0 < len(keys := term_keys(text, language)) <= LONGEST)
        """Whole texts, such as a position or the subject of a degree."""
        self.title_words = frozenset(map(fold_letters, short))
        self.phrases = frozenset(keys for text in texts for keys, _ in phrases(tokenize(text, language)))

    def _add(self, name: str, language: str) -> None:
        for keys in spellings(name, language):
            self.names[keys] = name


def phrases(tokens: Sequence[Token]) -> Iterator[tuple[Keys, int]]:
    """Every run of up to ``LONGEST`` consecutive tokens, with the index of its start."""
    for start in range(len(tokens)):
        keys: Keys = ()
        for token in tokens[start : start + LONGEST]:
            if keys and not token.joined:
                break
            keys = (*keys, token.key)
            yield keys, start
