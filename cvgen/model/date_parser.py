"""Reads dates as people write them: one date, a range, a list."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import replace

from cvgen.diagnostics import BadValueError, did_you_mean, nearest
from cvgen.model.date_words import ENGLISH_MONTHS, PERIODS, PRESENT_WORDS, UNITS, find_month
from cvgen.model.dates import (
    NAMED_TERMS,
    PRESENT,
    QUARTERS,
    DateRange,
    PartialDate,
    Preposition,
    YearUnit,
    join_listed,
)
from cvgen.model.language_files import typed_words
from cvgen.model.late_pattern import late_pattern

DATE_HINT = "write 2024, 2024-05, 2024-05-03, spring 2024 or present"
_LETTERS = r"(?:[^\W\d_][\u0900-\u0903\u093a-\u094f]*)+"  # with the signs of Hindi, which are no letters for Python
_WORD = late_pattern(rf"{_LETTERS}(?:['’]{_LETTERS})?")
_ISO = late_pattern(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
_CJK = late_pattern(r"(\d{4})\s?[年년](?:\s?(\d{1,2})\s?[月월](?:\s?(\d{1,2})\s?[日일])?)?")
_MONTH_FIRST = late_pattern(r"(?P<month>1[0-2]|0?[1-9])[./-](?P<year>\d{4})")
_DAY_FIRST = late_pattern(r"(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})\. ?(?P<year>\d{4})")
_SLASHES = late_pattern(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
_YEARS = r"(?P<year>\d{4})(?:[/–-](?P<next>\d{4}|\d\d))?"
_ACADEMIC = late_pattern(rf"(?:(?P<word>ay|academic year) )?{_YEARS}")
_QUARTER = late_pattern(r"q(?P<n>[1-4])[ /-]?(?P<year>\d{4})|(?P<year2>\d{4})[ /-]?q(?P<n2>[1-4])"
                      r"|(?P<n3>[1-4])q[ /-]?(?P<year3>\d{4})")  # fmt: skip
_PERIOD = late_pattern(rf"(?P<period>[a-z]+)(?: (?P<unit>[a-z]+))?,?[ -]?{_YEARS}")
_YEAR_FIRST = late_pattern(r"(?P<year>\d{4}(?:/\d\d)?)[ -](?P<rest>[a-z ]+)")
_NAMED = late_pattern(
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º)?\.? ?(?:de |of )?)?(?P<month>{_LETTERS})\.?"
    r"(?: (?P<day2>\d{1,2})(?:st|nd|rd|th)?(?=,))?,? ?(?:de |of |-|/)?(?P<year>\d{4})(?: ?г\.?)?"
)
_RANGE = late_pattern(r"\s+(?:-|–|—|to|until)\s+|\s*(?:--|–|—|～|〜|~|至)\s*"
                    r"|(?:(?<=\d{4})|(?<=-\d\d))\s*/\s*(?=\d{4}\b|present\b)")  # fmt: skip
_LIST = late_pattern(r"\s*[,;、，]\s*|\s+(?:and|&)\s+")
_EXPECTED = late_pattern(r"expected:? (?:in )?(?P<date>.+)|(?P<date2>.+?) \(?expected\)?")
_SINCE = late_pattern(r"since (?P<date>.+)|(?P<date2>.+) onwards?")
_UNTIL = late_pattern(r"until (?P<date>.+)")
_DAY_AND_YEAR = late_pattern(r"(?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})")
"""The end of ``May 3–5, 2024``."""
_PHRASES = ((late_pattern(r"\s*[–—-]*\s*至今"), " to present"), (late_pattern(r"\bto date\b"), "to present"),
            (late_pattern(r"\bup to\b"), "until"))  # fmt: skip
_ENGLISH = frozenset({*PRESENT_WORDS, *PERIODS, *UNITS, *ENGLISH_MONTHS, "to", "since", "until", "expected"})
_NOTHING = late_pattern(r"n/?a|none|nil|tb[ad]|unknown|[-–—?.]+")


def parse_date(text: str) -> PartialDate:
    """Read one date as typed. Raises BadValueError."""
    return _parse_one(_in_english(text), text)


def parse_start(text: str) -> PartialDate:
    """Read the start of an entry: a date, which may be expected, or ``since 2015``. Raises BadValueError."""
    return _parse_point(_without(_SINCE, _in_english(text)), text)


def parse_end(text: str) -> PartialDate:
    """Read the end of an entry: a date, which may be expected, or ``until 2019``. Raises BadValueError."""
    return _parse_point(_without(_UNTIL, _in_english(text)), text)


def parse_dates(text: str) -> DateRange:
    """Read one date, a range such as ``2019-09 to 2023`` or ``since 2015``, or a list. Raises BadValueError."""
    words = _in_english(text)
    try:
        return _parse_range(words, text)  # first, because of the comma in May 3, 2024
    except BadValueError as error:
        if listed := _parse_list(words):
            return listed
        raise error from None


def parse_date_list(texts: Iterable[str]) -> DateRange:
    """Read a list of dates and ranges, each as typed. Raises BadValueError."""
    return join_listed(tuple(_parse_range(_in_english(text), text) for text in texts))


def _in_english(text: str) -> str:
    """``text`` in small letters with single spaces, and English words for those of other languages."""
    words = " ".join(text.casefold().split())
    for pattern, english in _PHRASES:
        words = pattern.sub(english, words)
    return _WORD.sub(lambda found: found[0] if found[0] in _ENGLISH else typed_words().get(found[0], found[0]), words)


def _without(pattern: re.Pattern[str], words: str) -> str:
    """The date that ``pattern`` finds in ``words``; all of ``words`` if it does not match."""
    found = pattern.fullmatch(words)
    return next(date for date in found.groups() if date) if found else words


def _parse_range(words: str, typed: str) -> DateRange:
    begun = _without(_SINCE, words)
    parts = _RANGE.split(begun)
    if len(parts) > 2:
        raise BadValueError(f"{typed!r} is more than two dates", "write one start and one end")
    if len(parts) == 2 and all(parts):
        return _join_ends(*parts)
    if begun != words:
        return DateRange(_parse_point(begun, typed), PRESENT, Preposition.SINCE)
    if (last := _without(_UNTIL, words)) != words:
        return DateRange(None, _parse_point(last, typed), Preposition.UNTIL)
    try:
        return DateRange(end=_parse_point(words, typed))
    except BadValueError as error:
        if found := _split_at_hyphen(words):
            return found
        raise error from None


def _join_ends(start: str, end: str) -> DateRange:
    """The range from ``start`` to ``end``; one of them may lack what the other has: ``Mar – Jun 2023``, ``2019–22``."""
    if re.fullmatch(r"\d{4}", start) and re.fullmatch(r"\d\d", end) and end > start[2:]:
        end = start[:2] + end
    if days := _DAY_AND_YEAR.fullmatch(end):
        first = parse_date(f"{start}, {days['year']}")
        return DateRange(first, _on_calendar(end, first.year or 0, first.month or 0, int(days["day"])))
    last = _parse_point(end, end)
    return DateRange(_parse_start_before(start, last), last)


def _parse_start_before(words: str, last: PartialDate) -> PartialDate:
    """The start of a range that ends with ``last``, which may have its year and month."""
    if last.day and last.month and re.fullmatch(r"\d{1,2}\.?", words):
        words = f"{last.year}-{last.month:02d}-{words.rstrip('.')}"
    elif last.year and words and not re.search(r"\d{3}", words) and words not in PRESENT_WORDS:
        words = f"{words}, {last.year}"
    return _parse_point(words, words)


def _split_at_hyphen(words: str) -> DateRange | None:
    """A range whose hyphen has no spaces around it: ``2019-2023``, ``mar-jun 2023``, ``2019-present``; else None."""
    start, _, end = words.partition("-")
    is_clear = re.search(r"[^\W\d_]", words) or re.fullmatch(r"\d{4}-(?:\d{4}|\d\d)", words)
    if not start or not end or "-" in end or not is_clear:
        return None
    try:
        return _join_ends(start.strip(), end.strip())
    except BadValueError:
        return None


def _parse_list(words: str) -> DateRange | None:
    """``2023, 2024, 2026``, ``2019, 2021–22``, ``spring and fall 2023``; None if a part is not a date."""
    listed: list[DateRange] = []
    for part in reversed(_LIST.split(words)):
        following = listed[-1].start or listed[-1].end if listed else None
        lacks_year = not re.search(r"\d{3}|since|until|expected", part)
        try:
            listed.append(_parse_range(f"{part} {following.year}" if lacks_year and following else part, part))
        except BadValueError:
            return None
    return join_listed(tuple(reversed(listed)))


def _parse_point(words: str, typed: str) -> PartialDate:
    """One date, which may be expected."""
    bare = _without(_EXPECTED, words)
    date = _parse_one(bare, typed)
    if bare == words:
        return date
    if date.is_present:
        raise BadValueError(f"{typed!r} has no year", "write for example: expected 2026")
    return replace(date, is_expected=True)


def _parse_one(words: str, typed: str) -> PartialDate:
    if words in PRESENT_WORDS:
        return PRESENT
    date = _parse_calendar(words, typed) or _parse_quarter(words) or _parse_period(words) or _parse_years(words)
    if date is None:
        raise BadValueError(f"{typed!r} is not a date", _suggest(words))
    return date


def _parse_calendar(words: str, typed: str) -> PartialDate | None:
    """A date with at most a month and a day, in numbers or with the month's name."""
    for numbers in (_ISO.fullmatch(words), _CJK.fullmatch(words)):
        if numbers and not _is_academic(words):
            year, *rest = (int(part) if part else None for part in numbers.groups())
            return _on_calendar(typed, year or 0, *rest)
    if numbers := _MONTH_FIRST.fullmatch(words):
        return _on_calendar(typed, int(numbers["year"]), int(numbers["month"]))
    if numbers := _DAY_FIRST.fullmatch(words):
        return _on_calendar(typed, int(numbers["year"]), int(numbers["month"]), int(numbers["day"]))
    named = _NAMED.fullmatch(words)
    if named and (month := find_month(named["month"])):
        typed_day = named["day"] or named["day2"]
        return _on_calendar(typed, int(named["year"]), month, int(typed_day) if typed_day else None)
    if (found := _YEAR_FIRST.fullmatch(words)) and (month := find_month(found["rest"])):
        return _on_calendar(typed, int(found["year"][:4]), month)
    return None


