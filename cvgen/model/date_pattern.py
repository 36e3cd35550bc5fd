"""Patterns of dates for the JSON Schema: they accept all that the reader accepts, and refuse the usual mistakes."""

from __future__ import annotations

from cvgen.model.date_words import PRESENT_WORDS
from cvgen.model.language_files import typed_words

_YEAR = r"[\s\S]*(?:^|[^0-9])[0-9]{4}(?![0-9])[\s\S]*"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])"
_WRONG_DAY = rf"[0-9]{{4}}([-/.])(?!{_MONTH}\1{_DAY}\s*$)[0-9]{{1,2}}\1[0-9]{{1,2}}"
"""A date in numbers with a month or a day that the calendar does not have."""
_WRONG_MONTH = r"[0-9]{4}[-.](?:00?|1[3-9]|[2-9][0-9])"
_NEITHER = r"20[2-9][0-9]-(?:00?|1[3-9])|[0-9]{4}\.(?:00?|1[3-9]|[2-9][0-9])"
"""Neither a month nor two years: in dates, 2019-22 is a range."""
_UNCLEAR = r"[0-9]{1,2}[-/][0-9]{1,2}[-/][0-9]{4}"
"""03/05/2024 is in March or in May."""


def _in_any_case(word: str) -> str:
    return "".join(f"[{letter.upper()}{letter}]" if letter.upper() != letter else letter for letter in word)


def _accept(wrong: str) -> str:
    """The pattern of a date that has a year, or says that it goes on, and is not ``wrong``."""
    present = [*PRESENT_WORDS, *(foreign for foreign, english in typed_words().items() if english == "present")]
    words = "|".join(_in_any_case(word) for word in present)
    return rf"^(?!\s*(?:{wrong}|{_WRONG_DAY}|{_UNCLEAR})\s*$)(?:{_YEAR}|\s*(?:{words})\s*)$"


DATE = _accept(_WRONG_MONTH)
DATES = _accept(_NEITHER)
