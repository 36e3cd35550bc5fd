"""Finds the kind of requirement that a chunk is: a language, a degree, years, a licence, a clearance, or a skill."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache

from cvgen.model.letter_case import fold_capitals, fold_letters
from cvgen.posting.posting import Posting
from cvgen.posting.posting_zones import Zone, ZoneRange
from cvgen.posting.term_chunks import Chunk
from cvgen.select.degree_levels import is_compound_degree
from cvgen.select.language import find_locale
from cvgen.select.term_search import Keys, term_keys
from cvgen.select.tokens import Token, load_function_words


class TermKind(StrEnum):
    """What a posting asks for. All but skills are compared by level where they have one."""

    SKILL = "skill"
    LANGUAGE = "language"
    DEGREE = "degree"
    YEARS = "years"
    LICENCE = "licence"
    CLEARANCE = "clearance"


@dataclass(frozen=True, slots=True)
class Asked:
    """One place where a posting asks for something."""

    start: int
    end: int
    name: str
    keys: Keys
    zone: Zone
    kind: TermKind = TermKind.SKILL
    others: tuple[str, ...] = ()
    level: float | None = None
    subjects: tuple[str, ...] = ()
    """What years of work are about; any one of them is enough."""
    choices: tuple[Keys, ...] = ()
    """The keys of all terms, itself included, of which one is enough; empty if it is asked for by itself."""


_SPOKEN = (
    "ar", "bg", "ca", "cs", "cy", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi", "fr", "ga", "gl", "he", "hi",
    "hr", "hu", "id", "is", "it", "ja", "ko", "lt", "lv", "ms", "nb", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl",
    "sq", "sr", "sv", "th", "tr", "uk", "vi", "zh",
)  # fmt: skip
_LEVEL = re.compile(r"\b([ABC][12])\b")
_LEAST_STEM = 5
_LONGEST_NAME = 14
"""The most letters of a language's name with an ending; longer words are others."""
_LEVEL_WITHIN = 5
"""The most words between a language and its level."""
_LEVELS = {"A1": 1.0, "A2": 2.0, "B1": 3.0, "B2": 4.0, "C1": 5.0, "C2": 6.0}
_TO = r"(?:\s*[-–]\s*|\s+(?:to|and|bis|und|à|et|a|y|e|до|и)\s+)"
"""Between the two numbers of "3 to 5 years" and "between 3 and 5 years"."""
_NOT_TOTAL = re.compile(
    r"(?<!\w)(?:within|in|every|next|last|a|per|für|innerhalb|pro|alle|dans|sous|par|en|cada|por|в|каждые)\s+(?:the\s+|les\s+)?$"
)
_NOT_TOTAL_WITHIN = 60
"""The most characters between these words and the number."""