def _is_academic(words: str) -> bool:
    """Whether ``words`` are two years such as ``2023/24``; ``2011/12`` is a month."""
    return bool(re.fullmatch(r"\d{4}/(?:1[3-9]|[2-9]\d)", words))


def _parse_quarter(words: str) -> PartialDate | None:
    found = _QUARTER.fullmatch(words)
    if not found:
        return None
    number = found["n"] or found["n2"] or found["n3"]
    year = found["year"] or found["year2"] or found["year3"]
    return replace(_on_calendar(words, int(year)), period=QUARTERS[int(number) - 1])


def _parse_period(words: str) -> PartialDate | None:
    """A season or a term: ``spring 2024``, ``fall semester 2023``, ``winter 2023/24``, ``2024 Michaelmas term``."""
    if moved := _YEAR_FIRST.fullmatch(words):
        words = f"{moved['rest'].strip()} {moved['year']}"
    found = _PERIOD.fullmatch(words)
    period = PERIODS.get(found["period"]) if found else None
    if not found or period is None or (found["unit"] and found["unit"] not in UNITS):
        return None
    unit = UNITS.get(found["unit"] or "")
    if period in NAMED_TERMS:
        unit = YearUnit.TERM
    spans_years = _is_next(found["year"], found["next"])
    if found["next"] and not spans_years:
        return None
    return replace(_on_calendar(words, int(found["year"])), period=period, unit=unit, spans_years=spans_years)


