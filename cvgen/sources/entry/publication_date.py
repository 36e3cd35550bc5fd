"""Reads the date of a publication: ``date``, or ``year`` and ``month``, in the notations found in files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from cvgen.diagnostics import notice
from cvgen.model.date_parser import parse_date
from cvgen.model.dates import PartialDate, Period
from cvgen.sources.bibtex.bib_file import MONTHS
from cvgen.sources.bibtex.raw_entry import RawField
from cvgen.sources.entry.entry_reader import EntryReader

_MONTH = re.compile(r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b")
_SEASON = re.compile(r"\b(spring|summer|autumn|fall|winter)\b")
_SEASONS = {"21": Period.SPRING, "22": Period.SUMMER, "23": Period.AUTUMN, "24": Period.WINTER}
"""Numbers for seasons in place of a month (biblatex manual 3.20, §2.3.8; ISO 8601-2)."""
_NO_DATE = re.compile(r"n\.? ?d\.?|no date|s\.? ?a\.?|o\.? ?j\.?|unknown|undated|none|n/a|[?\s.-]+", re.IGNORECASE)
_TIME = re.compile(r"[T ]\d\d:.*", re.DOTALL)
_AROUND = re.compile(r"^[\s(\[<©]+|[\s)\]>.,;:]+$|(?<=\d{4})[a-z](?=$|[\s)\].,])")
"""Brackets and full stops around a date, and the letter that distinguishes papers of one year."""
_DOUBT = re.compile(r"^(?:circa|about|approx\.?|ca?\.?)\s*(?=\d)|(?<=\d)\s*[?~%]+$|[\[\]?]", re.IGNORECASE)
_YEARS = re.compile(r"(\d{4})\s*(?:[-–—/]|\bto\b|\band\b|&)\s*(\d{4}|\d\d)(?!\d)(?![-/.]\d)")
_RANGE = re.compile(r"\s*(?:--+|[–—/])\s*(?=\.\.|$|\D|-?\d{4})|(?<=\d{4})-(?=\d{4}$|$)")
_ISO = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?")
_OLD_YEAR = re.compile(r"-\d{1,5}(?:[-/].*)?|\d+\s*B\.?C\.?(?:E\.?)?|B\.?C\.?\s*\d+", re.IGNORECASE)
_ANY_YEAR = re.compile(r"(?<!\d)(1\d{3}|20\d\d)(?!\d|\s*b\.?\s*c)", re.IGNORECASE)
_SAY_MORE = "write the rest into the note, if readers should know it"
_HINT = "write year = {2024}, or date = {2024-05}"


def read_date(reader: EntryReader, *, may_lack: bool = False) -> PartialDate | None:
    """The date of publication; None if the entry has none that can be read.

    With ``may_lack`` a missing date is not reported, as for work in preparation.
    """
    field = reader.entry.get("date", "year")
    text = reader.plain("date", "year")
    if field is None or _NO_DATE.fullmatch(text):
        if not may_lack:
            hint = "add year = {2024}, or pubstate = {inpreparation}"
            reader.report_missing("year", f"{reader.entry.key!r} has no year", hint)
        return None
    date = _read(reader, text, field) if text else None
    return _with_month(reader, date) if date and not date.month and not date.period else date


def read_access_date(reader: EntryReader) -> PartialDate | None:
    """The day on which a page was read, by ``urldate``."""
    names = ("urldate", "accessed", "lastvisited")
    field = reader.entry.get(*names)
    return _read(reader, reader.plain(*names), field) if field else None


def _with_month(reader: EntryReader, date: PartialDate) -> PartialDate:
    """``date`` with the ``month`` field: a name, a number, a season, or a name with a day as in ``1~jan``."""
    field = reader.entry.get("month")
    if field is None:
        return date
    text = reader.plain("month").casefold()
    number = text.strip(" .,;")
    if re.fullmatch(r"\d{1,2}", number) and 1 <= int(number) <= 12:
        return replace(date, month=int(number))
    if found := _MONTH.search(text):
        day = re.search(r"\b([12]?\d|3[01])\b", text)
        in_range = re.search(r"[-–]", text)  # "May--June" begins in May, and on no day
        return replace(date, month=MONTHS.index(found[1]) + 1, day=int(day[1]) if day and not in_range else None)
    if season := _SEASON.search(text):
        return replace(date, period=Period(season[1]))
    message = f"the month {field.value!r} cannot be read and is left out"
    hint = "write month = may, or date = {2024-05}"
    reader.warn(message, field.location, hint, "a month cannot be read and is left out")
    return date


def _read(reader: EntryReader, text: str, field: RawField) -> PartialDate | None:
    """The date in ``text``, or the start of a range. Reports what is not printed as typed."""
    if date := _parse(text):
        return date
    bare = _AROUND.sub("", _AROUND.sub("", _TIME.sub("", text)))
    if date := _parse(bare):
        return date
    if _OLD_YEAR.fullmatch(text):
        kind = "a year BC cannot be printed and is left out"
        reader.warn(f"{text!r} is a year BC and is left out", field.location, "write it in the note", kind)
        return None
    sure = _DOUBT.sub(" ", bare).strip()
    begin, *others = (part for part in _split_range(sure) if part)
    if date := _parse(begin):
        _report_rest(reader, field, text, date, others, is_sure=sure == bare)
        return date
    return _read_year_alone(reader, field, text)


def _report_rest(
    reader: EntryReader, field: RawField, text: str, date: PartialDate, others: list[str], *, is_sure: bool
) -> None:
    """Report the part of a date that is not printed: that it is uncertain, or that it ends in another year."""
    year = date.iso[:4]
    if not is_sure:
        kind = "an uncertain date is printed as if it were certain"
        found = notice(f"{text!r} is printed as {date.iso}", field.location, _SAY_MORE, kind=kind)
    elif any(year not in other and re.search(r"\d\d", other) for other in others):
        kind = "only the first year of a range is printed"
        found = notice(f"only the first year of {text!r} is printed, {year}", field.location, _SAY_MORE, kind=kind)
    else:
        return
    reader.add(found)


def _read_year_alone(reader: EntryReader, field: RawField, text: str) -> PartialDate | None:
    year = _ANY_YEAR.search(text)
    read = f"; the year {year[1]} is used" if year else ""
    kind = "a date cannot be read; its year is used" if year else "a date cannot be read"
    reader.warn(f"the date {text!r} cannot be read{read}", field.location, _HINT, kind)
    return PartialDate(int(year[1])) if year else None


def _split_range(text: str) -> Iterator[str]:
    """The start and end of a range, if given; any other text as a whole."""
    years = _YEARS.fullmatch(text)
    if years and (len(years[2]) == 4 or years[2] > years[1][2:]):
        yield from years.groups()
    else:
        yield from (part for part in _RANGE.split(text, maxsplit=1) if part != "..")


def _parse(text: str) -> PartialDate | None:
    """One date: in ISO with months up to 24 and unknown parts as zeros, or in English words; None for any other."""
    if iso := _ISO.fullmatch(text):
        year, month, day = iso.groups()
        if month in _SEASONS and not day:
            return PartialDate(int(year), period=_SEASONS[month])
        text = year if month == "00" else f"{year}-{month}" if day == "00" else text
    if re.fullmatch(r"\d{3}", text):
        return PartialDate(int(text))
    if german := re.fullmatch(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})", text):
        text = "-".join(reversed(german.groups()))
    try:
        date = parse_date(text)
    except ValueError:
        return _parse_words(text.casefold())
    return None if date.is_present or date.spans_years else date


_WORDS = re.compile(
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?\.?\s+)?(?P<word>[a-z]+)\.?(?:[-–/][a-z]+\.?)?"
    r"(?:\s+(?P<day2>\d{1,2})(?:st|nd|rd|th)?)?,?\s*(?P<year>\d{4})|(?P<year3>\d{4}),?\s+(?P<word3>[a-z]+)\.?"
)


def _parse_words(words: str) -> PartialDate | None:
    """``August, 2005``, ``1 May 2003``, ``Summer/Fall 2004``, ``2003, May``."""
    found = _WORDS.fullmatch(words)
    if not found:
        return None
    year, word = found["year"] or found["year3"], found["word"] or found["word3"]
    if _SEASON.fullmatch(word):
        return PartialDate(int(year), period=Period(word))
    if not _MONTH.fullmatch(word):
        return None
    day = found["day"] or found["day2"]
    month = f"{year}-{MONTHS.index(word[:3]) + 1:02d}"
    return _parse(f"{month}-{int(day):02d}") if day else _parse(month)
