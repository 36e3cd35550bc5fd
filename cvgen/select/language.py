"""The fixed words and the dates of a document, in its language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from cvgen.diagnostics import did_you_mean, one_of
from cvgen.model.date_style import DATE_STYLE, DateStyle
from cvgen.model.dates import NAMED_TERMS, QUARTERS, DateRange, PartialDate
from cvgen.model.language_files import known_languages, load_file

if TYPE_CHECKING:
    import datetime

    from babel.core import Locale

FALLBACK = "en"
"""The language of words that another one lacks."""


def suggest_language(typed: str) -> str:
    """The hint for a language typed by its name (``English``, ``deutsch``) or as ``en_US``; else all codes."""
    dashed = typed.replace("_", "-")
    if has_words(dashed):
        return did_you_mean(dashed)
    from babel import Locale

    for code in known_languages():
        locale = Locale.parse(code, sep="-")
        if typed.casefold() in [(locale.english_name or "").casefold(), (locale.display_name or "").casefold()]:
            return did_you_mean(code)
    return one_of(known_languages())


@lru_cache(maxsize=1)
def _also_named() -> Mapping[str, str]:
    """Tag → the code of the file that says it also serves that tag: ``zh-tw`` → ``zh-Hant``."""
    return {tag.casefold(): code for code in known_languages() for tag in load_file(code).get("also", "").split()}


def list_ancestors(language: str) -> tuple[str, ...]:
    """The files that the words of ``language`` come from, nearest first: ``pt-BR, pt, en``; always ends with English.

    A tag without a file is cut from its end (``zh-Hans-CN`` uses ``zh``), unless a file names it in ``also``.
    """
    codes = {code.casefold(): code for code in known_languages()} | dict(_also_named())
    found: list[str] = []
    tag = language.casefold()
    while tag and tag not in codes:
        tag = tag.rpartition("-")[0]
    code = codes.get(tag, FALLBACK)
    while code in known_languages() and code not in found:
        found.append(code)
        code = load_file(code).get("inherits", "")
    return (*found, *({FALLBACK} - set(found)))


def has_words(language: str) -> bool:
    """Whether there are fixed words in ``language``, or in one that it inherits from."""
    is_english = language.split("-")[0].casefold() == FALLBACK
    return is_english or list_ancestors(language)[0] != FALLBACK


@lru_cache(maxsize=8)
def load_words(language: str) -> Mapping[str, str]:
    """The fixed words of ``language``, each from the nearest of its files that has it; in English if none has."""
    english = load_file(FALLBACK)
    words = {key: word for key, word in english.items() if not is_form(key, english)}
    for code in reversed(list_ancestors(language)):
        own = load_file(code)
        replaced = {key for key in words if is_form(key, words) and find_base(key, words) in own}
        words = {key: word for key, word in words.items() if key not in replaced} | dict(own)
    return words


_FORMS = re.compile(r"(?:_(?:zero|one|two|few|many|feminine|masculine|author|[0-9]))+$")


def find_base(key: str, words: Mapping[str, str]) -> str:
    """The word that ``key`` is a form of: ``count_papers`` for ``count_papers_few``; else ``key`` itself."""
    base = _FORMS.sub("", key)
    return base if base in words else key


def take_forms(words: Mapping[str, str], gender: str) -> Mapping[str, str]:
    """``words`` with those of the ``gender`` (``feminine``) in place of the usual ones, where the language has them."""
    ending = f"_{gender}"
    return {**words, **{key.removesuffix(ending): word for key, word in words.items() if key.endswith(ending)}}


def is_form(key: str, words: Mapping[str, str]) -> bool:
    """Whether ``key`` is a plural, a gender or an ending of another word."""
    return find_base(key, words) != key


def list_lacking(language: str) -> list[str]:
    """The words that only English has, if ``language`` has a file of its own."""
    ancestors = list_ancestors(language)
    own = {key for code in ancestors if code != FALLBACK for key in load_file(code)}
    english = load_file(FALLBACK)
    if ancestors[0].split("-")[0] == FALLBACK:
        return []
    return [key for key in english if key not in own and not is_form(key, english)]


def ordinal(number: int, words: Mapping[str, str], noun: str = "") -> str:
    """An ordinal such as ``second``: in words up to ten, then in the language's short form.

    Before a ``noun``, some languages have other forms (``ordinals_author``: ``tercer autor``), also by the number's
    last digit (``ordinal_author_3``: ``13.er autor``).
    """
    keys = [f"ordinals_{noun}", "ordinals"], [f"ordinal_{noun}_{number % 10}", f"ordinal_{noun}", "ordinal"]
    named, short = (next(words[key] for key in listed if key in words) for listed in keys)
    listed = named.split(",")
    if number <= len(listed):
        return listed[number - 1]
    return short.format(n=number, th=english_tail(number))


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
    if start and end and words[DATE_STYLE] == DateStyle.TEXT and _is_within_year(start, end):
        return _format_within_year(start, end, language, words)
    if dates.preposition and (date := start or end):
        return words[dates.preposition].format(date=format_date(date, language, words))
    ends = list(dict.fromkeys(format_date(date, language, words) for date in (start, end) if date))
    if len(ends) < 2:
        return "".join(ends)
    return words["range_open" if end and end.is_present else "range"].format(start=ends[0], end=ends[1])


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
    return _format_skeleton(date, "yMMMMd", language)


def _format_date(date: PartialDate, year: int, language: str, words: Mapping[str, str]) -> str:
    shown_year = f"{year}/{(year + 1) % 100:02d}" if date.spans_years else str(year)
    if date.period in QUARTERS:
        return _format_quarter(replace(date, month=date.months[0]), language, words)
    if date.period in NAMED_TERMS:
        return words["named_term"].format(name=date.period.title(), year=shown_year)
    if date.period and date.unit:
        return words[f"term_{date.period}"].format(unit=words[f"unit_{date.unit}"], year=shown_year)
    if date.period:
        return words[date.period].format(year=shown_year)
    if date.month:
        return _format_month(date, language, words)
    return shown_year if date.spans_years else words["year"].format(year=year)


def _format_quarter(date: PartialDate, language: str, words: Mapping[str, str]) -> str:
    """``Q3 2024``, or by the language's own pattern: ``2024年第3四半期``."""
    return _format_pattern(date, words["quarter"], language) or _format_calendar(date, "yQQQ", language, words)


