"""Dates: read at the precision given, printed at it, and refused with a cure where they are none."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from helpers import valid_career
from hypothesis import given
from hypothesis import strategies as st
from rendering import read_document

from cvgen.diagnostics import BadValueError
from cvgen.fit.years import span_of
from cvgen.model.date_parser import parse_date, parse_dates, parse_end
from cvgen.model.dates import PRESENT, DateRange, PartialDate, Period, YearUnit
from cvgen.model.sections import SECTIONS
from cvgen.select.build_document import select_document
from cvgen.select.language import format_date, format_dates, load_words
from cvgen.select.variant import resolve_variant


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
        pytest.param("heute", PRESENT, id="present-in-german"),
        pytest.param("May 2024", PartialDate(2024, 5), id="month-by-name"),
        pytest.param("Sept. 2021", PartialDate(2021, 9), id="month-cut-short"),
        pytest.param("3 May 2024", PartialDate(2024, 5, 3), id="day-before-month"),
        pytest.param("May 3rd, 2024", PartialDate(2024, 5, 3), id="day-after-month"),
        pytest.param("05/2024", PartialDate(2024, 5), id="month-before-year"),
        pytest.param("03.05.2024", PartialDate(2024, 5, 3), id="day-with-dots"),
        pytest.param("3. März 2020", PartialDate(2020, 3, 3), id="german"),
        pytest.param("1er juin 2021", PartialDate(2021, 6, 1), id="french"),
        pytest.param("3 de mayo de 2024", PartialDate(2024, 5, 3), id="spanish"),
        pytest.param("maio de 2024", PartialDate(2024, 5), id="portuguese"),
        pytest.param("сентябрь 2023 г.", PartialDate(2023, 9), id="russian"),
        pytest.param("2024年5月", PartialDate(2024, 5), id="chinese"),
        pytest.param("2024년 5월 3일", PartialDate(2024, 5, 3), id="korean"),
        pytest.param("Q3 2024", PartialDate(2024, period=Period.Q3), id="quarter"),
        pytest.param("2024-Q3", PartialDate(2024, period=Period.Q3), id="quarter-after-year"),
        pytest.param("Frühjahr 2024", PartialDate(2024, period=Period.SPRING), id="season-in-german"),
        pytest.param("winter 2023/24", PartialDate(2023, period=Period.WINTER, spans_years=True), id="winter-of-two"),
        pytest.param("Fall semester 2023", PartialDate(2023, period=Period.FALL, unit=YearUnit.SEMESTER),
                     id="semester"),
        pytest.param("winter term 2023/24", PartialDate(2023, period=Period.WINTER, unit=YearUnit.TERM,
                                        spans_years=True),
                     id="term-of-two-years"),
        pytest.param("WS 2023/24", PartialDate(2023, period=Period.WINTER, unit=YearUnit.SEMESTER, spans_years=True),
                     id="german-semester"),
        pytest.param("SoSe 2024", PartialDate(2024, period=Period.SUMMER, unit=YearUnit.SEMESTER), id="german-summer"),
        pytest.param("Michaelmas term 2022", PartialDate(2022, period=Period.MICHAELMAS, unit=YearUnit.TERM),
                     id="named-term"),
        pytest.param("Hilary 2023", PartialDate(2023, period=Period.HILARY, unit=YearUnit.TERM), id="name-of-a-term"),
        pytest.param("2023/24", PartialDate(2023, spans_years=True), id="academic-year"),
        pytest.param("AY 2023-24", PartialDate(2023, spans_years=True), id="academic-year-by-name"),
        pytest.param("2011/12", PartialDate(2011, 12), id="month-and-no-academic-year"),
    ],
)  # fmt: skip
def test_a_date_is_read_at_its_precision(typed: str, date: PartialDate) -> None:
    assert parse_date(typed) == date


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("", id="empty"),
        pytest.param("yesterday", id="word"),
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
        pytest.param("2023/2024", PartialDate(2023), PartialDate(2024), id="two-years"),
        pytest.param("2019–22", PartialDate(2019), PartialDate(2022), id="century-once"),
        pytest.param("Mar – Jun 2023", PartialDate(2023, 3), PartialDate(2023, 6), id="year-once"),
        pytest.param("Mar-Jun 2023", PartialDate(2023, 3), PartialDate(2023, 6), id="year-once-with-hyphen"),
        pytest.param("3–5 May 2024", PartialDate(2024, 5, 3), PartialDate(2024, 5, 5), id="month-once"),
        pytest.param("May 3–5, 2024", PartialDate(2024, 5, 3), PartialDate(2024, 5, 5), id="month-first"),
        pytest.param("May 28 – June 2, 2024", PartialDate(2024, 5, 28), PartialDate(2024, 6, 2), id="days"),
        pytest.param("05/2019 – 08/2021", PartialDate(2019, 5), PartialDate(2021, 8), id="months-before-years"),
        pytest.param("von 2019 bis 2023", PartialDate(2019), PartialDate(2023), id="german"),
        pytest.param("2019年5月至今", PartialDate(2019, 5), PRESENT, id="chinese"),
        pytest.param("2019 to date", PartialDate(2019), PRESENT, id="to-date"),
        pytest.param("2022 – expected 2026", PartialDate(2022), PartialDate(2026, is_expected=True), id="expected"),
        pytest.param("2022-2026 (expected)", PartialDate(2022), PartialDate(2026, is_expected=True), id="in-brackets"),
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
    goes_on = "if it goes on, write 2019 to present"
    is_open = typed in ("2019 to", "2019–")
    assert caught.value.mistake.hint == ("write one start and one end" if is_long else goes_on if is_open else general)
    assert is_long == (typed.count(" to ") > 1)


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("03/05/2024", "write 2024-05-03 or 2024-03-05"),
        ("12/13/2024", "write 2024-12-13"),
        ("13/12/2024", "write 2024-12-13"),
        ("spring", "add the year, such as spring 2024"),
        ("May", "add the year, such as may 2024"),
        ("May '24", "write the year with four digits"),
        ("SS 24", "write the year with four digits"),
        ("20240503", "write 2024-05-03"),
        ("n/a", "delete the key if there is no date"),
        ("TBD", "delete the key if there is no date"),
        ("Februry 2021", "did you mean 'february 2021'?"),
        ("expcted 2026", "did you mean 'expected 2026'?"),
        ("2019 to presnt", "did you mean 'present'?"),
        ("expected now", "write for example: expected 2026"),
        ("2023, soon", "write 2024, 2024-05, 2024-05-03, spring 2024 or present"),
        ("2023,, 2024", "write 2024, 2024-05, 2024-05-03, spring 2024 or present"),
        ("early 2024", "write 2024, 2024-05, 2024-05-03, spring 2024 or present"),
        ("2023/25", "write 2024, 2024-05, 2024-05-03, spring 2024 or present"),
        ("winter 2023/25", "write 2024, 2024-05, 2024-05-03, spring 2024 or present"),
        ("Q5 2024", "write 2024, 2024-05, 2024-05-03, spring 2024 or present"),
    ],
)
def test_the_hint_says_what_to_write(typed: str, hint: str) -> None:
    with pytest.raises(BadValueError) as caught:
        parse_dates(typed)
    assert caught.value.mistake.hint == hint


PRINTED = [
    ("2021", "2021", "2021年", "2021"),
    ("2021-05", "May 2021", "2021年5月", "Mai 2021"),
    ("2021-05-03", "May 3, 2021", "2021年5月3日", "3. Mai 2021"),
    ("spring 2024", "spring 2024", "2024年春", "Frühjahr 2024"),
    ("fall 2024", "fall 2024", "2024年秋", "Herbst 2024"),
    ("present", "present", "至今", "heute"),
    ("2019 to 2023", "2019 – 2023", "2019年～2023年", "2019 – 2023"),
    ("2019 to 2023-06", "2019 – Jun 2023", "2019年～2023年6月", "2019 – Juni 2023"),
    ("2019-05 to present", "May 2019 – present", "2019年5月至今", "Mai 2019 – heute"),
    ("2021 to 2021", "2021", "2021年", "2021"),
    ("2023-03 to 2023-06", "Mar – Jun 2023", "2023年3月～6月", "März–Juni 2023"),
    ("2024-05-03 to 2024-05-05", "May 3 – 5, 2024", "2024年5月3日～5日", "3.–5. Mai 2024"),
    ("2023-12 to 2024-01", "Dec 2023 – Jan 2024", "2023年12月～2024年1月", "Dez. 2023 – Jan. 2024"),
    ("2023-03 to expected 2023-06", "Mar 2023 – expected Jun 2023", "2023年3月～2023年6月（预计）",
     "März 2023 – voraussichtlich Juni 2023"),
    ("2026 (expected)", "expected 2026", "2026年（预计）", "voraussichtlich 2026"),
    ("from May 2015", "since May 2015", "2015年5月起", "seit Mai 2015"),
    ("bis 2019", "until 2019", "至2019年", "bis 2019"),
    ("2023, 2024 and 2026", "2023, 2024, 2026", "2023年、2024年、2026年", "2023, 2024, 2026"),
    ("2019, 2021–2023", "2019, 2021 – 2023", "2019年、2021年～2023年", "2019, 2021 – 2023"),
    ("Spring and Fall 2023", "spring 2023, fall 2023", "2023年春、2023年秋", "Frühjahr 2023, Herbst 2023"),
    ("May 3, 2024", "May 3, 2024", "2024年5月3日", "3. Mai 2024"),
    ("winter term 2023/24", "winter term 2023/24", "2023/24年冬季学期", "Wintersemester 2023/24"),
    ("Trinity 2023", "Trinity term 2023", "2023年Trinity学期", "Trinity Term 2023"),
    ("2023/24", "2023/24", "2023/24", "2023/24"),
]  # fmt: skip


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
    typed = ["2023", "2023-01", "spring 2023", "2023-05-02", "2023-05-03", "Q3 2023", "2023/24", "WS 2023/24",
             "2023-11", "2024", "expected 2026", "present"]  # fmt: skip
    assert sorted([*typed[3:], *typed[:3]], key=lambda text: parse_end(text).sort_key) == typed


@given(st.dates(min_value=datetime.date(1000, 1, 1)))
def test_every_day_of_the_calendar_is_read_whole(day: datetime.date) -> None:
    assert parse_date(day.isoformat()) == PartialDate(day.year, day.month, day.day)


PIECES = ["2024", "2019", "0000", "9999", "24", "3", "31", "45", "May", "März", "spring", "fall", "term",
          "Q3", "WS", "Michaelmas", "present", "heute", "至今", "since", "until", "expected", "(expected)", "from",
          "to", "and", "of", "de", "年", "月", "日", "г.", ",", ";", "-", "–", "/", ".", " ", "'", "²"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=7), st.sampled_from(["", " "]))
def test_any_text_is_a_date_that_prints_or_is_refused(pieces: list[str], between: str) -> None:
    try:
        dates = parse_dates(between.join(pieces))
    except BadValueError:
        return
    assert all(format_dates(dates, language, load_words(language)) for language in ("en", "zh", "ar"))
    assert dates.sort_key > ((0, 0, 0), (0, 0, 0))


CAREER = """\
basics: {{name: Wei Lin}}
{section}:
{entries}
variants: {{v: {{sections: [{section}: {{sort: {sort}}}]}}}}
"""


def show_dates(folder: Path, section: str, dates: list[str], sort: str = "file") -> list[str]:
    """The dates that are printed of entries with these keys."""
    heading = SECTIONS[section].fields.heading
    entries = "\n".join(f"  - {{{heading}: A{n}, {keys}}}" for n, keys in enumerate(dates))
    (folder / "profile.yaml").write_text(CAREER.format(section=section, entries=entries, sort=sort), "utf-8")
    (shown,) = read_document(folder / "profile.yaml", "v").sections
    return [item.dates for item in shown.items]


@pytest.mark.parametrize("section", ["work", "education", "volunteer", "projects", "service", "teaching", "grants"])
def test_what_has_no_end_is_printed_and_sorted_as_ongoing(tmp_path: Path, section: str) -> None:
    dates = ["start: 2018-03", "start: 2019, end: 2020", "date: since 2015", "start: expected 2027"]
    printed = ["expected 2027", "2019 – 2020"]
    assert show_dates(tmp_path, section, dates, "newest") == ["Mar 2018 – present", "since 2015", *printed]


def test_an_award_with_a_start_alone_does_not_go_on(tmp_path: Path) -> None:
    assert show_dates(tmp_path, "awards", ["start: 2018-03"]) == ["Mar 2018"]


def test_dates_of_every_kind_are_sorted(tmp_path: Path) -> None:
    dates = ["date: until 2019", "date: '2017, 2021, 2024'", "start: 2022, end: Expected 2026", "date: Q3 2023",
             "date: [2012, 2014]", "start: WS 2020/21, end: SS 2022", "date: Michaelmas term 2022"]  # fmt: skip
    newest = ["2022 – expected 2026", "2017, 2021, 2024", "Q3 2023", "Michaelmas term 2022",
              "winter semester 2020/21 – summer semester 2022", "until 2019", "2012, 2014"]  # fmt: skip
    assert show_dates(tmp_path, "education", dates, "newest") == newest
    assert show_dates(tmp_path, "education", dates, "oldest") == newest[::-1]


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("present", ["2020 – present", "2022 – expected 2026", "since 2015"]),
        ("year == 2024", ["2019, 2024", "winter semester 2023/24"]),
        ("start_year == 2019", ["2019, 2024"]),
    ],
)
def test_queries_know_dates_of_every_kind(tmp_path: Path, query: str, listed: list[str]) -> None:
    dates = ["start: 2020", "start: 2022, end: expected 2026", "date: since 2015", "date: '2019, 2024'",
             "date: WS 2023/24", "date: until 2018"]  # fmt: skip
    assert show_dates(tmp_path, "work", dates, f"file, where: {query}") == listed


@pytest.mark.parametrize(
    ("dates", "spans"),
    [
        ("date: Q3 2024", (2024.5, 2024.75)),
        ("date: WS 2023/24", (2023.75, 2024.25)),
        ("date: 2023/24", (2023.67, 2024.67)),
        ("date: '2019, 2023'", (2019, 2024)),
    ],
)
def test_the_gap_rule_knows_the_months_of_a_date(tmp_path: Path, dates: str, spans: tuple[float, float]) -> None:
    career = valid_career(tmp_path, "", f"work: [{{name: A, {dates}}}]")
    _, part = select_document(career, resolve_variant(career, None)).draft.parts
    assert span_of(part) == pytest.approx(spans, abs=0.01)
