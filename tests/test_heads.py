"""Heads: contacts in even rows, names and titles in even lines, the photo beside them; and small things in the text."""

from __future__ import annotations

import ctypes
import shutil
import tempfile
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from pdf import Box, Page, squeeze
from rendering import FIXTURES, Rendered, render_pdf

from cvgen.backends.head_layout import break_evenly, break_text
from cvgen.model.inline import rich
from cvgen.pipeline.request import Request

ENGINES = ["weasyprint", pytest.param("xelatex", marks=pytest.mark.tex)]
HEAD = """\
basics:
  name: Konstantin-Alexander Petrow
  native_name: 康斯坦丁
  label: Professor of Computational Materials Science and Director of the Centre for Sustainable Manufacturing
  email: wei.lin@example.org
  url: https://example.org/wei-lin
  image: portrait.png
  location: {city: Hong Kong}
  profiles: [{network: github, username: wei-lin-example}, {network: orcid, username: 0000-0002-1825-0097}]
education:
  - {institution: Lantau, url: "https://example.org", study_type: PhD, area: Physics, score: Rank 1/56, start: 2022}
projects: [{name: sluice, date: 2024, summary: "A queue of $x^2$, see [its pages](https://example.org/s)"}]
"""
"""Five contacts that do not fit on one line beside the photo."""
CONTACTS = ["Hong Kong", "wei.lin@example.org", "example.org/wei-lin", "wei-lin-example", "0000-0002-1825-0097"]


@lru_cache(maxsize=4)
def made(theme: str, engine: str, head: str = HEAD) -> Rendered:
    folder = Path(tempfile.mkdtemp(prefix="cvgen-heads-"))
    shutil.copy(FIXTURES / "matrix" / "portrait.png", folder)
    (folder / "cv.yaml").write_text(head, "utf-8")
    return render_pdf(Request(folder / "cv.yaml", None, theme, engine), folder)


def find(page: Page, text: str) -> Box:
    """The box of the letters of ``text``."""
    letters = [char for char in page.chars if char.text.strip()]
    start = "".join(char.text for char in letters).index(squeeze(text))
    boxes = [char.box for char in letters[start : start + len(squeeze(text))]]
    ends = zip(*((box.left, -box.bottom, -box.right, box.top) for box in boxes), strict=True)
    left, bottom, right, top = (function(values) for function, values in zip((min, max, min, max), ends, strict=True))
    return Box(left, -bottom, -right, top, text)


def color_of(made: Rendered, text: str) -> str:
    """The colour of the first letter of ``text``, where it is first printed."""
    with pypdfium2.PdfDocument(made.pdf) as document:
        page = document[0].get_textpage()
        at = page.search(text).get_next()
        assert at is not None
        values = [ctypes.c_uint() for _ in range(4)]
        pypdfium2.raw.FPDFText_GetFillColor(page, at[0], *values)
        return "#" + "".join(f"{value.value:02x}" for value in values[:3])


@pytest.mark.parametrize(
    ("widths", "room", "rows"),
    [
        pytest.param([], 100, [0], id="none"),
        pytest.param([20] * 6, 124, [0, 3, 6], id="three-and-three-for-five-and-one"),
        pytest.param([20] * 6, 200, [0, 6], id="one-row-if-they-fit"),
        pytest.param([80, 60, 10, 10], 100, [0, 1, 4], id="a-long-one-may-be-alone"),
        pytest.param([30, 30, 30, 10], 100, [0, 2, 4], id="two-and-two-for-three-and-one"),
        pytest.param([300, 10, 10], 100, [0, 1, 3], id="wider-than-a-line"),
    ],
)
def test_rows_are_few_and_even(widths: list[float], room: float, rows: list[int]) -> None:
    assert break_evenly(widths, 5, room) == rows


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Director of the Centre for Materials Science", ["Director of the Centre ", "for Materials Science"]),
        ("Engineer", ["Engineer"]),
        (f"{'Überwachung' * 4} (part-time)", [f"{'Überwachung' * 4} (part-time)"]),
        ("", [""]),
    ],
)
def test_a_long_title_is_broken_between_words_into_even_lines(text: str, lines: list[str]) -> None:
    assert [str(line) for line in break_text(rich(text), 40, len)] == lines


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("theme", ["classic", "casual"])
def test_contacts_are_in_even_rows_with_a_separator(theme: str, engine: str) -> None:
    (page,) = made(theme, engine).pages
    boxes = [find(page, contact) for contact in CONTACTS]
    assert [abs(one.bottom - next_.bottom) > 6 for one, next_ in pairwise(boxes)] == [False, False, True, False]
    assert page.text.count("·") == 3
    assert not [line for line in page.text.splitlines() if line.rstrip().endswith("·")]
    assert max(box.right for box in boxes) < page.width - 24 * 72 / 25.4


@pytest.mark.parametrize("engine", ENGINES)
def test_a_name_beside_a_photo_is_in_the_middle_of_the_page_and_the_native_name_whole(engine: str) -> None:
    (page,) = made("classic", engine).pages
    name, native = find(page, "Konstantin-Alexander Petrow"), find(page, "康斯坦丁")
    assert min(name.left, native.left) + max(name.right, native.right) == pytest.approx(page.width, abs=12)
    assert native.top - native.bottom < 24
    (title,) = {len(line.strip()) > 40 for line in page.text.splitlines() if "Professor" in line or "Centre" in line}
    assert title, "the lines of the title are about as long"


@pytest.mark.parametrize("engine", ENGINES)
def test_small_things_are_the_same_through_both_engines(engine: str) -> None:
    shown = made("classic", engine)
    (page,) = shown.pages
    assert find(page, "Rank 1/56").bottom == pytest.approx(find(page, "PhD").bottom, abs=3), "the score of the degree"
    assert color_of(shown, "Lantau") == color_of(shown, "A queue") == "#1a1a1a", "a title that is a link"
    assert color_of(shown, "its pages") == color_of(shown, "Education") == "#1f3a5f", "a link, a heading"
    whole = find(page, "queueofx2")
    raised = next(char.box for char in page.chars if char.text == "2" and abs(char.box.right - whole.right) < 0.1)
    assert raised.bottom - find(page, "see").bottom == pytest.approx(3.6, abs=0.35)


@pytest.mark.tex
def test_ideographs_in_headings_are_of_the_kind_of_the_headings_font() -> None:
    head = "language: zh\nbasics: {name: 林薇}\nskills: [{name: 语言, keywords: [编程]}]\n"
    (page,) = made("casual", "xelatex", head).pages
    fonts = {char.text: char.font for char in page.chars}
    assert "Serif" in fonts["薇"]
    assert "Sans" in fonts["编"]
