"""What makes each look what it is: read back from pages of the same profile, through both backends."""

from __future__ import annotations

import ctypes
import tempfile
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from latex_rivals import write_jake, write_moderncv
from pdf import Box, Page, squeeze
from pypdfium2.raw import FPDFText_GetFillColor
from rendering import Rendered, render_pdf
from rivals import RIVALS, write_rendercv
from sheets import WIDTH, Shown, draw_first_page, put_side_by_side

from cvgen.model.inline import Plain, RichText
from cvgen.pipeline.request import Request
from cvgen.themes.theme import list_themes

CAREER = """\
basics:
  name: Ines Varga-Holm
  label: Staff engineer and author
  email: ines@example.org
  phone: +00 00 000 0000
  url: https://example.org/ines
work:
  - {name: Archipelago Storage, position: Staff engineer, location: Turku, start: 2021-03, highlights: [Moved `40 PB`]}
skills: [{name: Languages, keywords: [C++, Rust]}]
"""
ENGINES = ["weasyprint", pytest.param("xelatex", marks=pytest.mark.tex)]
both_engines = pytest.mark.parametrize("engine", ENGINES)


@lru_cache(maxsize=16)
def drawn(theme: str, engine: str) -> Rendered:
    folder = Path(tempfile.mkdtemp(prefix="cvgen-looks-"))
    (folder / "cv.yaml").write_text(CAREER, "utf-8")
    return render_pdf(Request(folder / "cv.yaml", None, theme, engine), folder)


def find(page: Page, text: str) -> Box:
    """The first box of the page with ``text`` in it."""
    return next(box for box in page.rects if squeeze(text) in squeeze(box.text))


def letters(pdf: bytes) -> Iterator[tuple[str, str, str]]:
    """Each letter of the first page with its font and its colour."""
    with pypdfium2.PdfDocument(pdf) as opened:
        text = opened[0].get_textpage()
        for index in range(text.count_chars()):
            red, green, blue, opacity = (ctypes.c_uint() for _ in range(4))
            FPDFText_GetFillColor(text, index, red, green, blue, opacity)
            size = pypdfium2.raw.FPDFText_GetFontInfo(text, index, None, 0, None)
            name = ctypes.create_string_buffer(size)
            pypdfium2.raw.FPDFText_GetFontInfo(text, index, name, size, None)
            color = f"#{red.value:02x}{green.value:02x}{blue.value:02x}"
            letter = text.get_text_range(index, 1)
            if letter.strip():
                yield letter, name.value.decode(), color
        text.close()


def run_of(pdf: bytes, words: str) -> list[tuple[str, str, str]]:
    """The letters of ``words``, at their first place on the page."""
    found = list(letters(pdf))
    start = "".join(letter for letter, _, _ in found).casefold().index(squeeze(words).casefold())
    return found[start : start + len(squeeze(words))]


@both_engines
def test_banking_has_name_and_title_on_one_line_and_dates_at_the_right(engine: str) -> None:
    page = drawn("banking", engine).pages[0]
    name, title = find(page, "Varga-Holm"), find(page, "engineer and author")
    assert min(name.top, title.top) - max(name.bottom, title.bottom) > 8, "beside each other"
    assert name.right < title.left
    work, date = find(page, "Archipelago Storage"), find(page, "Mar 2021")
    assert work.left < 55
    assert date.right > page.width - 55


def test_a_title_that_is_too_long_for_the_line_stands_below_the_name(tmp_path: Path) -> None:
    label = "Staff engineer for storage, occasional author, and chair of a committee of many words"
    (tmp_path / "cv.yaml").write_text(f"basics: {{name: Ines Varga-Holm, label: '{label}'}}\n", "utf-8")
    page = render_pdf(Request(tmp_path / "cv.yaml", theme="banking"), tmp_path).pages[0]
    assert "|" not in page.text
    assert find(page, "Staff engineer").top < find(page, "Varga-Holm").bottom + 6


@both_engines
def test_ats_has_one_row_of_contacts_and_dates_at_the_right(engine: str) -> None:
    page = drawn("ats", engine).pages[0]
    rows = {round(find(page, text).bottom / 4) for text in ("ines@example.org", "+00 00 000", "example.org/ines")}
    assert len(rows) == 1
    assert find(page, "Mar 2021").right > page.width - 75


@both_engines
def test_headings_of_harvard_are_in_the_middle(engine: str) -> None:
    page = drawn("harvard", engine).pages[0]
    for heading in ("Experience", "Skills"):
        box = next(box for box in page.rects if box.text.strip() == heading)
        assert abs((box.left + box.right) / 2 - page.width / 2) < 3
    assert abs(find(page, "Archipelago").bottom - find(page, "Turku").bottom) < 4


