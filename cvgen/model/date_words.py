"""The words of dates that people write: months, seasons, terms, and words such as ``present`` and ``since``."""

from __future__ import annotations

from functools import lru_cache

from cvgen.model.dates import NAMED_TERMS, Period, YearUnit

PRESENT_WORDS = ("present", "now", "today", "current", "ongoing")
ENGLISH_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
                  "november", "december")  # fmt: skip
PERIODS = {
    **{period.value: period for period in (Period.WINTER, Period.SPRING, Period.SUMMER, Period.AUTUMN, Period.FALL)},
    **{period.value: period for period in NAMED_TERMS},
}
UNITS = {**{unit.value: unit for unit in YearUnit}, "trimester": YearUnit.TERM}
_LANGUAGES = ("ar", "de", "es", "fr", "he", "it", "nl", "pt", "ru")
"""Languages whose months have names; in Chinese, Japanese and Korean they have numbers."""
_ENGLISH_OF = {
    "present": "aktuell actualidad actualmente actuel actuellement atual atualmente aujourd'hui aujourd’hui currently "
               "gegenwart heden hoje hoy heute jetzt laufend oggi vandaag presente présent "
               "настоящее сейчас 现在 現在 현재 היום الآن",
    "since": "ab dal depuis desde from seit sinds vanaf von с",
    "until": "bis hasta jusqu'à jusqu’à jusqu'en jusqu’en até till through tot до",
    "expected": "anticipated erwartet esperada esperado prevista previsto prévu prévue verwacht voraussichtlich "
                "预计 ожидается",
    "winter": "hiver inverno invierno зима",
    "spring": "frühjahr frühling primavera printemps весна",
    "summer": "sommer verano verão été лето",
    "autumn": "automne herbst otoño outono осень",
    "winter semester": "wintersemester wise ws",
    "summer semester": "sommersemester sose ss",
}  # fmt: skip
"""English words of dates, and the same in other languages."""
ENGLISH = {foreign: english for english, words in _ENGLISH_OF.items() for foreign in words.split()}


@lru_cache(maxsize=1)
def month_names() -> dict[str, int]:
    """The number of each month by its names, long and short, in CLDR's data for the languages that name months."""
    from babel.core import Locale

    numbers: dict[str, int] = {}
    for language in _LANGUAGES:
        months = Locale(language).months
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
