"""The place of a problem is that of the value it is about, also behind items of a list that are empty or faulty."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers import INSTALLED_FONTS, line_of, read_told, run_cvgen

BASICS = "basics: {name: Wei Lin}\n"


def tell(folder: Path, text: str) -> list[tuple[int, str]]:
    """The line and the message of every problem in a profile."""
    (folder / "profile.yaml").write_text(text, "utf-8")
    ran = run_cvgen(
        "render", folder / "profile.yaml", "-o", folder / "cv.html", "-f", "html", "--all-problems", *INSTALLED_FONTS
    )
    assert ran.code == 2
    return [(int(told.place.split(":")[1]), told.message) for told in read_told(ran.err) if told.place]


FAULTY = ["- {nmae: A}", "- {name: A, start: soon}", "- {position: A}", "- text", "-", "- null", "- {}",
          "- {name: A, start: 2021, end: 2020}", "- {name: A, start: 2021-13, end: 2020-13}"]  # fmt: skip


@pytest.mark.parametrize("faulty", FAULTY)
def test_an_entry_behind_a_faulty_one_is_told_at_its_line_and_number(tmp_path: Path, faulty: str) -> None:
    text = f"{BASICS}work:\n  {faulty}\n  - {{name: B, start: 2022, end: 2021}}\n  - {{name: C, url: nowhere}}\n"
    told = tell(tmp_path, text)
    assert (line_of(text, "name: B"), "entry 2 of work ends before it starts") in told
    assert (line_of(text, "name: C"), "'nowhere' is not a link") in told


@pytest.mark.parametrize("faulty", FAULTY)
def test_a_later_step_tells_its_problems_at_the_lines_of_the_file(tmp_path: Path, faulty: str) -> None:
    """Names of pictures, variants' sections, queries and orders are checked once the schema has accepted the rest."""
    text = (
        f"{BASICS}work:\n  {faulty}\n  - {{name: B}}\n"
        "bibliography:\n  files:\n    -\n    - {a: b}\n    - nothere.bib\n"
        "variants:\n  default:\n    sections:\n"
        "      - nosuch: {bogus: 1}\n      -\n      - work: {sort: upwards}\n      - awards: {where: 'nope > 1'}\n"
        "      - publications: {group_by: [{title: A}, {title: B, where: wrong}]}\n"
    )
    told = tell(tmp_path, text)
    for words, message in (
        ("nothere", "nothere.bib"),
        ("upwards", "entries cannot be sorted by 'upwards'"),
        ("nope", "unknown name 'nope'"),
        ("wrong", "unknown name 'wrong'"),
    ):
        lines = [line for line, said in told if message in said]
        assert lines == [line_of(text, words)], (words, told)


def test_entries_of_an_own_section_behind_a_faulty_one(tmp_path: Path) -> None:
    text = (
        f"{BASICS}sections:\n  mine:\n    title: M\n    entries:\n      -\n      - {{titel: a}}\n"
        "      - {title: ok, start: soon}\n      - {title: b, start: 2021, end: 2020}\n"
    )
    assert tell(tmp_path, text) == [
        (line_of(text, "titel"), "unknown key 'titel'"),
        (line_of(text, "soon"), "'soon' is not a date"),
        (line_of(text, "title: b"), "entry 4 of sections.mine.entries ends before it starts"),
    ]


def test_bullets_behind_faulty_ones(tmp_path: Path) -> None:
    text = (
        f"{BASICS}work:\n  - name: A\n    highlights:\n      - {{txet: a}}\n      -\n      - [b]\n"
        "      - {text: c, priority: high}\n      - d\n      - {text: e, highlights: [{text: f, pin: maybe}]}\n"
    )
    lines = [line for line, _ in tell(tmp_path, text)]
    assert lines == [line_of(text, words) for words in ("txet", "[b]", "high}", "maybe")]


def test_a_report_names_the_lines_of_the_file(tmp_path: Path) -> None:
    """Parts that are read have the places they have in the file, also behind empty items."""
    text = (
        f"{BASICS}work:\n  -\n  - {{name: A}}\n  - null\n  - {{name: B, tags: [x]}}\nvariants: {{v: {{tags: [y]}}}}\n"
    )
    (tmp_path / "profile.yaml").write_text(text, "utf-8")
    ran = run_cvgen("render", tmp_path / "profile.yaml", "-v", "v", "-o", tmp_path / "cv.pdf", "--report")
    assert ran.code == 0, ran.err
    assert f"profile.yaml:{line_of(text, 'name: B')}:" in ran.out
