"""Checks for résumé parsers that look for structure: how a page is set decides whether they find what it says.

Each rule is a cause for which a parser missed fields (``make parsers``, docs/parsers.md). They are for themes that are
made to be parsed; where others are read by parsers too, the price for the look is known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cvgen.examine.comparable_text import squeeze
from cvgen.examine.expected.expected_texts import Block, Expected
from cvgen.examine.finding import Fault, shorten
from cvgen.examine.readers.pdfium_text import Page, PrintedWord
from cvgen.examine.subject import Subject
from cvgen.model.addresses import write_address
from cvgen.model.sections import Shape

_MADE_FOR_PARSERS = "ats"
_STEP = 0.8
"""From the name's baseline to the next, in sizes of the name: pypdf joins lines that are closer."""
_APART = 1.4
"""The least gap before an entry, in the most common gap between lines: OpenResume's parser cuts there."""
_GAP = 0.6
"""The least gap between texts on a line that are not one, in sizes of the font."""
_SIGNS = ("•", "–", "■", "›")
_KNOWN_BULLETS = frozenset("•⋅∙⦁●⬤⚬○")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the page: its words from left to right, in the order of the file."""

    words: tuple[PrintedWord, ...]

    @property
    def base(self) -> float:
        """The height of its letters' feet, as near as boxes say."""
        feet = Counter(round(char.bottom, 1) for word in self.words for char in word.chars if char.text.isalnum())
        return feet.most_common(1)[0][0] if feet else self.words[0].box[1]

    @property
    def size(self) -> float:
        """The size of its largest letter."""
        return max(char.size for word in self.words for char in word.chars)

    @property
    def packed(self) -> str:
        """Its text without white space."""
        return squeeze("".join(word.text for word in self.words))

    @property
    def runs(self) -> tuple[str, ...]:
        """Its parts between wide gaps, without white space."""
        parts: list[list[PrintedWord]] = [[self.words[0]]]
        for left, right in pairwise(self.words):
            wide = right.box[0] - left.box[2] > _GAP * max(char.size for char in left.chars)
            parts = [*parts, [right]] if wide else [*parts[:-1], [*parts[-1], right]]
        return tuple(squeeze("".join(word.text for word in part)) for part in parts)

    @property
    def pieces(self) -> int:
        """How many text objects draw it, without its bullet."""
        letters = [char for word in self.words if word.text not in _SIGNS for char in word.chars]
        return len({char.order for char in letters})


def check_parsed(subject: Subject) -> Iterator[Fault]:
    """In the theme ``ats``, parsers can tell headings, entries, dates and bullets from their place and form."""
    if _MADE_FOR_PARSERS not in {name for name, _ in subject.job.theme.folders} or subject.job.document.letter:
        return
    pages = [(page, _cut_lines(page)) for page in subject.pdfium.pages]
    yield from _check_name(subject, pages[0][1])
    yield from _check_contacts(subject)
    for page, lines in pages:
        yield from _check_headings(subject, page, lines)
        yield from _check_order(page, lines)
        for block in (block for section in subject.expected.sections for block in section.blocks if not block.paper):
            yield from _check_block(block, page, lines)
        if subject.is_html_made:
            yield from _check_pieces(subject, page, lines)
    yield from _check_gaps(subject, pages)


def _cut_lines(page: Page) -> list[_Line]:
    lines: list[list[PrintedWord]] = []
    for word in page.words:
        middle = (word.box[1] + word.box[3]) / 2
        if lines and lines[-1][-1].box[1] < middle < lines[-1][-1].box[3] and word.box[0] > lines[-1][-1].box[0]:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [_Line(tuple(words)) for words in lines]


def _check_name(subject: Subject, lines: Sequence[_Line]) -> Iterator[Fault]:
    for line, following in pairwise(lines[:2]):
        if line.base - following.base < _STEP * line.size:
            hint = f"leave at least {_STEP} of the name's size from its baseline to the next"
            yield Fault(
                "the name and the line below it are so close that readers join them",
                1,
                subject.expected.name.location,
                hint,
            )


def _check_contacts(subject: Subject) -> Iterator[Fault]:
    text = subject.texts[0].packed.casefold()
    for contact, wanted in subject.expected.contacts:
        address = squeeze(write_address(contact.url)).casefold() if contact.url.startswith("http") else ""
        if address.rstrip("/") not in text:
            message = f"{shorten(contact.text)} is a user name without its address"
            yield Fault(message, 1, wanted.location, "print the address, which parsers look for")


