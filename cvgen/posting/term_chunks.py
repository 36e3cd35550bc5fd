"""Cuts the requirements of a posting into chunks: the words between articles, prepositions and words such as "strong".

A chunk is what a posting asks for ("fault finding"); a phrase of the profile in it may be the term (``Power BI`` of
"Power BI reports").
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from cvgen.posting.posting import Posting
from cvgen.posting.posting_zones import Zone
from cvgen.select.tokens import IDEOGRAPHIC

_MAX_WORDS = 7
_MAX_WITH_OF = 9
_MAX_IDEOGRAPHS = 40
"""A longer run of words is a sentence without punctuation, and is read in pieces."""
_SHORT = 3
"""A slash joins words up to this length (``TCP/IP``) and separates longer ones (HTML/JavaScript)."""
_KOREAN_ENDING = re.compile("(?<=..)(에서|에게|으로|을|를|은|는|의|에|로|와|과|및|도|이|가)$")
_KANA = re.compile("[\u3040-\u309f]")
BEFORE_VERB = frozenset({"you", "to", "can", "will", "must", "we", "should", "you'll"})
"""English words after which a verb follows."""
_AFTER_YOU = frozenset("限机色源效害氧声毒形")
"""有 begins words such as 有限元; otherwise it is the verb "to have"."""
_SMALL_IN_NAMES = frozenset({"at", "for", "in", "of"})
_INFINITIVES = {"fr": ("er", "ir", "re"), "es": ("ar", "er", "ir"), "pt": ("ar", "er", "ir")}
_DETERMINERS = frozenset(
    {"le", "la", "les", "l", "un", "une", "des", "el", "los", "las", "una", "o", "os", "a", "as", "um", "uma"}
)
_WITH = frozenset({"avec", "con", "com"})
_ARTICLES = frozenset({"la", "les", "los", "las", "o", "a", "il", "lo", "le", "el", "els"})
_OF = frozenset({"de", "d", "di", "del"})
_AND = frozenset({"et", "y", "e", "i", "și", "&"})
_WITH_OF = frozenset({"fr", "es", "pt", "it", "ca", "ro"})
"""Languages that join two nouns by "of", as in "gestion de projet"."""
_GERMAN_TRADES = ("kraft", "kaufmann", "kauffrau", "techniker", "technikerin", "fachmann", "fachfrau", "meister")
"""Names of trades, which "für" joins to their field."""
_GERMAN_SUBJECTS = frozenset({"sie", "du", "wir", "ihr"})
_IDEOGRAPH = re.compile(f"[{IDEOGRAPHIC}]")


@dataclass(frozen=True, slots=True)
class Chunk:
    """The tokens from ``start`` to before ``end``."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start


def cut_chunks(posting: Posting, masked: Collection[int], atoms: Collection[Chunk]) -> list[Chunk]:
    """The chunks of all requirements; none contains a token of ``masked``, and none cuts a chunk of ``atoms`` apart."""
    inside = {index for atom in atoms for index in range(atom.start, atom.end)}
    cutter = _ChunkCutter(posting, frozenset(masked), frozenset(inside))
    return [trimmed for chunk in cutter.cut() for part in cutter.part(chunk) if (trimmed := cutter.trim(part))]


