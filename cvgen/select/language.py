"""The fixed words and the dates of a document, in its language."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from cvgen.diagnostics import did_you_mean, one_of
from cvgen.model.dates import NAMED_TERMS, QUARTERS, DateRange, PartialDate

if TYPE_CHECKING:
    import datetime

    from babel.core import Locale

WORDS_FOLDER = resources.files("cvgen.select") / "words"
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})


@lru_cache(maxsize=1)
def known_languages() -> tuple[str, ...]:
    """The languages that have a words file."""
    return tuple(sorted(p.name.removesuffix(".json") for p in WORDS_FOLDER.iterdir() if p.name.endswith(".json")))


def suggest_language(typed: str) -> str:
    """The hint for a language typed by its name (``English``, ``deutsch``) or as ``en_US``; else all codes."""
    if typed.replace("_", "-").split("-")[0] in known_languages():
        return did_you_mean(typed.replace("_", "-"))
    from babel import Locale

    for code in known_languages():
        locale = Locale(code)
        if typed.casefold() in [(locale.english_name or "").casefold(), (locale.display_name or "").casefold()]:
            return did_you_mean(code)
    return one_of(known_languages())


@lru_cache(maxsize=8)
def load_words(language: str) -> Mapping[str, str]:
    """The fixed words of ``language`` (``zh-Hans`` uses those of ``zh``); in English if there are none."""
    name = language if language in known_languages() else language.split("-")[0]
    chosen = name if name in known_languages() else "en"
    words: dict[str, str] = json.loads((WORDS_FOLDER / f"{chosen}.json").read_text("utf-8"))
    return words


def ordinal(number: int, words: Mapping[str, str]) -> str:
    """An ordinal such as ``second``: in words up to ten, then in the language's short form."""
    named = words["ordinals"].split(",")
    if number <= len(named):
        return named[number - 1]
    return words["ordinal"].format(n=number, th=english_tail(number))


def english_tail(number: int) -> str:
    """``st``, ``nd``, ``rd`` or ``th``, for the words files that ask for it as ``{th}``."""
    return "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def choose_plural(key: str, number: int, language: str, words: Mapping[str, str]) -> str:
    """``words[key]``, or its form for ``number`` by CLDR's plural rules (``key_one``, ``key_few`` …) if any."""
    if not any(word.startswith(f"{key}_") for word in words):
        return words[key]
    return words.get(f"{key}_{find_locale(language).plural_form(number)}", words[key])


def format_count(count: int, language: str) -> str:
    """A number such as ``1,200`` or ``1.200``, with CLDR's grouping of digits."""
    if count < 1000:
        return str(count)
    from babel.numbers import format_decimal

    return format_decimal(count, locale=find_locale(language))


def format_dates(dates: DateRange | None, language: str, words: Mapping[str, str]) -> str:
    """``Sep 2023 – present``: each end at the precision it was given, never more."""
    if dates is None:
        return ""
    if dates.listed:
        return words["list_comma"].join(format_dates(part, language, words) for part in dates.listed)
    start, end = dates.start, dates.end
    if start and end and _is_within_year(start, end):
        return _format_within_year(start, end, language)
    if dates.preposition and (date := start or end):
        return words[dates.preposition].format(date=_format_in_phrase(date, language, words))
    ends = [format_date(date, language, words) for date in (start, end) if date]
    return " – ".join(dict.fromkeys(ends))


def format_date(date: PartialDate, language: str, words: Mapping[str, str]) -> str:
    """One date by CLDR's patterns (through babel): ``2021``, ``May 2021``, ``2021年5月``, ``expected May 2026``."""
    if date.is_present or date.year is None:
        return words["present"]
    shown = _format_date(date, date.year, language, words)
    return words["expected"].format(date=shown) if date.is_expected else shown


def format_long_date(date: PartialDate, language: str, words: Mapping[str, str]) -> str:
    """A date with the month in full, as in letters: ``3 May 2026``; without a day as ``format_date`` writes it."""
    if not (date.day and date.month and date.year) or date.is_expected:
        return format_date(date, language, words)
    return _format_calendar(date, "yMMMMd", language)


def _format_in_phrase(date: PartialDate, language: str, words: Mapping[str, str]) -> str:
    """``date`` beside a preposition, where a year alone may need a word: ``2015年起``."""
    is_year = not (date.month or date.period or date.spans_years or date.is_expected or date.is_present)
    return _format_calendar(date, "y", language) if is_year else format_date(date, language, words)


def _format_date(date: PartialDate, year: int, language: str, words: Mapping[str, str]) -> str:
    shown_year = f"{year}/{(year + 1) % 100:02d}" if date.spans_years else str(year)
    if date.period in QUARTERS:
        return _format_calendar(replace(date, month=date.months[0]), "yQQQ", language)
    if date.period in NAMED_TERMS:
        return words["named_term"].format(name=date.period.title(), year=shown_year)
    if date.period and date.unit:
        return words[f"term_{date.period}"].format(unit=words[f"unit_{date.unit}"], year=shown_year)
    if date.period:
        return words[date.period].format(year=shown_year)
    if date.month:
        return _format_calendar(date, "yMMMd" if date.day else "yMMM", language)
    return shown_year


def _format_calendar(date: PartialDate, skeleton: str, language: str) -> str:
    from babel.dates import format_skeleton

    return format_skeleton(skeleton, _as_day(date), locale=find_locale(language))


def _is_within_year(start: PartialDate, end: PartialDate) -> bool:
    """Whether a range prints its year once: both ends are in one year, and are months or both days."""
    differ = (start.month, start.day) != (end.month, end.day)
    alike = start.month and end.month and bool(start.day) == bool(end.day)
    return bool(alike and differ and start.year == end.year and not (start.is_expected or end.is_expected))


def _format_within_year(start: PartialDate, end: PartialDate, language: str) -> str:
    """A range in one year as CLDR writes it: ``Mar – Jun 2023``, ``1.–6. März 2023``, ``2023年3月 – 6月``."""
    from babel.dates import format_interval

    skeleton = "yMMMd" if start.day else "yMMM"
    shown = format_interval(_as_day(start), _as_day(end), skeleton, locale=find_locale(language))
    return shown.replace("\N{THIN SPACE}", " ")  # as around the dash of every other range


def _as_day(date: PartialDate) -> datetime.date:
    """The first day of ``date``."""
    import datetime

    return datetime.date(date.year or 1, date.month or 1, date.day or 1)


def find_locale(language: str) -> Locale:
    """CLDR's data for ``language``, or for English if there is none."""
    from babel.core import Locale, UnknownLocaleError

    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en")
