"""Checks for résumé parsers that look for structure: how a page is set decides whether they find what it says.

Each rule is a cause for which a parser missed fields (``make parsers``, docs/parsers.md). They are for themes that are
made to be parsed; where others are read by parsers too, the price for the look is known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cvgen.examine.comparable_text import fold_case, squeeze
from cvgen.examine.expected.expected_texts import Expected
from cvgen.examine.finding import Fault, shorten
from cvgen.examine.parser.section_entries import APART
from cvgen.examine.parser.text_lines import BULLETS, find_base, measure_gap
from cvgen.examine.readers.pdfium_chars import PrintedWord
from cvgen.examine.readers.pdfium_text import Page
from cvgen.examine.subject import Subject
from cvgen.model.addresses import write_address
from cvgen.model.sections import Shape

_MADE_FOR_PARSERS = "ats"
_STEP = 0.8
"""From the name's baseline to the next, in sizes of the name: pypdf joins lines that are closer."""
_GAP = 0.6
"""The least gap between texts on a line that are not one, in sizes of the font."""
_NEAR = 2.2
"""Lines of one text are at most so many sizes apart."""
_TELLING = 6
"""A text of so many letters does not begin a bullet by chance."""
_LATIN = "\u2100"
"""Where the letters and signs end that a Latin font has."""
_SIGNS = ("•", "–", "■", "›")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the page: its words from left to right, in the order of the file."""

    words: tuple[PrintedWord, ...]

    @property
    def base(self) -> float:
        """The height of its letters' feet, as near as boxes say."""
        return find_base(self.words)

    @property
    def middle(self) -> float:
        """Half the height of a small letter above its feet."""
        return self.base + self.size / 4

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


_Paged = tuple[Page, Sequence[_Line]]


@dataclass(frozen=True, slots=True)
class _Entries:
    """What the entries of a document say, without white space: jobs, degrees and projects, but no lists."""

    leads: Mapping[str, Expected]
    """Their subjects, such as employers."""
    facts: Mapping[str, Expected]
    """The other texts of their heads."""
    bullets: Mapping[str, Expected]

    @property
    def telling_leads(self) -> list[tuple[str, Expected]]:
        """The subjects that are no other text too, by which an entry is known."""
        return [(packed, lead) for packed, lead in self.leads.items() if packed not in {**self.facts, **self.bullets}]


def check_parsed(subject: Subject) -> Iterator[Fault]:
    """In the theme ``ats``, parsers can tell headings, entries, dates and bullets from their place and form."""
    if _MADE_FOR_PARSERS not in {name for name, _ in subject.job.theme.folders} or subject.job.document.letter:
        return
    pages = [(page, _cut_lines(page)) for page in subject.pdfium.pages]
    entries = _list_entries(subject)
    yield from _check_name(subject, pages[0][1])
    yield from _check_contacts(subject)
    yield from _check_headings(subject, pages)
    yield from _check_marks(entries, pages)
    for page, lines in pages:
        yield from _check_facts(entries, page, lines)
        yield from _check_gaps(subject, entries, page, lines)
        if subject.is_html_made:
            yield from _check_pieces(entries, page, lines)


def _list_entries(subject: Subject) -> _Entries:
    sections = [section for section in subject.job.document.sections if section.shape is Shape.ENTRIES]
    names = {section.name for section in sections}
    subjects = {squeeze(str(item.heading)) for section in sections for item in section.items}
    leads: dict[str, Expected] = {}
    facts: dict[str, Expected] = {}
    bullets: dict[str, Expected] = {}
    for block in (block for section in subject.expected.sections if section.name in names for block in section.blocks):
        if block.paper or not block.leads:
            continue
        if squeeze(block.leads[0].text) in subjects:
            leads.setdefault(squeeze(block.leads[0].text), block.leads[0])
        for part in (*block.leads[1:], *block.parts):
            (bullets if part.what == "a bullet" else facts).setdefault(squeeze(part.text), part)
    return _Entries(leads, facts, bullets)


def _cut_lines(page: Page) -> list[_Line]:
    lines: list[list[PrintedWord]] = []
    for word in page.words:
        middle, line = (word.box[1] + word.box[3]) / 2, lines[-1] if lines else []
        is_beside = line and min(one.box[1] for one in line) < middle < max(one.box[3] for one in line)
        if is_beside and word.box[0] > line[-1].box[0]:
            line.append(word)
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


def _title_of(subject: Subject, line: _Line) -> Expected | None:
    wanted = fold_case(line.packed)
    titles = (section.title for section in subject.expected.sections if section.has_title)
    return next((title for title in titles if fold_case(squeeze(title.text)) == wanted), None)


