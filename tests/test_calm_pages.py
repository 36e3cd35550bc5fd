"""White space in full pages: entries stay apart, and short lists become one line before anything is left out."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest
from pdf import Page, read_pages
from rendering import RUN_ONCE, render_pdf, theme_cells, warm_backend

from cvgen.pipeline.fitting import Fitting, fit_document
from cvgen.pipeline.prepare import prepare
from cvgen.pipeline.request import Request

ENGINES = ["weasyprint", pytest.param("xelatex", marks=pytest.mark.tex)]
COUNT = 18
"""So many jobs fit on a page only with each list in one line."""
DISTANT = frozenset({"alta", "ats", "awesome", "casual"})
"""Themes whose entries are further apart, or whose headings are large."""
LISTS = """\
languages: [{language: English, fluency: native}, {language: Igbo, fluency: native}, {language: Dutch, fluency: B2}]
certificates: [{name: Sailing licence, date: 2020}, {name: First aid, date: 2021}]
"""


def profile(count: int) -> str:
    bullets = "highlights: [Bullet {0} a., Bullet {0} b.]"
    jobs = [
        f"  - {{name: Employer {n}, position: Engineer, date: {2040 - n}, {bullets.format(n)}}}\n" for n in range(count)
    ]
    return "basics: {name: Nora Kemp}\nwork:\n" + "".join(jobs) + LISTS


@lru_cache(maxsize=8)
def fit(count: int, engine: str, folder: Path) -> tuple[Fitting, Page]:
    (folder / "profile.yaml").write_text(profile(count), "utf-8")
    backend = warm_backend(engine)
    fitting = fit_document(
        prepare(Request(folder / "profile.yaml", None, "compact", engine, pages=1), backend), backend
    )
    (page,) = read_pages(backend.compile(fitting.job).pdf)
    return fitting, page


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("calm")


def bottom(page: Page, text: str) -> float:
    return next(box.bottom for box in page.rects if text in box.text)


@pytest.mark.parametrize("engine", ENGINES)
def test_entries_are_apart_until_the_lines_are_as_close_as_the_theme_allows(engine: str, folder: Path) -> None:
    fitting, page = fit(12, engine, folder)
    options = fitting.job.options
    line = float(str(options["size"])) * float(str(options["leading"]))
    assert float(str(options["density"])) < 1
    apart = bottom(page, "Bullet 3 b") - bottom(page, "Employer 4") - line
    assert apart >= 0.55 * line


@pytest.mark.parametrize("engine", ENGINES)
def test_short_lists_become_one_line_before_anything_is_left_out(engine: str, folder: Path) -> None:
    fitting, page = fit(COUNT, engine, folder)
    assert not fitting.fitted.cut.hidden
    assert bottom(page, "English") == pytest.approx(bottom(page, "Dutch"), abs=2)
    assert bottom(page, "Sailing") == pytest.approx(bottom(page, "First aid"), abs=2)


def list_lines(page: Page) -> list[tuple[str, float, float]]:
    """The lines of a page in the order of the file: their letters, where they end above and where below."""
    lines: list[tuple[str, float, float]] = []
    for char in page.chars:
        text, top, bottom = lines[-1] if lines else ("", 0.0, 0.0)
        if bottom < (char.box.top + char.box.bottom) / 2 < top:
            lines[-1] = text + char.text.strip(), max(top, char.box.top), min(bottom, char.box.bottom)
        elif char.text.strip():
            lines.append((char.text, char.box.top, char.box.bottom))
    return lines


def gap_before(page: Page, words: str) -> float:
    """The space between the line that has ``words`` and the line before it."""
    lines = list_lines(page)
    place = next(number for number, (text, *_) in enumerate(lines) if words in text.casefold())
    return lines[place - 1][2] - lines[place][1]


DENSE = [
    pytest.param(*cell.values, density, id=f"{cell.id}-{density}", marks=cell.marks)
    for cell in theme_cells("weasyprint", "xelatex", variations=True)
    for density in ("0.9", "1")
    if cell.values[0] != "homepage"
    and (cell.values[0] == "casual" or density == "0.9")
    and (cell.values[0] in DISTANT or cell.values[1] == "weasyprint")
]


@pytest.mark.parametrize(("theme", "engine", "density"), DENSE)
def test_a_heading_has_more_room_than_an_entry(theme: str, engine: str, density: str, tmp_path: Path) -> None:
    below = "projects: [{name: Weir, date: 2020, highlights: [Sagging g.]}]\n"
    (tmp_path / "profile.yaml").write_text(profile(3).replace(" b.]", " g.]") + below, "utf-8")
    options = {"density": density, **RUN_ONCE}
    (page,) = render_pdf(Request(tmp_path / "profile.yaml", None, theme, engine, options=options), tmp_path).pages
    assert gap_before(page, "projects") > 1.25 * gap_before(page, "employer1") > 0


@pytest.mark.tex
def test_through_latex_the_gaps_of_a_fitted_page_share_the_space_that_is_left(tmp_path: Path) -> None:
    (tmp_path / "profile.yaml").write_text(profile(COUNT), "utf-8")
    backend = warm_backend("xelatex")
    job = fit_document(
        prepare(Request(tmp_path / "profile.yaml", None, "awesome", "xelatex", pages=1), backend), backend
    ).job
    pages = [read_pages(backend.compile(one).pdf) for one in (job, replace(job, metadata={}))]
    stretched, plain = (min(box.bottom for box in made[0].rects if box.text.strip()) for made in pages)
    assert [len(made) for made in pages] == [1, 1]
    assert stretched < plain - 5
