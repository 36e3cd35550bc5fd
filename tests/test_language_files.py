"""A translator's file of a language: each fault is reported at its line, and never ends in a traceback."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pdf import squeeze
from rendering import RUN_ONCE, render_pdf

from cvgen.pipeline.request import Request

ROOT = Path(__file__).parents[1]
GERMAN = json.loads((ROOT / "cvgen/model/locales/de/words.json").read_text("utf-8"))
SINCE = list(GERMAN).index("since") + 2
"""The line of a word in the file."""
WRONG = {
    "presnt": "heute",
    "since": "seit {datum}",
    "until": "bis {date",
    "range": "{start} –",
    "count_papers_few": "{n} Artikel",
    "direction": "left",
    "inherits": "dee",
}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package whose files are those of the tree, but for the files of languages, which are copies."""
    root = tmp_path_factory.mktemp("package")
    (root / "cvgen/model").mkdir(parents=True)
    (root / "themes").symlink_to(ROOT / "themes")
    for folder in ("cvgen", "cvgen/model"):
        for entry in (ROOT / folder).iterdir():
            if entry.name not in ("model", "locales"):
                (root / folder / entry.name).symlink_to(entry)
    locales = root / "cvgen/model/locales"
    shutil.copytree(ROOT / "cvgen/model/locales", locales)
    return root


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", ["de/words.json:1:1: error: this is not JSON"]),
        (b'{\n  "present": "heute",\n}', ["de/words.json:3:1: error: this is not JSON"]),
        (
            '{"present":\n "für"}'.encode("latin-1"),
            ["de/words.json:2:4: error: the file of a language is not in UTF-8"],
        ),
        (b"[1, 2]", ["de/words.json:1:1: error: the file of a language is an object of words"]),
        (
            b'{"code": "de",\n "present": 3,\n "since": null}',
            ["de/words.json:2:2: error: present: 3 is", "de/words.json:3:2"],
        ),
        (
            json.dumps(GERMAN | WRONG, indent=1).encode(),
            [
                "error: presnt: no word has this key",
                "did you mean 'present'?",
                f"de/words.json:{SINCE}:2: error: since: {{datum}} is not a field of this word",
                "it can have {date}",
                "error: until: 'bis {date' has a brace without its partner",
                "error: range: '{start} –' leaves out {end}",
                "error: count_papers_few: the language has no plural 'few'",
                "write one of: count_papers_one",
                "error: direction: 'left' is not known",
                "write one of: ltr, rtl",
                "error: inherits: the language 'dee' has no file",
            ],
        ),
    ],
    ids=["empty", "not-json", "latin-1", "a-list", "no-texts", "wrong-words"],
)
def test_a_broken_file_is_reported(package: Path, tmp_path: Path, content: bytes, expected: list[str]) -> None:
    (package / "cvgen/model/locales/de/words.json").write_bytes(content)
    said = _render(package, tmp_path, 2)
    assert [words for words in expected if words not in said] == []
    assert "Traceback" not in said


def test_an_incomplete_file_is_printed_with_a_notice(package: Path, tmp_path: Path) -> None:
    (package / "cvgen/model/locales/de/words.json").write_text('{"code": "de", "present": "heute"}', "utf-8")
    said = _render(package, tmp_path, 0)
    assert "notice" in said
    assert "Traceback" not in said
    assert "2020 – heute" in (tmp_path / "cv.txt").read_text("utf-8")


def _render(package: Path, folder: Path, code: int) -> str:
    (folder / "profile.yaml").write_text(
        "language: de\nbasics: {name: A}\nwork: [{name: B, start: 2020, end: present}]\n", "utf-8"
    )
    command = [sys.executable, "-m", "cvgen", "render", "profile.yaml", "-f", "txt", "-o", "cv.txt"]
    environment = {**os.environ, "PYTHONPATH": str(package), "COLUMNS": "400"}
    ran = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == code, ran.stderr
    return ran.stderr


TYPED = ("पुणे 12 और Python में शिक्षा", "हिन्दी कि निर्देशक (की) ठीक", "தமிழ் கொடி 2020 மொழி")


@pytest.mark.parametrize("engine", ["weasyprint", pytest.param("xelatex", marks=pytest.mark.tex)])
def test_scripts_that_change_the_order_of_signs_are_read_as_they_were_typed(tmp_path: Path, engine: str) -> None:
    typed = TYPED[: 3 if engine == "weasyprint" else 2]  # XeLaTeX does so in documents of these languages only
    bullets = ", ".join(f'"{text}"' for text in typed)
    (tmp_path / "profile.yaml").write_text(
        f"language: hi\nbasics: {{name: नीला वर्मा}}\nwork: [{{name: नदी, highlights: [{bullets}]}}]\n", "utf-8"
    )
    page = render_pdf(Request(tmp_path / "profile.yaml", None, "classic", engine, options=RUN_ONCE), tmp_path).pages[0]
    assert [text for text in ("नीला वर्मा", *typed) if squeeze(text) not in squeeze(page.text)] == []
    assert engine == "xelatex" or [text for text in typed if text not in page.text] == []
