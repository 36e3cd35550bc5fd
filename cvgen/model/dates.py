"""Dates at the precision given: a year stays a year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum


class Period(StrEnum):
    """A part of the year that has a name."""

    WINTER = "winter"
    SPRING = "spring"
    SUMMER = "summer"
    AUTUMN = "autumn"
    FALL = "fall"
    Q1 = "q1"
    Q2 = "q2"
    Q3 = "q3"
    Q4 = "q4"
    MICHAELMAS = "michaelmas"
    HILARY = "hilary"
    TRINITY = "trinity"
    LENT = "lent"
    EASTER = "easter"


class YearUnit(StrEnum):
    """What an academic year is divided into: ``fall semester`` is FALL with SEMESTER."""

    TERM = "term"
    SEMESTER = "semester"
    QUARTER = "quarter"


class Preposition(StrEnum):
    """A word that makes one date the start or the end of a span."""

    SINCE = "since"
    UNTIL = "until"


QUARTERS = (Period.Q1, Period.Q2, Period.Q3, Period.Q4)
NAMED_TERMS = (Period.MICHAELMAS, Period.HILARY, Period.TRINITY, Period.LENT, Period.EASTER)
"""Terms of British universities, whose names are the same in every language."""
_PERIODS_FROM = {
    1: (Period.WINTER, Period.Q1, Period.HILARY, Period.LENT),
    4: (Period.SPRING, Period.Q2, Period.TRINITY, Period.EASTER),
    7: (Period.SUMMER, Period.Q3),
    10: (Period.AUTUMN, Period.FALL, Period.Q4, Period.MICHAELMAS),
}
_FIRST_MONTH = {period: month for month, periods in _PERIODS_FROM.items() for period in periods}
"""Used to sort, and to find gaps between jobs: terms begin on other days in every country."""
_TERM_ACROSS_YEARS = (10, 15)
"""The first and last month of a winter term such as 2023/24, counted from January 2023."""
_ACADEMIC_YEAR = (9, 20)
"""The same of an academic year."""


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, with month and day or a named period where known; or the present (``is_present``, no year)."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    period: Period | None = None
    unit: YearUnit | None = None
    """The division of the academic year that ``period`` is, if it was named."""
    spans_years: bool = False
    """Whether this lasts into the next year: ``winter term 2023/24``, or the academic year ``2023/24``."""
    is_expected: bool = False
    """Whether this lies ahead, as the end of a degree that is not finished."""

    @property
    def is_present(self) -> bool:
        """Whether this is the open end of something that continues."""
        return self.year is None

    @property
    def last_year(self) -> int | None:
        """The year in which this ends; None for the present."""
        return self.year + 1 if self.year and self.spans_years else self.year

    @property
    def months(self) -> tuple[int, int]:
        """The first and the last month, counted from January of ``year``: 1 to 12 if only the year is known."""
        if self.spans_years or (self.period, self.unit) == (Period.WINTER, YearUnit.SEMESTER):
            return _TERM_ACROSS_YEARS if self.period else _ACADEMIC_YEAR
        if self.period:
            first = _FIRST_MONTH[self.period]
            return first, first + 2
        return (self.month, self.month) if self.month else (1, 12)

    @property
    def sort_key(self) -> tuple[int, int, int]:
        """Orders dates; the present comes last, an unknown month first in its year."""
        if self.year is None:
            return (9999, 12, 31)
        is_known = self.month or self.period or self.spans_years
        return (self.year, self.months[0] if is_known else 0, self.day or 0)

    @property
    def iso(self) -> str:
        """The date as ISO 8601 writes it (``2024-05``); empty for the present."""
        parts = (f"{self.year:04d}" if self.year else "", *(f"{part:02d}" for part in (self.month, self.day) if part))
        return "-".join(part for part in parts if part)

    def is_before(self, other: PartialDate) -> bool:
        """Whether this ends before ``other`` begins, compared at the precision that both have."""
        if self.last_year is None or other.year is None:
            return other.is_present and not self.is_present
        if self.last_year != other.year:
            return self.last_year < other.year
        if self.spans_years or not (self.month and other.month):
            return False
        if self.month != other.month:
            return self.month < other.month
        return bool(self.day and other.day) and self.sort_key < other.sort_key


PRESENT = PartialDate()


@dataclass(frozen=True, slots=True)
class DateRange:
    """The time from ``start`` to ``end``; one of the two may be missing."""

    start: PartialDate | None = None
    end: PartialDate | None = None
    preposition: Preposition | None = None
    """The word that it was written with, if any: ``since 2015`` has the present as its ``end``."""
    listed: tuple[DateRange, ...] = ()
    """The dates of a list (``2023, 2024, 2026``), in its order: ``start`` and ``end`` are those of the whole list."""

    @property
    def is_open(self) -> bool:
        """Whether it has not ended: it goes on, or its end is only expected."""
        return bool(self.end and (self.end.is_present or self.end.is_expected))

    @property
    def sort_key(self) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
        """Orders by end, then by start."""
        last = self.end or self.start or PartialDate(0)
        return (last.sort_key, (self.start or last).sort_key)


def join_spans(spans: Iterable[DateRange]) -> DateRange | None:
    """The time from the first start to the last end of ``spans``; None if there are none."""
    listed = [span for span in spans if span.start or span.end]
    starts = [date for span in listed if (date := span.start or span.end)]
    ends = [date for span in listed if (date := span.end or span.start)]
    if not listed:
        return None
    start, end = min(starts, key=lambda date: date.sort_key), max(ends, key=_last_day)
    return DateRange(None if start == end else start, end)


def _last_day(date: PartialDate) -> tuple[int, int, int]:
    """Orders dates by the last day that each may mean: 2018 comes after June 2018."""
    years, month = divmod(date.months[1] - 1, 12)
    return (date.sort_key[0] + years, month + 1, date.day or 31)


def join_listed(listed: tuple[DateRange, ...]) -> DateRange:
    """One DateRange for a list of them, which is not empty."""
    joined = join_spans(listed) if len(listed) > 1 else None
    return replace(joined, listed=listed) if joined else listed[0]
