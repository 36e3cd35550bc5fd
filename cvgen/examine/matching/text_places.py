"""Finds texts that must follow each other in a reader's text, although some also occur inside other texts."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from cvgen.examine.comparable_text import fold_case, squeeze
from cvgen.examine.expected.expected_texts import Expected
from cvgen.examine.readers.reader_text import ReaderText

COVERED, BOUNDED, BEGINS, WHOLE = range(4)
"""Qualities of an occurrence: inside a longer text or word; whole words; at the start of a line; a whole line."""
_SHORT = 30
"""A text of fewer characters may occur inside another one by chance."""
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
def fold_text(text: str) -> str:
    """``text`` in the form in which texts are compared, without white space, in lower case."""
    return fold_case(squeeze(text))


def list_occurrences(
    text: ReaderText, wanted: Expected, start: int, end: int, others: Iterable[Expected]
) -> list[Occurrence]:
    """Where ``wanted`` occurs between ``start`` and ``end``, in order.

    Occurrences inside one of the ``others``, or inside a word, are left out if there is one that is not.
    """
    covers = _find_longer(text, wanted, others, start, end)
    occurrences = [
        Occurrence(place, length, COVERED if _is_covered(place, length, covers) else _quality(text, place, length))
        for place, length in _find_all(text, wanted, start, end)
    ]
    free = [occurrence for occurrence in occurrences if occurrence.quality > COVERED]
    return sorted(free or occurrences, key=lambda occurrence: occurrence.start)


def _find_all(text: ReaderText, wanted: Expected, start: int, end: int) -> Iterator[tuple[int, int]]:
    for wording in wanted.wordings:
        occurrence = text.find(wording, start, wanted.any_case, end)
        while occurrence:
            yield occurrence
            occurrence = text.find(wording, occurrence[0] + 1, wanted.any_case, end)


def _is_covered(place: int, length: int, covers: list[Occurrence]) -> bool:
    return any(cover.start <= place and place + length <= cover.end and cover.length > length for cover in covers)


def begins_line(text: ReaderText, place: int, length: int) -> bool:
    """Whether a text begins a line, after a bullet or a number if there is one."""
    start, _ = text.raw_span(place, length)
    return bool(_BEFORE.search(("\n" + text.raw[max(0, start - 12) : start])[-12:]))


def _quality(text: ReaderText, place: int, length: int) -> int:
    start, end = text.raw_span(place, length)
    before, after = text.raw[max(0, start - 1) : start], text.raw[end : end + 5]
    begins = begins_line(text, place, length)
    if begins and _AFTER.match(after):
        return WHOLE
    if before.isalnum() or after[:1].isalnum():
        return COVERED
    return BEGINS if begins else BOUNDED


def _find_longer(
    text: ReaderText, wanted: Expected, others: Iterable[Expected], start: int, end: int
) -> list[Occurrence]:
    """Where those of ``others`` occur that contain ``wanted``."""
    short = fold_text(wanted.text)
    if len(short) >= _SHORT:
        return []
    return [
        Occurrence(*occurrence)
        for other in others
        if len(packed := fold_text(other.text)) > len(short) and short in packed
        for occurrence in _find_all(text, other, start, end)
    ]


@dataclass(frozen=True, slots=True)
class _OccurrenceChain:
    """A chain of occurrences in order: its last one, the chain before it, and the weight of all."""

    number: int
    occurrence: Occurrence
    before: _OccurrenceChain | None
    weight: int


def choose_in_order(candidates: Sequence[Sequence[Occurrence]], weights: Sequence[int]) -> list[Occurrence | None]:
    """For each text one of its occurrences, so that all are in order; None where there is no such occurrence.

    ``weights`` says for each text how much it counts that it gets one, to which the quality of the occurrence is added;
    the choice is the heaviest increasing subsequence.
    """
    chains: list[_OccurrenceChain] = []  # sorted by their ends, and so by their weights
    for number, occurrences in enumerate(candidates):
        found = []
        for occurrence in occurrences:
            at = bisect_right(chains, occurrence.start, key=_end)
            before = chains[at - 1] if at else None
            weight = weights[number] + (occurrence.quality if weights[number] > 1 else 0)
            found.append(_OccurrenceChain(number, occurrence, before, (before.weight if before else 0) + weight))
        for link in found:
            _insert(chains, link)
    chosen: list[Occurrence | None] = [None] * len(candidates)
    last = chains[-1] if chains else None
    while last:
        chosen[last.number], last = last.occurrence, last.before
    return chosen


def _end(link: _OccurrenceChain) -> int:
    return link.occurrence.end


def _insert(chains: list[_OccurrenceChain], link: _OccurrenceChain) -> None:
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


def find_divided(text: ReaderText, wanted: Expected) -> tuple[int, int] | None:
    """Where the two halves of ``wanted`` begin if it goes on on the next page, with other text between them.

    A page with two columns has the text of the other column in that place. Each half is whole lines.
    """
    packed = squeeze(wanted.text)
    for count in range(1, len(packed)):
        first, second = packed[:count], packed[count:]
        for place in _list_places(text, first, 0, None):
            if _ends_line(text, place + len(first)):
                rests = _list_places(text, second, *_page_after(text, place))
                if rest := next((rest for rest in rests if begins_line(text, rest, 1)), 0):
                    return place, rest
    return None


def _list_places(text: ReaderText, packed: str, start: int, end: int | None) -> Iterator[int]:
    place = text.packed.find(packed, start, end)
    while place >= 0:
        yield place
        place = text.packed.find(packed, place + 1, end)


def _page_after(text: ReaderText, place: int) -> tuple[int, int]:
    """Start and end in ``packed`` of the page after the one with ``place``."""
    start = text.page_end(place)
    return start, text.page_end(start)


def _ends_line(text: ReaderText, place: int) -> bool:
    """Whether a line ends before the character at ``place`` of ``packed``."""
    return place >= len(text.places) or "\n" in text.raw[text.places[place - 1] : text.places[place]]
