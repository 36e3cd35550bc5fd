"""Finds what each piece of a posting is about: what an applicant must have, should have, or neither.

The headings say most of it; a sentence or a clause may say otherwise ("S/4HANA would be a plus").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from cvgen.model.letter_case import fold_letters
from cvgen.posting.posting_lines import Line, is_mostly_heading
from cvgen.posting.posting_words import PostingWords

_MAX_TITLE_WORDS = 16
_MAX_HEADER_LINE = 110
_MAX_LABEL_WORDS = 5
_MIN_PROSE = 40
"""A paragraph longer than this ends the lines under the title; in characters."""


class Zone(StrEnum):
    """What a piece of a posting is about."""

    MUST = "must"
    NICE = "nice"
    TASK = "task"
    TEXT = "text"
    """Nothing says what it is about."""
    TITLE = "title"
    SKIP = "skip"
    """The employer, benefits, how to apply, legal text."""
    NEIGHBOUR = "neighbour"
    """Other postings, menus, notices about cookies."""


@dataclass(frozen=True, slots=True)
class ZoneRange:
    """A part of a posting from offset ``start`` to ``end`` that is all in one zone."""

    start: int
    end: int
    zone: Zone
    is_item: bool = False
    is_header: bool = False
    """Whether it is above the text, under the title: the employer, the place, the pay."""


@dataclass(frozen=True, slots=True)
class _TextBlock:
    """An item of a list, a heading, or the lines of a paragraph."""

    start: int
    end: int
    kind: str
    zone: Zone
    is_header: bool = False


_OPEN_ENDS = (":", "\uff1a", "?")
_CANDIDATES = (Zone.NEIGHBOUR, Zone.NICE, Zone.SKIP, Zone.MUST, Zone.TASK)


def read_heading(text: str, words: PostingWords) -> Zone | None:
    """The zone of the longest known phrase in a heading; None if it has none."""
    folded = fold_letters(text).replace("\u2019", "'")
    longest: dict[Zone, int] = {}
    for zone in _CANDIDATES:
        if found := [len(match[0]) for match in words.headings[zone.value].finditer(folded)]:
            longest[zone] = max(found)
    if Zone.NICE in longest:
        longest.pop(Zone.MUST, None)  # "Preferred qualifications"
    return max(longest, key=lambda zone: longest[zone]) if longest else None


def mark_zones(text: str, lines: Sequence[Line], words: PostingWords) -> list[ZoneRange]:
    """The spans of ``text`` in order; headings and blank lines are in none of them."""
    marker = _BlockMarker(text, words)
    blocks = [marked for block in _cut_blocks(lines, words) for marked in marker.mark(block)]
    is_clear = any(block.zone is Zone.MUST for block in blocks)
    spans = [span for block in blocks for span in _read_block(text, block, words, is_clear)]
    # A list under an unknown heading has the requirements, unless another heading announced them.
    unknown = Zone.TASK if is_clear else Zone.MUST
    spans = [replace(span, zone=unknown) if span.zone is Zone.TEXT and span.is_item else span for span in spans]
    return spans


class _BlockMarker:
    """Gives each block its zone, by the headings and labels before it; takes the blocks in their order."""

    def __init__(self, text: str, words: PostingWords) -> None:
        self._text, self._words = text, words
        self._outer = Zone.TEXT
        """The zone that the last heading announced."""
        self._zone = Zone.TEXT
        """The zone of a list that comes now: that of the label before it, or the outer one."""
        self._is_header = True
        """Whether only the title and the lines below it have come yet."""

    def mark(self, block: _TextBlock) -> Iterator[_TextBlock]:
        """``block`` with its zone, cut where the title ends; nothing for a heading."""
        written = self._text[block.start : block.end]
        if block.kind == "heading":
            yield from self._mark_heading(block, written)
            return
        if self._is_header and block.zone is not Zone.SKIP:
            named = _name_header(block, written, self._words)
            self._is_header = named is not None
            if named is not None:
                yield from _cut_header(block, written, named)
                return
        yield replace(block, zone=Zone.SKIP) if block.kind == "label" else self._mark_text(block, written)

    def _mark_heading(self, block: _TextBlock, written: str) -> Iterator[_TextBlock]:
        found = read_heading(written, self._words)
        is_title = not block.start and not written.rstrip().endswith(_OPEN_ENDS)
        is_title = is_title and not (found and is_mostly_heading(written, self._words))
        if is_title or (self._is_header and found is None):
            zone = Zone.SKIP if block.start else Zone.TITLE
            yield replace(block, kind="text", zone=zone, is_header=bool(block.start))
            return
        if found is not None or self._outer is not Zone.NEIGHBOUR:
            self._outer = self._zone = found or Zone.TEXT
        self._is_header = self._is_header and found is None

    def _mark_text(self, block: _TextBlock, written: str) -> _TextBlock:
        label = _read_label(written, self._words) if block.kind == "text" else None
        if label is not None:
            length, self._zone = label
            self._outer = Zone.TEXT if self._outer is not Zone.NEIGHBOUR else self._outer
            return replace(block, start=block.start + length, zone=self._zone)
        if block.kind != "item":
            self._zone = self._outer
        return replace(block, zone=self._zone)


def _cut_blocks(lines: Sequence[Line], words: PostingWords) -> Iterator[_TextBlock]:
    """Items with the lines that continue them, headings, labels, and paragraphs; a label line begins a paragraph."""
    open_block: _TextBlock | None = None
    for line in lines:
        begins_item = line.kind == "item" and line.text.lstrip().startswith("- ")
        goes_on = (
            open_block is not None
            and line.kind == open_block.kind
            and line.kind in ("item", "text")
            and not begins_item
            and not (line.kind == "text" and _read_label(line.text, words))
        )
        if goes_on and open_block is not None:
            open_block = replace(open_block, end=line.end)
            continue
        if open_block is not None:
            yield open_block
        open_block = None if line.kind == "blank" else _TextBlock(line.start, line.end, line.kind, Zone.TEXT)
    if open_block is not None:
        yield open_block


def _name_header(block: _TextBlock, written: str, words: PostingWords) -> Zone | None:
    """TITLE or SKIP for a line above the text proper (title; employer, place), None for the text itself."""
    first = written.split("\n")[0]
    if (
        block.kind != "text"
        or written.rstrip().endswith((".", "。", "!", ";", ","))
        or len(written) > _MAX_HEADER_LINE * 3
    ):
        return None
    if len(first) > _MAX_HEADER_LINE or _read_label(written, words):
        return None
    return Zone.TITLE if block.start == 0 else Zone.SKIP


def _cut_header(block: _TextBlock, written: str, zone: Zone) -> Iterator[_TextBlock]:
    """The title is one line; what is under it is about the employer."""
    first = len(written.split("\n")[0])
    if zone is Zone.TITLE and first < len(written):
        yield replace(block, end=block.start + first, zone=Zone.TITLE)
        yield replace(block, start=block.start + first, zone=Zone.SKIP, is_header=True)
    else:
        yield replace(block, zone=zone, is_header=zone is Zone.SKIP)


def _read_label(written: str, words: PostingWords) -> tuple[int, Zone] | None:
    """The length and the zone of a heading at the start of a paragraph: ``Essential: …``, ``The job. …``."""
    match = re.match(r"\W*([^:：.。\n]{2,60})([:：]|\.(?=\s))\s*(?=\S)", written)
    if not match or len(match[1].split()) > (_MAX_LABEL_WORDS if match[2] != "." else 3):
        return None
    if fold_letters(match[1].strip()) in words.label_lines:
        return match.end(), Zone.SKIP
    zone = read_heading(match[1], words)
    return (match.end(), zone) if zone else None


_COMMAS = (",", "\uff0c")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[^\W_a-z])|(?<=[。！？；])|(?<=;)\s+")


def _read_block(text: str, block: _TextBlock, words: PostingWords, is_clear: bool) -> list[ZoneRange]:
    """The spans of a block. Between the requirements of a paragraph, a sentence that says nothing is one too."""
    spans = list(_cut_block(text, block, words, is_clear))
    asking = [index for index, span in enumerate(spans) if span.zone in (Zone.MUST, Zone.NICE)]
    if is_clear or block.kind == "item" or not asking:
        return spans
    between = range(asking[0], asking[-1])
    return [
        replace(span, zone=Zone.MUST) if index in between and span.zone is Zone.TEXT else span
        for index, span in enumerate(spans)
    ]


def _cut_block(text: str, block: _TextBlock, words: PostingWords, is_clear: bool) -> Iterator[ZoneRange]:
    is_item = block.kind == "item"
    if block.zone in (Zone.SKIP, Zone.NEIGHBOUR, Zone.TITLE):
        yield ZoneRange(block.start, block.end, block.zone, is_header=block.is_header)
        return
    start = block.start
    ends = [match.start() for match in _SENTENCE.finditer(text, block.start, block.end)]
    for end in [*ends, block.end]:
        if end > start:
            yield from _cut_sentence(text, ZoneRange(start, end, block.zone, is_item), words, is_clear)
        start = end


def _cut_sentence(text: str, span: ZoneRange, words: PostingWords, is_clear: bool) -> Iterator[ZoneRange]:
    """The parts of a sentence: a clause may be only nice to have."""
    folded = fold_letters(text[span.start : span.end]).replace("\u2019", "'")
    zone = _zone_of(folded, span, words, is_clear)
    if zone not in (Zone.MUST, Zone.TASK, Zone.TEXT):
        yield replace(span, zone=zone)
        return
    if before := words.cues["nice_before"].search(folded):
        middle = span.start + before.start()
        yield replace(span, end=middle, zone=zone)
        yield replace(span, start=middle, zone=Zone.NICE)
    elif after := words.cues["nice_after"].search(folded):
        middle = span.start + max(0, *(folded.rfind(comma, 0, after.start()) for comma in _COMMAS))
        yield replace(span, end=middle, zone=zone)
        yield replace(span, start=middle, zone=Zone.NICE)
    else:
        yield replace(span, zone=zone)


def _zone_of(folded: str, span: ZoneRange, words: PostingWords, is_clear: bool) -> Zone:
    """The zone of a whole sentence, by its heading and its own words."""
    cues = words.cues
    says_must = bool(cues["must"].search(folded))
    if (
        (not span.is_item or span.zone is Zone.TEXT)
        and cues["skip"].search(folded)
        and not (span.zone is Zone.MUST and says_must)
    ):
        return Zone.SKIP
    if cues["nice"].search(folded):
        return Zone.NICE
    if span.is_item or span.zone in (Zone.MUST, Zone.NICE):
        return span.zone
    if says_must and not (is_clear and span.zone in (Zone.TEXT, Zone.TASK)):
        return Zone.MUST
    return Zone.TASK if cues["task"].search(folded) else span.zone