@both_engines
def test_awesome_colours_the_first_letters_of_headings_and_bolds_the_last_name(engine: str) -> None:
    pdf = drawn("awesome", engine).pdf
    heading = run_of(pdf, "Experience")
    assert "".join(letter for letter, _, _ in heading) == "Experience"
    assert [color for _, _, color in heading] == ["#c8321f"] * 3 + ["#222222"] * 7
    first, *_, last = run_of(pdf, "Ines Varga-Holm")
    assert "Light" in first[1]
    assert "Bold" in last[1] or "Semibold" in last[1]
    assert "Staff engineer" in drawn("awesome", engine).text, "small capitals are copied as typed"


@both_engines
def test_jake_is_in_computer_modern(engine: str) -> None:
    fonts = {name.split("+")[-1] for _, name, _ in letters(drawn("jake", engine).pdf)}
    assert [name for name in fonts if not name.startswith(("CMU", "Source-Code", "SourceCode"))] == []
    assert "Experience" in drawn("jake", engine).text


def test_first_letters_keep_their_marks_and_formulas_stay_whole(tmp_path: Path) -> None:
    """The cut after three letters counts what is printed, inside bold words too."""
    titles = ("Cafe\u0301s", "A **bold** one", "$x^2$ and more", "AB")
    sections = "".join(f"  s{n}: {{title: '{title}', entries: [{{title: One}}]}}\n" for n, title in enumerate(titles))
    text = f"basics: {{name: Nora}}\nsections:\n{sections}variants: {{v: {{sections: [s0, s1, s2, s3]}}}}\n"
    (tmp_path / "cv.yaml").write_text(text, "utf-8")
    shown = render_pdf(Request(tmp_path / "cv.yaml", "v", "awesome"), tmp_path)
    assert "Caf" in shown.text
    starts = [color for _, _, color in run_of(shown.pdf, "A bold one")]
    assert starts[:2] == ["#c8321f"] * 2
    assert starts[2:] == ["#222222"] * 6


@pytest.mark.parametrize("theme", ["classic", "jake", "harvard", "modern", "alta", "awesome"])
def test_the_rules_of_all_headings_are_equally_dark_on_a_screen(theme: str) -> None:
    """At 96 dpi, where a rule is thinner than a pixel and ends within one."""
    with pypdfium2.PdfDocument(drawn(theme, "weasyprint").pdf) as document:
        picture = document[0].render(scale=96 / 72).to_pil().convert("L")
    page = drawn(theme, "weasyprint").pages[0]
    found = [next(box for box in page.rects if end in box.text.casefold()) for end in ("erience", "lls")]
    darkest = []
    for box in found:
        # The rule is right of the title, or below it
        left = round((box.right + 30) * 96 / 72)
        rows = range(round((page.height - box.top) * 96 / 72) - 2, round((page.height - box.bottom) * 96 / 72) + 12)
        darkest.append(min(picture.getpixel((left, row)) for row in rows))
    assert max(darkest) - min(darkest) < 8, darkest
    assert max(darkest) < 190


@pytest.mark.parametrize("heading_case", ["caps", "smallcaps"])
def test_headings_without_capitals_are_set_as_typed(tmp_path: Path, heading_case: str) -> None:
    """Capitals have wide spaces, which part the marks of Devanagari from their letters."""
    widths = []
    for chosen in ("normal", heading_case):
        (tmp_path / "cv.yaml").write_text("basics: {name: नीला}\nwork: [{name: नदी}]\nlanguage: hi\n", "utf-8")
        shown = render_pdf(Request(tmp_path / "cv.yaml", None, "classic", options={"heading_case": chosen}), tmp_path)
        box = find(shown.pages[0], "कार्य")
        widths.append(box.right - box.left)
    assert widths[0] == pytest.approx(widths[1], abs=0.1)


def test_the_first_letters_of_a_heading_part_no_joined_letters() -> None:
    title = RichText((Plain("कार्य अनुभव"),))
    assert [str(half) for half in title.cut(3)] == ["कार्य", " अनुभव"]
    assert [str(half) for half in RichText((Plain("शिक्षा"),)).cut(3)] == ["शिक्षा", ""]
    assert [str(half) for half in RichText((Plain("अनुभव"),)).cut(2)] == ["अनु", "भव"]


def test_a_heading_from_right_to_left_has_one_colour_in_any_document(tmp_path: Path) -> None:
    """Its first letters in a colour of their own would be set before the rest, from left to right."""
    sections = "sections: {own: {title: הניסיון שלי, entries: [{title: One}]}}\nvariants: {v: {sections: [own]}}\n"
    (tmp_path / "cv.yaml").write_text(f"basics: {{name: Nora}}\n{sections}", "utf-8")
    shown = render_pdf(Request(tmp_path / "cv.yaml", "v", "awesome"), tmp_path)
    colors = {color for letter, _, color in letters(shown.pdf) if "\u0590" <= letter <= "\u05ff"}
    assert colors == {"#222222"}


