"""What a shell offers while a command is typed: names from the profile on the line, and never a message."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import get_completion_class
from helpers import run_cvgen

from cvgen.cli.main import cli

PROFILE = """\
basics: {name: A B}
variants:
  full: {theme: classic}
  short: {extends: full, theme: mine}
letters: {acme: {body: C}}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    (folder / "profile.yaml").write_text("basics: {name: A}\nvariants: {usual: {}}\n", "utf-8")
    (folder / "cv.yaml").write_text(PROFILE, "utf-8")
    (folder / "broken.yaml").write_text("variants: {full: [", "utf-8")
    (folder / "odd.yaml").write_text("variants: [full]\nletters: {a: &a [*a]}\n", "utf-8")
    (folder / "themes/mine").mkdir(parents=True)
    option = "glow: {type: choice, default: low, choices: [low, high], description: D}"
    (folder / "themes/mine/theme.yaml").write_text(f"extends: classic\noptions:\n  {option}\n", "utf-8")
    return folder


def complete(line: str, shell: str = "bash") -> list[str]:
    """What ``shell`` is offered at the end of ``line``, in which each word stands alone."""
    found = get_completion_class(shell)
    assert found
    words = found(cli, {}, "cvgen", "_CVGEN_COMPLETE")
    os.environ["COMP_WORDS"], os.environ["COMP_CWORD"] = line, str(len(line.split(" ")) - 1)
    try:
        return words.complete().replace("plain,", "").splitlines()
    finally:
        del os.environ["COMP_WORDS"], os.environ["COMP_CWORD"]


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("cvgen comp", ["completion"]),
        ("cvgen render cv.yaml -v ", ["full", "short"]),
        ("cvgen render cv.yaml --variant s", ["short"]),
        ("cvgen render -v ", ["usual"]),
        ("cvgen check cv.yaml -v f", ["full"]),
        ("cvgen render cv.yaml --letter ", ["acme"]),
        ("cvgen render cv.yaml -t m", ["mine", "modern"]),
        ("cvgen themes show m", ["mine", "modern"]),
        ("cvgen render cv.yaml -e x", ["xelatex"]),
        ("cvgen render cv.yaml -f d", ["docx"]),
        ("cvgen render cv.yaml --role co-", ["co-first", "co-senior"]),
        ("cvgen render cv.yaml -v short --set glo", ["glow="]),
        ("cvgen render cv.yaml -v full --set glo", []),
        ("cvgen render cv.yaml -t mine --set glo", ["glow="]),
        ("cvgen render cv.yaml -v short --set glow =", ["low", "high"]),
        ("cvgen render cv.yaml -v short --set glow = h", ["high"]),
        ("cvgen render cv.yaml --set paper = ", ["a4", "letter"]),
        ("cvgen new --for eng", ["engineer"]),
        ("cvgen render broken.yaml -v ", []),
        ("cvgen render odd.yaml -v ", []),
        ("cvgen render none.yaml -v ", []),
        ("cvgen render broken.yaml --set pap", []),
    ],
)
def test_words_that_are_offered(
    folder: Path, line: str, offered: list[str], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    assert complete(line) == offered
    assert capfd.readouterr() == ("", "")


def test_other_shells_are_offered_the_whole_setting(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    assert complete("cvgen render cv.yaml -v short --set glow=h", "zsh") == ["plain", "glow=high", "_"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_is_one_for_its_shell(shell: str, tmp_path: Path) -> None:
    ran = run_cvgen("completion", shell)
    assert (ran.code, ran.err) == (0, "")
    assert f"_CVGEN_COMPLETE={shell}_complete" in ran.out
    if program := shutil.which(shell):
        (tmp_path / "script").write_text(ran.out, "utf-8")
        assert subprocess.run([program, "-n", tmp_path / "script"], check=False).returncode == 0


def test_bash_completes_through_the_script(folder: Path) -> None:
    (folder / "bin").mkdir()
    command = folder / "bin/cvgen"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m cvgen "$@"\n', "utf-8")
    command.chmod(0o755)
    typed = 'COMP_WORDS=(cvgen render cv.yaml -v s); COMP_CWORD=4; _cvgen_completion cvgen; echo "${COMPREPLY[@]}"'
    run = subprocess.run(
        ["bash", "-c", f'eval "$(cvgen completion bash)"; {typed}'],
        cwd=folder,
        env={**os.environ, "PATH": f"{command.parent}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.stdout, run.stderr) == ("short\n", "")


def test_no_color_is_respected(folder: Path) -> None:
    (folder / "bad.yaml").write_text("basics: {nme: A}\n", "utf-8")
    said = {}
    for color in ("", "1"):
        line = f"{sys.executable} -m cvgen render bad.yaml"
        run = subprocess.run(
            ["script", "-qec", line, "/dev/null"],
            cwd=folder, env={**os.environ, "NO_COLOR": color, "TERM": "xterm"}, capture_output=True, check=False,
        )  # fmt: skip
        assert b"unknown key" in run.stdout
        said[color] = b"\x1b[31m" in run.stdout
    assert said == {"": True, "1": False}
