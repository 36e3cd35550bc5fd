"""The rule about titles, degrees and dates that résumé parsers do not know; ``doubts`` knows which."""

from __future__ import annotations

from collections.abc import Iterator

from cvgen.advice.cv_text import CvText, EntryText
from cvgen.advice.remark import Remark
from cvgen.examine.parser.doubts import ROLE_DOUBTS, doubt_dates


def mark_unknown_words(cv: CvText) -> Iterator[Remark]:
    """Titles in small letters, degrees without a known word, and dates in a form that parsers do not know."""
    for entry in cv.entries:
        doubt_role = ROLE_DOUBTS.get(entry.row.name)
        if doubt_role and entry.role and (doubt := doubt_role(entry.role.text)):
            yield Remark(doubt.message, doubt.hint, entry.role.location, entry.role.text, entry.name)
        if doubt_role and cv.is_main and not entry.is_head:
            yield from _mark_dates(entry)


def _mark_dates(entry: EntryText) -> Iterator[Remark]:
    if entry.span and (doubt := doubt_dates(entry.dates, entry.span)):
        yield Remark(doubt.message, doubt.hint, entry.dates_at, entry.dates, entry.name)
