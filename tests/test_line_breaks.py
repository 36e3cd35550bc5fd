"""Where lines end in scripts that have rules of their own, read back from the PDF."""

from __future__ import annotations

from pathlib import Path

import pytest
from rendering import RUN_ONCE, render_pdf

from cvgen.backends.cjk_region import find_cjk_region
from cvgen.pipeline.request import Request

KOREAN = (
    "대규모 언어모델의 추론비용을 절반으로 줄이는 "
    "경량화기법을 연구하였으며 국제학술대회에서 우수논문상을 두차례 수상하였다 "
    "연구책임자로서 다섯명의 대학원생을 지도하고 산업체와 공동으로 실시간 번역시스템을 개발하여 서비스에 적용하였다."
)


@pytest.mark.parametrize("engine", ["weasyprint", pytest.param("xelatex", marks=pytest.mark.tex)])
def test_no_line_ends_inside_a_korean_word(tmp_path: Path, engine: str) -> None:
    career = f"language: ko\nbasics:\n  name: 김하나\n  summary: {KOREAN} {KOREAN} *강조* 끝\n"
    (tmp_path / "profile.yaml").write_text(career, "utf-8")
    page = render_pdf(Request(tmp_path / "profile.yaml", None, "classic", engine), tmp_path).pages[0]
    lines = [line.split() for line in page.text.splitlines() if "하였" in line or "연구" in line]
    typed = {*KOREAN.split(), "강조", "끝"}
    assert len(lines) > 2
    assert [line for line in lines if not {line[0], line[-1]} <= typed] == []
    slanted = {char.font for char in page.chars if char.text == "강" and "Italic" in char.font}
    assert slanted == set()


SLANTS = """\
language: zh
basics: {name: 林薇, summary: 我用 *Python* 和 *强调* 写作}
education: [{institution: 东湖, study_type: 学士 Hons, date: 2020}]
bibliography: {files: [papers.bib]}
variants:
  v: {sections: [summary, education, {publications: {roles: true, group_by: role, group_counts: true}}]}
"""
MANY = """\
@article{p, author = {A, A and B, B and C, C and D, D and E, E and F, F and G, G and H, H and I, I and J, J and {林薇}},
  title = {题}, journal = {Letters}, year = 2020}
"""


@pytest.mark.parametrize("engine", ["weasyprint", pytest.param("xelatex", marks=pytest.mark.tex)])
def test_emphasis_beside_ideographs_is_weight_and_nothing_is_slanted(tmp_path: Path, engine: str) -> None:
    (tmp_path / "profile.yaml").write_text(SLANTS, "utf-8")
    (tmp_path / "papers.bib").write_text(MANY, "utf-8")
    page = render_pdf(Request(tmp_path / "profile.yaml", "v", "classic", engine), tmp_path).pages[0]
    fonts: dict[str, set[str]] = {}
    for char in page.chars:
        fonts.setdefault(char.text, set()).add(char.font)
    bold = [letter for letter in "Py强末" if not any("Bold" in font or "Semibold" in font for font in fonts[letter])]
    slanted = {letter for letter in fonts if any("It" in font.split("-")[-1] for font in fonts[letter])}
    assert bold == [], "emphasis, and the heading of a group"
    assert slanted <= set("Letters"), "the name of a journal alone"


def test_hong_kong_reads_traditional_glyphs(tmp_path: Path) -> None:
    (tmp_path / "profile.yaml").write_text("language: zh-HK\nbasics: {name: 林薇, summary: 骨直}\n", "utf-8")
    page = render_pdf(Request(tmp_path / "profile.yaml", None, "classic", "weasyprint"), tmp_path).pages[0]
    fonts = {char.font for char in page.chars if char.text == "骨"}
    assert {"TC" in font for font in fonts} == {True}, fonts


def test_the_region_of_a_language_is_that_of_its_glyphs() -> None:
    regions = {language: find_cjk_region(language) for language in ("zh", "zh-Hans", "zh-Hant-TW", "zh-HK", "ja", "ko")}
    assert list(regions.values()) == ["SC", "SC", "TC", "TC", "JP", "KR"]


@pytest.mark.parametrize("engine", ["weasyprint", pytest.param("xelatex", marks=pytest.mark.tex)])
@pytest.mark.parametrize(
    ("language", "letters", "noun"), [("zh", "題", "被引1,200次"), ("ko", "of 논문 ", "피인용 1,200회")]
)
def test_no_line_begins_with_a_middle_dot_or_parts_a_count(
    tmp_path: Path, language: str, letters: str, noun: str, engine: str
) -> None:
    """In papers whose details end at each place of a line."""
    (tmp_path / "profile.yaml").write_text(
        f"language: {language}\nbasics: {{name: A}}\nbibliography: {{files: [papers.bib]}}\n", "utf-8"
    )
    papers = (
        f"@article{{p{size}, author = {{A}}, title = {{T{size}}}, journal = {{{(letters * 60)[:size].strip()}}},"
        f" year = 2020, doi = {{10.1000/{size}}}, citations = {{1200}}, code = {{https://x.example}}}}\n"
        for size in (range(28, 52) if language == "zh" else range(54, 102, 2))
    )
    (tmp_path / "papers.bib").write_text("".join(papers), "utf-8")
    pages = render_pdf(Request(tmp_path / "profile.yaml", None, "classic", engine, options=RUN_ONCE), tmp_path).pages
    lines = [line.strip() for page in pages for line in page.text.splitlines()]
    assert sum(noun in line for line in lines) == 24
    assert [line for line in lines if line.startswith("·")] == []


DOTS = """\
basics: {name: Wei Lin}
skills: [SKILLS]
variants:
  v: {sections: [skills], options: {density: 0.8}}
"""


@pytest.mark.parametrize("engine", ["weasyprint", pytest.param("xelatex", marks=pytest.mark.tex)])
def test_no_line_begins_with_a_middle_dot_and_through_latex_none_ends_with_one(tmp_path: Path, engine: str) -> None:
    skills = ", ".join(f"{{name: {'Go' * (1 + number * number % 11)}{number}, keywords: [a]}}" for number in range(150))
    (tmp_path / "profile.yaml").write_text(DOTS.replace("SKILLS", skills), "utf-8")
    page = render_pdf(Request(tmp_path / "profile.yaml", "v", "classic", engine), tmp_path).pages[0]
    lines = [line.strip() for line in page.text.splitlines() if "Go" in line]
    assert len(lines) > 10
    assert sum(line.count("·") for line in lines) > 100
    assert [line for line in lines if line.startswith("·")] == []
    assert engine == "weasyprint" or [line for line in lines if line.endswith("·")] == []
