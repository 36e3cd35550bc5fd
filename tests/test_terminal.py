"""What a file contains never commands the terminal, and a failing stdout is no traceback."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from helpers import INSTALLED_FONTS, run_cvgen

import cvgen
from cvgen.cli.echo import make_printable

TITLE = "Red\x1b[2J\x07 \x9b31m title \u202etxt"
BIB = "@article{a, author={Lopes, Ana}, title={" + TITLE + "}, journal={J}, year=2020}"
PROFILE = r"""basics: {name: Ana Lopes}
bibliography: {files: [papers.bib]}
work:
  - {name: "Example\e[2J\a Labs", tags: ["\e]0;x\a"], start: 2020}
variants:
  default: {tags: [other]}
  "odd\e[2J": {theme: "mod\e[2Jern"}
"""


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    (tmp_path / "papers.bib").write_text(BIB, "utf-8")
    path = tmp_path / "profile.yaml"
    path.write_text(PROFILE, "utf-8")
    return path


COMMANDS = [
    ["publications", "--explain"],
    ["variants"],
    ["diff", "default", "odd\x1b[2J"],
    ["render", "-f", "html", "-v", "odd\x1b[2J"],
    ["render", "--report", "-o", "OUT"],
    ["check"],
    ["check", "--format", "github"],
    ["match", "POSTING"],
]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_no_command_prints_a_control_character_of_a_file(profile: Path, tmp_path: Path, words: list[str]) -> None:
    posting = tmp_path / "posting.txt"
    posting.write_text("We need \x1b[2J Kubernetes, Python and SQL. " * 3)
    command, *rest = ({"OUT": str(tmp_path / "cv.pdf"), "POSTING": str(posting)}.get(word, word) for word in words)
    ran = run_cvgen(command, profile, *rest)
    printed = ran.out + ran.err
    assert printed
    assert not {letter for letter in printed if not letter.isprintable()} - {"\n"}, printed


def test_json_keeps_every_character() -> None:
    printed = make_printable(json.dumps({"title": TITLE}, ensure_ascii=False))
    assert json.loads(printed) == {"title": TITLE}
    assert printed.isprintable()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize(
    "words",
    [["publications"], ["schema"], ["render", "-f", "html", *INSTALLED_FONTS, "-o", "-"], ["--help"], ["check", "-h"]],
    ids=lambda words: words[0],
)
def test_a_full_stdout_is_an_error_without_a_traceback(tmp_path: Path, words: list[str]) -> None:
    profile = tmp_path / "profile.yaml"
    profile.write_text("basics: {name: Ana Lopes}")
    command = [*words[:1], *([str(profile)] if words[0] in ("publications", "render") else []), *words[1:]]
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "cvgen", *command], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert ran.returncode in (1, 2)
    assert "No space left on device" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert "Exception" not in ran.stderr


def test_a_name_that_is_not_utf8_is_printed(tmp_path: Path) -> None:
    folder = tmp_path / "caf\udce9"
    folder.mkdir()
    (folder / "profile.yaml").write_text("basics: {name: Ana Lopes}")
    ran = subprocess.run(
        [sys.executable, "-m", "cvgen", "render", folder / "profile.yaml", "-f", "html", *INSTALLED_FONTS],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert "caf\\udce9" in ran.stdout
    assert (folder / "profile.html").exists()


def test_every_command_prints_through_one_function() -> None:
    folder = Path(cvgen.__file__).parent / "cli"
    printing = [path.name for path in sorted(folder.glob("*.py")) if "click.echo(" in path.read_text("utf-8")]
    assert printing == ["echo.py"]
