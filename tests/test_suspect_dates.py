"""Years that are probably mistyped are warnings, wherever a profile is rendered or checked; others are not."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from helpers import run_cvgen

NOW = datetime.now(UTC).year
ODD = "is probably not the year that you mean"
AHEAD = "goes on to the present, but starts later than today"


def warnings_of(tmp_path: Path, entry: str, *, epoch: str | None = None) -> list[str]:
    """The lines of stderr that are warnings for a profile with ``entry`` on its third line."""
    profile = tmp_path / "profile.yaml"
    profile.write_text(f"basics: {{name: Rosa Lindqvist}}\nwork:\n  - {{{entry}}}\n", "utf-8")
    ran = run_cvgen("render", profile, "-f", "html", "-o", tmp_path / "cv.html", env={"SOURCE_DATE_EPOCH": epoch})
    assert ran.code == 0
    return [line for line in ran.err.splitlines() if "warning" in line]


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        ("start: 2202-02, end: present", f"2202 {ODD}"),
        ("start: 1019-06, end: 2021-05", f"1019 {ODD}"),
        ("start: 2016-06, end: 2091-05", f"2091 {ODD}"),
        ("date: 2016 - 2091", f"2091 {ODD}"),
        (f"start: {NOW + 2}-01, end: present", AHEAD),
        (f"date: {NOW + 2} - present", AHEAD),
        (f"start: {NOW + 2}-05", AHEAD),
    ],
)
def test_a_date_that_cannot_be_is_a_warning_at_its_place(tmp_path: Path, dates: str, said: str) -> None:
    entry = f"name: Halyard, position: Engineer, {dates}"
    (line,) = warnings_of(tmp_path, entry)
    assert said in line
    assert ":3:" in line


@pytest.mark.parametrize(
    "dates",
    [
        "start: 1961-06, end: 1999-05",
        f"start: {NOW - 1}, end: {NOW + 4}",
        f"start: {NOW - 1}, end: expected {NOW + 2}",
        f"start: {NOW + 1}-02, end: {NOW + 3}",
        f"start: {NOW}, end: present",
        f"date: {NOW + 1}-03",
        f"start: expected {NOW + 1}-03",
        "date: '2001, 2016, 2023'",
    ],
)
def test_a_date_that_can_be_is_not(tmp_path: Path, dates: str) -> None:
    assert warnings_of(tmp_path, f"name: Halyard, position: Engineer, {dates}") == []


def test_positions_and_sections_of_ones_own_are_looked_at(tmp_path: Path) -> None:
    positions = "name: Halyard, positions: [{position: A, date: 2014}, {position: B, start: 2002, end: 2200}]"
    (line,) = warnings_of(tmp_path, positions)
    assert f"2200 {ODD}" in line
    profile = tmp_path / "profile.yaml"
    profile.write_text(
        "basics: {name: Rosa}\nsections: {clubs: {title: Clubs, entries: [{title: Chess, date: 1019}]}}\n", "utf-8"
    )
    ran = run_cvgen("check", profile)
    assert f"1019 {ODD}" in ran.out + ran.err


def test_papers_of_the_past_are_no_mistake(tmp_path: Path) -> None:
    bib = tmp_path / "papers.bib"
    entries = "".join(
        f"@book{{k{year}, author={{Lindqvist, Rosa}}, title={{Of {year}}}, year={{{year}}}}}\n"
        for year in (1687, 1019, NOW + 1, 2202)
    )
    bib.write_text(entries, "utf-8")
    profile = tmp_path / "profile.yaml"
    profile.write_text(f"basics: {{name: Rosa Lindqvist}}\nbibliography: {{files: [{bib.name}]}}\n", "utf-8")
    ran = run_cvgen("render", profile, "-f", "html", "-o", tmp_path / "cv.html", env={"SOURCE_DATE_EPOCH": None})
    lines = [line for line in ran.err.splitlines() if ODD in line]
    assert ["1019" in line or "2202" in line for line in lines] == [True, True]
    assert [f"papers.bib:{number}:" in ran.err for number in (2, 4)] == [True, True]


def test_a_time_to_print_does_not_say_when_now_is(tmp_path: Path) -> None:
    entry = f"name: Halyard, position: Engineer, start: {NOW - 1}, end: present"
    assert warnings_of(tmp_path, entry, epoch="0") == []
    (line,) = warnings_of(tmp_path, "name: Halyard, position: Engineer, start: 2202, end: present", epoch="0")
    assert ODD in line