def _check_headings(subject: Subject, page: Page, lines: Sequence[_Line]) -> Iterator[Fault]:
    titles = {
        squeeze(section.title.text).casefold(): section.title
        for section in subject.expected.sections
        if section.has_title
    }
    for line in lines:
        title = titles.get(line.packed.casefold())
        if title and line.packed != line.packed.upper() and line.words[0].chars[0].size > 0:
            message = f"the section title {shorten(title.text)} is not in capitals"
            yield Fault(message, page.number, title.location, "set heading_case: caps, by which parsers know a title")


def _check_order(page: Page, lines: Sequence[_Line]) -> Iterator[Fault]:
    for line, following in pairwise(lines):
        if following.base > line.base + line.size * _GAP:
            message = f"{shorten(' '.join(word.text for word in following.words))} is drawn after the line below it"
            yield Fault(message, page.number, hint="put it before that line in the template")


def _check_block(block: Block, page: Page, lines: Sequence[_Line]) -> Iterator[Fault]:
    for part in (*block.leads, *block.parts):
        wanted = squeeze(part.text)
        if part.what == "a date":
            line = _line_of(lines, block, wanted)
            if line and wanted not in line.runs:
                message = f"the date {part.text!r} has other text close to it"
                yield Fault(message, page.number, part.location, "leave a wide gap, or put it on a line of its own")
        elif part.what == "a bullet":
            line = next((one for one in lines if one.packed[1:] and wanted.startswith(one.packed[1:])), None)
            if line and not line.packed[0].isalnum() and line.packed[0] not in _KNOWN_BULLETS:
                message = f"{line.packed[0]} is no bullet to parsers"
                yield Fault(message, page.number, part.location, "set bullets: dot")


def _line_of(lines: Sequence[_Line], block: Block, wanted: str) -> _Line | None:
    """The line of the block's head that has ``wanted``."""
    heads = {squeeze(lead.text) for lead in block.leads[:2]}
    return next((line for line in lines if wanted in line.packed and any(head in line.packed for head in heads)), None)


def _check_pieces(subject: Subject, page: Page, lines: Sequence[_Line]) -> Iterator[Fault]:
    bullets = {
        squeeze(part.text): part
        for section in subject.expected.sections
        for block in section.blocks
        for part in block.parts
        if part.what == "a bullet"
    }
    for line in lines:
        text = line.packed.lstrip("".join(_SIGNS))
        part = next((bullets[whole] for whole in bullets if len(text) > len(_SIGNS) and whole.startswith(text)), None)
        if part and line.pieces > 1 and not _has_link(page, line):
            message = f"a bullet changes its style inside a line: {shorten(part.text)}"
            yield Fault(message, page.number, part.location, "set inline_styles: false; parsers lose the space there")


def _has_link(page: Page, line: _Line) -> bool:
    return any(link.box[1] < line.base + line.size / 3 < link.box[3] for link in page.links)


def _check_gaps(subject: Subject, pages: Sequence[tuple[Page, Sequence[_Line]]]) -> Iterator[Fault]:
    """A gap before each entry but the first of its section, whose heading is above it."""
    shapes = {section.name: section.shape for section in subject.job.document.sections}
    blocks = [
        block
        for section in subject.expected.sections
        if shapes.get(section.name) is Shape.ENTRIES
        for block in section.blocks[1:]
    ]
    leads = [(squeeze(block.leads[0].text), block.leads[0]) for block in blocks if block.leads and not block.paper]
    for page, lines in pages:
        gaps = Counter(round(line.base - following.base) for line, following in pairwise(lines))
        usual = gaps.most_common(1)[0][0] if gaps else 0
        for line, following in pairwise(lines):
            lead = _find_lead(leads, following)
            if lead and 0 < round(line.base - following.base) <= usual * _APART:
                message = f"the entry {shorten(lead.text)} begins too close to the one above it"
                hint = f"leave more than {_APART} times the usual gap between lines, or parsers take the two for one"
                yield Fault(message, page.number, lead.location, hint)


def _find_lead(leads: Sequence[tuple[str, Expected]], line: _Line) -> Expected | None:
    return next((lead for packed, lead in leads if line.runs[0] == packed), None)
