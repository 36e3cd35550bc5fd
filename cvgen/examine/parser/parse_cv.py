"""Lines of text → a ``ParsedCv``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from cvgen.examine.finding import shorten
from cvgen.examine.parser.cv_head import note_contacts, read_contacts
from cvgen.examine.parser.parsed_cv import OtherSection, ParsedCv, ParsedEntry, Remark
from cvgen.examine.parser.section_entries import note_entries, read_entries
from cvgen.examine.parser.section_titles import TextSection, cut_sections, note_unknown_titles
from cvgen.examine.parser.text_lines import TextLine, is_close

_SKILLS = re.compile(r"\s*[,;|·•⋅]\s*(?![^()]*\))")
_LABEL = re.compile(r"^[^,;:]{1,40}:\s")
_PAGE_NUMBER = re.compile(r"\W*(page |p\. ?)?\d{1,2}( ?(/|of|von|de) ?\d{1,2})?\W*", re.IGNORECASE)
_COLUMN = 5
"""A line that is so many lines above the one before it begins another column."""


def parse_lines(pages: Sequence[Sequence[TextLine]]) -> ParsedCv:
    """What a plain parser makes of the lines of each page."""
    lines = list(_join_pages(pages))
    first, *sections = cut_sections(lines)
    contacts = read_contacts(first.lines)
    entries = {kind: list(_entries_of(kind, sections)) for kind in ("jobs", "schools", "projects")}
    remarks = [
        *note_contacts(contacts, first.lines, [line for section in sections for line in section.lines]),
        *note_unknown_titles(lines),
        *(remark for found in entries.values() for section, read in found for remark in note_entries(section, read)),
        *_note_missing(sections),
        *_note_columns(pages, contacts.name),
        *_note_running_lines(pages, contacts.name),
        *_note_page_starts(pages),
        *_note_lost_spaces(pages),
    ]
    jobs, schools, projects = (
        tuple(entry for _, read in entries[kind] for entry in read) for kind in ("jobs", "schools", "projects")
    )
    return ParsedCv(
        len(pages),
        contacts,
        " ".join(line.text for section in sections if section.kind == "summary" for line in section.lines),
        jobs,
        schools,
        projects,
        tuple(dict.fromkeys(_list_skills(sections))),
        tuple(OtherSection(one.title, tuple(line.text for line in one.lines)) for one in sections if not one.kind),
        tuple(dict.fromkeys(remarks)),
    )


def _join_pages(pages: Sequence[Sequence[TextLine]]) -> Iterator[TextLine]:
    """The lines of all pages; no line feed divides the first line of a page from the last one of the page before."""
    waiting: TextLine | None = None
    for lines in filter(None, pages):
        first = lines[0]
        *whole, waiting = [_join(waiting, first) if waiting else first, *lines[1:]]
        yield from whole
    if waiting:
        yield waiting


def _join(above: TextLine, line: TextLine) -> TextLine:
    return TextLine(above.page, (*above.pieces, *line.pieces))


def _note_page_starts(pages: Sequence[Sequence[TextLine]]) -> Iterator[Remark]:
    """What begins a page is read as the end of the page before it: bad for a title or the head of an entry."""
    for above, lines in pairwise(filter(None, pages)):
        line = lines[0]
        if line.pieces[0].is_bold and not line.mark:
            message = (
                f"{shorten(line.text)} begins page {line.page}, and some parsers join it with {shorten(above[-1].text)}"
            )
            yield Remark(
                line.page, "page", message, "fit the CV on one page, or let a bullet be the first line of a page"
            )


def _entries_of(kind: str, sections: Sequence[TextSection]) -> Iterator[tuple[TextSection, list[ParsedEntry]]]:
    yield from ((section, read_entries(section)) for section in sections if section.kind == kind)


def _list_skills(sections: Sequence[TextSection]) -> Iterator[str]:
    for line in (line for section in sections if section.kind == "skills" for line in section.lines):
        pieces = line.pieces[1:] if len(line.pieces) > 1 and line.pieces[0].is_bold else line.pieces
        text = _LABEL.sub("", " ".join(piece.text for piece in pieces).lstrip(f"{line.mark} "))
        yield from (skill for skill in _SKILLS.split(text) if skill)


def _note_missing(sections: Sequence[TextSection]) -> Iterator[Remark]:
    kinds = {section.kind for section in sections}
    for kind, title in (("jobs", "Experience"), ("schools", "Education"), ("skills", "Skills")):
        if kind not in kinds:
            yield Remark(1, "section", f"no section of {kind} was found", f"give it the title {title}")


def _is_word(text: str) -> bool:
    return any(letter.isalnum() for letter in text)


def _note_columns(pages: Sequence[Sequence[TextLine]], name: str) -> Iterator[Remark]:
    for lines in pages:
        for above, line in pairwise(lines):
            if line.base - above.base > _COLUMN * line.size and not _is_running(above, name):
                message = f"a second column begins at {shorten(line.text)}: readers that go across the page mix the two"
                yield Remark(line.page, "column", message, "use one column for online applications")
                break


def _is_running(line: TextLine, name: str) -> bool:
    """Whether a line is the number of a page, perhaps beside the name."""
    rest = line.text.replace(name, "") if name else line.text
    return re.search(r"\d", rest) is not None and _PAGE_NUMBER.fullmatch(rest) is not None


def _note_running_lines(pages: Sequence[Sequence[TextLine]], name: str) -> Iterator[Remark]:
    """A number of a page is between two texts for a parser; the best place is before the text of its page."""
    for above, lines in pairwise([(), *filter(None, pages)]) if len(pages) > 1 else ():
        if above and _is_running(lines[0], name):
            message = f"{shorten(lines[0].text)} is read as part of the text at the end of page {above[-1].page}"
            yield Remark(lines[0].page, "foot", message, "fit the CV on one page")
        elif _is_running(lines[-1], name):
            message = f"{shorten(lines[-1].text)} is read as part of the text at the end of page {lines[-1].page}"
            yield Remark(lines[-1].page, "foot", message, "print no page numbers where a program reads the CV first")


def _note_lost_spaces(pages: Sequence[Sequence[TextLine]]) -> Iterator[Remark]:
    """Words in different text objects have no space between them in the file: some parsers join them."""
    for line in (line for lines in pages for line in lines if not line.mark or line.words[1:]):
        words = line.words[1:] if line.mark else line.words
        for left, right in pairwise(words):
            is_cut = left.chars[-1].order != right.chars[0].order
            if is_cut and is_close(left, right) and _is_word(left.text) and _is_word(right.text):
                joined = f"{left.text}{right.text}"
                message = f"some parsers read {shorten(joined)}, because the style changes there"
                yield Remark(
                    line.page, "space", message, "set the whole line in one style", f"{left.text} {right.text}"
                )
