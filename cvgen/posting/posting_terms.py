"""Finds the terms of a posting: the skills and tools that it asks for, without what every posting says.

A term is a keyword of the profile, a known name, a name by its spelling (``gRPC``, ``S3``, ``Terraform``), words that
are in the profile too, or words used like nouns: before a word such as ``tracing``, or repeatedly.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from cvgen.posting.posting_lines import Posting
from cvgen.posting.posting_names import find_masked, find_names
from cvgen.select.term_search import Keys, spellings, stands_at, term_keys
from cvgen.select.tokens import IDEOGRAPHIC, Token, load_names, tokenize

_LONGEST = 3
_RANKS = 3


class Kind(StrEnum):
    """What a posting asks for. All but skills are compared by level where they have one."""

    SKILL = "skill"
    LANGUAGE = "language"
    DEGREE = "degree"
    YEARS = "years"
    LICENCE = "licence"
    CLEARANCE = "clearance"


class Importance(StrEnum):
    """How much a posting wants a term."""

    MUST = "must"
    NICE = "nice"
    TASK = "task"
    """It belongs to the work described; nobody says that an applicant has to know it."""


@dataclass(frozen=True, slots=True)
class PostingTerm:
    """A term of a posting, spelled as in the profile if it is there, otherwise as in the posting."""

    name: str
    count: int
    importance: Importance
    keys: Keys
    first: int
    """The index of its first token."""
    kind: Kind = Kind.SKILL

    @property
    def is_required(self) -> bool:
        """Whether an applicant must have it."""
        return self.importance is Importance.MUST


class Vocabulary:
    """The words of a profile: its keywords, and all phrases in its texts."""

    def __init__(self, keywords: Iterable[str], texts: Iterable[str], language: str) -> None:
        self.names: dict[Keys, str] = {}
        for name in (*(group[0] for group in load_names()["same"]), *load_names()["known"]):
            self._add(name, language)
        own = [keyword for keyword in keywords if term_keys(keyword, language)]
        for keyword in own:
            self._add(keyword, language)
        self.own = {term_keys(keyword, language): keyword for keyword in own}
        """The person's keywords as typed."""
        self.keywords = frozenset(keys for keyword in own for keys in spellings(keyword, language))
        self.phrases = frozenset(keys for text in texts for keys, _ in _phrases(tokenize(text, language)))

    def _add(self, name: str, language: str) -> None:
        for keys in spellings(name, language):
            self.names[keys] = name


def _phrases(tokens: list[Token] | tuple[Token, ...]) -> Iterator[tuple[Keys, int]]:
    """Every run of up to three consecutive tokens, with the index of its start."""
    for start in range(len(tokens)):
        for length in range(1, _LONGEST + 1):
            run = tokens[start : start + length]
            if len(run) < length or not all(token.joined for token in run[1:]):
                break
            yield tuple(token.key for token in run), start


def find_posting_terms(posting: Posting, vocabulary: Vocabulary) -> list[PostingTerm]:
    """The terms of ``posting``, the most frequent first; from its benefits only what is also in the profile."""
    return _TermFinder(posting, vocabulary).find()


