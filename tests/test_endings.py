"""The ending of the file to write must be that of its format, on the command line, in the API and in ``file:``."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers import read_told, run_cvgen

import cvgen
from cvgen.diagnostics import InputError

ALL = "the formats are pdf, html, tex, docx, md, txt, json, png"


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    path = tmp_path / "profile.yaml"
    path.write_text("basics: {name: Wei Lin}\nwork: [{name: Lab}]\n", "utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "format_", "hint"),
    [
        ("cv.doc", "pdf", f"end the name with .pdf; {ALL}"),
        ("cv.docx", "pdf", "end the name with .pdf, or choose the format docx"),
        ("cv.rtf", "tex", f"end the name with .tex; {ALL}"),
        ("cv.htm", "html", f"end the name with .html; {ALL}"),
        ("cv.html", "pdf", "end the name with .pdf, or choose the format html"),
        ("cv.TEX", "pdf", "end the name with .pdf, or choose the format tex"),
        ("cv.pdf", "html", "end the name with .html, or choose the format pdf"),
        ("cv.pdf.bak", "pdf", f"end the name with .pdf; {ALL}"),
    ],
)
def test_an_ending_of_another_kind_of_file_is_refused(profile: Path, name: str, format_: str, hint: str) -> None:
    output = profile.parent / name
    for more in ((), ("--watch",)):
        ran = run_cvgen("render", profile, "-f", format_, "-o", output, *more)
        (told,) = read_told(ran.err)
        assert (ran.code, told.hint) == (2, hint)
        assert told.message == f"'{name}' does not end like a {format_.upper()} file"
    with pytest.raises(InputError):
        cvgen.render(profile, format=format_, output=output)
    assert not output.exists()


@pytest.mark.parametrize("name", ["cv.tex", "cv.TEX", "cv-1.2", "Wei.Lin.tex", "v.2026"])
def test_an_ending_that_fits_and_one_that_is_none_are_taken(profile: Path, name: str) -> None:
    ran = run_cvgen("render", profile, "-f", "tex", "-o", profile.parent / name)
    assert ran.code == 0, ran.err
    assert (profile.parent / name).is_file()


@pytest.mark.parametrize(
    ("pattern", "format_", "written"),
    [
        ("cv.pdf", "tex", "cv.tex"),
        ("cv.PDF", "tex", "cv.tex"),
        ("cv.tex", "tex", "cv.tex"),
        ("cv-{variant}", "tex", "cv-v.tex"),
        ("{name}.{variant}", "tex", "Wei-Lin.v.tex"),
        ("cv_1.2", "tex", "cv_1.2.tex"),
    ],
)
def test_the_file_of_a_variant_gets_the_ending_of_the_format(
    profile: Path, pattern: str, format_: str, written: str
) -> None:
    profile.write_text(f"{profile.read_text()}variants: {{v: {{file: '{pattern}'}}}}\n", "utf-8")
    ran = run_cvgen("render", profile, "-v", "v", "-f", format_)
    assert ran.code == 0, ran.err
    assert (profile.parent / written).is_file()


@pytest.mark.parametrize(
    ("pattern", "format_", "hint"),
    [
        ("cv.docx", "pdf", "end it with .pdf, or leave the ending out"),
        ("cv.html", "pdf", "end it with .pdf, or leave the ending out"),
        ("{name}.html", "tex", "end it with .pdf or .tex, or leave the ending out"),
    ],
)
def test_the_file_of_a_variant_with_another_ending_is_refused(
    profile: Path, pattern: str, format_: str, hint: str
) -> None:
    profile.write_text(f"{profile.read_text()}variants:\n  v:\n    file: '{pattern}'\n", "utf-8")
    ran = run_cvgen("render", profile, "-v", "v", "-f", format_)
    (told,) = read_told(ran.err)
    assert (ran.code, told.place, told.hint) == (2, f"{profile}:5:11", hint)
    assert told.message == f"the file name '{pattern}' does not end like a {format_.upper()} file"
