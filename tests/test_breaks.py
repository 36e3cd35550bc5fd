"""Where pages end: no head without two lines, no short last page, no half empty page; read back from the PDFs."""

from __future__ import annotations

import re
from contextlib import closing
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from pdf import Page, read_pages, squeeze
from rendering import warm_backend

from cvgen.backends.backend import Layout
from cvgen.fit.last_page import FEWEST
from cvgen.pipeline.fitting import choose_job
from cvgen.pipeline.prepare import prepare
from cvgen.pipeline.request import Request

NAME = "Zoë O'Hara-Núñez"
CELLS = [
    pytest.param(theme, engine, id=f"{theme}-{engine}", marks=[] if engine == "weasyprint" else [pytest.mark.tex])
    for theme, engine in (
        ("classic", "weasyprint"), ("compact", "weasyprint"), ("timeline", "weasyprint"), ("timeline", "xelatex"),
    )
]  # fmt: skip


def long_career() -> str:
    """Forty entries with heads of one to three lines and bullets of one line, talks with twelve bullets, referees."""
    bullets = "highlights: [Line {0} a., Line {0} b., Line {0} c.]"
    work = [f"  - {{name: Head {n}, position: Engineer, date: {2050 - n}, {bullets.format(n)}}}" for n in range(10, 32)]
    texts = "keywords: [Line {0} a], summary: Line {0} b., highlights: [Line {0} c.]"
    projects = [f"  - {{name: Head {n}, date: {2050 - n}, {texts.format(n)}}}" for n in range(32, 50)]
    many = ", ".join(f"Item {letter}." for letter in "abcdefghijklmnopqrst")
    talks = [f"  - {{title: Talk {n}, date: {2070 - n}, highlights: [{many}]}}" for n in range(50, 56)]
    referees = [f"  - {{name: Referee {n}, position: Professor, phone: '+1 {n}'}}" for n in range(60, 84)]
    lists = ["work:", *work, "projects:", *projects, "talks:", *talks, "referees:", *referees]
    return "\n".join([f"basics: {{name: {NAME!r}}}", *lists, ""]).replace("'Zoë O'", "\"Zoë O'")


@lru_cache(maxsize=8)
def render(text: str, theme: str, engine: str, folder: Path) -> tuple[Page, ...]:
    """The pages of a profile, as ``cvgen render`` makes them."""
    (folder / "profile.yaml").write_text(text, "utf-8")
    backend = warm_backend(engine)
    job, _ = choose_job(prepare(Request(folder / "profile.yaml", None, theme, engine), backend), backend)
    return tuple(read_pages(backend.compile(job).pdf))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("breaks")


def lines_of(page: Page) -> list[str]:
    """The lines of a page but its foot."""
    return [line.strip() for line in page.text.splitlines() if line.strip() and NAME + " ·" not in line]


@pytest.mark.parametrize(("theme", "engine"), CELLS)
class TestLongCareer:
    def test_a_head_stays_with_its_first_two_lines(self, theme: str, engine: str, folder: Path) -> None:
        pages = render(long_career(), theme, engine, folder)
        assert len(pages) > 4
        for page in pages:
            heads = re.findall(r"Head (\d+)", page.text)
            assert heads or "Item" in page.text or "Referee" in page.text
            for number in heads:
                assert len(re.findall(rf"Line {number} [ab]", page.text)) == 2, (page.text, number)

    def test_no_page_ends_half_empty(self, theme: str, engine: str, folder: Path) -> None:
        for page in render(long_career(), theme, engine, folder)[:-1]:
            lowest = min(c.box.bottom for c in page.chars if c.text.strip() and c.box.bottom > 50)
            assert lowest < page.height * 0.2, page.text

    def test_from_page_two_on_there_are_name_and_page(self, theme: str, engine: str, folder: Path) -> None:
        pages = render(long_career(), theme, engine, folder)
        feet = [f"{NAME} · {number}/{len(pages)}" for number in range(1, len(pages) + 1)]
        found = [squeeze(foot) in squeeze(page.text) for foot, page in zip(feet, pages, strict=True)]
        assert found == [False] + [True] * (len(pages) - 1)