_NUMBERS = {DateStyle.ISO: ("{0.year}-{0.month:02d}", "{0.year}-{0.month:02d}-{0.day:02d}"),
            DateStyle.DOTTED: ("{0.year}.{0.month:02d}", "{0.year}.{0.month:02d}.{0.day:02d}")}  # fmt: skip
"""The patterns of a month and of a day in each style of numbers that is the same in all languages."""


def _format_month(date: PartialDate, language: str, words: Mapping[str, str]) -> str:
    """A month or a day, in the style of the document."""
    style = DateStyle(words[DATE_STYLE])
    if style in _NUMBERS:
        return _NUMBERS[style][bool(date.day)].format(date)
    if style is DateStyle.NUMERIC:
        return _format_calendar(date, "yMMdd", language, words) if date.day else _format_numbers(date, language)
    if date.day == 1 and words["first_day"]:
        return _format_pattern(date, words["first_day"], language)
    return _format_calendar(date, "yMMMd" if date.day else "yMMM", language, words)


def _format_pattern(date: PartialDate, pattern: str, language: str) -> str:
    """A date by a pattern in CLDR's letters."""
    from babel.dates import format_date as format_pattern

    return format_pattern(_as_day(date), pattern, locale=find_locale(language))


def _format_numbers(date: PartialDate, language: str) -> str:
    """A month in numbers: ``03/2018``; ``2018/03`` or ``2018-03`` where the year comes first."""
    usual = str(find_locale(language).datetime_skeletons["yM"])
    if not usual.startswith("y"):
        return f"{date.month:02d}/{date.year}"
    return f"{date.year}{'-' if '-' in usual else '/'}{date.month:02d}"


def _format_calendar(date: PartialDate, skeleton: str, language: str, words: Mapping[str, str]) -> str:
    return _shorten(_format_skeleton(date, skeleton, language), words)


def _format_skeleton(date: PartialDate, skeleton: str, language: str) -> str:
    from babel.dates import format_skeleton

    return format_skeleton(skeleton, _as_day(date), locale=find_locale(language))


def _shorten(shown: str, words: Mapping[str, str]) -> str:
    """``shown`` without the word of CLDR's patterns that no CV has: ``сент. 2023`` for ``сент. 2023 г.``."""
    return shown.replace(words["date_drop"], "") if words["date_drop"] else shown


def _is_within_year(start: PartialDate, end: PartialDate) -> bool:
    """Whether a range prints its year once: both ends are in one year, and are months or both days."""
    differ = (start.month, start.day) != (end.month, end.day)
    alike = start.month and end.month and bool(start.day) == bool(end.day)
    return bool(alike and differ and start.year == end.year and not (start.is_expected or end.is_expected))


def _format_within_year(start: PartialDate, end: PartialDate, language: str, words: Mapping[str, str]) -> str:
    """A range in one year as CLDR writes it: ``Mar – Jun 2023``, ``1.–6. März 2023``, ``2023年3月 – 6月``."""
    from babel.dates import format_interval

    skeleton = "yMMMd" if start.day else "yMMM"
    shown = format_interval(_as_day(start), _as_day(end), skeleton, locale=find_locale(language))
    shown = _shorten(shown.replace("\N{THIN SPACE}", " "), words)  # as around the dash of every other range
    return _DASH.sub(words["range_within"], shown) if words["range_within"] else shown


_DASH = re.compile(r"\s*[–—~～至]\s*")
"""The sign of a range in CLDR's patterns."""


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
