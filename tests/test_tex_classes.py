"""Themes with a LaTeX class of their own: the files that they bring, the theme of the manual, and moderncv."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from helpers import Ran, run_cvgen
from pdf import read_pages

from cvgen.sources.text_file import MOST_BYTES

ROOT = Path(__file__).parents[1]
MANUAL = ROOT / "docs" / "latex-themes.md"
PROFILE = """\
basics: {name: Wei Lin, label: Potter, email: wei.lin@example.org}
work:
  - {name: Clay & Co., position: Potter, location: Delft, start: 2021, end: 2023, highlights: [Threw 90 % of all jugs.]}
skills: [{name: Glazing, keywords: [ash, salt_1]}]
"""
DOCUMENT = "\\documentclass{mine}\n\\begin{document}\n<< doc.name >>\n\\end{document}\n"


def make_theme(folder: Path, files: Mapping[str, bytes]) -> Path:
    """A theme ``mine`` beside a profile, with ``files`` in its folder ``latex``; that folder."""
    latex = folder / "themes" / "mine" / "latex"
    latex.mkdir(parents=True)
    (folder / "profile.yaml").write_text(PROFILE)
    (latex.parent / "theme.yaml").write_text("extends: base\nbackends: [latex]\n")
    (latex / "document.tex.j2").write_text(DOCUMENT)
    for name, data in files.items():
        (latex / name).parent.mkdir(exist_ok=True)
        (latex / name).write_bytes(data)
    return latex


def write_source(folder: Path, output: str = "out/cv.tex") -> Ran:
    return run_cvgen("render", folder / "profile.yaml", "-t", "mine", "-f", "tex", "-o", folder / output)


def test_files_of_a_theme_lie_beside_the_source(tmp_path: Path) -> None:
    make_theme(tmp_path, {"mine.cls": b"%", "pictures/seal.pdf": b"%PDF", "latexmkrc": b"system", ".own.sty": b"%"})
    ran = write_source(tmp_path)
    assert ran.code == 0, ran.err
    out = tmp_path / "out"
    assert (out / "mine.cls").read_bytes() == b"%"
    assert (out / "pictures" / "seal.pdf").read_bytes() == b"%PDF"
    assert not {"latexmkrc", ".own.sty", "document.tex.j2"} & {path.name for path in out.rglob("*")}


def test_a_theme_replaces_no_other_file(tmp_path: Path) -> None:
    make_theme(tmp_path, {"mine.cls": b"% of the theme", "thesis.tex": b"% of the theme"})
    (tmp_path / "thesis.tex").write_text("My thesis.")
    ran = write_source(tmp_path, "cv.tex")
    assert ran.code == 2
    assert "thesis.tex: error: the theme brings a file of this name" in ran.err
    assert (tmp_path / "thesis.tex").read_text() == "My thesis."
    assert not (tmp_path / "mine.cls").exists()
    assert write_source(tmp_path, "new/cv.tex").code == write_source(tmp_path, "new/cv.tex").code == 0
    assert "has a file 'thesis.tex' too" in write_source(tmp_path, "new/thesis.tex").err


@pytest.mark.parametrize("name", ["cv.tex", "CV.pdf"])
def test_a_file_with_the_name_of_the_document_is_told(tmp_path: Path, name: str) -> None:
    make_theme(tmp_path, {name: b"%"})
    ran = write_source(tmp_path)
    assert ran.code == 2
    assert f"cvgen writes a file {name!r} itself" in ran.err


def test_a_huge_file_of_a_theme_is_told(tmp_path: Path) -> None:
    latex = make_theme(tmp_path, {"mine.cls": b"%"})
    with (latex / "seal.png").open("wb") as stream:
        stream.truncate(MOST_BYTES["theme file"] + 1)
    ran = write_source(tmp_path)
    assert ran.code == 2
    assert "the theme file is too large" in ran.err


def test_a_link_out_of_the_theme_is_told(tmp_path: Path) -> None:
    latex = make_theme(tmp_path, {"mine.cls": b"%"})
    secret = tmp_path / "secret.tex"
    secret.write_text("secret")
    (latex / "part.tex").symlink_to(secret)
    ran = write_source(tmp_path)
    assert ran.code == 2
    assert "leads out of the theme 'mine'" in ran.err


def read_manual_theme() -> dict[str, str]:
    """The files of the theme in the manual, by their names in the theme's folder."""
    blocks = re.findall(r"```(?:yaml|jinja)\n(.*?)```", MANUAL.read_text("utf-8"), re.DOTALL)
    named = (re.match(r"(?:# |<# )([\w./]+)", block) for block in blocks)
    return {name[1]: block for name, block in zip(named, blocks, strict=True) if name}