class _ChunkCutter:
    def __init__(self, posting: Posting, masked: frozenset[int], inside: frozenset[int]) -> None:
        self.posting, self.masked, self.inside = posting, masked, inside
        self.tokens, self.words = posting.tokens, posting.words
        self.unspaced = find_unspaced_breaks(posting)
        self.empty_compounds, self.compounded = self._find_compounds()
        self.after_inner = self._find_after_inner()

    def cut(self) -> Iterator[Chunk]:
        start = 0
        for index in range(len(self.tokens) + 1):
            if index < len(self.tokens) and not self._is_break(index) and not self._is_cut_before(index, start):
                continue
            if index > start:
                yield Chunk(start, index)
            start = index + 1 if index < len(self.tokens) and self._is_break(index) else index

    def _is_break(self, index: int) -> bool:
        """Whether no chunk contains the token."""
        token = self.tokens[index]
        if index in self.masked:
            return True
        if index in self.inside:
            return False
        if _IDEOGRAPH.match(token.text):
            return index in self.unspaced
        if index in self.compounded:
            return index in self.empty_compounds
        if self._is_infinitive(index):
            return True
        if self.words.is_function(token) or (self.posting.language == "fr" and self.words.is_verb(token)):
            return not (self._is_inner(index) or self._is_in_title(index))
        return self.words.is_filler(token) and not (
            self._is_in_title(index) or self._is_skill_noun(index) or self._is_complement(index)
        )

    def _is_complement(self, index: int) -> bool:
        """Whether "de" joins the word to a noun, of which it is then a part: ``perte d'autonomie``."""
        if self.posting.language not in _WITH_OF or index < 2 or not self.tokens[index].joined:
            return False
        before = self.tokens[index - 2]
        is_noun = not (self.words.is_filler(before) or self.words.is_function(before))
        return is_noun and self.tokens[index - 1].text.casefold() in _OF

    def _is_infinitive(self, index: int) -> bool:
        """Whether an article or "with" after a word in -er or the like shows a verb: "évaluer une situation"."""
        ending = _INFINITIVES.get(self.posting.language)
        if ending is None or not self.tokens[index].text.lower().endswith(ending) or index + 1 >= len(self.tokens):
            return False
        after = self.tokens[index + 1]
        return after.joined and after.text.casefold() in _DETERMINERS | _WITH

    def _find_compounds(self) -> tuple[frozenset[int], frozenset[int]]:
        """The tokens of compounds without meaning of their own, and of all compounds (``permit-to-work``)."""
        empty: set[int] = set()
        every: set[int] = set()
        start = 0
        for index in range(1, len(self.tokens) + 1):
            if index < len(self.tokens) and self.tokens[index].joined and self.posting.gap(index) == "-":
                continue
            if index - start > 1:
                every.update(range(start, index))
                empty.update(range(start, index) if self._says_nothing(Chunk(start, index)) else ())
            start = index
        return frozenset(empty), frozenset(every)

    def _find_after_inner(self) -> list[int]:
        """For each token the first one from there on that is no word such as "of"."""
        after = [len(self.tokens)] * (len(self.tokens) + 1)
        for index in range(len(self.tokens) - 1, -1, -1):
            is_inner = self.tokens[index].text.casefold() in self.words.inner
            after[index] = after[index + 1] if is_inner else index
        return after

    def _says_nothing(self, compound: Chunk) -> bool:
        """Whether a compound is only used around terms: "hands-on"."""
        parts = self.tokens[compound.start : compound.end]
        return self.posting.surface(compound.start, compound.end).casefold() in self.words.filler or all(
            self.words.is_filler(part) or self.words.is_function(part) for part in parts
        )

    def _is_skill_noun(self, index: int) -> bool:
        """Whether "skills" belongs to the one word before it: ``mechanical skills``."""
        token = self.tokens[index]
        if not index or not token.joined or token.text.casefold() not in self.words.skill_words:
            return False
        before = self.tokens[index - 1]
        return (
            before.text.islower()
            and self._is_content(index - 1)
            and not (self.words.is_common(before) or self.words.is_plain(before))
        )

    def _is_cut_before(self, index: int, start: int) -> bool:
        """Whether a chunk cannot go on from ``start`` with the token ``index``."""
        token = self.tokens[index]
        if index == start:
            return False
        if not token.joined or self.posting.spans[index] is not self.posting.spans[index - 1]:
            return True
        if index in self.inside and index - 1 in self.inside:
            return False
        if self._is_skill_noun(index - 1):
            return True
        before = self.tokens[index - 1]
        gap = self.posting.gap(index)
        if "/" in gap:
            return not (len(before.text) <= _SHORT and (len(token.text) <= _SHORT or len(before.text) == 1))
        if _IDEOGRAPH.match(before.text) and not _IDEOGRAPH.match(token.text):
            return True
        if not _IDEOGRAPH.match(before.text) and _IDEOGRAPH.match(token.text):
            return len(before.text) > 1
        return False

    def _is_inner(self, index: int) -> bool:
        """Whether a function word may be inside a term: ``protection de l'enfance``, ``First Aid at Work``."""
        token = self.tokens[index]
        if token.text.casefold() not in self.words.inner or index + 1 >= len(self.tokens) or not token.joined:
            return False
        if not self._is_content(index - 1) and self.tokens[index - 1].text.casefold() not in self.words.inner:
            return False
        after = self.after_inner[index + 1]
        if after >= len(self.tokens) or not self.tokens[after].joined:
            return False
        is_capital = self.tokens[after].text[:1].isupper() and self.posting.language != "de"
        if not (is_capital or self._is_content(after) or self._is_complement(after)):
            return False
        return self._joins(index, after)

    def _joins(self, index: int, after: int) -> bool:
        word, language = self.tokens[index].text.casefold(), self.posting.language
        if language == "de" and word == "für":
            return self.tokens[index - 1].text.casefold().endswith(_GERMAN_TRADES)
        if language == "de":
            return "-" in self.posting.gap(index) and word in ("und", "oder", "&")
        if language in _WITH_OF:
            return word not in _AND
        if word == "of":
            return True
        both = self.tokens[index - 1].text[:1].isupper() and self.tokens[after].text[:1].isupper()
        shouts = self.tokens[index - 1].text.isupper() or self.tokens[after].text.isupper()
        return both and not shouts and word not in ("and", "и", "и/или") and not self.tokens[index - 1].begins

    def _is_content(self, index: int) -> bool:
        token = self.tokens[index]
        return (
            index in self.inside
            or self._is_in_title(index)
            or not (
                index in self.masked
                or self.words.is_function(token)
                or self.words.is_filler(token)
                or token.text.isdigit()
            )
        )

    def _is_in_title(self, index: int) -> bool:
        """Whether a capital makes the word a part of a name (``Working Capital``)."""
        token = self.tokens[index]
        if self.posting.language == "de" or not token.text[:1].isupper() or token.begins:
            return False
        if token.text.isupper():
            return False
        if index > 1 and self.tokens[index - 1].text in _SMALL_IN_NAMES and self.tokens[index - 2].text[:1].isupper():
            return True
        beside = [self.tokens[n] for n in (index - 1, index + 1) if 0 <= n < len(self.tokens)]
        return any((one.text[:1].isupper() and not one.begins) or one.text.isdigit() for one in beside)

    def trim(self, chunk: Chunk) -> Chunk | None:
        """``chunk`` without words at its ends that belong to the sentence, None if nothing is left."""
        start, end = chunk.start, chunk.end
        while start < end and start not in self.inside and self._is_loose_start(start, end):
            start += 1
        while start < end and end - 1 not in self.inside and self._is_loose_end(end - 1, start):
            end -= 1
        return Chunk(start, end) if start < end else None

    def part(self, chunk: Chunk) -> Iterator[Chunk]:
        """``chunk``, or its parts between words such as "of" if it is too long to be one term."""
        if len(chunk) <= _MAX_WORDS or self._has_few_words(chunk):
            yield chunk
            return
        if _IDEOGRAPH.match(self.tokens[chunk.start].text):
            for start in range(chunk.start, chunk.end, _MAX_IDEOGRAPHS):
                yield Chunk(start, min(start + _MAX_IDEOGRAPHS, chunk.end))
            return
        start = chunk.start
        for index in (*range(chunk.start, chunk.end), chunk.end):
            if index == chunk.end or (index not in self.inside and self._parts_long_term(index)):
                if 0 < index - start <= _MAX_WORDS:
                    yield Chunk(start, index)
                start = index

    def _has_few_words(self, chunk: Chunk) -> bool:
        """Whether small words make a term long: ``diplôme d'État d'assistant de service social``."""
        run = self.tokens[chunk.start : chunk.end]
        return len(run) <= _MAX_WITH_OF and sum(token.text.casefold() not in _OF for token in run) < _MAX_WORDS

    def _parts_long_term(self, index: int) -> bool:
        """Whether the word opens a complement with an article: ``de la protection``, but not ``de l'enfance``."""
        is_inner = self.tokens[index].text.casefold() in self.words.inner
        after = self.tokens[index + 1].text.casefold() if index + 1 < len(self.tokens) else ""
        return is_inner and (after in _ARTICLES or self.posting.language not in _WITH_OF)

    def _is_loose_start(self, index: int, end: int) -> bool:
        token = self.tokens[index]
        if re.fullmatch(r"\d+[km%]?", token.text):
            return end - index == 1 or not self.tokens[index + 1].text[:1].isupper()
        if token.text.casefold() in self.words.inner:  # but "on-prem" is one word
            return index + 1 == end or self.posting.gap(index + 1) != "-"
        is_adverb = self.posting.language == "en" and token.text.endswith("ly") and end - index > 1
        if token.text == "有":
            return end - index > 2 and self.tokens[index + 1].text not in _AFTER_YOU
        if token.text == "A" and token.begins and not self.tokens[index + 1].text.casefold().startswith("level"):
            return True
        if self.posting.language == "de" and token.text.islower() and end - index > 1:
            return self._is_german_verb(index)
        before = self.tokens[index - 1].text.casefold() if index else ""
        is_verb = (
            (token.begins or before in BEFORE_VERB)
            and self.words.is_verb(token)
            and end - index > 1
            and self.posting.gap(index + 1) != "-"
        )
        return is_adverb or is_verb

    def _is_german_verb(self, index: int) -> bool:
        """Whether a word in small letters before a noun is a verb; in the tasks, any is left out."""
        token, before = self.tokens[index], self.tokens[index - 1].text.casefold() if index else ""
        is_task = self.posting.spans[index].zone is Zone.TASK
        return is_task or before in _GERMAN_SUBJECTS or token.text.endswith("st")

    def _is_loose_end(self, index: int, start: int) -> bool:
        token = self.tokens[index]
        if token.text.isdigit():
            before = self.tokens[index - 1]
            return index == start or not (before.text[:1].isupper() or before.text[:1].isdigit())
        if self.posting.language == "de" and token.text.islower():
            return True
        return token.text.casefold() in self.words.inner


