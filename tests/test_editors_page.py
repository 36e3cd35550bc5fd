"""What ``docs/editors.md`` tells people to put into their editors works."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from helpers import FIXTURES, run_cvgen

from cvgen.pipeline.starter import write_starter

PAGE = (FIXTURES.parents[1] / "docs/editors.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a profile in which two words are wrong."""
    path = write_starter("Wei Lin", tmp_path_factory.mktemp("desk"), "engineer", with_schema=False)[0]
    text = path.read_text("utf-8").replace("start: 2016-08", "start: soon").replace("theme: modern", "them: modern")
    path.write_text(text, "utf-8")
    return path.parent


def test_the_settings_name_the_schema_that_new_writes() -> None:
    settings = json.loads(blocks("json")[0])
    assert settings["yaml.schemas"] == {"./cvgen.schema.json": ["profile.yaml"]}
    assert blocks("yaml") == ["# yaml-language-server: $schema=./cvgen.schema.json\n"]


def test_the_tasks_run_and_their_patterns_find_the_problems(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    render, schema = json.loads(blocks("json")[1])["tasks"]
    assert run_cvgen(*schema["args"]).code == 0
    assert (folder / "cvgen.schema.json").is_file()
    ran = run_cvgen(*(word for word in render["args"] if word != "--watch"))
    pattern = render["problemMatcher"]["pattern"]
    found = [re.match(pattern["regexp"], line) for line in ran.err.splitlines()]
    told = [(one[pattern["file"]], one[pattern["severity"]], one[pattern["message"]]) for one in found if one]
    assert told == [("profile.yaml", "error", "'soon' is not a date"), ("profile.yaml", "error", "unknown key 'them'")]


def test_the_patterns_of_the_task_are_lines_of_watch() -> None:
    background = json.loads(blocks("json")[1])["tasks"][0]["problemMatcher"]["background"]
    source = (FIXTURES.parents[1] / "cvgen/cli/watch.py").read_text("utf-8")
    assert re.match(background["beginsPattern"], "12:00:05  changed: profile.yaml")
    assert re.match(background["endsPattern"], "12:00:05  watching; Ctrl-C ends it")
    assert "  changed: " in source
    assert "  watching; Ctrl-C ends it" in source


@pytest.mark.skipif(not shutil.which("vim"), reason="vim is not installed")
def test_vim_lists_the_problems(folder: Path, tmp_path: Path) -> None:
    command = tmp_path / "cvgen"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m cvgen "$@"\n', "utf-8")
    command.chmod(0o755)
    (tmp_path / "yaml.vim").write_text(blocks("vim")[0], "utf-8")
    (folder / "cvgen.schema.json").touch()
    listed = "join([bufname(v:val.bufnr), v:val.lnum, v:val.text], '|')"
    commands = [f"source {tmp_path / 'yaml.vim'}", "silent make!",
                f"call writefile(map(getqflist(), {json.dumps(listed)}), '{tmp_path / 'list'}')", "qa!"]  # fmt: skip
    subprocess.run(
        ["vim", "-N", "-u", "NONE", "-es", "profile.yaml", *(word for one in commands for word in ("-c", one))],
        cwd=folder,
        env={**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "HOME": str(tmp_path)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=60,
    )
    lines = (tmp_path / "list").read_text("utf-8").splitlines()
    text = (folder / "profile.yaml").read_text("utf-8").splitlines()
    assert [line.split("|")[2] for line in lines] == ["'soon' is not a date", "unknown key 'them'"]
    assert ["soon" in text[int(lines[0].split("|")[1]) - 1], "them:" in text[int(lines[1].split("|")[1]) - 1]] == [
        True
    ] * 2


def test_the_lines_for_emacs_have_their_brackets() -> None:
    (block,) = blocks("elisp")
    assert block.count("(") == block.count(")")
    words = re.search(r'"(cvgen render [^"]*) "', block)
    assert words
    assert run_cvgen(*words[1].split()[1:], "--help").code == 0