class KindReader:
    """Reads the kinds of one posting's terms; ``language`` is that of the profile."""

    def __init__(self, posting: Posting, language: str) -> None:
        self.posting, self.language = posting, language
        self.words = posting.words
        self.languages = name_languages(posting.language)
        self.language_ends = tuple(self.words.language_words)

    def find_fixed(self) -> Iterator[Asked]:
        """Years, and whole phrases such as "right to work"; a clearance may be in the legal text too."""
        folded = fold_letters(self.posting.text)
        yield from self._find_years(folded)
        taken: set[int] = set()
        for kind in (TermKind.CLEARANCE, TermKind.LICENCE):
            for phrase in sorted(self.words.phrases[kind.value], key=len, reverse=True):
                for match in re.finditer(_whole(phrase), folded):
                    chunk = self._chunk(match.start(), match.end())
                    if chunk is None or taken.intersection(range(chunk.start, chunk.end)):
                        continue
                    zone = self.posting.spans[chunk.start].zone
                    if zone is Zone.NEIGHBOUR or (kind is TermKind.LICENCE and zone not in (Zone.MUST, Zone.NICE)):
                        continue
                    taken.update(range(chunk.start, chunk.end))
                    yield self._ask(chunk, kind, zone if zone is Zone.NICE else Zone.MUST)

    def _find_years(self, folded: str) -> Iterator[Asked]:
        numbers = "|".join(sorted(map(re.escape, self.words.numbers), key=len, reverse=True))
        start = "" if self.posting.language in ("zh", "ja", "ko") else r"(?<!\w)"
        tail = r"\s*(?:及?以上|以上|이상|\+)?" if not start else r"(?!\w)"
        pattern = rf"{start}(?:(\d{{1,2}})(?:{_TO}\d{{1,2}})?|({numbers}))(?:\s*\+)?\s*(?:{self.words.years}){tail}"
        best: dict[int, Asked] = {}
        for match in re.finditer(pattern, folded):
            chunk = self._chunk(match.start(), match.end())
            if chunk is None or self.posting.spans[chunk.start].zone not in (Zone.MUST, Zone.NICE):
                continue
            level = float(match[1] or self.words.numbers[match[2]])
            if level < 1 or _NOT_TOTAL.search(folded, max(0, match.start() - _NOT_TOTAL_WITHIN), match.start()):
                continue
            zone, span = self.posting.spans[chunk.start].zone, self.posting.spans[chunk.start].start
            name = re.sub(r"\s+", " ", self.posting.text[match.start() : match.end()])
            keys = tuple(token.key for token in self.posting.tokens[chunk.start : chunk.end])
            asked = Asked(chunk.start, chunk.end, name, keys, zone, TermKind.YEARS, (), level)
            if span not in best or (best[span].level or 0) < level:
                best[span] = asked
        yield from best.values()

    def _chunk(self, start: int, end: int) -> Chunk | None:
        """The tokens between two offsets."""
        inside = self.posting.find_tokens(start, end)
        return Chunk(inside.start, inside.stop) if inside else None

    def _ask(
        self, chunk: Chunk, kind: TermKind, zone: Zone, name: str | None = None, level: float | None = None
    ) -> Asked:
        keys = tuple(token.key for token in self.posting.tokens[chunk.start : chunk.end])
        return Asked(chunk.start, chunk.end, name or self._surface(chunk), keys, zone, kind, (), level)

    def _surface(self, chunk: Chunk) -> str:
        return self.posting.surface(chunk.start, chunk.end)

    def names_language(self, index: int) -> bool:
        """Whether a language is named in the same sentence as the token ``index``."""
        return self.posting.spans[index] in self._spans_with_language

    @cached_property
    def _spans_with_language(self) -> frozenset[ZoneRange]:
        pairs = zip(self.posting.tokens, self.posting.spans, strict=True)
        return frozenset(span for token, span in pairs if self._language_of(token.text))

    def is_kind_word(self, token: Token) -> bool:
        """Whether a single word is a language or a degree: ``Studium``, ``English``."""
        return self._language_of(token.text) is not None or self._is_kind(token, TermKind.DEGREE)

    def _is_kind(self, token: Token, kind: TermKind) -> bool:
        is_compound = kind is TermKind.DEGREE and is_compound_degree(token.text)
        return is_compound or _has_word(token.text, self.words.kinds[kind.value])

    def read(self, chunk: Chunk) -> Asked:
        """``chunk`` with its kind."""
        zone = self.posting.spans[chunk.start].zone
        run = self.posting.tokens[chunk.start : chunk.end]
        if zone in (Zone.MUST, Zone.NICE):
            if asked := self._read_language(chunk, zone):
                return asked
            for kind in (TermKind.DEGREE, TermKind.LICENCE, TermKind.CLEARANCE):
                if any(self._is_kind(token, kind) for token in run):
                    return self._ask(chunk, kind, zone)
        return self._ask(chunk, TermKind.SKILL, zone)

    def _read_language(self, chunk: Chunk, zone: Zone) -> Asked | None:
        chunk = self._without_words_before(chunk)
        run = self.posting.tokens[chunk.start : chunk.end]
        text = self._surface(chunk)
        codes = [code for token in run if (code := self._language_of(token.text))]
        codes = codes or [code for code in (self._language_of(text),) if code]
        rest = [t for t in run if not self._language_of(t.text) and t.text.casefold() not in self.words.language_words]
        rest = [token for token in rest if not _LEVEL.fullmatch(token.text)]
        if not codes or (rest and self._language_of(text) is None):
            return None
        level = _LEVEL.search(self._around(chunk))
        name = text
        named = (*name_languages(self.language).items(), *self.languages.items())
        others = tuple(dict.fromkeys(word for word, code in named if code == codes[0] and word != fold_capitals(name)))
        keys = term_keys(text, self.language)
        return Asked(
            chunk.start, chunk.end, name, keys, zone, TermKind.LANGUAGE, tuple(word.capitalize() for word in others),
            _LEVELS[level[1]] if level else None,
        )  # fmt: skip

    def _without_words_before(self, chunk: Chunk) -> Chunk:
        """The chunk from the name of its language on, where only such words are before it: pratique de l'anglais."""
        small = self.words.language_words | load_function_words()
        for index in range(chunk.start, chunk.end):
            word = self.posting.tokens[index].text
            if self._language_of(word):
                return Chunk(index, chunk.end)
            if word.casefold() not in small:
                break
        return chunk

    def _around(self, chunk: Chunk) -> str:
        """The chunk and a few words after it, up to the next language."""
        last = chunk.end
        for token in self.posting.tokens[chunk.end : chunk.end + _LEVEL_WITHIN]:
            if self._language_of(token.text) or self.posting.spans[last] is not self.posting.spans[chunk.start]:
                break
            last += 1
        return self._surface(Chunk(chunk.start, last))

    def _language_of(self, text: str) -> str | None:
        """The code of the language that ``text`` names: ``English``, ``Englischkenntnisse``, 英语."""
        folded = fold_capitals(text)
        if folded in self.languages:
            return self.languages[folded]
        if code := self._inflected_of(folded):
            return code
        for word in self.words.language_words if folded.endswith(self.language_ends) else ():
            if folded.endswith(word) and (stem := folded.removesuffix(word).rstrip("-e")) in self.languages:
                return self.languages[stem]
        return None

    def _inflected_of(self, word: str) -> str | None:
        """The code of the language that ``word`` names with another ending: ``angielskiego``."""
        if not self.words.language_endings:
            return None
        stems = ((name[: -self.words.language_endings], code) for name, code in self.languages.items())
        found = [code for stem, code in stems if len(stem) >= _LEAST_STEM and word.startswith(stem)]
        return found[0] if found and len(word) <= _LONGEST_NAME else None


def _has_word(text: str, words: frozenset[str]) -> bool:
    folded = fold_letters(text).replace("\u2019", "'")
    return folded in words or folded.removesuffix("s") in words or folded.removesuffix("'s") in words


def _whole(phrase: str) -> str:
    edge = r"(?<!\w)", r"(?!\w)"
    if phrase[0] >= "\u3040":
        edge = "", ""
    return edge[0] + re.escape(phrase).replace(r"\ ", r"\s+") + edge[1]


@lru_cache(maxsize=12)
def name_languages(language: str) -> dict[str, str]:
    """The names of languages in ``language``, in small letters, with their codes."""
    locale = find_locale(language)
    named = {fold_capitals(locale.languages[code]): code for code in _SPOKEN if code in locale.languages}
    if language == "zh":
        named |= {"英文": "en", "日文": "ja", "普通话": "zh", "汉语": "zh", "中文": "zh"}
    return named
