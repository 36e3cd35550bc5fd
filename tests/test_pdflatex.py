"""pdfLaTeX and Tectonic: what they print, what they cannot, and how they are run."""

from __future__ import annotations

import os
import subprocess
import zipfile
from functools import cache
from pathlib import Path

import pytest
import yaml
from helpers import run_cvgen
from pdf import read_pages
from rendering import RUN_ONCE, Rendered, _temporary_folder, render_pdf
from test_engines import FakeRunner, host_with
from verapdf import list_broken_rules

from cvgen.backends.engines import open_backend
from cvgen.backends.latex.t1_fonts import find_unprintable
from cvgen.backends.programs import Finished
from cvgen.diagnostics import RenderError
from cvgen.pipeline.prepare import prepare
from cvgen.pipeline.request import Request
from cvgen.themes.theme import shipped_folder

PACKAGE = shipped_folder() / "base" / "latex" / "cvgen-pdftex.sty"
TYPED = "-- ,, << >> `a' 'b' \"c\" C:\\d {e} 50 % f_g ~h ^i <j> office"
FORMULA = r"the norm $\|x\|$, $O(n^2)$, $\alpha \ne \beta$, $\hat{x} + \vec{v}$ and $\sum_{i=1}^n \mathcal{L}_i$"
SIGNS = " ".join(
    c for c in map(chr, range(0xA1, 0x2FFF)) if c.isprintable() and c not in "\u2009\u202f" and
    not find_unprintable(c, PACKAGE)
)  # fmt: skip
CAPITALS = {**RUN_ONCE, "heading_case": "caps", "bullets": "square", "text_align": "justified", "icons": "true"}


@cache
def rendered() -> Rendered:
    """A page with every character beyond ASCII, and what TeX or T1 would change."""
    folder = _temporary_folder("pdflatex")
    basics = {"name": "Zoë Şăřčęț", "label": "α ≤ β", "summary": SIGNS, "url": "https://example.org/z_o%20e"}
    work = [{"name": "Acme", "highlights": [TYPED, FORMULA]}]
    text = yaml.safe_dump({"basics": basics, "work": work}, allow_unicode=True)
    (folder / "profile.yaml").write_text(text, "utf-8")
    return render_pdf(Request(folder / "profile.yaml", engine="pdflatex", options=CAPITALS), folder)


@pytest.mark.tex
def test_each_character_that_is_not_refused_is_read_back_as_it_was_typed() -> None:
    text = " ".join(rendered().text.split())
    same = str.maketrans("\u2010\u2011", "--")
    assert len(SIGNS.split()) > 280
    assert [c for c in SIGNS.translate(same).split() if c not in text] == []
    assert SIGNS.translate(same) in text
    assert not rendered().outcome.problems


@pytest.mark.tex
def test_nothing_becomes_a_ligature_of_t1_and_formulas_are_copied_as_words() -> None:
    text = " ".join(rendered().text.split())
    assert TYPED in text
    assert "thenorm‖x‖,O(n2),α≠β,x̂+v⃗and" in text.replace(" ", "")


@pytest.mark.tex
def test_the_pdf_conforms_to_pdf_a() -> None:
    path = _temporary_folder("pdflatex-archive") / "cv.pdf"
    path.write_bytes(rendered().pdf)
    assert list_broken_rules([(path, "2b")]) == [[]]


def write_profile(folder: Path, name: str, *, summary: str = "Ready.") -> Path:
    basics = {"name": name, "label": "Compiler engineer", "summary": summary}
    (folder / "profile.yaml").write_text(yaml.safe_dump({"basics": basics}, allow_unicode=True, width=500), "utf-8")
    return folder / "profile.yaml"


def test_a_character_that_needs_another_engine_is_an_error_at_its_line(tmp_path: Path) -> None:
    ran = run_cvgen(
        "render",
        write_profile(tmp_path, "Wei Lin", summary="A \N{ZERO WIDTH JOINER}b. 林"),
        "-f",
        "tex",
        "-e",
        "pdflatex",
    )
    assert ran.code == 1
    assert "profile.yaml:4:12: error: pdfLaTeX cannot print '林' (U+6797)" in ran.err
    assert "-e xelatex" in ran.err
    assert "U+200D" not in ran.err
    several = run_cvgen("render", write_profile(tmp_path, "Wei Lin 林薇"), "-f", "tex", "-e", "pdflatex")
    assert "error: pdfLaTeX cannot print 林 薇 (2 times: " in several.err


def test_a_font_that_pdflatex_cannot_read_is_a_warning(tmp_path: Path) -> None:
    command = ("render", write_profile(tmp_path, "Wei Lin"), "-f", "tex", "-e", "pdflatex")
    ran = run_cvgen(*command, "--set", "body_font=DejaVu Serif")
    assert ran.code == 0
    assert "warning: pdfLaTeX prints another font in place of 'DejaVu Serif'" in ran.err
    assert run_cvgen(*command, "-t", "jake").err == ""


@pytest.mark.tex
def test_its_source_compiles_in_an_empty_folder(tmp_path: Path) -> None:
    profile = write_profile(tmp_path, "Nora Kempčová", summary="“Quoted” – and `it's --x`.")
    ran = run_cvgen("render", profile, "-f", "tex", "-e", "pdflatex", "-o", tmp_path / "cv.zip")
    assert (ran.code, ran.err) == (0, "")
    folder = tmp_path / "empty"
    with zipfile.ZipFile(tmp_path / "cv.zip") as archive:
        archive.extractall(folder)
    assert not (folder / "fonts").exists()
    env = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    subprocess.run(("latexmk", "-silent", "cv.tex"), cwd=folder, env=env, capture_output=True, check=True, timeout=300)
    (page,) = read_pages((folder / "cv.pdf").read_bytes())
    text = " ".join(page.text.split())
    assert "Nora Kempčová Compiler engineer" in text
    assert "“Quoted” – and it's --x." in text


# --- Tectonic, which is not installed here


def run_tectonic(runner: FakeRunner, folder: Path) -> None:
    host = host_with(runner, folder)
    backend = open_backend("tectonic", host)
    try:
        backend.compile(prepare(Request(write_profile(folder, "Wei Lin"), engine="tectonic"), backend).make_job())
    finally:
        backend.close()


def test_tectonic_is_run_once_on_what_it_has_fetched(tmp_path: Path) -> None:
    def work(folder: Path) -> Finished:
        assert "TEX program = tectonic" in (folder / "cv.tex").read_text("utf-8")
        (folder / "cv.pdf").write_bytes(rendered().pdf)
        return Finished(0, "")

    runner = FakeRunner(frozenset({"tectonic"}), work)
    run_tectonic(runner, tmp_path)
    ((command, environ),) = runner.ran
    assert list(command) == [
        "/fake/tectonic", "--untrusted", "--only-cached", "--keep-logs", "--outdir", ".", "cv.tex"
    ]  # fmt: skip
    assert environ["TECTONIC_CACHE_DIR"] == "/home/me/.cache/Tectonic"


def test_tectonic_that_is_missing_or_fails_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RenderError, match="tectonic not found"):
        run_tectonic(FakeRunner(), tmp_path)
    failing = FakeRunner(frozenset({"tectonic"}), lambda folder: Finished(1, "error: paracol.sty is not cached"))
    with pytest.raises(RenderError, match=r"paracol\.sty is not cached"):
        run_tectonic(failing, tmp_path)
