"""When a publication appeared: ``date``, or ``year`` and ``month``, in the ways files write them."""

from __future__ import annotations

import re
from dataclasses import replace

from cvgen.diagnostics import Location
from cvgen.model.dates import PartialDate, parse_date
from cvgen.sources.bibtex import MONTHS
from cvgen.sources.entry_reader import EntryReader
from cvgen.sources.latex import latex_to_plain

_MONTH = re.compile(r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b")


def read_date(reader: EntryReader, *, may_lack: bool = False) -> PartialDate | None:
    """The date of publication; None where the entry has none that can be read.

    ``may_lack`` is whether it is no fault to have none, as with work in preparation.
    """
    field = reader.entry.get("date", "year")
    if field is None:
        if not may_lack:
            hint = "add year = {2024}, or pubstate = {inpreparation}"
            reader.report_missing("year", f"{reader.entry.key!r} has no year", hint)
        return None
    text = latex_to_plain(field.value, reader.report_at(field)).strip().rstrip("/")
    date = _parse_date(reader, text, field.location)
    return _with_month(reader, date) if date and not date.month else date


def read_access_date(reader: EntryReader) -> PartialDate | None:
    """The day on which a page was read, by ``urldate``."""
    field = reader.entry.get("urldate", "accessed", "lastvisited")
    return _parse_date(reader, reader.plain("urldate", "accessed", "lastvisited"), field.location) if field else None


def _with_month(reader: EntryReader, date: PartialDate) -> PartialDate:
    """``date`` with the ``month`` field: a name, a number, or a name with a day as in ``1~jan``."""
    field = reader.entry.get("month")
    text = reader.plain("month").casefold()
    if field is None:
        return date
    if text.isdigit() and 1 <= int(text) <= 12:
        return replace(date, month=int(text))
    if found := _MONTH.search(text):
        day = re.search(r"\b([12]?\d|3[01])\b", text)
        in_range = re.search(r"[-–]", text)  # "May--June" begins in May, and on no day
        return replace(date, month=MONTHS.index(found[1]) + 1, day=int(day[1]) if day and not in_range else None)
    message = f"the month {field.value!r} cannot be read and is left out"
    hint = "write month = may, or date = {2024-05}"
    reader.warn(message, field.location, hint, "a month cannot be read and is left out")
    return date


def _parse_date(reader: EntryReader, text: str, place: Location) -> PartialDate | None:
    try:
        day = re.sub(r"T\d\d:.*", "", text)
        return parse_date(day.split("/")[0] if re.match(r"\d{4}-\d\d(-\d\d)?/", day) else day)
    except ValueError:
        year = re.search(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)", text)
        read = f"; the year {year[1]} is used" if year else ""
        hint = "write year = {2024}, or date = {2024-05}"
        reader.warn(f"the date {text!r} cannot be read{read}", place, hint, "a date cannot be read")
        return PartialDate(int(year[1])) if year else None
