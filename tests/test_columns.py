"""Two columns in ``modern``: where the side bar and its tint end, and what is as wide as the page; from the PDFs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pypdfium2
import pytest
from helpers import run_cvgen
from pdf import Page, is_foot, read_pages
from PIL import Image
from rendering import warm_backend

from cvgen.pipeline.prepare import prepare
from cvgen.pipeline.request import Request

ENGINES = ["weasyprint", pytest.param("xelatex", marks=pytest.mark.tex)]
TINT, WHITE = (0xEE, 0xF3, 0xF5), (255, 255, 255)
MARGIN = 12 * 72 / 25.4


def jobs(count: int) -> str:
    bullets = ", ".join(
        f"{word} the reports that forty people wrote by hand before every audit." for word in ("A", "B")
    )
    each = [
        f"  - {{name: Employer {n}, position: Engineer, date: {2050 - n}, highlights: [{bullets}]}}"
        for n in range(count)
    ]
    return "\n".join(["work:", *each])


def skills(count: int) -> str:
    each = [f"  - {{name: Skill {n}, keywords: [Python, Terraform, Kubernetes]}}" for n in range(count)]
    return "\n".join(["skills:", *each])


def languages(count: int) -> str:
    return "\n".join(["languages:", *(f"  - {{language: Tongue {n}}}" for n in range(count))])


TALKS = (
    "talks: [{title: What simulation can skip, event: A congress with a name, date: 2020}, {title: Errors, date: 2019}]"
)
CASES = {
    "much-beside-little": [jobs(26), skills(3)],
    "little-beside-much": [jobs(3), skills(40)],
    "wide-below": [jobs(4), skills(6), TALKS],
    "side-bar-ends-with-the-page": [jobs(1), languages(43), TALKS],
}


@dataclass(frozen=True)
class Made:
    pages: list[Page]
    colors: list[tuple[tuple[int, ...], tuple[int, ...]]]
    """For each page the colour at its right edge, in the middle and at the foot."""
    edges: list[set[int]]
    """For each page the pixels at which its tint begins, in the rows of its lower two thirds."""


@lru_cache(maxsize=8)
def made(case: str, engine: str, folder: Path) -> Made:
    text = "\n".join(["basics: {name: Nora Kemp}", *CASES[case], ""])
    (folder / "profile.yaml").write_text(text, "utf-8")
    backend = warm_backend(engine)
    options = {"wide": "talks"}
    request = Request(folder / "profile.yaml", None, "modern", engine, options=options)
    pdf = backend.compile(prepare(request, backend).make_job()).pdf
    with pypdfium2.PdfDocument(pdf) as document:
        pictures = [page.render(scale=0.5).to_pil().convert("RGB") for page in document]
    colors = [
        tuple(picture.getpixel((picture.width - 4, round(picture.height * y))) for y in (0.5, 0.99))
        for picture in pictures
    ]
    edges = [{find_tint(picture, row) for row in range(picture.height // 3, picture.height)} for picture in pictures]
    return Made(read_pages(pdf), [(one, other) for one, other in colors], edges)


def find_tint(picture: Image.Image, row: int) -> int:
    """The first pixel of ``row`` in the colour of the side bar."""
    return next((x for x in range(picture.width) if picture.getpixel((x, row)) == TINT), picture.width)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("columns")


def rightmost(page: Page) -> float:
    """How far to the right the text of a page goes."""
    return max(box.right for box in page.rects if box.text.strip() and not is_foot(box.text))


@pytest.mark.parametrize("engine", ENGINES)
def test_after_the_side_bar_the_text_has_the_width_of_the_page(engine: str, folder: Path) -> None:
    result = made("much-beside-little", engine, folder)
    assert len(result.pages) > 2
    assert result.colors[0] == (TINT, TINT), "the tint goes on to the foot of the page"
    for page, colors in list(zip(result.pages, result.colors, strict=True))[1:]:
        assert colors == (WHITE, WHITE)
        dates = [box for box in page.rects if box.text.strip().isdigit() and len(box.text.strip()) == 4]
        assert dates
        assert min(box.right for box in dates[1:]) == pytest.approx(page.width - MARGIN, abs=2)


@pytest.mark.parametrize("engine", ENGINES)
def test_the_side_bar_goes_on_while_it_has_content(engine: str, folder: Path) -> None:
    result = made("little-beside-much", engine, folder)
    assert len(result.pages) > 1
    assert set(result.colors) == {(TINT, TINT)}
    assert all("Skill" in page.text for page in result.pages)
    if engine == "weasyprint":
        assert [len(edges) for edges in result.edges] == [1] * len(result.pages), "the tint has one edge"


@pytest.mark.parametrize("engine", ENGINES)
def test_wide_sections_follow_below_on_the_same_page(engine: str, folder: Path) -> None:
    result = made("wide-below", engine, folder)
    (page,) = result.pages
    assert result.colors == [(TINT, WHITE)] or result.colors == [(WHITE, WHITE)]
    (date,) = [box for box in page.rects if box.text.strip() == "2019"]
    assert date.right == pytest.approx(page.width - MARGIN, abs=2)
    skills = [box for box in page.rects if box.text.startswith("Skill")]
    assert date.top < min(box.bottom for box in skills)


def test_a_side_bar_that_ends_with_the_page_leaves_the_columns_on_it(folder: Path) -> None:
    first, *_ = made("side-bar-ends-with-the-page", "weasyprint", folder).pages
    assert "Employer 0" in first.text
    assert "Tongue 42" in first.text


@pytest.mark.parametrize("engine", ENGINES)
def test_the_space_beside_the_text_of_the_side_bar_is_the_same_on_both_sides(engine: str, folder: Path) -> None:
    result = made("little-beside-much", engine, folder)
    page = result.pages[1]
    left = min(box.left for box in page.rects if box.text.startswith("Skill"))
    width = page.width - 2 * MARGIN
    assert left == pytest.approx(page.width - MARGIN - 0.27 * width, abs=2)


@pytest.mark.parametrize(
    ("projects", "options", "is_beside"),
    [
        pytest.param("[{name: Sluice, summary: A queue.}]", {}, False, id="short"),
        pytest.param("[{name: Sluice, highlights: [Built a queue.]}]", {}, True, id="with-bullets"),
        pytest.param("[{name: Sluice, summary: A queue.}]", {"sidebar": ""}, True, id="no-side-bar"),
        pytest.param("[{name: Sluice, summary: A queue.}]", {"sidebar_short": ""}, True, id="not-wanted"),
    ],
)
def test_short_projects_of_alta_are_in_the_side_bar(
    tmp_path: Path, projects: str, options: dict[str, str], is_beside: bool
) -> None:
    lines = ["basics: {name: Wei Lin}", jobs(2), skills(2), f"projects: {projects}", ""]
    (tmp_path / "profile.yaml").write_text("\n".join(lines), "utf-8")
    backend = warm_backend("weasyprint")
    request = Request(tmp_path / "profile.yaml", None, "alta", options=options)
    (page,) = read_pages(backend.compile(prepare(request, backend).make_job()).pdf)
    (title,) = [word for word in page.rects if "PROJECTS" in word.text.upper()]
    assert (title.left < page.width / 2) is is_beside


def test_names_in_the_side_bar_that_the_text_beside_it_also_has_are_no_findings(tmp_path: Path) -> None:
    """On the second page the events come before the groups of the same names."""
    events = ", ".join(f"{{title: Queues and {n}, event: Skill {n} days, date: 2020}}" for n in range(15, 28))
    lines = ["basics: {name: Wei Lin}", jobs(9), f"talks: [{events}]", skills(28), languages(2), ""]
    (tmp_path / "profile.yaml").write_text("\n".join(lines), "utf-8")
    ran = run_cvgen("check", tmp_path / "profile.yaml", "-t", "alta", "-e", "weasyprint", "--format", "json")
    (cell,) = json.loads(ran.out)["cells"]
    assert cell["pages"] == 2
    assert "later column" not in ran.out
