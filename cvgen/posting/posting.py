"""A posting cut into tokens, each with the zone that it is in."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from unicodedata import normalize

from cvgen.posting.posting_language import guess_language
from cvgen.posting.posting_lines import Line, cut_lines, mark_items
from cvgen.posting.posting_words import PostingWords, load_posting_words
from cvgen.posting.posting_zones import Zone, ZoneRange, mark_zones
from cvgen.select.tokens import Token, tokenize


@dataclass(frozen=True, slots=True)
class Posting:
    """A posting split into tokens, each with the line and the span that it is in."""

    text: str
    tokens: tuple[Token, ...]
    lines: tuple[Line, ...]
    """The line of each token."""
    spans: tuple[ZoneRange, ...]
    """The span of each token."""
    words: PostingWords
    language: str
    """The language of the posting, which may differ from that of the CV."""

    def surface(self, start: int, end: int) -> str:
        """The words from token ``start`` to before ``end``, as typed."""
        last = self.tokens[end - 1]
        return re.sub(r"\s+", " ", self.text[self.tokens[start].start : last.start + len(last.text)])

    def find_tokens(self, start: int, end: int) -> range:
        """The indices of the tokens that begin between two offsets of the text."""
        at = attrgetter("start")
        return range(bisect_left(self.tokens, start, key=at), bisect_left(self.tokens, end, key=at))

    def gap(self, index: int) -> str:
        """The text between token ``index`` and the one before it."""
        before = self.tokens[index - 1]
        return self.text[before.start + len(before.text) : self.tokens[index].start]

    @property
    def says_zones(self) -> bool:
        """Whether some part of it is plainly about requirements."""
        return any(span.zone in (Zone.MUST, Zone.NICE) for span in self.spans)


def cut_posting(text: str, language: str) -> Posting:
    """``text`` as a Posting; ``language`` is that of the CV, whose rules of inflection apply to both."""
    text = mark_items(normalize("NFC", text))
    tokens = tokenize(text, language)
    written_in = guess_language(text, tokens)
    words = load_posting_words(written_in)
    lines = cut_lines(text, words)
    spans = mark_zones(text, lines, words)
    return Posting(
        text, tuple(tokens), tuple(_of_tokens(tokens, lines)), tuple(_spans_of(tokens, spans)), words, written_in
    )


def _of_tokens(tokens: Sequence[Token], lines: Sequence[Line]) -> Iterator[Line]:
    number = 0
    for token in tokens:
        while number + 1 < len(lines) and lines[number + 1].start <= token.start:
            number += 1
        yield lines[number]


def _spans_of(tokens: Sequence[Token], spans: Sequence[ZoneRange]) -> Iterator[ZoneRange]:
    """The span of each token; a heading is a span of its own, to be skipped."""
    number = 0
    for token in tokens:
        while number < len(spans) and spans[number].end <= token.start:
            number += 1
        inside = number < len(spans) and spans[number].start <= token.start
        yield spans[number] if inside else ZoneRange(token.start, token.start, Zone.SKIP)
