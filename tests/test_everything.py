"""A career with everything, in some languages through some engines; ``make languages`` checks the others."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from languages import FOLDER, check_language, write_everything
from pdf import squeeze
from rendering import render_pdf

from cvgen.model.language_files import known_languages, load_file
from cvgen.pipeline.request import Request


def test_each_language_has_texts_of_its_own() -> None:
    samples = yaml.safe_load((FOLDER / "samples.yaml").read_text("utf-8"))
    assert set(samples) == {code for code in known_languages() if "inherits" not in load_file(code)}


@pytest.mark.parametrize(
    ("language", "engine"), [("ar", "weasyprint"), pytest.param("hi", "xelatex", marks=pytest.mark.tex)]
)
def test_check_finds_nothing_in_a_career_with_everything(tmp_path: Path, language: str, engine: str) -> None:
    assert check_language(tmp_path, language, "classic", engine) == []


@pytest.mark.tex
def test_hindi_is_read_from_the_pdf_as_it_was_typed(tmp_path: Path) -> None:
    page = render_pdf(Request(write_everything(tmp_path, "hi"), "all", "classic", "xelatex"), tmp_path).pages[0]
    assert squeeze("नीला वर्मा") in squeeze(page.text)
    assert squeeze("सॉफ़्टवेयर इंजीनियर") in squeeze(page.text)