def find_unspaced_breaks(posting: Posting) -> frozenset[int]:
    """The characters of words such as 熟悉 and の, which separate terms in scripts without spaces."""
    if posting.language not in ("zh", "ja", "ko"):
        return frozenset()
    by_start = {token.start: index for index, token in enumerate(posting.tokens)}
    words = posting.words.filler | posting.words.function
    if posting.language == "ko":
        return frozenset(_find_korean_breaks(posting.text, by_start, words))
    ordered = sorted((word for word in words if _IDEOGRAPH.match(word)), key=len, reverse=True)
    found: set[int] = set()
    for match in re.finditer("|".join(map(re.escape, ordered)), posting.text):
        found.update(by_start[n] for n in range(match.start(), match.end()) if n in by_start)
    if posting.language == "ja":
        found.update(index for index, token in enumerate(posting.tokens) if _KANA.match(token.text))
    return frozenset(found)


def _find_korean_breaks(text: str, by_start: Mapping[int, int], words: frozenset[str]) -> Iterator[int]:
    """Particles at the ends of words, and whole words that are no part of a term."""
    for match in re.finditer("[\uac00-\ud7af]+", text):
        stem = _KOREAN_ENDING.sub("", match[0])
        keep = 0 if match[0] in words or stem in words else len(stem)
        yield from (by_start[n] for n in range(match.start() + keep, match.end()) if n in by_start)
