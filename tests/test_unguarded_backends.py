"""What backends measure and choose, at the edges of single rules that no other test held."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import docx
import pytest
from helpers import FIXTURES, run_cvgen, write_career
from rendering import read_document, render_fixture, warm_backend

from cvgen.backends.backend import missing_glyph
from cvgen.backends.citations import sentence
from cvgen.backends.host import describe_host
from cvgen.backends.latex.font_setup import font_setup
from cvgen.backends.latex.glyphs import find_fallback
from cvgen.backends.latex.measured_pdf import measure_pdf
from cvgen.backends.latex.t1_fonts import find_unprintable
from cvgen.backends.latex.writer import split_directions
from cvgen.themes.theme import shipped_folder

PT_PER_MM = 72 / 25.4


def test_a_finished_pdf_is_as_full_as_its_layout_says() -> None:
    """The fit through LaTeX measures the PDF, the fit through HTML the boxes: both must mean the same."""
    rendered = render_fixture("lu", "classic", "weasyprint")
    margin = float(str(rendered.job.options["margin_vertical"])) * PT_PER_MM
    measured = measure_pdf(rendered.pdf, margin)
    layout = warm_backend("weasyprint").measure(rendered.job)
    assert measured.pages == layout.pages > 1
    assert measured.room == pytest.approx(layout.room, abs=0.1)
    assert (measured.width, measured.height) == pytest.approx((rendered.pages[0].width, rendered.pages[0].height))
    # The box of a line is a little higher than its letters
    assert measured.ends == pytest.approx(layout.ends, abs=8)


@pytest.mark.parametrize(
    ("char", "language", "serif", "sans", "script"),
    [
        ("✈", "en", "Symbola", "Symbola", []),
        ("中", "zh", "Noto Serif CJK SC", "Noto Sans CJK SC", []),
        ("中", "ja", "Noto Serif CJK JP", "Noto Sans CJK JP", []),
        ("ع", "ar", "Noto Naskh Arabic", "Noto Sans Arabic", ["Arabic"]),
        ("ש", "he", "Noto Serif Hebrew", "Noto Sans Hebrew", ["Hebrew"]),
    ],
)
def test_a_character_is_printed_in_the_font_made_for_it(
    char: str, language: str, serif: str, sans: str, script: list[str]
) -> None:
    """Many installed fonts have it; the one of the right style and region is taken, and set as its script needs."""
    host = describe_host(os.environ)
    own = next(shipped_folder().glob("fonts/*/*Serif*-Regular.otf"))
    for generic, family in (("serif", serif), ("sans-serif", sans)):
        fallback = find_fallback(f"a {char}", [own], generic, language, host)
        ((font, chars),) = fallback.fonts
        assert (font.family, "".join(chars), fallback.missing) == (family, char, ())
        assert re.findall(r"Script=(\w+)", font_setup({}, fallback, {})) == script


def test_characters_that_print_nothing_need_no_font() -> None:
    """A joiner and a variation selector need none; an accent does."""
    own = next(shipped_folder().glob("fonts/*/*Serif*-Regular.otf"))
    fallback = find_fallback("a\u200d\ufe0f\u0f35\ufe20", [own], "serif", "en", describe_host(os.environ))
    assert fallback.invisible == {"\u200d", "\ufe0f"}
    asked = {char for _, characters in fallback.fonts for char in characters} | set(fallback.missing)
    assert asked == {"\u0f35", "\ufe20"}


@pytest.mark.parametrize(
    ("text", "base", "parts"),
    [
        pytest.param("abc 12", "rtl", [("abc 12", "ltr")], id="latin-words"),
        pytest.param("12–14", "rtl", [("12–14", "ltr")], id="a-span-of-numbers"),
        pytest.param("12 14", "rtl", [("12 14", "rtl")], id="numbers-alone-follow-the-document"),
        pytest.param("ב .NET", "rtl", [("ב ", "rtl"), (".NET", "ltr")], id="a-name-that-begins-with-a-sign"),
        pytest.param("وC++", "rtl", [("و", "rtl"), ("C++", "ltr")], id="a-name-after-a-prefix"),
        pytest.param("כרך 3(2), 45–67", "rtl", [("כרך ", "rtl"), ("3(2), 45–67", "ltr")], id="volume-and-pages"),
        pytest.param("12–14", "ltr", [("12–14", "ltr")], id="numbers-alone"),
        pytest.param("أ، ب", "ltr", [("أ، ب", "rtl")], id="signs-between-words-of-one-direction"),
        pytest.param("أ، b", "ltr", [("أ", "rtl"), ("، b", "ltr")], id="signs-between-two-directions"),
        pytest.param("أ، b", "rtl", [("أ، ", "rtl"), ("b", "ltr")], id="the-same-in-arabic"),
        pytest.param("أ C++ 11", "rtl", [("أ ", "rtl"), ("C++ 11", "ltr")], id="a-number-belongs-to-its-word"),
        pytest.param("C++ أ 11", "ltr", [("C++ ", "ltr"), ("أ 11", "rtl")], id="to-the-word-before-it"),
        pytest.param("أ + ب", "ltr", [("أ + ب", "rtl")], id="a-plus-by-itself"),
        pytest.param("(أ)", "ltr", [("(", "ltr"), ("أ", "rtl"), (")", "ltr")], id="brackets-follow-the-document"),
    ],
)
def test_parts_of_a_text_that_run_in_one_direction(text: str, base: str, parts: list[tuple[str, str]]) -> None:
    assert split_directions(text, base) == parts


@pytest.mark.parametrize(
    ("parts", "separator", "end", "printed"),
    [
        (("Clouds", "2024"), ", ", ".", "Clouds, 2024."),
        (("Clouds", "2024."), ", ", ".", "Clouds, 2024."),
        (("Why clouds?", "2024"), ". ", ".", "Why clouds? 2024."),
        (("Why clouds?", "2024"), ", ", ".", "Why clouds? 2024."),
        (("et al.", "2024"), ", ", ".", "et al., 2024."),
        (("Clouds,", "2024"), ", ", ".", "Clouds, 2024."),
        (("Clouds:", "2024"), "; ", ".", "Clouds: 2024."),
        (("Clouds;", "2024"), ": ", ".", "Clouds; 2024."),
        (("Clouds.", "2024"), ": ", ".", "Clouds.: 2024."),
        (("“Clouds?”", "2024!"), ", ", ".", "“Clouds?” 2024!"),
        (("", "2024"), ", ", ".", "2024."),
        (("", ""), ", ", ".", ""),
    ],
)
def test_no_sign_of_a_style_doubles_one_of_a_text(
    parts: tuple[str, str], separator: str, end: str, printed: str
) -> None:
    assert str(sentence(parts, separator, end)) == printed


def test_a_photo_is_in_the_latex_source_and_beside_it(tmp_path: Path) -> None:
    shutil.copy(FIXTURES / "matrix/portrait.png", tmp_path / "me.PNG")
    (tmp_path / "profile.yaml").write_text("basics: {name: Nora Kemp, image: me.PNG}\n", "utf-8")
    ran = run_cvgen("render", tmp_path / "profile.yaml", "-f", "tex", "-o", tmp_path / "out/cv.tex")
    assert ran.code == 0, ran.err
    assert "pictures/photo.png" in (tmp_path / "out/cv.tex").read_text("utf-8")
    assert (tmp_path / "out/pictures/photo.png").read_bytes() == (tmp_path / "me.PNG").read_bytes()


def test_a_word_file_is_as_high_as_its_paper(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text("basics: {name: Wei Lin}\n", "utf-8")
    for paper, size in (("letter", (215.9, 279.4)), ("a4", (210.0, 297.0))):
        output = tmp_path / f"{paper}.docx"
        ran = run_cvgen("render", tmp_path / "p.yaml", "-f", "docx", "--set", f"paper={paper}", "-o", output)
        assert ran.code == 0, ran.err
        (section,) = docx.Document(str(output)).sections
        assert section.page_width is not None
        assert section.page_height is not None
        assert (section.page_width.mm, section.page_height.mm) == pytest.approx(size, abs=0.1)


def test_the_head_of_a_word_file_in_a_band_is_white_and_its_photo_beside_it(tmp_path: Path) -> None:
    """Unless the theme says another colour; the photo is measured from its own paragraph."""
    shutil.copy(FIXTURES / "matrix/portrait.png", tmp_path / "me.png")
    (tmp_path / "p.yaml").write_text("basics: {name: Wei Lin, image: me.png}\n", "utf-8")
    options = ("--set", "docx_head=band")
    ran = run_cvgen("render", tmp_path / "p.yaml", "-t", "classic", "-f", "docx", *options, "-o", tmp_path / "cv.docx")
    assert ran.code == 0, ran.err
    made = docx.Document(str(tmp_path / "cv.docx")).element.xml
    (name,) = re.findall(r"<w:r>(?:(?!</w:r>).)*?<w:t[^>]*>Wei Lin</w:t>", made, re.DOTALL)
    assert '<w:color w:val="FFFFFF"' in name.replace("ffffff", "FFFFFF")
    assert re.findall(r'<wp:positionV relativeFrom="(\w+)"', made) == ["paragraph"]


def test_a_label_ends_at_the_column_of_dates_in_a_word_file(tmp_path: Path) -> None:
    """Two tab stops, in the order of their places: labels end at the first, texts begin at the second."""
    (tmp_path / "p.yaml").write_text(
        "basics: {name: Wei Lin}\nlanguages: [{language: Igbo, fluency: native}]\n", "utf-8"
    )
    ran = run_cvgen("render", tmp_path / "p.yaml", "-t", "casual", "-f", "docx", "-o", tmp_path / "cv.docx")
    assert ran.code == 0, ran.err
    (line,) = [one for one in docx.Document(str(tmp_path / "cv.docx")).paragraphs if "Igbo" in one.text]
    stops = re.findall(r'<w:tab w:val="(\w+)" w:pos="(\d+)"', line._p.xml)
    assert [kind for kind, _ in stops] == ["right", "left"]
    assert int(stops[0][1]) < int(stops[1][1])


def test_a_style_keeps_its_ampersand_between_latin_names_only(tmp_path: Path) -> None:
    people = {"latin": "Lin, Wei and Kemp, Tom", "own": "{王伟} and {李明}"}
    bib = "\n".join(
        f"@misc{{{key}, title = {{On {key}}}, author = {{{names}}}, year = 2020}}" for key, names in people.items()
    )
    variants = {"de": "language: de, sections: [{publications: {style: apa, sort: file}}]",
                "zh": "language: zh, sections: [{publications: {style: apa, sort: file}}]"}  # fmt: skip
    profile = write_career(
        tmp_path, bib, f"variants: {{{', '.join(f'{name}: {{{one}}}' for name, one in variants.items())}}}"
    )
    said = {}
    for name in variants:
        ran = run_cvgen("render", profile, "-v", name, "-f", "txt", "-o", "-")
        assert ran.code == 0, ran.err
        said[name] = " ".join(ran.out.split())
    assert "Lin, W., & Kemp, T. (2020)" in said["de"]
    assert "Lin, W., & Kemp, T. (2020)" in said["zh"]
    assert "王伟、李明" in said["zh"]


def test_emphasis_and_lists_have_their_elements_in_a_page(tmp_path: Path) -> None:
    """From right to left too, where a text of signs only is in a direction of its own, and a list is not."""
    text = "A **bold** and *slanted* word.\\n\\n- 5 % (3)\\n- C++"
    for language in ("en", "he"):
        basics = f'basics: {{name: Wei Lin, summary: "{text}"}}'
        (tmp_path / "p.yaml").write_text(f"language: {language}\n{basics}\n", "utf-8")
        ran = run_cvgen("render", tmp_path / "p.yaml", "-f", "html", "--set", "body_font=Serif", "-o", "-")
        assert ran.code == 0, ran.err
        assert "<strong>bold</strong>" in ran.out
        assert "<em>slanted</em>" in ran.out
        assert re.search(r"<bdi[^>]*>\s*<ul", ran.out) is None
        assert ran.out.count("<li>") == 2


def test_a_skill_says_its_level_and_then_its_keywords(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text(
        "basics: {name: Wei Lin}\nskills: [{name: Code, level: expert, keywords: [Go, C]}]\n", "utf-8"
    )
    ran = run_cvgen("render", tmp_path / "p.yaml", "-f", "txt", "-o", "-")
    assert "Code: expert – Go, C" in ran.out


@pytest.mark.parametrize(("char", "cure"), [("\U00020000", "fonts-noto-cjk"), ("\U0001f9ff", "fonts-symbola")])
def test_a_character_without_a_font_names_the_package_that_has_it(char: str, cure: str) -> None:
    problem = missing_glyph(char, read_document(FIXTURES / "budget" / "student.yaml"))
    assert cure in (problem.hint or "")


def test_t1_has_all_of_ascii() -> None:
    package = shipped_folder() / "base" / "latex" / "cvgen-pdftex.sty"
    assert find_unprintable("".join(map(chr, range(0x20, 0x7F))), package) == frozenset()
    assert find_unprintable("中 a", package) == {"中"}
