"""A table of papers by role, made from the list: its rows, its columns, and its text on the page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from helpers import read_told, run_cvgen, write_career
from pdf import read_pages, words
from rendering import other_themes, read_document

from cvgen.model.printed import CountTable

BIB = """
@article{one, author = {Lin, Wei and Long, Ada}, title = {One}, journal = {J}, year = 2024, topic = {Clouds}}
@article{two, author = {Long, Ada and Lin, Wei}, author+an = {1=equal; 2=equal,lead,corresponding}, title = {Two},
  journal = {J}, year = 2024, topic = {Rain}}
@article{three, author = {Kemp, Nora and Lin, Wei and Long, Ada}, title = {Three}, journal = {J}, year = 2023,
  topic = {Clouds}}
@book{four, editor = {Lin, Wei}, title = {Four}, publisher = {P}, year = 2020}
"""


def table_of(folder: Path, settings: str, variant: str = "") -> CountTable | None:
    rest = f"variants: {{default: {{{variant}sections: [publications: {{{settings}}}]}}}}\n"
    return read_document(write_career(folder, BIB, rest)).sections[0].table


def rows_of(table: CountTable | None) -> list[str]:
    assert table
    return [" ".join((row.label, *row.counts)) for row in (*table.rows, table.total)]


def test_the_rows_are_topics_and_the_columns_the_roles_that_occur(tmp_path: Path) -> None:
    table = table_of(tmp_path, "count_table: topic")
    assert table
    assert (table.head, *table.columns) == (
        "Topic", "Papers", "First", "Co-first", "Corresponding", "Lead", "Senior", "Editor",
    )  # fmt: skip
    assert rows_of(table) == [
        "Clouds 2 1 – – – – –",
        "Rain 1 – 1 1 1 1 –",
        "Other 1 – – – – – 1",
        "Total 4 1 1 1 1 1 1",
    ]


@pytest.mark.parametrize(
    ("by", "labels"),
    [
        ("year", ["2024", "2023", "2020", "Total"]),
        ("kind", ["Journal articles", "Edited volumes", "Total"]),
        ("venue", ["J", "P", "Total"]),
        ("status", ["Published", "Total"]),
    ],
)
def test_the_rows_may_be_something_else(tmp_path: Path, by: str, labels: list[str]) -> None:
    table = table_of(tmp_path, f"count_table: {by}")
    assert table
    assert [row.label for row in (*table.rows, table.total)] == labels


def test_the_rows_may_be_the_groups_of_the_list_and_the_query_counts(tmp_path: Path) -> None:
    groups = "group_by: [{title: New, where: year > 2023}, {title: Old, where: year < 2000}]"
    assert rows_of(table_of(tmp_path, f"count_table: group, where: first or co_first, {groups}")) == [
        "New 2 1 1 1 1 1",
        "Total 2 1 1 1 1 1",
    ]


def test_only_the_counts_are_printed_where_that_is_asked(tmp_path: Path) -> None:
    rest = "variants: {default: {sections: [publications: {count_table: topic, counts: true, only_counts: true}]}}\n"
    profile = write_career(tmp_path, BIB, rest)
    ran = run_cvgen("render", profile, "-o", tmp_path / "out.pdf", "--report", "json")
    assert ran.code == 0, ran.err
    text = words(read_pages((tmp_path / "out.pdf").read_bytes()))
    assert "3 papers, 1 edited volume" in text
    assert "Three" not in text
    causes = {reason["cause"] for part in json.loads(ran.out)["left_out"] for reason in part["by"]}
    assert causes == {"only_counts"}
    assert "4 of 4 papers are in no list" in ran.err


@pytest.mark.parametrize(
    ("settings", "message", "hint"),
    [
        ("count_table: topics", "unknown value 'topics' for count_table", "did you mean 'topic'?"),
        ("count_table: group", "'count_table: group' needs groups", "add group_by, or write one of:"),
        ("only_counts: true", "'only_counts' leaves nothing to print", "add counts: true or count_table: topic"),
    ],
)
def test_a_setting_that_makes_no_table_is_an_error(tmp_path: Path, settings: str, message: str, hint: str) -> None:
    rest = f"variants: {{default: {{sections: [publications: {{{settings}}}]}}}}\n"
    ran = run_cvgen("render", write_career(tmp_path, BIB, rest), "-o", tmp_path / "out.pdf")
    (told,) = [one for one in read_told(ran.err) if one.severity == "error"]
    assert (ran.code, told.message) == (2, message)
    assert told.hint.startswith(hint.removesuffix("one of:"))


def check(folder: Path, *options: str) -> None:
    sections = "[{publications: {count_table: topic}}, {publications: {title: Again, count_table: year}}]"
    rest = (
        f"variants:\n  default: {{sections: {sections}}}\n"
        "  ar: {language: ar, sections: [publications: {count_table: kind}]}\n"
        "  ja: {language: ja, sections: [publications: {count_table: topic}]}\n"
    )
    ran = run_cvgen("check", write_career(folder, BIB, rest), *options)
    assert ran.code == 0, ran.out


def test_every_theme_prints_the_table(tmp_path: Path) -> None:
    check(tmp_path, "-v", "default", *other_themes())
    check(tmp_path, "-v", "ar", "-v", "ja", "-t", "classic", "-t", "modern")


@pytest.mark.tex
def test_latex_prints_the_table(tmp_path: Path) -> None:
    check(tmp_path, "-v", "default", "-t", "classic", "-t", "modern", "-e", "xelatex")


@pytest.mark.tex
def test_a_table_runs_from_right_to_left_with_its_document(tmp_path: Path) -> None:
    check(tmp_path, "-v", "ar", "-t", "classic", "-e", "lualatex")
