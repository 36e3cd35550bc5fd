"""Checks of page breaks: no page is empty, ends too early, or ends with a heading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, pairwise

from cvgen.examine.checks.page_words import body
from cvgen.examine.comparable_text import fold_case, squeeze
from cvgen.examine.expected.expected_texts import Block, Expected
from cvgen.examine.finding import Fault, shorten
from cvgen.examine.matching.section_places import PlacedSection
from cvgen.examine.matching.text_places import Occurrence, find_divided, find_expected
from cvgen.examine.readers.pdfium_chars import PrintedWord
from cvgen.examine.readers.pdfium_text import Page
from cvgen.examine.readers.reader_text import ReaderText
from cvgen.examine.subject import Subject
from cvgen.themes.contract import MARGIN_VERTICAL

_WASTED = 0.3
"""A page less full than this (0 to 1) was ended by a page break, not by its text."""
_BESIDE = 4
"""So many characters, such as a comma or a dot, may be between two parts of a head."""
_MARKS = "•–■› "
"""Bullet signs that may begin a line."""


def check_empty(subject: Subject) -> Iterator[Fault]:
    """Every page has text besides its number, and no page ends although the next part has room on it."""
    pages = subject.pdfium.pages
    for page in pages:
        if not body(page, subject):
            hint = "remove a page break, or a part that is higher than a page"
            yield Fault("the page is empty", page.number, hint=hint)
    heads = _list_heads(subject)
    for page, after in pairwise(pages):
        fill = _fill(page, subject)
        if 0 < fill < _WASTED and not _last_heading(page, subject, heads) and _fits(after, subject, heads, 1 - fill):
            hint = "remove a page break (break-before, break-after, \\newpage), or allow a break in what follows"
            yield Fault(f"the page is {fill:.0%} full although the next part has room on it", page.number, hint=hint)


def _fill(page: Page, subject: Subject) -> float:
    """How far down text and images reach, as a fraction of the height between the margins; 0 if there is no text."""
    words = body(page, subject)
    lowest = [word.box[1] for word in words] + [image.box[1] for image in page.drawing.images]
    return (page.height - _above(subject) - min(lowest)) / _room(page, subject) if words else 0.0


def _above(subject: Subject) -> float:
    return subject.margin(MARGIN_VERTICAL) or 0.0


def _room(page: Page, subject: Subject) -> float:
    return max(1.0, page.height - 2 * _above(subject))


def _fits(page: Page, subject: Subject, heads: frozenset[str], free: float) -> bool:
    """Whether the first part of ``page``, up to its next heading, has room in the fraction ``free`` of a page."""
    lines = _lines(body(page, subject))
    first = next((index for index, line in enumerate(lines) if _text(line) not in heads), 0)
    nexts = [line for line in lines[first:] if _text(line) in heads]
    if not lines:
        return False
    end = max(word.box[3] for word in nexts[0]) if nexts else min(word.box[1] for word in lines[-1])
    return (page.height - _above(subject) - end) / _room(page, subject) < free - 0.05


def check_headings(subject: Subject) -> Iterator[Fault]:
    """A page that ends with a heading, or with the head of an entry, has the first line of what follows on it too."""
    text = subject.texts[0]
    hint = "keep it with what follows (break-after: avoid, \\nopagebreak)"
    for placed in chain(*subject.placed[0]):
        for heading, end, first in _list_announcements(text, placed):
            page = text.page_at(end - 1)
            if first is not None and text.page_at(first) > page:
                message = f"the page ends with the heading {shorten(heading.text)}"
                yield Fault(message, page, heading.location, hint)


def _list_announcements(text: ReaderText, placed: PlacedSection) -> Iterator[tuple[Expected, int, int | None]]:
    """Each heading in a section, where it ends, and where the text begins that it announces; None if that is absent."""
    titles = [(placed.section.title, placed.title_end)] if placed.section.has_title else []
    for index, (block, occurrences) in enumerate(placed.blocks):
        low, high = placed.span_of(index)
        if block.group and occurrences[0]:
            titles.append((block.group, occurrences[0].end))
        if titles:
            first = _first(text, (*block.leads, *block.parts), max(low, titles[-1][1]), high)
            yield from ((title, end, first) for title, end in titles)
            titles = []
        lead = occurrences[len(block.ordered_texts) - len(block.leads)] if block.leads else None
        if lead and block.head:
            end = _head_end(text, block, lead)
            body = [_first(text, block.body, end, high), _first_below(placed, index)]
            yield block.head[0], end, min((place for place in body if place is not None), default=None)


def _first_below(placed: PlacedSection, index: int) -> int | None:
    """Where the first position or paper begins that is below the entry of block ``index``; None if there is none."""
    if index + 1 == len(placed.blocks):
        return None
    head = placed.blocks[index][0].head[0]
    block, occurrences = placed.blocks[index + 1]
    is_position = head.what == "an entry" and any(lead.what == "a position" for lead in block.leads[:1])
    is_paper = head.what in ("an entry", "a position") and block.paper is not None
    return occurrences[0].start if (is_position or is_paper) and occurrences[0] else None


def _head_end(text: ReaderText, block: Block, lead: Occurrence) -> int:
    """Where the head of a block ends that begins with ``lead``; its parts may be in any order, some before the lead."""
    limit = lead.end + sum(len(squeeze(part.text)) + _BESIDE for part in block.head[1:])
    found = (find_expected(text, part, lead.start, limit) for part in block.head[1:])
    return max([lead.end, *(sum(place) for place in found if place)])


def _first(text: ReaderText, texts: Iterable[Expected], start: int, end: int) -> int | None:
    """Where the first of ``texts`` begins between ``start`` and ``end``."""
    found = [find_expected(text, one, start, end) or find_divided(text, one) for one in texts]
    return min((place[0] for place in found if place and place[0] >= start), default=None)


def _last_heading(page: Page, subject: Subject, heads: frozenset[str]) -> str:
    """The lowest line of a page if it is a heading, otherwise an empty text."""
    lines = _lines(body(page, subject))
    lowest = "".join(word.text for word in lines[-1]).lstrip(_MARKS) if lines else ""
    return lowest if fold_case(squeeze(lowest)) in heads else ""


def _list_heads(subject: Subject) -> frozenset[str]:
    return frozenset(fold_case(squeeze(text)) for text in _heads(subject))


def _heads(subject: Subject) -> Iterator[str]:
    for section in subject.expected.sections:
        yield from (section.title.text, *(group.text for group in section.groups))
        yield "".join(head.text for head in section.heads)
        yield from (head.text for head in section.heads)
        for block in section.blocks:
            if block.head:
                dates = "".join(part.text for part in block.head if part.what == "a date")
                yield from (block.head[0].text, block.head[0].text + dates)


def _lines(words: list[PrintedWord]) -> list[list[PrintedWord]]:
    """The lines across all columns, from the top to the bottom."""
    lines: list[list[PrintedWord]] = []
    for word in sorted(words, key=lambda word: word.box[1]):
        if lines and word.box[1] - lines[-1][0].box[1] < 4:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda word: word.box[0]) for line in reversed(lines)]


def _text(line: list[PrintedWord]) -> str:
    return fold_case(squeeze("".join(word.text for word in line).lstrip(_MARKS)))