class _TermFinder:
    """Finds the terms of one posting."""

    def __init__(self, posting: Posting, vocabulary: Vocabulary) -> None:
        self.posting, self.vocabulary = posting, vocabulary
        self.tokens, self.stop_words = posting.tokens, posting.stop_words
        self.names = find_names(posting)
        self.masked = find_masked(posting, lambda keys: keys in vocabulary.names or keys in vocabulary.phrases)

    def find(self) -> list[PostingTerm]:
        spans = self._named_spans()
        taken = {(start, length) for starts in spans.values() for start, length in starts}
        for keys, starts in self._runs().items():
            if keys in self.vocabulary.names:
                continue
            free = [(start, len(keys)) for start in starts if (start, len(keys)) not in taken]
            if free and self._is_term(keys, starts):
                spans[keys] = free
        found = [self._build(keys, starts) for keys, starts in self._without_parts(spans).items()]
        return sorted(found, key=lambda term: (-term.count, term.first))

    def _named_spans(self) -> dict[Keys, list[tuple[int, int]]]:
        """The places of names from the profile or the list of known names, by the keys of their first spelling."""
        names = self.vocabulary.names
        main: dict[str, Keys] = {}
        spans: dict[Keys, list[tuple[int, int]]] = {}
        by_first: dict[str, list[Keys]] = {}
        for keys, name in names.items():
            main.setdefault(name, keys)
            by_first.setdefault(keys[0], []).append(keys)
        for start, token in enumerate(self.tokens):
            fitting = [] if start in self.masked else by_first.get(token.key, ())
            fitting = [keys for keys in fitting if stands_at(keys, self.tokens, start)]
            for keys in fitting:
                spans.setdefault(main[names[keys]], []).append((start, len(keys)))
        return spans

    def _runs(self) -> dict[Keys, list[int]]:
        """Every run of words that may be a term, with its places."""
        runs: dict[Keys, list[int]] = {}
        for keys, start in _phrases(self.tokens):
            run = self.tokens[start : start + len(keys)]
            ends = [start + n in self.masked or self.stop_words.ends_term(token) for n, token in enumerate(run)]
            ends[-1] = ends[-1] and not (len(run) > 1 and self.stop_words.is_head(run[-1]))
            if not any(ends) and not any(re.match(f"[{IDEOGRAPHIC}]", token.text) for token in run):
                runs.setdefault(keys, []).append(start)
        return runs

    def _is_term(self, keys: Keys, starts: list[int]) -> bool:
        if len(keys) > 1:
            starts = [start for start in starts if not self._is_in_compound(start)]
        if starts and keys in self.vocabulary.phrases and (len(keys) > 1 or self._says_something(starts[0])):
            return True
        starts = [start for start in starts if not self.posting.lines[start].skipped]
        if not starts:
            return False
        return self._is_word_term(keys[0], starts) if len(keys) == 1 else self._is_phrase_term(keys, starts)

    def _says_something(self, index: int) -> bool:
        token = self.tokens[index]
        return len(token.text) > 2 and not self.stop_words.is_plain(token)

    def _is_word_term(self, key: str, starts: list[int]) -> bool:
        """Whether a word that is not in the profile is a term."""
        if key in self.names:
            return True
        word = self.tokens[starts[0]].text
        if not self._says_something(starts[0]):
            return False
        looks_so = word.casefold().endswith(self.stop_words.noun_ends)
        if self.posting.language == "de":
            looks_so = any(self.tokens[start].text[:1].isupper() and not self.tokens[start].begins for start in starts)
        return (looks_so and (len(starts) > 1 or self._is_required(starts))) or (len(starts) > 2 and len(word) > 4)

    def _is_phrase_term(self, keys: Keys, starts: list[int]) -> bool:
        """Whether a phrase that is not in the profile is a term."""
        if self._is_full_name(starts[0], len(keys)):
            return True
        run = self.tokens[starts[0] : starts[0] + len(keys)]
        plain = [self.stop_words.is_plain(token) for token in run]
        is_asked = len(starts) > 1 or not self.posting.has_items or self._is_required(starts)
        if self.stop_words.is_head(run[-1]):
            is_verb = (run[0].begins and plain[0]) or (self.posting.language == "de" and run[0].text[0].islower())
            # "Kafka pipelines" says no more than "Kafka", which is a term already
            return is_asked and not is_verb and not any(self._is_known(keys[n:-1]) for n in range(len(keys) - 1))
        if any(self._is_known(keys[first:last]) for first, last in combinations(range(len(keys) + 1), 2)):
            return False
        if all(self.posting.text[token.start - 1] == "-" for token in run[1:]):
            return is_asked and not any(plain[1:])
        return len(starts) > 1 and not any(plain)

    def _is_in_compound(self, start: int) -> bool:
        token = self.tokens[start]
        return token.joined and self.posting.text[token.start - 1] == "-"

    def _is_full_name(self, start: int, length: int) -> bool:
        """Whether capitalized words are one name (``Argo CD``), and none of them is a known name by itself."""
        run = self.tokens[start : start + length]
        after = self.tokens[start + length : start + length + 1]
        if run[0].joined and self.tokens[start - 1].text[0].isupper():
            return False
        if after and after[0].joined and after[0].text[0].isupper():
            return False
        if not any(token.key in self.names for token in run) or any(self._is_listed(token) for token in run):
            return False
        words = self.posting.surface(start, length).split(" ")
        german = self.posting.language == "de"
        return len(words) == length and all(
            token.text[0].isupper() and (token.key in self.names or not (token.begins or german)) for token in run
        )

    def _is_listed(self, token: Token) -> bool:
        return (token.key,) in self.vocabulary.names

    def _is_required(self, starts: Iterable[int]) -> bool:
        return any(self.posting.lines[start].kind == "item" for start in starts)

    def _is_known(self, keys: Keys) -> bool:
        return keys in self.vocabulary.names or all(key in self.names for key in keys)

    def _without_parts(self, spans: Mapping[Keys, list[tuple[int, int]]]) -> dict[Keys, list[tuple[int, int]]]:
        """``spans`` without terms that occur only inside longer terms of the same or a higher rank."""
        reach = max((length for places in spans.values() for _, length in places), default=0)
        known = [
            {place for keys, places in spans.items() if self._rank(keys) >= rank for place in places}
            for rank in range(_RANKS)
        ]

        def is_inside(start: int, size: int, rank: int) -> bool:
            return any(
                (first, length) in known[rank]
                for length in range(size + 1, reach + 1)
                for first in range(start + size - length, start + 1)
            )

        return {
            keys: places
            for keys, places in spans.items()
            if not all(is_inside(start, size, self._rank(keys)) for start, size in places)
        }

    def _rank(self, keys: Keys) -> int:
        return 2 if keys in self.vocabulary.keywords else int(keys in self.vocabulary.phrases)

    def _build(self, keys: Keys, places: list[tuple[int, int]]) -> PostingTerm:
        surfaces = [self.posting.surface(start, length) for start, length in places]
        form = Counter(surface.casefold() for surface in surfaces).most_common(1)[0][0]
        name = form if form in surfaces else next(one for one in surfaces if one.casefold() == form)
        spelled = {tuple(token.key for token in self.tokens[start : start + length]) for start, length in places}
        name = next((self.vocabulary.own[keys] for keys in sorted(spelled) if keys in self.vocabulary.own), name)
        importance = Importance.MUST if self._is_required(start for start, _ in places) else Importance.TASK
        return PostingTerm(name, len(places), importance, keys, places[0][0])