def test_a_sheet_shows_pages_side_by_side_and_rivals_get_the_same_content() -> None:
    made = drawn("jake", "weasyprint")
    page = draw_first_page(Path(str(made.outcome.output)))
    sheet = put_side_by_side([Shown("a", page), Shown("b", page)], named=True)
    assert sheet.width > 2 * WIDTH
    ours = sheet.crop((0, 60, sheet.width // 2, 800)).convert("L").histogram()
    assert sum(ours[:60]) > 1000, "more than a blank page"
    assert set(RIVALS) <= set(list_themes())
    document = made.job.document
    for source in (write_jake(document), write_moderncv("banking", document), write_rendercv("classic", document)):
        for text in ("Varga-Holm", "Archipelago Storage", "Moved 40 PB", "Rust"):
            assert text in source


LEVELS = """\
basics: {name: Ines Varga-Holm}
work:
  - {name: Archipelago Storage, position: Engineer, start: 2021-03, highlights: [One]}
  - {name: Birch & Sons, position: Engineer, start: 2019, end: 2020, highlights: [Two]}
languages: [{language: Finnish, fluency: native}, {language: Hungarian, fluency: B1}]
awards: [{title: Best paper, awarder: FAST Days, date: 2024}]
"""


@both_engines
def test_alta_draws_levels_and_dashes_and_prints_their_words(tmp_path: Path, engine: str) -> None:
    (tmp_path / "cv.yaml").write_text(LEVELS, "utf-8")
    shown = render_pdf(Request(tmp_path / "cv.yaml", None, "alta", engine), tmp_path)
    (page,) = shown.pages
    assert "native" in find(page, "Finnish").text + find(page, "native").text
    assert find(page, "Best paper").left > page.width / 2, "in the side bar"
    assert find(page, "Best paper").bottom > find(page, "FAST Days").bottom + 6, "who gave it is below"
    with pypdfium2.PdfDocument(shown.pdf) as opened:
        picture = opened[0].render(scale=2).to_pil().convert("L")
    first, second = find(page, "One"), find(page, "Birch")
    top, bottom = (round(2 * (page.height - edge)) for edge in (first.bottom - 1, second.top + 1))
    rows = [[picture.getpixel((x, y)) < 235 for x in range(80, round(page.width), 1)] for y in range(top, bottom)]
    assert max(sum(a != b for a, b in pairwise(row)) for row in rows) > 100, "a line of dashes"


def find_icon_color(shown: Rendered, text: str) -> tuple[int, ...]:
    """The colour of the icon before ``text``: of those pixels, the one that differs most from the background."""
    box = find(shown.pages[0], text)
    with pypdfium2.PdfDocument(shown.pdf) as opened:
        picture = opened[0].render(scale=4).to_pil().convert("RGB")
    height = shown.pages[0].height
    edges = (box.left - 12, height - box.top, box.left - 2, height - box.bottom)
    part = picture.crop(tuple(round(4 * edge) for edge in edges))
    background = part.getpixel((0, 0))
    colors = [color for _, color in part.getcolors(10_000) or ()]
    return max(colors, key=lambda color: sum(abs(one - other) for one, other in zip(color, background, strict=True)))


@pytest.mark.tex
@pytest.mark.parametrize("theme", ["timeline", "alta", "awesome", "modern"])
def test_icons_of_contacts_have_one_colour_in_both_engines(tmp_path: Path, theme: str) -> None:
    (tmp_path / "cv.yaml").write_text(CAREER, "utf-8")
    html, latex = (
        find_icon_color(render_pdf(Request(tmp_path / "cv.yaml", None, theme, engine), tmp_path), "ines@example.org")
        for engine in ("weasyprint", "xelatex")
    )
    assert max(abs(one - other) for one, other in zip(html, latex, strict=True)) < 16, (html, latex)


@both_engines
def test_dots_on_a_line_of_their_own_move_what_follows_down(tmp_path: Path, engine: str) -> None:
    """As many lines as the words and the dots need: what follows is below the dots, not beside them."""
    spoken = "languages: [{language: Cantonese, fluency: conversational}, {language: Dutch, fluency: native}]\n"
    (tmp_path / "cv.yaml").write_text(f"basics: {{name: Wei Lin}}\n{spoken}", "utf-8")
    heights = []
    for levels in ("words", "dots"):
        options = {"levels": levels, "sidebar_width": "24"}
        shown = render_pdf(Request(tmp_path / "cv.yaml", None, "modern", engine, options=options), tmp_path)
        heights.append(find(shown.pages[0], "Cantonese").bottom - find(shown.pages[0], "Dutch").bottom)
    assert heights[1] > heights[0] + 8
