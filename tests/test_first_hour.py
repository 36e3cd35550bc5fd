"""What went wrong in a newcomer's first hour, each once."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers import read_papers, read_told, run_cvgen
from pdf import words
from rendering import BOTH_THEMES_AND_BACKENDS, ENGINES, render_pdf

from cvgen.pipeline.request import Request

LIN = "author = {Lin, Wei and Ng, Jo}"


@pytest.mark.parametrize("chosen", BOTH_THEMES_AND_BACKENDS)
def test_no_space_is_lost_between_texts(tmp_path: Path, chosen: tuple[str, str]) -> None:
    theme, engine = chosen
    (tmp_path / "papers.bib").write_text(
        f"@phdthesis{{t, {LIN}, title={{My Thesis}}, school={{ETH Zürich}}, year=2021, note={{Cum laude}}}}\n", "utf-8"
    )
    (tmp_path / "profile.yaml").write_text(
        "basics: {name: Wei Lin, native_name: 林薇}\nbibliography: {files: [papers.bib]}\n"
        "skills: [{name: Code, level: expert, keywords: [a, b], date: 2020}]\n"
        "awards: [{title: Prize, awarder: Jury, date: 2020}]\n"
        "variants: {v: {sections: [skills, awards, {publications: {style: nature}}]}}\n",
        "utf-8",
    )
    text = words(render_pdf(Request(tmp_path / "profile.yaml", None, theme, engine), tmp_path).pages)
    skill = "Code: expert (2020) a b" if theme == "modern" else "Code: expert – a, b (2020)"
    for phrase in ("Wei Lin 林薇", skill, "Prize, Jury", "ETH Zürich (2021)", "· Cum laude"):
        assert phrase in text


@pytest.mark.parametrize("engine", ENGINES)
def test_a_name_is_set_in_one_font_even_beside_a_symbol(tmp_path: Path, engine: str) -> None:
    (tmp_path / "profile.yaml").write_text("basics: {name: 中文公司, summary: 中文公司 ✉ 🔥}\n", "utf-8")
    rendered = render_pdf(Request(tmp_path / "profile.yaml", None, "classic", engine), tmp_path)
    fonts = {char.font.split("+")[-1] for page in rendered.pages for char in page.chars if "一" <= char.text <= "龥"}
    assert len({font.replace("-Bold", "").replace("-Regular", "") for font in fonts}) == 1
    assert not any("Symbola" in font for font in fonts)


def test_two_accents_side_by_side_are_latin_1_and_no_chinese(tmp_path: Path) -> None:
    reading = read_papers(
        tmp_path, f"@article{{a, {LIN}, title={{Grüße}}, journal={{J}}, year=2017}}\n".encode("latin-1")
    )
    assert reading.career
    assert str(reading.career.publications[0].title) == "Grüße"


@pytest.mark.parametrize(
    ("fields", "status", "told"),
    [
        pytest.param("year={in press}, journal={J}", "inpress", "", id="status-for-a-year"),
        pytest.param("year=2024, journal={J}, note={To appear}", "forthcoming", "", id="status-for-a-note"),
        pytest.param(
            "year=2024, eprint={2401.1}, archiveprefix={arXiv}", "preprint", "not a valid arXiv identifier", id="bad-id"
        ),
        pytest.param("year=2024, journl={J}", "published", "did you mean 'journal'?", id="misspelt-field"),
    ],
)
def test_an_unfinished_paper_is_never_called_published(tmp_path: Path, fields: str, status: str, told: str) -> None:
    reading = read_papers(tmp_path, f"@article{{a, {LIN}, title={{T}}, {fields}}}\n")
    assert reading.career
    assert reading.career.publications[0].status == status
    said = [f"{problem.message} {problem.hint}" for problem in reading.problems]
    assert any(told in one for one in said) if told else not said


def test_a_misspelt_entry_type_is_told(tmp_path: Path) -> None:
    (problem,) = read_papers(tmp_path, f"@artcle{{a, {LIN}, title={{T}}, journal={{J}}, year=2024}}\n").problems
    assert (problem.hint, problem.location and problem.location.line) == ("did you mean '@article'?", 1)


def test_a_list_that_nothing_answers_is_told(tmp_path: Path) -> None:
    (tmp_path / "papers.bib").write_text(f"@article{{a, {LIN}, title={{T}}, journal={{J}}, year=2024}}\n")
    (tmp_path / "profile.yaml").write_text(
        "basics: {name: Wei Lin}\nbibliography: {files: [papers.bib]}\n"
        "variants:\n  v:\n    sections:\n      - publications: {where: status == 'preprint'}\n"
    )
    told = read_told(run_cvgen("render", tmp_path / "profile.yaml", "-f", "tex").err)
    assert any(t.place == f"{tmp_path / 'profile.yaml'}:6:31" and "no paper matches" in t.message for t in told)
    assert any("1 of 1 papers is in no list" in t.message for t in told)


@pytest.mark.parametrize(
    "arguments", [("-o", "cv.html"), ("-f", "html", "-o", "cv.pdf"), ("-f", "tex", "-o", "cv.html")], ids=" ".join
)
def test_a_name_that_belies_its_format_is_refused(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    (tmp_path / "profile.yaml").write_text("basics: {name: Wei Lin}\n")
    assert run_cvgen("render", tmp_path / "profile.yaml", *arguments).code == 2


def test_a_misspelt_name_is_one_error(tmp_path: Path) -> None:
    (tmp_path / "profile.yaml").write_text("basics:\n  nmae: Wei Lin\n")
    (told,) = read_told(run_cvgen("render", tmp_path / "profile.yaml").err)
    assert (told.place, told.hint) == (f"{tmp_path / 'profile.yaml'}:2:3", "did you mean 'name'?")


def test_a_starter_takes_any_name(tmp_path: Path) -> None:
    assert run_cvgen("new", 'Bob "X" O{Neil \\', "-d", tmp_path).code == 0
    ran = run_cvgen("publications", tmp_path / "profile.yaml", "--role", "first")
    assert (ran.code, "2 publications" in ran.out) == (0, True)


@pytest.mark.parametrize(
    ("section", "told"),
    [
        pytest.param("awards: {numbered: true}", "'numbered' has no effect in the section 'awards'", id="entries"),
        pytest.param("summary: {group_by: year}", "'group_by' has no effect in the section 'summary'", id="summary"),
        pytest.param(
            "publications: {with: [awards]}", "'with' has no effect in a list of publications", id="publications"
        ),
    ],
)
def test_a_setting_that_would_do_nothing_is_refused(tmp_path: Path, section: str, told: str) -> None:
    (tmp_path / "profile.yaml").write_text(
        f"basics: {{name: Wei Lin}}\nvariants:\n  v:\n    sections:\n      - {section}\n"
    )
    ran = run_cvgen("render", tmp_path / "profile.yaml")
    (problem,) = read_told(ran.err)
    assert ran.code == 2
    assert told in problem.message
    assert problem.place.startswith(f"{tmp_path / 'profile.yaml'}:5:")


def test_a_note_never_makes_a_preprint_published(tmp_path: Path) -> None:
    bib = (
        f"@misc{{a, {LIN}, title={{T}}, year=2024, eprint={{2401.00001}}, eprinttype={{arxiv}}, note={{Published}}}}\n"
    )
    reading = read_papers(tmp_path, bib)
    assert reading.career
    assert reading.career.publications[0].status == "preprint"