@pytest.mark.tex
def test_the_theme_of_the_manual_works(tmp_path: Path) -> None:
    (tmp_path / "profile.yaml").write_text(PROFILE)
    files = read_manual_theme()
    assert len(files) == 5
    for name, text in files.items():
        path = tmp_path / "themes" / "plain-koma" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    ran = run_cvgen("check", tmp_path / "profile.yaml", "-t", "plain-koma", "-e", "xelatex")
    assert ran.code == 0, ran.out + ran.err


MODERNCV = """\
basics: {name: Wei Lin, label: "Potter, C#", email: wei.lin@example.org, image: me.png}
bibliography: {files: [papers.bib]}
work:
  - name: A pottery whose name is long enough to need two lines of the page, as names of employers sometimes do
    location: Delft
    positions:
      - {position: Master, start: 2021, end: 2023, highlights: [Threw 90 % of all jugs.]}
      - {position: Potter, start: 2019, end: 2021, highlights: ['Kept $\\frac{a}{b}$.']}
  - {name: Kiln $O(n)$, position: Stoker, location: Gouda, start: 2017, end: 2018}
skills: [{name: Glazing, keywords: [ash, salt_1]}]
awards: [{title: Best jug, date: 2022, awarder: Guild}]
referees: [{name: Ada Long, position: Guild master, email: ada@example.org}]
variants:
  all:
    sections: [work, skills, awards, referees, publications: {title: Papers, roles: true, numbered: true}]
"""
PAPERS = """\
@article{jug, title = {On Jugs}, author = {Lin, Wei and Long, Ada}, author+an = {1=self,equal; 2=equal}, year = {2025},
  journal = {Clay}}
"""


@pytest.mark.tex
def test_moderncv_prints_every_shape(tmp_path: Path) -> None:
    (tmp_path / "profile.yaml").write_text(MODERNCV)
    (tmp_path / "papers.bib").write_text(PAPERS)
    shutil.copy(ROOT / "examples" / "researcher" / "pictures" / "portrait.png", tmp_path / "me.png")
    theme = ROOT / "examples" / "themes" / "moderncv-banking"
    ran = run_cvgen("check", tmp_path / "profile.yaml", "-v", "all", "-t", theme, "-e", "xelatex", "-e", "pdflatex")
    assert ran.code == 0, ran.out + ran.err
    assert "warning" not in ran.out + ran.err, "no font lacks a shape"


def test_a_source_has_the_class_and_the_style_only_if_it_loads_them(tmp_path: Path) -> None:
    latex = make_theme(tmp_path, {"mine.cls": b"\\LoadClass{article}"})
    assert write_source(tmp_path).code == 0
    assert not list((tmp_path / "out").glob("cvgen*"))
    (latex / "mine.cls").write_text("\\LoadClass[\n  11pt]{cvgen}\n\\RequirePackage{xcolor, cvgen-mine}")
    assert write_source(tmp_path, "again/cv.tex").code == 0
    assert {path.name for path in (tmp_path / "again").glob("cvgen*")} == {"cvgen.cls", "cvgen-mine.sty"}


MEASURED = r"""
\documentclass{article}
\usepackage[margin=<< options.margin_vertical >>mm]{geometry}
\usepackage{hyperref}
\pagestyle{empty}
\begin{document}
<% for section in doc.sections %>
\section{<< section.title >>}
<% for item in section.items %>
\textbf{<< item.heading >>}\par
<% for bullet in item.bullets %>
<< bullet.text >>\par
<% endfor %>
<% endfor %>
<% endfor %>
\end{document}
"""


@pytest.mark.tex
def test_a_theme_without_html_fills_the_pages_that_it_may_have(tmp_path: Path) -> None:
    """TeX measures the parts. The unimportant bullets have four lines, the important ones one."""
    latex = make_theme(tmp_path, {})
    (latex / "document.tex.j2").write_text(MEASURED)
    long = " ".join(["Threw jugs and glazed them in ash of oak."] * 8)
    jobs = [
        {"name": f"Kiln {n}", "highlights": [long, {"text": f"Won prize {n}.", "priority": 2}], "start": 2000 + n}
        for n in range(16)
    ]
    profile = {"basics": {"name": "Wei Lin"}, "work": jobs, "variants": {"one": {"pages": 1, "theme": "mine"}}}
    (tmp_path / "profile.yaml").write_text(json.dumps(profile))
    command = ("render", tmp_path / "profile.yaml", "-v", "one", "-e", "pdflatex", "--keep-tex", tmp_path / "kept")
    ran = run_cvgen(*command, "-o", tmp_path / "cv.pdf", "--report", "json")
    assert ran.code == 0, ran.err
    (page,) = read_pages((tmp_path / "cv.pdf").read_bytes())
    assert all(f"Won prize {n}." in page.text for n in range(16))
    assert 2 <= page.text.count("Threw jugs and glazed them") / 8 <= 12
    filled = re.search(r"last page (\d+)% full", ran.out + ran.err)
    assert filled
    assert int(filled[1]) >= 85
    assert "cvpart" not in (tmp_path / "kept" / "cv.tex").read_text("utf-8")