def _check_headings(subject: Subject, pages: Sequence[_Paged]) -> Iterator[Fault]:
    found = [(title, page, line) for page, lines in pages for line in lines if (title := _title_of(subject, line))]
    known = {title.text for title, _, line in found if line.packed == line.packed.upper()}
    for title, page in dict.fromkeys((title, page.number) for title, page, _ in found if title.text not in known):
        message = f"the section title {shorten(title.text)} is not in capitals"
        yield Fault(message, page, title.location, "set heading_case: caps, by which parsers know a title")


def _check_marks(entries: _Entries, pages: Sequence[_Paged]) -> Iterator[Fault]:
    """Bullets inside bullets may have other marks."""
    marked = [
        (bullet, page, line.packed[0])
        for page, lines in pages
        for line in lines
        if (bullet := _bullet_of(entries, line))
    ]
    marks = [mark for *_, mark in marked if not mark.isalnum()]
    if marks and not BULLETS & set(marks):
        bullet, page, _ = marked[0]
        yield Fault(f"parsers do not know {marks[0]} as a bullet", page.number, bullet.location, "set bullets: dot")


def _bullet_of(entries: _Entries, line: _Line) -> Expected | None:
    """The bullet that begins on ``line``."""
    text = line.packed.lstrip("".join((*_SIGNS, *BULLETS)))
    if len(text) < _TELLING:
        return None
    return next((bullet for packed, bullet in entries.bullets.items() if packed.startswith(text)), None)


def _check_facts(entries: _Entries, page: Page, lines: Sequence[_Line]) -> Iterator[Fault]:
    """The head of an entry: its lines are drawn from above, and its dates have gaps around them."""
    for above, line in pairwise(lines):
        fact = entries.facts.get(line.packed)
        if fact and fact.what != "a date" and 0 < line.base - above.base < _NEAR * line.size:
            message = f"{shorten(fact.text)} is drawn after the line below it"
            yield Fault(message, page.number, fact.location, "put it before that line in the template")
    for line in lines:
        lead = _find_lead(entries, line.packed)
        for packed, fact in entries.facts.items():
            if lead and fact.what == "a date" and line.packed.endswith(packed) and line.runs[-1] not in entries.facts:
                message = f"the date {fact.text!r} has other text close to it"
                yield Fault(message, page.number, fact.location, "leave a wide gap, or put it on a line of its own")


def _check_pieces(entries: _Entries, page: Page, lines: Sequence[_Line]) -> Iterator[Fault]:
    for line in lines:
        bullet = _bullet_of(entries, line)
        is_latin = bullet and all(letter < _LATIN for letter in bullet.text)  # other scripts and signs have other fonts
        if (
            bullet
            and is_latin
            and line.pieces > 1
            and not any(link.box[1] < line.middle < link.box[3] for link in page.links)
        ):
            message = f"a bullet changes its style inside a line: {shorten(bullet.text)}"
            yield Fault(message, page.number, bullet.location, "set inline_styles: false; parsers lose the space there")


def _check_gaps(subject: Subject, entries: _Entries, page: Page, lines: Sequence[_Line]) -> Iterator[Fault]:
    """A wide gap before each entry but the first of its section, which has the title above it."""
    for part in _cut_sections(subject, lines):
        gaps = Counter(measure_gap(above.base, line.base) for above, line in pairwise(part[1:]))
        usual = gaps.most_common(1)[0][0] if gaps else 0
        for above, line in pairwise(part[1:]):
            lead = next((lead for packed, lead in entries.telling_leads if _is_lead(line.runs[0], packed)), None)
            if lead and 0 < measure_gap(above.base, line.base) <= usual * APART and usual < _NEAR * line.size:
                message = f"the entry {shorten(lead.text)} begins too close to the one above it"
                hint = f"leave more than {APART} times the usual gap between lines, or parsers take the two for one"
                yield Fault(message, page.number, lead.location, hint)


def _cut_sections(subject: Subject, lines: Sequence[_Line]) -> list[list[_Line]]:
    """``lines`` cut before each title of a section; a title in capitals goes before other lines of the same words."""
    capital = {fold_case(line.packed) for line in lines if line.packed == line.packed.upper()}
    parts: list[list[_Line]] = [[]]
    for line in lines:
        is_capital = line.packed == line.packed.upper()
        if _title_of(subject, line) and (is_capital or fold_case(line.packed) not in capital):
            parts.append([])
        parts[-1].append(line)
    return parts


def _is_lead(run: str, packed: str) -> bool:
    """Whether a part of a line is the subject of an entry, perhaps with its address."""
    return run == packed or run.startswith(f"{packed}(")


def _find_lead(entries: _Entries, text: str) -> Expected | None:
    return next((lead for packed, lead in entries.leads.items() if text.startswith(packed)), None)
