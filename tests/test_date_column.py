"""The column of dates and labels: as wide as its widest text, flush right, with the years of papers; from the PDFs."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import pytest
from pdf import Page, read_pages
from rendering import warm_backend

from cvgen.pipeline.prepare import prepare
from cvgen.pipeline.request import Request

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
    dates = ends(page, r"Feb\. ?2018|heute")
    years = [right for right in ends(page, "2024|2021") if right < page.width * 0.31]
    assert len(dates) == 2
    assert len(years) == 2, "each year is printed once, at its first paper"
    assert max(dates + years) - min(dates + years) < 1.5
    starts = [box.bottom for box in page.rects if "2015" in box.text or "Feb." in box.text]
    assert max(starts) - min(starts) < 2, "a range of dates is on one line"


def ends(page: Page, pattern: str) -> list[float]:
    """The right edge of each text like ``pattern``."""
    text = "".join(char.text for char in page.chars)
    return [page.chars[match.end() - 1].box.right for match in re.finditer(pattern, text)]


def test_years_of_papers_are_in_the_column_at_the_right_in_a_document_from_right_to_left(folder: Path) -> None:
    (folder / "papers.bib").write_text(PAPERS, "utf-8")
    (folder / "ar.yaml").write_text("language: ar\n" + PROFILE.partition("\n")[2], "utf-8")
    backend = warm_backend("weasyprint")
    (page,) = read_pages(
        backend.compile(prepare(Request(folder / "ar.yaml", None, "casual", "weasyprint"), backend).make_job()).pdf
    )
    years = [box for box in page.rects if box.text.strip() in ("2024", "2021") and box.left > page.width * 0.7]
    titles = [box for box in page.rects if box.text.strip() in ("Of harbours", "Of cranes")]
    assert len(years) == 2
    assert [box.bottom for box in years] == pytest.approx([box.bottom for box in titles], abs=3)
