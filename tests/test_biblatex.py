"""``-f tex --biblatex``: publications that biblatex prints, from a bibliography with the roles of the authors."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from helpers import read_told, run_cvgen
from pdf import squeeze

BIB = r"""
@article{a2024, author={Kemp, Nora and Lin, Wei and Ö, Å}, title={Über {GPU}s -- a $\sqrt{n}$ study \input{x}},
  journal={J. of Tests}, year=2024, volume=3, pages={1--9}, author+an={1=equal;2=equal}, note={50 % & more}}
@misc{b:2025_x, author={Roe, Ann and Kemp, Nora and others}, title={A_b \& c}, year=2025, eprint={2501.00001},
  archiveprefix={arXiv}, author+an={1=advisor,corresponding}}
"""
PROFILE = """\
language: {language}
basics: {{name: Nora Kemp, summary: "See [@a2024]."}}
bibliography: {{files: [p.bib]}}
variants: {{v: {{sections: [summary, {{publications: {{numbered: {{prefix: J}}, max_authors: 1}}}}]}}}}
"""


def export(folder: Path, *args: str, language: str = "de") -> Path:
    """The folder of the source."""
    (folder / "p.bib").write_text(BIB, "utf-8")
    (folder / "profile.yaml").write_text(PROFILE.format(language=language), "utf-8")
    ran = run_cvgen("render", folder / "profile.yaml", "-f", "tex", "--biblatex", "-o", folder / "out/cv.tex", *args)
    assert ran.code == 0, ran.err
    return folder / "out"


def test_the_bibliography_has_the_roles_of_all_authors_and_no_command_of_its_own(tmp_path: Path) -> None:
    folder = export(tmp_path)
    bib = (folder / "publications.bib").read_text("utf-8")
    assert "author    = {Kemp, Nora and Lin, Wei and Ö, Å},\n" in bib  # also those that the list leaves out
    assert "author+an = {1=self,equal; 2=equal},\n" in bib
    assert "{1=advisor,corresponding; 2=self}" in bib
    assert r"title     = {Über GPUs – a \cvformula{√n}{\sqrt{n}} study" in bib
    assert r"{50~\% \& more}" in bib
    assert r"{A\_b \& c}" in bib
    assert r"\input" not in bib
    source = (folder / "cv.tex").read_text("utf-8")
    assert r"\nocite{b:2025_x,a2024}" in source  # in the order of the list
    assert r"\cvbibmark{equal}{{*}}" in source
    assert r"\cvpublication" not in source
    assert (folder / "cvgen-biblatex.sty").exists()


def test_without_it_nothing_of_biblatex_is_written(tmp_path: Path) -> None:
    export(tmp_path)
    shutil.rmtree(tmp_path / "out")
    assert run_cvgen("render", tmp_path / "profile.yaml", "-f", "tex", "-o", tmp_path / "out/cv.tex").code == 0
    assert not {"publications.bib", "cvgen-biblatex.sty"} & {path.name for path in (tmp_path / "out").iterdir()}
    assert "biblatex" not in (tmp_path / "out/cv.tex").read_text("utf-8")


def test_it_is_for_a_latex_source_from_left_to_right(tmp_path: Path) -> None:
    export(tmp_path)
    ran = run_cvgen("render", tmp_path / "profile.yaml", "--biblatex")
    assert (ran.code, "--biblatex changes the LaTeX source: give -f tex" in ran.err) == (2, True)
    (tmp_path / "profile.yaml").write_text(PROFILE.format(language="ar"), "utf-8")
    ran = run_cvgen("render", tmp_path / "profile.yaml", "-f", "tex", "-e", "lualatex", "--biblatex")
    (told,) = [one for one in read_told(ran.err) if one.severity == "error"]
    assert (ran.code, told.hint) == (2, "leave out --biblatex")


@pytest.mark.tex
@pytest.mark.skipif("CVGEN_BIBLATEX" not in os.environ, reason="make biblatex installs biber and runs this")
@pytest.mark.parametrize("engine", ["xelatex", "lualatex", "pdflatex"])
def test_biber_and_the_engine_print_it(tmp_path: Path, engine: str) -> None:
    folder = export(tmp_path, "-e", engine)
    subprocess.run(["latexmk", "-interaction=nonstopmode", "cv.tex"], cwd=folder, check=True, capture_output=True)
    text = squeeze(subprocess.run(["pdftotext", "cv.pdf", "-"], cwd=folder, capture_output=True, text=True).stdout)
    assert squeeze("See [J2].") in text
    assert {"[J1]", "[J2]"} <= set(re.findall(r"\[J\d\]", text))
    assert squeeze("Ann Roe†, Nora Kemp u. a. A_b & c. 2025") in text
    assert squeeze("Nora Kemp*, Wei Lin* und Å Ö.") in text
    assert squeeze("In: J. of Tests 3 (2024), S. 1–9. 50 % & more.") in text
