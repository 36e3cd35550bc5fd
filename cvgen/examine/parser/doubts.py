"""What plain parsers do not know in the title of a job, in a degree and in a date, and what to write instead.

The parser of a page asks here (``entries``), and so does ``cvgen review``, which reads the profile.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from cvgen.examine.finding import shorten
from cvgen.examine.parser.known_words import DEGREE, DEGREE_IN_SMALL, JOB, JOB_IN_SMALL, JOB_WORDS
from cvgen.model.dates import QUARTERS, DateRange, PartialDate, Preposition

_SMALL_WORD = re.compile(r"(?<![\w-])[a-z]{4,}\b")
"""A word in small letters that is written with a capital in a title: not ``of``, ``and``, ``for`` …"""
_TITLE = re.compile(r"[^,;(–—]*")
"""The words of a title without what is added to it."""
_RANGES = {Preposition.SINCE: "2015 – present", Preposition.UNTIL: "2012 – 2015"}


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why parsers do not know a text, and what to write instead."""

    message: str
    hint: str


def doubt_title(title: str) -> Doubt | None:
    """A title whose word for the job is in small letters; None for one that is known, or has no word for a job."""
    if JOB.search(title) or not (word := JOB_IN_SMALL.search(title)):
        return None
    known = JOB_WORDS[word[1].casefold()]
    message = f"{shorten(title)} is not found as the title of a job: parsers look for {known!r} in this spelling"
    return Doubt(message, _hint_capitals(title, word, known))


def doubt_degree(degree: str) -> Doubt | None:
    """A degree without a word that parsers know, or with one in small letters."""
    if DEGREE.search(degree):
        return None
    message = f"{shorten(degree)} is not found as a degree: parsers look for words such as Bachelor, Master, BSc or PhD"
    if word := DEGREE_IN_SMALL.search(degree):
        return Doubt(message, _hint_capitals(degree, word, word[1].capitalize()))
    return Doubt(message, "if it is one of these degrees, say so, as in Licence (Bachelor); if not, leave it")


def _hint_capitals(text: str, word: re.Match[str], known: str) -> str:
    """To write ``known`` for ``word``, and capitals for the other words of ``text`` that have one in a title."""
    typed = text.lower() if text.isupper() else text
    before, after = typed[: word.start(1)], typed[word.end(1) :]
    better = f"{_capitalize(before)}{known}{_TITLE.sub(lambda part: _capitalize(part[0]), after, count=1)}"
    return f"write it with capitals at the start of its words: {shorten(better)}"


def _capitalize(text: str) -> str:
    return _SMALL_WORD.sub(lambda word: word[0].capitalize(), text)


def doubt_dates(text: str, span: DateRange) -> Doubt | None:
    """Dates in a form that parsers do not know; ``text`` is how ``span`` is printed."""
    hint = next(_list_cures(span), "")
    message = f"some parsers read only a year in {shorten(text)}: they know months, seasons, years and ranges of them"
    return Doubt(message, hint) if hint else None


def _list_cures(span: DateRange) -> Iterator[str]:
    if len(span.listed) > 1:
        yield "write a range, as in 2021 – 2023, or an entry for each date"
    if span.preposition:
        yield f"write a range, as in {_RANGES[span.preposition]}"
    if any(_is_term(date) for one in (span, *span.listed) for date in (one.start, one.end) if date):
        yield "write months, or years alone, as in Oct 2022 – Mar 2023"


def _is_term(date: PartialDate) -> bool:
    """Whether it is a quarter, a term or an academic year."""
    return date.spans_years or date.unit is not None or date.period in QUARTERS


ROLE_DOUBTS: Mapping[str, Callable[[str], Doubt | None]] = {"work": doubt_title, "education": doubt_degree}
"""By section: what is asked of the position or the degree of an entry."""
