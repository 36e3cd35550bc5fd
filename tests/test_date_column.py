"""The column of dates and labels: as wide as its widest text, flush right, with the years of papers; from the PDFs."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import pytest
from pdf import Page, read_pages
from rendering import warm_backend

from cvgen.pipeline.prepare import Request, prepare

CELLS = [
    pytest.param(theme, engine, id=f"{theme}-{engine}", marks=[] if engine == "weasyprint" else [pytest.mark.tex])
    for theme in ("casual", "timeline")
    for engine in ("weasyprint", "xelatex")
]
LABELS = ("Programmiersprachen", "Betriebssysteme", "Go", "Qualitätssicherung")
SKILLS = ", ".join(f"{{name: {label}, keywords: [Python, Rust]}}" for label in LABELS)
PROFILE = f"""\
language: de
basics: {{name: Eva Beispiel}}
work:
  - {{name: Hafen GmbH, position: Entwicklerin, start: 2015-09, end: 2018-02}}
  - {{name: Werft AG, position: Leiterin, start: 2018-03, end: present}}
skills: [{SKILLS}]
bibliography: {{files: [papers.bib]}}
"""
PAPERS = """\
@article{a, author = {Beispiel, Eva}, title = {Of harbours}, journal = {Port}, year = 2024}
@article{b, author = {Beispiel, Eva}, title = {Of ships}, journal = {Port}, year = 2024}
@article{c, author = {Beispiel, Eva}, title = {Of cranes}, journal = {Port}, year = 2021}
"""


@lru_cache(maxsize=4)
def made(theme: str, engine: str, folder: Path) -> Page:
    (folder / "profile.yaml").write_text(PROFILE, "utf-8")
    (folder / "papers.bib").write_text(PAPERS, "utf-8")
    backend = warm_backend(engine)
    (page,) = read_pages(
        backend.compile(prepare(Request(folder / "profile.yaml", None, theme, engine), backend).make_job()).pdf
    )
    return page


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("dates")


@pytest.mark.parametrize(("theme", "engine"), CELLS)
def test_labels_are_flush_right_on_one_line_before_the_text(theme: str, engine: str, folder: Path) -> None:
    page = made(theme, engine, folder)
    labels = [box for box in page.rects if box.text.strip() in LABELS]
    assert len(labels) == len(LABELS), "no label is cut into two lines"
    assert max(box.right for box in labels) - min(box.right for box in labels) < 1
    beside = [box for box in page.rects if box.text.strip().startswith("Python")]
    assert len(beside) == len(LABELS)
    gap = min(box.left for box in beside) - max(box.right for box in labels)
    assert 5 < gap < 20


@pytest.mark.parametrize("engine", ["weasyprint", pytest.param("xelatex", marks=pytest.mark.tex)])
def test_dates_are_on_one_line_and_years_of_papers_beside_them(engine: str, folder: Path) -> None:
    page = made("casual", engine, folder)
    dates = [box for box in page.rects if " – " in box.text and box.right < page.width / 2]
    assert len(dates) == 2
    edge = max(box.right for box in dates)
    text = "".join(char.text for char in page.chars)
    places = [match.end() - 1 for match in re.finditer("2024|2021", text)]
    years = [page.chars[place] for place in places if page.chars[place].box.right < edge + 2]
    assert len(years) == 2, "each year is printed once, at its first paper"
    assert all(char.box.right == pytest.approx(edge, abs=1.5) for char in years)
    assert all(box.right == pytest.approx(edge, abs=1.5) for box in dates)