def _parse_years(words: str) -> PartialDate | None:
    """An academic year: ``2023/24``, ``AY 2023-24``, ``academic year 2023/2024``."""
    found = _ACADEMIC.fullmatch(words)
    if not found or not _is_next(found["year"], found["next"]) or not (found["word"] or _is_academic(words)):
        return None
    return replace(_on_calendar(words, int(found["year"])), spans_years=True)


def _is_next(year: str, following: str | None) -> bool:
    """Whether ``following``, of two or four digits, is the year after ``year``."""
    return bool(following) and str(int(year) + 1).endswith(following or "")


def _on_calendar(typed: str, year: int, month: int | None = None, day: int | None = None) -> PartialDate:
    """The date, which must be one that the calendar has."""
    if not year:
        raise BadValueError(f"{typed!r} is not a date: there is no year 0", DATE_HINT)
    if month is not None and not 1 <= month <= 12:
        raise BadValueError(f"{typed!r} is not a date: there is no month {month}", DATE_HINT)
    if month and day is not None and not 1 <= day <= monthrange(year, month)[1]:
        name = ENGLISH_MONTHS[month - 1].title()
        raise BadValueError(f"{typed!r} is not a date: {name} {year} has no day {day}", DATE_HINT)
    return PartialDate(year, month, day)


def _suggest(words: str) -> str:
    """The hint for a date that could be two dates, lacks a part, or has a misspelt word; else the general one."""
    if found := _SLASHES.fullmatch(words):
        both = dict.fromkeys(_iso_orders(*(int(part) for part in found.groups())))
        return f"write {' or '.join(both)}" if both else DATE_HINT
    if _NOTHING.fullmatch(words):
        return "delete the key if there is no date"
    if re.search(r"(?<![\d/–-])['’]?\d\d$", words) and re.search(r"[a-z]", words):
        return "write the year with four digits"
    if open_range := re.fullmatch(r"(.*\d{4}(?:-\d\d)?)(?:\s*[–—]| -| to)", words):
        return f"if it goes on, write {open_range[1]} to present"
    if words in PERIODS or find_month(words):
        return f"add the year, such as {words} 2024"
    if digits := re.fullmatch(r"(\d{4})(\d\d)(\d\d)", words):
        return f"write {'-'.join(digits.groups())}"
    return _correct_word(words) or DATE_HINT


def _correct_word(words: str) -> str | None:
    """The hint for a misspelt word, with all of the date; None if no word is similar."""
    known = [*PRESENT_WORDS, *PERIODS, *ENGLISH_MONTHS, "expected", "since", "until"]
    for word in re.findall(r"[^\W\d_]{3,}", words):
        near = None if find_month(word) or word in (*known, *UNITS) else nearest(word, known)
        if near and near[0] == word[0]:
            return did_you_mean(words.replace(word, near))
    return None


def _iso_orders(first: int, second: int, year: int) -> Iterator[str]:
    """The dates that ``03/05/2024`` may mean."""
    for month, day in ((second, first), (first, second)):
        if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]:
            yield f"{year}-{month:02d}-{day:02d}"
