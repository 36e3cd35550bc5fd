"""Jobs, degrees and projects: the lines of a section cut to entries, and each entry to its fields."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from cvgen.examine.finding import shorten
from cvgen.examine.parser.doubts import Doubt, doubt_dates, doubt_degree, doubt_title
from cvgen.examine.parser.known_words import DEGREE, DEGREE_IN_SMALL, JOB, SCHOOL, SEASON, has_date, is_date, read_dates
from cvgen.examine.parser.parsed_cv import ParsedEntry, Remark
from cvgen.examine.parser.section_titles import TextSection
from cvgen.examine.parser.text_lines import BULLETS, Piece, TextLine, measure_gap

APART = 1.4
"""The least gap before an entry, in the most common gap between lines."""
_TELLING = 8
"""A piece with so many words is a sentence, not part of a head."""
_MARKS = re.compile(f"[{''.join(sorted(BULLETS))}]")
_STRANGE_MARKS = frozenset("–—-■▪◦›‣▸►➢➤✓*»")


def read_entries(section: TextSection) -> list[ParsedEntry]:
    """The entries of a section of jobs, schools or projects."""
    return [_read_entry(section.kind, part) for part in cut_entries(section.lines)]


def cut_entries(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """``lines`` cut where a gap is wide; at bold lines if none is."""
    if not lines:
        return []
    parts = _cut(lines, _wide_gap(lines))
    return parts if len(parts) > 1 else _cut(lines, _begins_bold)


def _cut(lines: Sequence[TextLine], is_cut: Callable[[TextLine, TextLine], bool]) -> list[list[TextLine]]:
    parts = [[lines[0]]]
    for above, line in pairwise(lines):
        if is_cut(above, line) and not line.mark:
            parts.append([])
        parts[-1].append(line)
    return parts


def _wide_gap(lines: Sequence[TextLine]) -> Callable[[TextLine, TextLine], bool]:
    gaps = Counter(measure_gap(above.base, line.base) for above, line in pairwise(lines) if above.page == line.page)
    usual = gaps.most_common(1)[0][0] if gaps else 0
    return lambda above, line: above.page == line.page and measure_gap(above.base, line.base) > APART * usual


def _begins_bold(above: TextLine, line: TextLine) -> bool:
    return line.pieces[0].is_bold and not above.pieces[0].is_bold


def _read_entry(kind: str, lines: Sequence[TextLine]) -> ParsedEntry:
    head, body = split_head(lines)
    pieces = [piece for line in head for piece in line.pieces]
    dates = [piece for piece in pieces if is_date(piece.text)] or [piece for piece in pieces if _holds_date(piece)]
    others = [piece for piece in pieces if piece not in dates[:1]]
    lead, role = _FIELDS[kind](others)
    left = [piece.text for piece in others if piece is not lead and piece is not role]
    lead_text, role_text, date = (part.text if part else "" for part in (lead, role, dates[0] if dates else None))
    return ParsedEntry(lines[0].page, lead_text, role_text, date, tuple(join_bullets(body)), tuple(left))


def _holds_date(piece: Piece) -> bool:
    return has_date(piece.text) and len(piece.text.split()) <= _TELLING


def split_head(lines: Sequence[TextLine]) -> tuple[Sequence[TextLine], Sequence[TextLine]]:
    """The lines above the first bullet or sentence, and the others."""
    for number, line in enumerate(lines):
        if line.mark:
            return lines[:number], lines[number:]
    for number, line in enumerate(lines):
        if number and len(line.pieces) == 1 and len(line.text.split()) >= _TELLING:
            return lines[:number], lines[number:]
    return lines, ()


def join_bullets(lines: Sequence[TextLine]) -> Iterator[str]:
    """The texts that bullets begin; each line is one where there are none."""
    if not any(line.mark for line in lines):
        yield from (line.text for line in lines)
        return
    whole = ""
    for line in lines:
        whole += ("" if whole.endswith("-") else " ") + line.text
    yield from (text for part in _MARKS.split(whole) if (text := part.strip()))


def _job_fields(pieces: Sequence[Piece]) -> tuple[Piece | None, Piece | None]:
    role = next((piece for piece in pieces if JOB.search(piece.text)), None)
    return _lead_of([piece for piece in pieces if piece is not role]), role


def _school_fields(pieces: Sequence[Piece]) -> tuple[Piece | None, Piece | None]:
    lead = next((piece for piece in pieces if SCHOOL.search(piece.text)), None)
    others = [piece for piece in pieces if piece is not lead]
    role = next((piece for piece in others if DEGREE.search(piece.text)), None)
    return lead or _lead_of([piece for piece in others if piece is not role]), role


def _project_fields(pieces: Sequence[Piece]) -> tuple[Piece | None, Piece | None]:
    return _lead_of(pieces), None


def _lead_of(pieces: Sequence[Piece]) -> Piece | None:
    return next((piece for piece in pieces if piece.is_bold), pieces[0] if pieces else None)


_FIELDS = {"jobs": _job_fields, "schools": _school_fields, "projects": _project_fields}


def note_entries(section: TextSection, entries: Sequence[ParsedEntry]) -> Iterator[Remark]:
    """Remarks on entries whose fields were not found, and on those that may be two."""
    for entry, lines in zip(entries, cut_entries(section.lines), strict=True):
        yield from _note_fields(section.kind, entry)
        yield from _note_date(entry)
        yield from _note_season(entry)
        yield from _note_joined(entry, lines)
        yield from _note_marks(lines)


def _note_fields(kind: str, entry: ParsedEntry) -> Iterator[Remark]:
    name = shorten(entry.lead or " ".join(entry.unplaced) or entry.date)
    if kind == "jobs" and not entry.role:
        doubt = next(filter(None, map(doubt_title, (*entry.unplaced, entry.lead))), None)
        hint = "parsers know a title by a word such as Engineer, Manager or Nurse, in a piece of its own"
        yield _note_doubt(entry, "role", doubt or Doubt(f"no title was found for the job {name}", hint))
    if kind == "schools" and not entry.role:
        doubt = next((doubt_degree(text) for text in entry.unplaced if DEGREE_IN_SMALL.search(text)), None)
        hint = "parsers know a degree by a word such as Bachelor, Master, BSc or PhD"
        yield _note_doubt(entry, "degree", doubt or Doubt(f"no degree was found for {name}", hint))
    if kind in ("jobs", "schools") and not entry.date:
        hint = "write years with four digits, and months as Mar 2021 or 03/2021"
        yield _note_doubt(entry, "date", Doubt(f"no date was found for {name}", hint))


def _note_doubt(entry: ParsedEntry, cause: str, doubt: Doubt, text: str = "") -> Remark:
    return Remark(entry.page, cause, doubt.message, doubt.hint, text)


def _note_season(entry: ParsedEntry) -> Iterator[Remark]:
    if found := SEASON.search(entry.lead):
        message = f"some parsers take {shorten(entry.lead)} for a date, because of the word {found[0]}"
        for text in (entry.lead, entry.date):
            yield Remark(entry.page, "season", message, "nothing, if that is its name", text)


def _note_date(entry: ParsedEntry) -> Iterator[Remark]:
    if entry.date and not is_date(entry.date):
        message = f"the date in {shorten(entry.date)} has other text close to it"
        yield Remark(entry.page, "glued", message, "leave a wide gap beside the date, or put it on a line of its own")
    elif (span := read_dates(entry.date)) and (doubt := doubt_dates(entry.date, span)):
        yield _note_doubt(entry, "form", doubt, entry.date)


def _note_joined(entry: ParsedEntry, lines: Sequence[TextLine]) -> Iterator[Remark]:
    """A line with a date of its own below the bullets is the head of another entry."""
    head, body = split_head(lines)
    for line in body if head else ():
        if not line.mark and any(is_date(piece.text) for piece in line.pieces):
            message = f"{shorten(line.text)} is read as part of the entry above it, {shorten(entry.lead)}"
            hint = "leave at least 1.5 times the usual gap between lines before an entry, and begin no page with one"
            yield Remark(line.page, "joined", message, hint)


def _note_marks(lines: Sequence[TextLine]) -> Iterator[Remark]:
    marks = Counter(line.text[0] for line in lines if line.text[0] in _STRANGE_MARKS and line.text[1:2] == " ")
    if marks and not any(line.mark for line in lines):
        mark = marks.most_common(1)[0][0]
        yield Remark(lines[0].page, "mark", f"parsers do not know {mark} as a bullet", "use • before each bullet")
