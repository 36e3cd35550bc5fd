"""Dates: read at the precision given, printed at it, and refused with a cure where they are none."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cvgen.diagnostics import BadValueError
from cvgen.model.date_parser import parse_date, parse_dates
from cvgen.model.dates import PRESENT, DateRange, PartialDate, Period
from cvgen.select.language import format_date, format_dates, load_words


@pytest.mark.parametrize(
    ("typed", "date"),
    [
        pytest.param("2021", PartialDate(2021), id="year"),
        pytest.param(" 2021 ", PartialDate(2021), id="spaces-around"),
        pytest.param("2024-05", PartialDate(2024, 5), id="month"),
        pytest.param("2024-5", PartialDate(2024, 5), id="month-without-zero"),
        pytest.param("2024/05", PartialDate(2024, 5), id="slash"),
        pytest.param("2024.05", PartialDate(2024, 5), id="dot"),
        pytest.param("2024-05-03", PartialDate(2024, 5, 3), id="day"),
        pytest.param("2024-02-29", PartialDate(2024, 2, 29), id="leap-day"),
        pytest.param("spring 2024", PartialDate(2024, period=Period.SPRING), id="season"),
        pytest.param("Fall 2023", PartialDate(2023, period=Period.FALL), id="fall"),
        pytest.param("2024 winter", PartialDate(2024, period=Period.WINTER), id="season-after-year"),
        pytest.param("2024-summer", PartialDate(2024, period=Period.SUMMER), id="season-with-hyphen"),
        pytest.param("present", PRESENT, id="present"),
        pytest.param("Present", PRESENT, id="present-in-capitals"),
        pytest.param("now", PRESENT, id="now"),
        pytest.param("ongoing", PRESENT, id="ongoing"),
    ],
)
def test_a_date_is_read_at_its_precision(typed: str, date: PartialDate) -> None:
    assert parse_date(typed) == date


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("", id="empty"),
        pytest.param("yesterday", id="word"),
        pytest.param("spring", id="season-without-year"),
        pytest.param("21", id="two-digits"),
        pytest.param("12024", id="five-digits"),
        pytest.param("0000", id="year-0"),
        pytest.param("2021-13", id="month-13"),
        pytest.param("2024-00", id="month-0"),
        pytest.param("2024-05-00", id="day-0"),
        pytest.param("2021-02-30", id="day-30-of-february"),
        pytest.param("2023-02-29", id="leap-day-of-no-leap-year"),
        pytest.param("2024-05-", id="unfinished"),
        pytest.param("2024-05-03-01", id="too-many-parts"),
    ],
)
def test_what_is_no_date_is_refused_with_a_cure(typed: str) -> None:
    with pytest.raises(BadValueError) as caught:
        parse_date(typed)
    assert repr(typed) in caught.value.mistake.message
    assert caught.value.mistake.hint == "write 2024, 2024-05, 2024-05-03, spring 2024 or present"


@pytest.mark.parametrize(
    ("typed", "start", "end"),
    [
        pytest.param("2019", None, PartialDate(2019), id="one-date"),
        pytest.param("2024-05", None, PartialDate(2024, 5), id="one-month-is-no-range"),
        pytest.param("2024/05", None, PartialDate(2024, 5), id="one-month-with-slash-is-no-range"),
        pytest.param("2019-2023", PartialDate(2019), PartialDate(2023), id="hyphen"),
        pytest.param("2019 - 2023", PartialDate(2019), PartialDate(2023), id="spaced-hyphen"),
        pytest.param("2019–2023", PartialDate(2019), PartialDate(2023), id="en-dash"),
        pytest.param("2019--2023", PartialDate(2019), PartialDate(2023), id="two-hyphens"),
        pytest.param("2019/2023", PartialDate(2019), PartialDate(2023), id="slash"),
        pytest.param("2019-09 to 2023", PartialDate(2019, 9), PartialDate(2023), id="to-and-mixed-precision"),
        pytest.param("2019-09/2023-06", PartialDate(2019, 9), PartialDate(2023, 6), id="iso-8601"),
        pytest.param("2019-09-01/2020-01-02", PartialDate(2019, 9, 1), PartialDate(2020, 1, 2), id="iso-days"),
        pytest.param("2019-09 — present", PartialDate(2019, 9), PRESENT, id="em-dash-present"),
        pytest.param("2019-present", PartialDate(2019), PRESENT, id="hyphen-present"),
        pytest.param("2019 until now", PartialDate(2019), PRESENT, id="until-now"),
        pytest.param(
            "spring 2020 to fall 2021",
            PartialDate(2020, period=Period.SPRING),
            PartialDate(2021, period=Period.FALL),
            id="seasons",
        ),
    ],
)
def test_a_range_is_read(typed: str, start: PartialDate | None, end: PartialDate) -> None:
    assert parse_dates(typed) == DateRange(start, end)


@pytest.mark.parametrize(
    "typed", ["2019 to", "to 2020", "2019–", "2019-2020-2021", "2019 to 2020 to 2021", "2019 to soon"]
)
def test_what_is_no_range_is_refused_with_a_cure(typed: str) -> None:
    with pytest.raises(BadValueError) as caught:
        parse_dates(typed)
    is_long = "is more than two dates" in caught.value.mistake.message
    general = "write 2024, 2024-05, 2024-05-03, spring 2024 or present"
    assert caught.value.mistake.hint == ("write one start and one end" if is_long else general)
    assert is_long == (typed.count(" to ") > 1)


PRINTED = [
    ("2021", "2021", "2021", "2021"),
    ("2021-05", "May 2021", "2021年5月", "Mai 2021"),
    ("2021-05-03", "May 3, 2021", "2021年5月3日", "3. Mai 2021"),
    ("spring 2024", "spring 2024", "2024年春", "Frühjahr 2024"),
    ("fall 2024", "fall 2024", "2024年秋", "Herbst 2024"),
    ("present", "present", "至今", "heute"),
    ("2019 to 2023", "2019 – 2023", "2019 – 2023", "2019 – 2023"),
    ("2019 to 2023-06", "2019 – Jun 2023", "2019 – 2023年6月", "2019 – Juni 2023"),
    ("2019-05 to present", "May 2019 – present", "2019年5月 – 至今", "Mai 2019 – heute"),
    ("2021 to 2021", "2021", "2021", "2021"),
]


@pytest.mark.parametrize(
    ("typed", "language", "printed"),
    [
        pytest.param(typed, language, printed, id=f"{language}-{typed}")
        for typed, *wordings in PRINTED
        for language, printed in zip(("en", "zh", "de"), wordings, strict=True)
    ],
)
def test_a_date_is_printed_at_the_precision_given(typed: str, language: str, printed: str) -> None:
    assert format_dates(parse_dates(typed), language, load_words(language)) == printed


def test_no_dates_print_nothing() -> None:
    assert format_dates(None, "en", load_words("en")) == ""


def test_a_start_without_an_end_prints_the_start_alone() -> None:
    assert format_dates(DateRange(parse_date("2019")), "en", load_words("en")) == "2019"


@pytest.mark.parametrize("language", ["xx", "not a language"])
def test_an_unknown_language_prints_english_dates(language: str) -> None:
    assert format_date(parse_date("2021-05"), language, load_words(language)) == "May 2021"


def test_a_region_prints_its_own_order_of_day_and_month() -> None:
    assert format_date(parse_date("2021-05-03"), "en-GB", load_words("en-GB")) == "3 May 2021"


def test_dates_sort_by_what_is_known_and_the_present_comes_last() -> None:
    typed = ["2023", "2023-01", "spring 2023", "2023-05-02", "2023-05-03", "2024", "present"]
    assert sorted([*typed[3:], *typed[:3]], key=lambda text: parse_date(text).sort_key) == typed


@given(st.dates(min_value=datetime.date(1000, 1, 1)))
def test_every_day_of_the_calendar_is_read_whole(day: datetime.date) -> None:
    assert parse_date(day.isoformat()) == PartialDate(day.year, day.month, day.day)
