"""Finds texts that must follow each other in a reader's text, although some also occur inside other texts."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from cvgen.examine.comparable_text import squeeze
from cvgen.examine.expected.expected_texts import Expected
from cvgen.examine.readers.reader_text import ReaderText

COVERED, BOUNDED, BEGINS, WHOLE = range(4)
"""Qualities of an occurrence: inside a longer text or word; whole words; at the start of a line; a whole line."""
_SHORT = 30
"""A text of fewer characters may occur inside another one by chance."""
_FOUND = 10
"""The weight of finding a text at all, to which the quality is added."""
_BEFORE = re.compile(r"\n[ \t]*(?:[^\w\n]{0,3}|\(?\w{1,2}[.:)]?|\[\d+\])[ \t]*$")
"""The start of a line, with or without a bullet or a number."""
_AFTER = re.compile(r"[^\w\n]{0,3}(?:\n|$)")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place in a reader's packed text at which an expected text occurs."""

    start: int
    length: int
    quality: int = BOUNDED

    @property
    def end(self) -> int:
        """The index after its last character."""
        return self.start + self.length


@lru_cache(maxsize=8192)
def _pack(text: str) -> str:
    return squeeze(text).casefold()


def list_occurrences(
    text: ReaderText, wanted: Expected, start: int, end: int, others: Iterable[Expected], before: Iterable[Expected]
) -> list[Occurrence]:
    """Where ``wanted`` occurs between ``start`` and ``end``, without occurrences much worse than the best.

    An occurrence inside one of the ``others`` has a lower quality. The first occurrences are left to the texts
    ``before`` it that are the same.
    """
    covers = _find_longer(text, wanted, others, start, end)
    occurrences = [
        Occurrence(place, length, COVERED if _is_covered(place, length, covers) else _quality(text, place, length))
        for place, length in _find_all(text, wanted, start, end)
    ]
    best = max((occurrence.quality for occurrence in occurrences), default=0)
    good = sorted(
        (occurrence for occurrence in occurrences if occurrence.quality >= best - 1),
        key=lambda occurrence: occurrence.start,
    )
    packed = _pack(wanted.text)
    same = sum(_pack(other.text) == packed for other in before)
    return good[min(same, len(good) - 1) :] if good else []


def _find_all(text: ReaderText, wanted: Expected, start: int, end: int) -> Iterator[tuple[int, int]]:
    for wording in wanted.wordings:
        occurrence = text.find(wording, start, wanted.any_case, end)
        while occurrence:
            yield occurrence
            occurrence = text.find(wording, occurrence[0] + 1, wanted.any_case, end)


def _is_covered(place: int, length: int, covers: list[Occurrence]) -> bool:
    return any(cover.start <= place and place + length <= cover.end and cover.length > length for cover in covers)


def _quality(text: ReaderText, place: int, length: int) -> int:
    start, end = text.raw_span(place, length)
    before, after = ("\n" + text.raw[max(0, start - 12) : start])[-12:], text.raw[end : end + 5]
    begins = bool(_BEFORE.search(before))
    if begins and _AFTER.match(after):
        return WHOLE
    if before[-1:].isalnum() or after[:1].isalnum():
        return COVERED
    return BEGINS if begins else BOUNDED


def _find_longer(
    text: ReaderText, wanted: Expected, others: Iterable[Expected], start: int, end: int
) -> list[Occurrence]:
    """Where those of ``others`` occur that contain ``wanted``."""
    short = _pack(wanted.text)
    if len(short) >= _SHORT:
        return []
    return [
        Occurrence(*occurrence)
        for other in others
        if len(packed := _pack(other.text)) > len(short) and short in packed
        for occurrence in _find_all(text, other, start, end)
    ]


@dataclass(frozen=True, slots=True)
class _Chain:
    """A chain of occurrences in order: its last one, the chain before it, and the weight of all."""

    number: int
    occurrence: Occurrence
    before: _Chain | None
    weight: int


def choose_in_order(candidates: Sequence[Sequence[Occurrence]]) -> list[Occurrence | None]:
    """For each text one of its occurrences, so that all are in order; None where there is no such occurrence.

    As many texts as possible get one, and the best of those: this is the heaviest increasing subsequence.
    """
    chains: list[_Chain] = []  # sorted by their ends, and so by their weights
    for number, occurrences in enumerate(candidates):
        found = []
        for occurrence in occurrences:
            at = bisect_right(chains, occurrence.start, key=_end)
            before = chains[at - 1] if at else None
            found.append(
                _Chain(number, occurrence, before, (before.weight if before else 0) + _FOUND + occurrence.quality)
            )
        for link in found:
            _insert(chains, link)
    chosen: list[Occurrence | None] = [None] * len(candidates)
    last = chains[-1] if chains else None
    while last:
        chosen[last.number], last = last.occurrence, last.before
    return chosen


def _end(link: _Chain) -> int:
    return link.occurrence.end


def _insert(chains: list[_Chain], link: _Chain) -> None:
    """Keep ``link`` unless a chain that ends no later weighs as much; drop the chains that it replaces."""
    at = bisect_right(chains, link.occurrence.end, key=_end)
    if at and chains[at - 1].weight >= link.weight:
        return
    if at and chains[at - 1].occurrence.end == link.occurrence.end:
        at -= 1
    stop = at
    while stop < len(chains) and chains[stop].weight <= link.weight:
        stop += 1
    chains[at:stop] = [link]


def find_expected(text: ReaderText, wanted: Expected, start: int = 0, end: int | None = None) -> tuple[int, int] | None:
    """Index and length of ``wanted``, in one of its wordings, in the packed text of a reader; None if it is absent."""
    found = (text.find(wording, start, wanted.any_case, end) for wording in wanted.wordings)
    return next((occurrence for occurrence in found if occurrence), None)
