"""The rule about dates of jobs: two that overlap, and time that nothing explains."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from cvgen.advice.cv_text import CvText, EntryText
from cvgen.advice.remark import Remark
from cvgen.advice.vocabulary import load_vocabulary
from cvgen.model.dates import DateRange, PartialDate
from cvgen.model.sections import OWN, Occupies

_MOST_MONTHS_TOGETHER = 2
"""The months for which two jobs may overlap: handing over one while beginning the other."""
_MOST_MONTHS_BETWEEN = 6
"""The months without a job or a degree that readers do not notice."""
_NEVER = 12 * 10_000


def mark_periods(cv: CvText) -> Iterator[Remark]:
    """Overlaps of two jobs that nothing explains, and gaps; of what the dates leave open, the best is assumed."""
    if cv.is_main:
        yield from _mark_overlaps(cv)
        yield from _mark_gaps(cv)


def _mark_overlaps(cv: CvText) -> Iterator[Remark]:
    jobs = [entry for entry in cv.entries if entry.occupies is Occupies.JOB and entry.span and not entry.is_head]
    plain = [job for job in jobs if not _is_explained(job, cv.language)]
    for index, job in enumerate(plain):
        for other in plain[index + 1 :]:
            months = _count_common(job.span, other.span)
            if months > _MOST_MONTHS_TOGETHER:
                earlier, later = sorted((job, other), key=lambda one: one.span.sort_key[1] if one.span else ())
                yield Remark(
                    f"this overlaps with {earlier.name} by {_say(months)}",
                    "correct a date, or say which of the two was part-time or beside the other",
                    later.dates_at,
                    "",
                    later.name,
                )


def _is_explained(job: EntryText, language: str) -> bool:
    """Whether the entry says that it was part-time, freelance, an internship or the like."""
    vocabulary = load_vocabulary(language)
    return vocabulary is None or any(
        vocabulary.side_jobs.search(text) for text in (job.name, *(one.text for one in (*job.texts, *job.bullets)))
    )


def _count_common(one: DateRange | None, other: DateRange | None) -> int:
    """The months that both certainly last."""
    if not one or not other:
        return 0
    (_, start, end, _), (_, other_start, other_end, _) = _bounds(one), _bounds(other)
    return min(end, other_end) - max(start, other_start)


def _mark_gaps(cv: CvText) -> Iterator[Remark]:
    entries = [entry for entry in cv.entries if entry.span and (entry.occupies or entry.row is OWN)]
    dated = sorted(((_bounds(entry.span), entry) for entry in entries if entry.span), key=lambda pair: pair[0][0])
    jobs = [bounds for bounds, entry in dated if entry.occupies]
    last = 0
    for (before, _), (after, entry) in pairwise(dated):
        last = max(last, before[3])
        months = after[0] - last
        if months > _MOST_MONTHS_BETWEEN and any(bounds[0] < after[0] for bounds in jobs):
            yield Remark(
                f"no entry covers the {_say(months)} before this one begins ({_month(last)} to {_month(after[0] - 1)})",
                "correct a date, or say in one line what you did then: parental leave, a course, travel",
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
