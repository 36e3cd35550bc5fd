"""Formulas in LaTeX: TeX's own where the source can be checked, nodes otherwise; and what HTML cannot print."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from cvgen.backends.latex.formula import is_passed_on
from cvgen.cli.main import cli
from cvgen.model.inline import Math, Plain

PASSED_ON = [
    r"O(n^2)",
    r"\sum_{i=1}^n \frac{a_i}{b}",
    r"\left( \frac12 \right)^{1/2}",
    r"\|x\|_2",
    r"\sqrt[3]{x}",
    "f''_i",
    "^{13}C",
    r"\mathcal N=4",
    r"\bigl( x \bigr)",
    r"\text{loss}_t",
]
REFUSED = [
    r"\input{secrets}",
    r"\write18{ls}",
    r"\def\x{y}",
    r"\catcode`\$=12",
    r"\csname input\endcsname x",
    r"\text{\input{x}}",
    r"\operatorname{\x}",
    r"\begin{matrix}",
    "x^^41",
    "a_b_c",
    "x^2'",
    "x^",
    "{",
    "}",
    "$",
    "\\",
    "a&b",
    "#1",
    "50%",
    "~",
    r"\left( x",
    r"x \right)",
    r"\left x \right)",
    r"\frac{1}",
    r"x^\frac12",
    r"\sqrt[x",
    r"\text{a",
    r"\limits",
    r"1 \over 2",
    "\x00",
    "é",
    "{" * 20 + "x" + "}" * 20,
    "x" * 1000,
]


@pytest.mark.parametrize("source", PASSED_ON)
def test_a_formula_that_can_be_checked_is_passed_on(source: str) -> None:
    assert is_passed_on(Math(source, (Plain("x"),)))


@pytest.mark.parametrize("source", REFUSED)
def test_no_other_tex_is_passed_on(source: str) -> None:
    assert not is_passed_on(Math(source, (Plain("x"),)))


def _write(folder: Path) -> Path:
    bullets = [
        r"Proved $\sum_{i=1}^{n} \frac{a_i}{b} \le \|x\|_2$ in $O(n^2)$",
        r"Bounds on $\mathcal{L}(\theta)$, $\left( \frac{1}{n} \right)^{1/2}$ and $\hat{x}$",
    ]
    lines = [
        "basics: {name: Ada Kern}",
        "work:",
        "  - {position: Researcher, name: Institute, start: 2019, highlights: [",
    ]
    lines += [f"      '{bullet}'," for bullet in bullets]
    profile = folder / "profile.yaml"
    profile.write_text("\n".join([*lines, "    ]}", ""]), "utf-8")
    return profile


def test_tex_has_the_source_of_formulas(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["render", str(_write(tmp_path)), "-f", "tex", "-o", str(tmp_path / "cv.tex")])
    assert (result.exit_code, "warning" in result.output) == (0, False), result.output
    source = (tmp_path / "cv.tex").read_text("utf-8")
    assert r"{\sum_{i=1}^{n} \frac{a_i}{b} \le \|x\|_2}" in source
    assert "in $O(n^2)$" in source
    assert r"{\mathcal{L}(\theta)}" in source
    assert r"\hat" not in source.partition(r"\begin{document}")[2]


def test_html_prints_norms_and_warns_of_letters_that_it_lacks(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["render", str(_write(tmp_path)), "-f", "html", "-o", str(tmp_path / "cv.html")])
    assert "profile.yaml:5:7: warning: $\\mathcal{L}(\\theta)$ is printed as 'L(θ)', without \\mathcal" in result.output
    assert "‖" in (tmp_path / "cv.html").read_text("utf-8")


@pytest.mark.tex
def test_set_formulas_are_copied_as_words(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["check", str(_write(tmp_path)), "-e", "xelatex"])
    assert result.exit_code == 0, result.output


@pytest.mark.tex
def test_poppler_copies_formulas_of_xetex_in_their_line(tmp_path: Path) -> None:
    output = tmp_path / "cv.pdf"
    result = CliRunner().invoke(cli, ["render", str(_write(tmp_path)), "-e", "xelatex", "-o", str(output)])
    assert result.exit_code == 0, result.output
    read = subprocess.run(["pdftotext", str(output), "-"], capture_output=True, text=True, check=True).stdout
    lines = [line.replace(" ", "") for line in read.splitlines()]
    assert any("Proved∑i=1nai/b≤‖x‖2inO(n2)" in line for line in lines), read
