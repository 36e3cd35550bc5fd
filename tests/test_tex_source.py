"""The source that ``-f tex`` writes: that of the PDF, in a folder that compiles anywhere, for people to edit."""

from __future__ import annotations

import os
import subprocess
import zipfile
from functools import cache
from pathlib import Path

import pytest
from helpers import run_cvgen
from pdf import read_pages
from rendering import _temporary_folder, copy_lualatex_cache

EXAMPLE = Path(__file__).parents[1] / "examples" / "engineer" / "profile.yaml"
PROFILE = """\
basics: {name: Nora Kemp, label: "C# & more", email: nora@example.org, summary: I write compilers. 我写编译器。}
work:
  - {name: Acme, position: Lead, location: Leeds, start: 2020, highlights: [Led five., "Cut `a_b` by 30%"]}
skills: [{name: Programming, keywords: [C++, Go]}]
"""
WAYS = [
    pytest.param(("xelatex", "-interaction=batchmode", "cv.tex"), id="xelatex"),
    pytest.param(("lualatex", "-interaction=batchmode", "cv.tex"), id="lualatex"),
    pytest.param(("latexmk", "-silent", "cv.tex"), id="latexmk"),
]


@cache
def export() -> Path:
    """The archive of a small CV."""
    folder = _temporary_folder("source")
    (folder / "profile.yaml").write_text(PROFILE, "utf-8")
    ran = run_cvgen("render", folder / "profile.yaml", "-f", "tex", "-o", folder / "cv.zip")
    assert (ran.code, ran.err) == (0, "")
    return folder / "cv.zip"


def test_an_archive_has_all_that_the_source_needs_and_names_nothing_elsewhere() -> None:
    with zipfile.ZipFile(export()) as archive:
        names = set(archive.namelist())
        text = "".join(archive.read(name).decode() for name in ("cv.tex", "cvgen.cls", "cvgen-classic.sty"))
    assert {"cv.tex", "cvgen.cls", "cvgen-classic.sty", ".latexmkrc"} <= names
    assert {name.partition("-")[0] for name in names if name.startswith("fonts/Noto")} == {"fonts/NotoSerifCJKsc"}
    assert "Path=/" not in text


@pytest.mark.tex
@pytest.mark.parametrize("command", WAYS)
def test_the_archive_compiles_without_any_installed_font(command: tuple[str, ...], tmp_path: Path) -> None:
    folder, none = tmp_path / "empty", tmp_path / "none.conf"
    with zipfile.ZipFile(export()) as archive:
        archive.extractall(folder)
    none.write_text("<fontconfig></fontconfig>", "utf-8")
    env = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "FONTCONFIG_FILE": str(none)}
    if command[0] == "lualatex":
        copy_lualatex_cache(tmp_path)
        env |= {"TEXMFVAR": str(tmp_path / "texmf-var"), "TEXMFCACHE": str(tmp_path / "texmf-var")}
    subprocess.run(command, cwd=folder, env=env, capture_output=True, check=True, timeout=300)
    (page,) = read_pages((folder / "cv.pdf").read_bytes())
    text = " ".join(page.text.split())
    for part in ("Nora Kemp", "C# & more", "我写编译器。", "Cut a_b by 30%", "C++, Go"):
        assert part in text


@pytest.mark.tex
def test_the_source_is_that_of_the_pdf_and_short_enough_to_read(tmp_path: Path) -> None:
    """The example has more than a page allows: what the fit leaves out is not in the source."""
    ran = run_cvgen("render", EXAMPLE, "-f", "tex", "-o", tmp_path / "cv.tex")
    assert (ran.code, ran.err) == (0, "")
    assert "4 shortened" in ran.out, "as in the PDF of the same engine"
    body = (tmp_path / "cv.tex").read_text("utf-8").partition(r"\begin{document}")[2]
    assert len(body.splitlines()) < 120
    assert "hypersetup" not in body


def test_a_new_name_without_an_ending_is_a_folder_since_the_source_has_files_beside_it(tmp_path: Path) -> None:
    (tmp_path / "profile.yaml").write_text("basics: {name: Nora Kemp}", "utf-8")
    ran = run_cvgen("render", tmp_path / "profile.yaml", "-f", "tex", "-e", "pdflatex", "-o", tmp_path / "cv")
    assert ran.code == 0, ran.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cv", "profile.yaml"]
    assert "cvgen.cls" in {path.name for path in (tmp_path / "cv").iterdir()}


@pytest.mark.tex
def test_the_source_says_what_it_lacks_after_an_edit(tmp_path: Path) -> None:
    """An icon that is not in the folder is left out with a warning, and pdfLaTeX names the engines that it is for."""
    with zipfile.ZipFile(export()) as archive:
        archive.extractall(tmp_path)
    source = (tmp_path / "cv.tex").read_text("utf-8")
    added = source.replace(
        "\\begin{document}", "\\contact[linkedin]{https://example.org}{nora-kemp}\n\\begin{document}"
    )
    (tmp_path / "cv.tex").write_text(added, "utf-8")
    for command in ("xelatex", "pdflatex"):
        subprocess.run((command, "-interaction=batchmode", "cv.tex"), cwd=tmp_path, capture_output=True, timeout=300)
        log = (tmp_path / "cv.log").read_text("utf-8", "replace")
        if command == "xelatex":
            assert "nora-kemp" in read_pages((tmp_path / "cv.pdf").read_bytes())[0].text
            assert "Warning: There is no file icons/linkedin.pdf" in log
        else:
            errors = [line for line in log.split("\n") if line.startswith("!")]
            assert errors == ["! Class cvgen Error: This CV needs XeLaTeX or LuaLaTeX."]
