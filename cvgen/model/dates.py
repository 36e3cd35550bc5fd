"""Dates at the precision given: a year stays a year."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from cvgen.diagnostics import BadValueError, suggest


class Season(StrEnum):
    """A quarter of the year; its month is used for sorting only."""

    WINTER = "winter"
    SPRING = "spring"
    SUMMER = "summer"
    AUTUMN = "autumn"


_SEASON_MONTH = {Season.WINTER: 1, Season.SPRING: 4, Season.SUMMER: 7, Season.AUTUMN: 10}
_SEASON_WORDS = {**{s.value: s for s in Season}, "fall": Season.AUTUMN}
_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
_RANGE = re.compile(r"\s+(?:-|–|—|to|until)\s+|\s*(?:--|–|—|/(?=\s*(?:\d{4}\b|present\b)))\s*")
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip
PRESENT_WORDS = ("present", "now", "today", "current", "ongoing")
DATE_HINT = "write 2024, 2024-05, 2024-05-03, spring 2024 or present"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, with month and day or season where known; or the present (``is_present``, no year)."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    season: Season | None = None

    @property
    def is_present(self) -> bool:
        """Whether this is the open end of something that continues."""
        return self.year is None

    @property
    def sort_key(self) -> tuple[int, int, int]:
        """Orders dates; the present comes last, an unknown month first in its year."""
        if self.year is None:
            return (9999, 12, 31)
        month = self.month or (_SEASON_MONTH[self.season] if self.season else 0)
        return (self.year, month, self.day or 0)

    @property
    def iso(self) -> str:
        """The date as ISO 8601 writes it (``2024-05``); empty for the present."""
        parts = (f"{self.year:04d}" if self.year else "", *(f"{part:02d}" for part in (self.month, self.day) if part))
        return "-".join(part for part in parts if part)

    def is_before(self, other: PartialDate) -> bool:
        """Whether this is earlier than ``other``, compared at the precision that both have."""
        if self.is_present or other.is_present:
            return other.is_present and not self.is_present
        known = 1
        for part in ("month", "day"):
            if not (getattr(self, part) and getattr(other, part)):
                break
            known += 1
        return self.sort_key[:known] < other.sort_key[:known]


PRESENT = PartialDate()


@dataclass(frozen=True, slots=True)
class DateRange:
    """The time from ``start`` to ``end``; one of the two may be missing."""

    start: PartialDate | None = None
    end: PartialDate | None = None

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
    year, month, day = date.sort_key
    return (year, month or 12, day or 31)


def parse_date(text: str) -> PartialDate:
    """Read one date as typed. Raises BadValueError."""
    words = text.strip().casefold()
    if words in PRESENT_WORDS:
        return PRESENT
    if season := _parse_season(words):
        return season
    match = _ISO.fullmatch(words)
    if not match:
        raise BadValueError(f"{text!r} is not a date", _suggest(words))
    year, month, day = (int(part) if part else None for part in match.groups())
    _check_calendar(text, year or 0, month, day)
    return PartialDate(year, month, day)


def parse_range(text: str) -> DateRange:
    """Read ``2019``, ``2019-09 to 2023``, ``2019 – present``, ``2019-09/2023-06``. Raises BadValueError."""
    parts = _RANGE.split(text.strip())
    if len(parts) > 2:
        raise BadValueError(f"{text!r} is more than two dates", "write one start and one end")
    if len(parts) == 1 and (years := re.fullmatch(r"(\d{4})-(\d{4}|[a-z]+)", text.strip().casefold())):
        parts = list(years.groups())
    if len(parts) == 1:
        return DateRange(end=parse_date(parts[0]))
    return DateRange(parse_date(parts[0]), parse_date(parts[1]))


def _parse_season(words: str) -> PartialDate | None:
    match = re.fullmatch(r"(?:(?P<year>\d{4})[ -])?(?P<season>[a-z]+)(?:[ -](?P<year2>\d{4}))?", words)
    if not match or match["season"] not in _SEASON_WORDS:
        return None
    year = match["year"] or match["year2"]
    return PartialDate(int(year), season=_SEASON_WORDS[match["season"]]) if year else None


def _suggest(words: str) -> str:
    """The hint for a date in another notation, or for a misspelt word; else the general one."""
    if found := re.fullmatch(r"(?P<month>1[0-2]|0?[1-9])[./-](?P<year>\d{4})", words):
        return f"write {found['year']}-{int(found['month']):02d}"
    if found := re.fullmatch(r"(?P<day>\d{1,2}(?:st|nd|rd|th)?\.? )?(?P<month>[a-z]{3,9})\.?,? (?P<year>\d{4})", words):
        numbers = [n for n, name in enumerate(_MONTHS, start=1) if name.startswith(found["month"])]
        day = f"-{int(re.sub(r'[^0-9]', '', found['day'])):02d}" if found["day"] else ""
        return f"write {found['year']}-{numbers[0]:02d}{day}" if len(numbers) == 1 else DATE_HINT
    return suggest(words, PRESENT_WORDS, otherwise=DATE_HINT) if words.isalpha() else DATE_HINT


def _check_calendar(text: str, year: int, month: int | None, day: int | None) -> None:
    if not year:
        raise BadValueError(f"{text!r} is not a date: there is no year 0", DATE_HINT)
    if month is None:
        return
    if not 1 <= month <= 12:
        raise BadValueError(f"{text!r} is not a date: there is no month {month}", DATE_HINT)
    if day is not None and not 1 <= day <= monthrange(year, month)[1]:
        name = _MONTHS[month - 1].title()
        raise BadValueError(f"{text!r} is not a date: {name} {year} has no day {day}", DATE_HINT)
