"""Finds the terms of a posting: the skills and tools that it asks for, without the phrases that all postings use.

In the requirements every chunk is a term. Elsewhere a term is a keyword of the profile, a known name, a name by its
spelling (``gRPC``, ``S3``, ``Terraform``), or words that are in the profile too. ``docs/postings.md`` has the rules.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from operator import attrgetter

from cvgen.model.letter_case import fold_letters
from cvgen.posting.alternatives import add_alternatives
from cvgen.posting.posting import Posting
from cvgen.posting.posting_names import find_masked, find_names
from cvgen.posting.posting_term import PostingTerm
from cvgen.posting.posting_zones import Zone
from cvgen.posting.profile_words import ProfileWords, phrases
from cvgen.posting.term_builder import TermBuilder, list_groups
from cvgen.posting.term_chunks import BEFORE_VERB, Chunk, cut_chunks, find_unspaced_breaks
from cvgen.posting.term_kinds import KindReader
from cvgen.posting.years_of_work import add_subjects
from cvgen.select.term_search import Keys, term_keys
from cvgen.select.tokens import Token

_CEFR = re.compile("[ABC][12]")
_IDEOGRAPH = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SHORT_NAME = 2
_GERMAN_NOUN = 9
"""German nouns with at least so many letters are compounds, which are terms by themselves."""


def find_posting_terms(posting: Posting, vocabulary: ProfileWords) -> list[PostingTerm]:
    """The terms of ``posting``: what is required, then what is nice to have, then the rest, the most frequent first."""
    return _TermExtractor(posting, vocabulary).find()


class _TermExtractor:
    """Finds the terms of one posting."""

    def __init__(self, posting: Posting, vocabulary: ProfileWords) -> None:
        self.posting, self.vocabulary = posting, vocabulary
        self.tokens, self.words = posting.tokens, posting.words
        self.kinds = KindReader(posting, vocabulary.language)
        self.fixed = list(self.kinds.find_fixed())
        taken = {index for asked in self.fixed for index in range(asked.start, asked.end)}
        self.groups = list_groups(posting, vocabulary)
        self.known = dict(vocabulary.names)
        for group in self.groups:
            for one in group:
                self.known.setdefault(term_keys(one, vocabulary.language), group[0])
        known = find_masked(
            posting, lambda keys: keys in vocabulary.names or keys in vocabulary.phrases, self.known.__contains__
        )
        self.masked = frozenset(known | taken)
        self.names = find_names(posting)
        self.says_zones = posting.says_zones
        self.unspaced = find_unspaced_breaks(posting)

    def find(self) -> list[PostingTerm]:
        atoms = self._find_atoms()
        chunks = cut_chunks(self.posting, self.masked, [atom for atom in atoms if len(atom) > 1])
        found = [*self.fixed, *(self.kinds.read(chunk) for chunk in self._choose(chunks, atoms))]
        asked = add_alternatives(add_subjects(found, self.posting), self.posting)
        return TermBuilder(self.vocabulary, self.groups).build(asked)

    # Phrases of the profile and known names

    def _find_atoms(self) -> list[Chunk]:
        """The places of known names and of the profile's phrases, the longest where they overlap."""
        by_length: dict[int, list[tuple[int, Keys]]] = {}
        own, ideographic = self.vocabulary.phrases, [_is_ideographic(token.text) for token in self.tokens]
        for keys, start in phrases(self.tokens):
            is_own = keys in own and not (len(keys) <= _SHORT_NAME and ideographic[start])
            if is_own or keys in self.known:
                by_length.setdefault(len(keys), []).append((start, keys))
        chosen: list[Chunk] = []
        taken = bytearray(len(self.tokens))
        for length in sorted(by_length, reverse=True):
            for start, keys in by_length[length]:
                # Most phrases are parts of chosen ones: these are passed before anything is asked that takes time.
                if not any(taken[start : start + length]) and self._is_atom(
                    keys, chunk := Chunk(start, start + length)
                ):
                    chosen.append(chunk)
                    taken[start : start + length] = b"\1" * length
        return sorted(chosen, key=lambda one: one.start)

    def _is_atom(self, keys: Keys, chunk: Chunk) -> bool:
        """Whether a known name or a phrase of the profile is a term at this place."""
        span = self.posting.spans[chunk.start]
        zone = span.zone
        if zone in (Zone.SKIP, Zone.NEIGHBOUR) or self.posting.spans[chunk.end - 1] is not span:
            return False
        if not self.masked.isdisjoint(range(chunk.start, chunk.end)):
            return False
        if keys in self.known:
            is_asked = zone in (Zone.MUST, Zone.NICE) or len(keys) > 1 or keys in self.vocabulary.keywords
            return is_asked or not self.words.is_common(self.tokens[chunk.start])
        if zone is Zone.TITLE and keys not in self.vocabulary.titles and self._goes_on(chunk):
            return False
        if len(keys) == 1:
            text = self.tokens[chunk.start].text
            return (
                len(text) > _SHORT_NAME and text[0].isalpha() and self._is_unusual(text) and not self._cuts_name(chunk)
            )
        if self._cuts_name(chunk) or self.unspaced.intersection(range(chunk.start, chunk.end)):
            return False
        first, last = self.tokens[chunk.start], self.tokens[chunk.end - 1]
        if _is_ideographic(first.text) or _is_ideographic(last.text):
            return len(keys) > 2 and all(_is_ideographic(t.text) for t in self.tokens[chunk.start : chunk.end])
        return self._says_something(chunk, zone)

    def _cuts_name(self, chunk: Chunk) -> bool:
        """Whether a part of a compound or of a number is left over: ``HTM 06`` of "HTM 06-01"."""
        if self.tokens[chunk.start].joined and self.posting.gap(chunk.start) == "-":
            return True
        after = self.tokens[chunk.end : chunk.end + 1]
        return bool(after) and after[0].joined and (self.posting.gap(chunk.end) == "-" or after[0].text.isdigit())

    def _goes_on(self, chunk: Chunk) -> bool:
        """Whether a word follows that belongs to the same name: "Graduate Mechanical" of a design engineer."""
        return chunk.end < len(self.tokens) and self.tokens[chunk.end].joined

    def _says_something(self, chunk: Chunk, zone: Zone) -> bool:
        run = self.tokens[chunk.start : chunk.end]
        ends = (run[0], run[-1])
        if run[0].text.isdigit() or any(self._is_empty(one) for one in ends):
            return False
        if run[-1].text.isdigit() and (
            not (run[-2].text[:1].isupper() or run[-2].text.isdigit())
            or (len(run) == 2 and self.words.is_common(run[0]))
        ):
            return False
        return zone in (Zone.MUST, Zone.NICE) or not all(self.words.ends_term(one) for one in run)

    def _is_empty(self, token: Token) -> bool:
        """Whether a word at an end of a phrase is not part of a name: "first", but not ``First`` of ``First Aid``."""
        return not self._is_title(token) and (self.words.is_function(token) or self.words.is_filler(token))

    def _is_loose(self, token: Token) -> bool:
        """Whether a word before a phrase adds nothing to the term, such as a verb."""
        return not self._is_title(token) and self.words.ends_term(token)

    def _is_title(self, token: Token) -> bool:
        return token.text[:1].isupper() and not token.begins and self.posting.language != "de"

    # Chunks

    def _choose(self, chunks: Sequence[Chunk], atoms: Sequence[Chunk]) -> Iterator[Chunk]:
        for chunk in chunks:
            zone = self.posting.spans[chunk.start].zone
            first = bisect_left(atoms, chunk.start, key=attrgetter("start"))
            last = bisect_right(atoms, chunk.end, key=attrgetter("end"))
            inside = atoms[first:last]
            if zone in (Zone.MUST, Zone.NICE):
                yield from self._choose_asked(chunk, inside)
            elif zone in (Zone.TASK, Zone.TEXT, Zone.TITLE):
                yield from self._choose_mentioned(chunk, inside, zone)

    def _choose_asked(self, chunk: Chunk, atoms: Sequence[Chunk]) -> Iterator[Chunk]:
        """The terms of a chunk that is asked for: all of it, or the phrases of the profile in it."""
        if self._keys(chunk) in self.known or self._keys(chunk) in self.vocabulary.phrases:
            if self._is_acceptable(chunk):
                yield chunk
            return
        telling = [atom for atom in atoms if len(atom) > 1 or self._stands_out(atom, chunk)]
        if not telling or not any(self._is_own(atom) or len(atom) == 1 for atom in telling):
            if self._is_acceptable(chunk):
                yield self._find_own_part(chunk)
            return
        yield from telling
        yield from (rest for rest in self._rests(chunk, telling) if self._is_rest(rest, chunk))

    def _is_own(self, atom: Chunk) -> bool:
        keys = self._keys(atom)
        return keys in self.vocabulary.phrases or keys in self.vocabulary.keywords

    def _stands_out(self, atom: Chunk, chunk: Chunk) -> bool:
        """Whether one word is a term by itself: ``Kafka`` of "Kafka pipelines", but not of "Kafka Streams"."""
        if not self._is_name(atom) or self.kinds.is_kind_word(self.tokens[atom.start]):
            return False
        beside = [self.tokens[n] for n in (atom.start - 1, atom.end) if chunk.start <= n < chunk.end]
        if any(self._is_unusual(one.text) or one.text.isdigit() for one in beside):
            return False
        return self.posting.language == "de" or not any(one.text[:1].isupper() for one in beside)

    def _find_own_part(self, chunk: Chunk) -> Chunk:
        """The part of ``chunk`` that the profile has, if the rest only describes it: ``latency`` of "low latency"."""
        for start in range(chunk.start + 1, chunk.end):
            part, before = Chunk(start, chunk.end), self.tokens[start - 1]
            if not (self.words.is_common(before) or self.words.is_plain(before) or self._is_gerund(before)):
                break
            if self._is_own(part) and self._is_acceptable(part) and (len(part) > 1 or not self._is_dull(part)):
                return part
        return chunk

    def _is_gerund(self, token: Token) -> bool:
        """Whether a word may only say what is done with the next: "managing budgets"."""
        return self.posting.language == "en" and token.text.islower() and token.text.endswith("ing")

    def _is_dull(self, part: Chunk) -> bool:
        token = self.tokens[part.start]
        return self.words.is_common(token) or self.words.is_plain(token)

    def _rests(self, chunk: Chunk, atoms: Sequence[Chunk]) -> Iterator[Chunk]:
        start = chunk.start
        for atom in (*atoms, Chunk(chunk.end, chunk.end)):
            first, last = start, atom.start
            while first < last and self.words.is_function(self.tokens[first]):
                first += 1
            while first < last and self.words.is_function(self.tokens[last - 1]):
                last -= 1
            if first < last:
                yield Chunk(first, last)
            start = atom.end

    def _is_rest(self, rest: Chunk, chunk: Chunk) -> bool:
        """Whether words beside a phrase of the profile are a term of their own."""
        if _is_ideographic(self.tokens[rest.start].text):
            return len(rest) > 1
        if len(rest) == 1 and not (rest.end < chunk.end and self._is_apart(rest)):
            return self.posting.language != "de" and self._is_unusual(self.tokens[rest.start].text)
        return self._is_acceptable(rest) and not any(
            self.words.is_common(token) or self.words.is_function(token) for token in self.tokens[rest.start : rest.end]
        )

    def _is_apart(self, rest: Chunk) -> bool:
        """Whether "of" or a slash is between the word and what follows."""
        after = self.tokens[rest.end : rest.end + 1]
        return bool(after) and (self.words.is_function(after[0]) or "/" in self.posting.gap(rest.end))

    def _is_level(self, run: Sequence[Token]) -> bool:
        """Whether ``run`` is the level of a language alone: ``B1``, ``B1 level``."""
        codes = [token for token in run if _CEFR.fullmatch(token.text)]
        return bool(codes) and all(
            token in codes or token.text.casefold() in self.words.language_words for token in run
        )

    def _is_acceptable(self, chunk: Chunk) -> bool:
        run = self.tokens[chunk.start : chunk.end]
        if self._is_level(run) and self.kinds.names_language(chunk.start):
            return False
        if len(run) > 1:
            return not all(token.text.isdigit() or len(token.text) == 1 for token in run) or _is_ideographic(
                run[0].text
            )
        (token,) = run
        keys = (token.key,)
        if keys in self.known or self.kinds.is_kind_word(token):
            return True
        if len(token.text) < 2 or token.text.isdigit():
            return False
        if keys in self.vocabulary.titles and self._is_same_word(token):
            return True
        if self.posting.language == "de" and not token.text[:1].isupper() and not self._is_unusual(token.text):
            return False
        return not (self.words.is_common(token) or self._is_bare_verb(chunk.start))

    def _is_same_word(self, token: Token) -> bool:
        """Whether a word with the key of a title is that title: the key of "Developer" is that of development too."""
        return not self.words.is_common(token) or fold_letters(token.text) in self.vocabulary.title_words

    def _is_bare_verb(self, index: int) -> bool:
        """Whether it is a verb alone: "to train", "Train and coach new staff"."""
        token, before = self.tokens[index], self.tokens[index - 1].text if index else ""
        return self.words.is_verb(token) and (token.begins or before in BEFORE_VERB)

    def _choose_mentioned(self, chunk: Chunk, atoms: Sequence[Chunk], zone: Zone) -> Iterator[Chunk]:
        """The terms of a chunk that nobody asks for: what the profile has too, and names."""
        if atoms:
            yield from (atom for atom in atoms if len(atom) > 1 or self._is_alone(atom, chunk, zone))
            return
        if zone is Zone.TEXT and self.says_zones:
            return
        if zone is Zone.TITLE:
            return
        start = chunk.start
        while start < chunk.end - 1 and self._is_loose(self.tokens[start]):
            start += 1
        chunk = Chunk(start, chunk.end)
        if len(chunk) > 1 and self._is_mentioned_phrase(chunk):
            yield chunk
            return
        for index in range(chunk.start, chunk.end):
            if self._is_mentioned_word(Chunk(index, index + 1)):
                yield Chunk(index, index + 1)

    def _is_alone(self, atom: Chunk, chunk: Chunk, zone: Zone) -> bool:
        return (len(atom) == len(chunk) and zone is not Zone.TITLE) or self._stands_out(atom, chunk)

    def _is_mentioned_phrase(self, chunk: Chunk) -> bool:
        run = self.tokens[chunk.start : chunk.end]
        if _is_ideographic(run[0].text):
            return False
        if any(self.words.ends_term(token) for token in run[:-1]):
            return False
        if self.words.is_head(run[-1]):
            return not (self.words.is_plain(run[0]) and run[0].begins)
        is_name = all(token.text[0].isupper() and (not token.begins or token.key in self.names) for token in run)
        return is_name and self.posting.language != "de" and any(token.key in self.names for token in run)

    def _is_mentioned_word(self, chunk: Chunk) -> bool:
        token = self.tokens[chunk.start]
        if token.key in self.names:
            return True
        if self.words.ends_term(token) or self.words.is_plain(token) or len(token.text) < 3:
            return False
        if self.words.is_verb(token):
            return False
        if (token.key,) in self.vocabulary.phrases:
            return self.posting.language != "de" or token.text[:1].isupper()
        if self.posting.language == "de" and token.text[:1].isupper() and self.posting.spans[chunk.start].is_item:
            return len(token.text) >= _GERMAN_NOUN
        return token.text.casefold().endswith(self.words.noun_ends) if self.words.noun_ends else False

    def _is_name(self, atom: Chunk) -> bool:
        token = self.tokens[atom.start]
        return token.key in self.names or token.key.startswith("=") or self._is_unusual(token.text)

    def _is_unusual(self, text: str) -> bool:
        return any(char.isdigit() for char in text) or any(char.isupper() for char in text[1:])

    def _keys(self, chunk: Chunk) -> Keys:
        return tuple(token.key for token in self.tokens[chunk.start : chunk.end])


def _is_ideographic(text: str) -> bool:
    return bool(_IDEOGRAPH.match(text))
