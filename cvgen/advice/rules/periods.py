"""The rule about the dates of jobs: overlaps and unexplained gaps."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from cvgen.advice.cv_text import CvText, EntryText
from cvgen.advice.remark import Remark
from cvgen.advice.vocabulary import load_vocabulary
from cvgen.model.dates import DateRange, PartialDate
from cvgen.model.sections import OWN, Occupies

_MOST_MONTHS_TOGETHER = 2
"""The longest overlap, in months, that a change of jobs explains."""
_MOST_MONTHS_BETWEEN = 6
"""The longest gap, in months, that readers do not notice."""
_NEVER = 12 * 10_000


def mark_periods(cv: CvText) -> Iterator[Remark]:
    """Unexplained overlaps of two jobs, and gaps; where dates are vague, the reading in the person's favour counts."""
    if cv.is_main:
        yield from _mark_overlaps(cv)
        yield from _mark_gaps(cv)


def _mark_overlaps(cv: CvText) -> Iterator[Remark]:
    """Each job is compared with the one that lasts longest of those that began before it."""
    jobs = [entry for entry in cv.entries if entry.occupies is Occupies.JOB and not entry.is_head]
    dated = [(_bounds(job.span), job) for job in jobs if job.span and not _is_explained(job, cv.language)]
    longest: tuple[tuple[int, int, int, int], EntryText] | None = None
    for bounds, job in sorted(dated, key=lambda pair: pair[0][1]):
        if longest and (months := min(bounds[2], longest[0][2]) - bounds[1]) > _MOST_MONTHS_TOGETHER:
            yield Remark(
                f"this overlaps with {longest[1].name} by {_say(months)}",
                "correct a date, or say which of the two was part-time or freelance",
                job.dates_at,
                "",
                job.name,
            )
        if longest is None or bounds[2] > longest[0][2]:
            longest = (bounds, job)


def _is_explained(job: EntryText, language: str) -> bool:
    """Whether the entry says that it was part-time, freelance, an internship or the like."""
    vocabulary = load_vocabulary(language)
    return vocabulary is None or any(
        vocabulary.side_jobs.search(text) for text in (job.name, *(one.text for one in (*job.texts, *job.bullets)))
    )


def _mark_gaps(cv: CvText) -> Iterator[Remark]:
    entries = [entry for entry in cv.entries if entry.span and (entry.occupies or entry.row is OWN)]
    dated = sorted(((_bounds(entry.span), entry) for entry in entries if entry.span), key=lambda pair: pair[0][0])
    jobs = [bounds for bounds, entry in dated if entry.occupies]
    yield from _mark_silence(cv, dated)
    last = 0
    for (before, _), (after, entry) in pairwise(dated):
        last = max(last, before[3])
        months = after[0] - last
        if months > _MOST_MONTHS_BETWEEN and any(bounds[0] < after[0] for bounds in jobs):
            yield Remark(
                f"there is a gap of {_say(months)} before this entry ({_month(last)} to {_month(after[0] - 1)})",
                "correct a date, or say in one line what you did then: parental leave, a course, travel",
                entry.dates_at,
                "",
                entry.name,
            )


def _mark_silence(cv: CvText, dated: list[tuple[tuple[int, int, int, int], EntryText]]) -> Iterator[Remark]:
    """The time since the last entry ended, if it is long; only for a CV with jobs."""
    year, month = cv.today
    bounds, entry = max(dated, key=lambda pair: pair[0][3], default=((0, 0, 0, _NEVER), None))
    months = 12 * year + month - 1 - bounds[3]
    if entry and months > _MOST_MONTHS_BETWEEN and any(one.occupies is Occupies.JOB for _, one in dated):
        yield Remark(
            f"there is nothing in the {_say(months)} since this entry ended",
            "add what you have done since (one line is enough), or write 'end: present' if it goes on",
            entry.dates_at,
            "",
            entry.name,
        )


def _bounds(span: DateRange) -> tuple[int, int, int, int]:
    """The earliest and latest start, the earliest and latest end, in months; an end is the month after the last."""
    first, last = span.start or span.end, span.end or span.start
    if first is None or last is None or first.is_present:
        return (_NEVER, _NEVER, _NEVER, _NEVER)
    early, late = _months(first)
    if last.is_present:
        return (early, late, _NEVER, _NEVER)
    end_early, end_late = _months(last)
    return (early, late, end_early + 1, end_late + 1)


def _months(date: PartialDate) -> tuple[int, int]:
    """The first and the last month that ``date`` may mean, counted from the year 0."""
    first, last = date.months
    return 12 * (date.year or 0) + first - 1, 12 * (date.year or 0) + last - 1


def _month(number: int) -> str:
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def _say(months: int) -> str:
    years, rest = divmod(months, 12)
    if not years:
        return f"{months} months"
    said = f"{years} year{'s' * (years > 1)}"
    return f"{said} and {rest} month{'s' * (rest > 1)}" if rest else said
