"""The words of dates that people write: months, seasons and terms; ``language_files`` has those of each language."""

from __future__ import annotations

from functools import lru_cache

from cvgen.model.dates import NAMED_TERMS, Period, YearUnit
from cvgen.model.language_files import known_languages

PRESENT_WORDS = ("present", "now", "today", "current", "ongoing")
ENGLISH_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
                  "november", "december")  # fmt: skip
PERIODS = {
    **{period.value: period for period in (Period.WINTER, Period.SPRING, Period.SUMMER, Period.AUTUMN, Period.FALL)},
    **{period.value: period for period in NAMED_TERMS},
}
UNITS = {**{unit.value: unit for unit in YearUnit}, "trimester": YearUnit.TERM}


@lru_cache(maxsize=1)
def month_names() -> dict[str, int]:
    """The number of each month by its names, long and short, in CLDR's data for all languages."""
    from babel.core import Locale

    numbers: dict[str, int] = {}
    for language in known_languages():
        months = Locale.parse(language, sep="-").months
        for use, width in (("stand-alone", "wide"), ("format", "wide"), ("format", "abbreviated")):
            for number, name in months[use][width].items():
                numbers.setdefault(name.casefold().rstrip("."), int(number))
    return numbers


def find_month(name: str) -> int | None:
    """The number of the month ``name``: English, also cut to three letters or more, or in another language."""
    word = name.casefold().rstrip(".")
    if len(word) >= 3:
        found = [number for number, month in enumerate(ENGLISH_MONTHS, start=1) if month.startswith(word)]
        if found:
            return found[0]
    return None if word.isascii() and len(word) < 3 else month_names().get(word)
