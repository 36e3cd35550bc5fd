"""Years that are probably mistyped, such as those of ``2202-02`` and ``1019-06``."""

from __future__ import annotations

from collections.abc import Iterator

from cvgen.diagnostics import Location, Mistake, Problem, warn
from cvgen.model.dates import DateRange, PartialDate
from cvgen.model.entry import Entry, list_positions
from cvgen.model.sections import find_span
from cvgen.sources.career import Career
from cvgen.sources.yaml.places import TreePath

_FIRST_YEAR = 1900
"""The earliest year in which something in a career may have happened; papers may be older, as those of an editor."""
_FIRST_PRINT = 1450
_LAST_YEAR = 2100
_MOST_YEARS_AHEAD = 10
"""The years for which people plan: a contract, a patent, the expected end of a degree."""
_HINT = "correct the year"


def find_suspect_dates(career: Career, today: tuple[int, int] | None) -> list[Problem]:
    """A warning for each year in ``career`` that is too early, or too far after ``today``.

    So is a start that lies ahead of something that goes on to the present. Without ``today``, which is a year and a
    month, only years after 2100 are too far ahead.
    """
    last = today[0] + _MOST_YEARS_AHEAD if today else _LAST_YEAR
    found: list[tuple[Location, Mistake]] = []
    for path, entry in _list_entries(career):
        found += [(career.places.value((*path, field)), mistake) for field, mistake in _check(entry, last, today)]
    for paper in career.publications:
        found += [
            (paper.location, _say_year(year)) for year in _years_of(paper.date) if not _FIRST_PRINT <= year <= last
        ]
    return [warn(mistake.message, location, mistake.hint) for location, mistake in found]


def _list_entries(career: Career) -> Iterator[tuple[TreePath, Entry]]:
    for section in career.profile.entry_sections:
        for index, entry in enumerate(career.profile.entries(section)):
            path: TreePath = career.profile.path_of(section, index)
            yield path, entry
            for number, position in enumerate(list_positions(entry)):
                yield (*path, "positions", number), position


def _check(entry: Entry, last: int, today: tuple[int, int] | None) -> Iterator[tuple[str, Mistake]]:
    """At most one Mistake for each field."""
    for field in ("date", "start", "end"):
        value: PartialDate | DateRange | None = getattr(entry, field)
        years = _years_of(value)
        odd = [year for year in years if not _FIRST_YEAR <= year <= last]
        if odd:
            yield field, _say_year(odd[0])
        elif value and today and field != "end" and (start := _find_later_start(entry, today)):
            hint = f"correct it; for what is still to come, write: expected {start.iso}"
            yield field, Mistake("this goes on to the present, but starts later than today", hint)


def _say_year(year: int) -> Mistake:
    return Mistake(f"{year:04d} is probably not the year that you mean", _HINT)


def _find_later_start(entry: Entry, today: tuple[int, int]) -> PartialDate | None:
    """The start of ``entry`` if that is after ``today``, and the entry goes on to the present; else None."""
    dates = find_span(entry)
    if not dates or not dates.start or not dates.end or not dates.end.is_present or dates.start.year is None:
        return None
    return dates.start if (dates.start.year, dates.start.months[0]) > today else None


def _years_of(dates: PartialDate | DateRange | None) -> tuple[int, ...]:
    """The years named in ``dates``."""
    if isinstance(dates, DateRange):
        spans = dates.listed or (dates,)
        return tuple(year for span in spans for one in (span.start, span.end) for year in _years_of(one))
    return (dates.year,) if dates and dates.year is not None else ()