@pytest.mark.tex
def test_a_heading_stays_with_the_only_line_of_its_section(folder: Path) -> None:
    news = ", ".join(f"{{text: News {n}, date: {2050 - n}}}" for n in range(35))
    short = [f"{name}: [{{{key}: Piece, date: 2020}}]" for name, key in (("talks", "title"), ("grants", "title"))]
    lists = ["basics: {name: Nora Kemp}", f"news: [{news}]", *short,
             "competitions: [{name: Piece, date: 2020}]"]  # fmt: skip
    (folder / "profile.yaml").write_text("\n".join(lists), "utf-8")
    backend = warm_backend("xelatex")
    request = Request(folder / "profile.yaml", None, "timeline", "xelatex", options={"margin_vertical": "14"})
    pages = read_pages(backend.compile(prepare(request, backend).make_job()).pdf)
    heads = [len(re.findall("TALKS|GRANTS|COMPETITIONS", page.text)) for page in pages]
    assert heads == [page.text.count("Piece") for page in pages]


def few_lines(count: int) -> str:
    """Jobs that fill two pages of ``classic``, and ``count`` lines after them."""
    work = [f"  - {{name: Head {n}, date: {2050 - n}, highlights: [A., B., C.]}}" for n in range(10, 32)]
    languages = [f"  - {{language: Language {n}}}" for n in range(count)]
    return "\n".join([f'basics: {{name: "{NAME}"}}', "work:", *work, "languages:", *languages, ""])


def count_last_lines(pages: tuple[Page, ...]) -> int:
    """The number of lines on the last page but its foot."""
    bottoms = sorted(box.bottom for box in pages[-1].rects if box.text.strip() and box.bottom > 50)
    return 1 + sum(after - before > 6 for before, after in pairwise(bottoms))


def make_short(engine: str, folder: Path) -> tuple[str, Layout]:
    """A profile whose last page in ``classic`` would have a few lines only, and its layout at the usual density."""
    backend = warm_backend(engine)
    for count in range(1, 30):
        text = few_lines(count)
        (folder / "profile.yaml").write_text(text, "utf-8")
        job = prepare(Request(folder / "profile.yaml", None, "classic", engine), backend).make_job()
        layout = backend.measure(job)
        if layout.pages > 1 and layout.last_lines < FEWEST:
            return text, layout
    raise AssertionError("no document has a short last page")


@pytest.mark.parametrize("engine", ["weasyprint", pytest.param("xelatex", marks=pytest.mark.tex)])
def test_no_last_page_has_a_few_lines_only(engine: str, folder: Path) -> None:
    text, before = make_short(engine, folder)
    pages = render(text, "classic", engine, folder)
    assert count_last_lines(pages) >= FEWEST
    assert len(pages) <= before.pages


def test_a_density_that_the_person_set_stays(folder: Path) -> None:
    text, before = make_short("weasyprint", folder)
    pages = render(text + "variants: {v: {options: {density: 0}}}\n", "classic", "weasyprint", folder)
    assert (len(pages), count_last_lines(pages)) == (before.pages, before.last_lines)


@pytest.mark.tex
def test_no_page_of_alta_begins_with_the_dashes_between_two_entries(folder: Path) -> None:
    work = [f"  - {{name: Head {n}, date: {2050 - n}, highlights: [A., B.]}}" for n in range(30)]
    text = "\n".join(["basics: {name: Nora Kemp}", "work:", *work, "skills: [{name: C, keywords: [D]}]", ""])
    (folder / "profile.yaml").write_text(text, "utf-8")
    backend = warm_backend("xelatex")
    data = backend.compile(prepare(Request(folder / "profile.yaml", None, "alta", "xelatex"), backend).make_job()).pdf
    with closing(pypdfium2.PdfDocument(data)) as document:
        bitmaps = [page.render(scale=2).to_pil().convert("L") for page in document]
    tops = [max(char.box.top for char in page.chars if char.text.strip()) for page in read_pages(data)]
    assert len(bitmaps) > 1
    for bitmap, top in list(zip(bitmaps, tops, strict=True))[1:]:
        inked = bitmap.point(lambda shade: 255 * (shade < 230)).getbbox()
        assert inked
        assert inked[1] == pytest.approx(bitmap.height - 2 * top, abs=4)


@pytest.mark.parametrize("lines", [38, 39, 40])
def test_no_row_of_timeline_is_cut_by_the_page(folder: Path, lines: int) -> None:
    """A row has its label in a narrow column, which may have more lines than the dates beside it."""
    news = "".join(f"  - {{date: 2020, text: News {n}}}\n" for n in range(lines))
    positions = "[{position: Area chair, date: 2012}, {position: Reviewer, date: 2011}]"
    service = f"  - {{organization: Conference on Careful Robots, positions: {positions}}}\n"
    pages = render(f"basics: {{name: Wei Lin}}\nnews:\n{news}service:\n{service}", "timeline", "weasyprint", folder)
    label, dates = (
        [at for at, page in enumerate(pages) if text in page.text] for text in ("Conference", "(2011 – 2012)")
    )
    assert label == dates != []
