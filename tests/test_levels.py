"""Levels of skills and languages: always in words, and drawn where a theme's option asks for it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from helpers import INSTALLED_FONTS, about, run_cvgen
from pdf import words
from rendering import ENGINES, read_document, render_pdf, theme_cells

from cvgen.pipeline.request import Request
from cvgen.select.skill_levels import read_level
from cvgen.select.suspect_values import find_suspect_values
from cvgen.select.variant import resolve_variant
from cvgen.sources.career import read_career

PROFILE = """
basics: {name: Rosa Lindqvist}
skills:
  - {name: Python, level: Expert, keywords: [numpy]}
  - {name: Rust, level: 3/5}
  - {name: Go, level: Rather good}
languages: [{language: German, fluency: Fluent (C1)}]
awards:
  - {title: First prize, awarder: Halyard, date: 2020, url: https://example.org/first}
  - {title: "A [second](https://example.org/second) prize", date: 2021}
"""


@pytest.mark.parametrize(
    ("words_", "steps"),
    [
        ("4/5", (4, 5)),
        ("7 / 10", (7, 10)),
        ("2 of 3", (2, 3)),
        ("80 %", (4, 5)),
        ("150/200", (4, 5)),
        ("1/100", (1, 5)),
        ("Expert", (5, 5)),
        ("advanced, in daily use", (4, 5)),
        ("Native speaker", (5, 5)),
        ("Fluent (C1)", (5, 6)),
        ("A1", (1, 6)),
        ("Muttersprache", (5, 5)),
        ("母语", (5, 5)),
        ("精通多年", (5, 5)),
        ("expertise in it", (0, 0)),
        ("good enough", (0, 0)),
        ("6/5", (0, 0)),
        ("4", (0, 0)),
        ("", (0, 0)),
    ],
)
def test_words_and_numbers_are_steps_of_a_scale(words_: str, steps: tuple[int, int]) -> None:
    assert tuple(read_level(words_)) == steps


@pytest.mark.parametrize(
    ("fluency", "filled"),
    [("native", 6), ("fluent", 5), ("intermediate", 4), ("elementary", 2), ("beginner", 1), ("C1", 5)],
)
def test_all_languages_have_the_steps_of_the_cefr(tmp_path: Path, fluency: str, filled: int) -> None:
    profile = tmp_path / "profile.yaml"
    profile.write_text(f"basics: {{name: Wei Lin}}\nlanguages: [{{language: X, fluency: {fluency}}}]\n")
    (item,) = read_document(profile).sections[0].items
    assert (item.level_filled, item.level_total) == (filled, 6)


@pytest.mark.parametrize("typed", ["4", "6/5", "0/5", "120 %"])
def test_a_number_that_says_nothing_is_a_warning(tmp_path: Path, typed: str) -> None:
    profile = tmp_path / "profile.yaml"
    profile.write_text(f"basics: {{name: Rosa}}\nskills: [{{name: Go, level: {typed}}}]\n", "utf-8")
    career = read_career(profile).career
    assert career
    (problem,) = about(find_suspect_values(career, resolve_variant(career, None)), repr(typed), "4/5")
    assert problem.location
    assert (problem.location.line, problem.severity.value) == (2, "warning")


def test_templates_have_the_level_of_an_item_as_words_and_steps(tmp_path: Path) -> None:
    profile = tmp_path / "profile.yaml"
    profile.write_text(PROFILE, "utf-8")
    items = [item for section in read_document(profile).sections if section.name != "awards" for item in section.items]
    assert [(str(item.level), item.level_filled, item.level_total) for item in items] == [
        ("Expert", 5, 5),
        ("3/5", 3, 5),
        ("Rather good", 0, 0),
        ("Fluent (C1)", 5, 6),
    ]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("theme", "levels"), [("timeline", "dots"), ("modern", "bars")])
def test_a_drawn_level_leaves_the_text_as_it_is(tmp_path: Path, theme: str, levels: str, engine: str) -> None:
    profile = tmp_path / "profile.yaml"
    profile.write_text(PROFILE, "utf-8")
    plain, drawn = (
        render_pdf(Request(profile, None, theme, engine, options={"levels": choice}), tmp_path)
        for choice in ("words", levels)
    )
    assert words(drawn.pages) == words(plain.pages)
    assert len(drawn.pdf) != len(plain.pdf)


@pytest.mark.parametrize(("theme", "engine"), theme_cells("weasyprint"))
def test_links_in_lists_with_dates_look_like_links(tmp_path: Path, theme: str, engine: str) -> None:
    """The rule that gives links their colour covers those inside the words too."""
    del engine
    profile, page = tmp_path / "profile.yaml", tmp_path / "cv.html"
    profile.write_text(PROFILE, "utf-8")
    ran = run_cvgen("render", profile, "-t", theme, "-f", "html", "-o", page, *INSTALLED_FONTS)
    assert ran.code == 0, ran.err
    html = page.read_text("utf-8")
    assert re.search(r"^section a\S*, \.link\S* \{ color: #[0-9a-f]{6}", html, re.MULTILINE)
    inside = r'href="https://example.org/second">second( \(example.org/second\))?</a>'
    assert re.search(f"<section[^>]*section-awards.*{inside}", html, re.DOTALL)
