"""The small repository of examples/: its workflow and its hook run as they stand there."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

SOURCE = Path(__file__).parents[1] / "examples" / "repository"


def read(name: str) -> Any:
    return yaml.safe_load((SOURCE / name).read_text("utf-8"))


def workflow_commands() -> list[str]:
    steps = read(".github/workflows/cv.yml")["jobs"]["cv"]["steps"]
    return [line for step in steps for line in step.get("run", "").splitlines() if line.startswith("cvgen ")]


def hook_command() -> str:
    (hook,) = read(".pre-commit-config.yaml")["repos"][0]["hooks"]
    assert (hook["language"], hook["pass_filenames"]) == ("system", False)
    return str(hook["entry"])


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    shutil.copytree(SOURCE, tmp_path / "cv")
    return tmp_path / "cv"


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    program, *arguments = shlex.split(command)
    assert program == "cvgen"
    started = [sys.executable, "-m", "cvgen", *arguments]
    return subprocess.run(started, cwd=folder, capture_output=True, text=True, check=False)


def test_the_workflow_passes_and_leaves_the_files_that_it_uploads(checkout: Path) -> None:
    commands = workflow_commands()
    assert [command.split()[1] for command in commands] == ["check", "render"]
    for command in commands:
        ran = run(command, checkout)
        assert ran.returncode == 0, ran.stdout + ran.stderr
    assert {path.name for path in (checkout / "out").iterdir()} == {"Tomás-Aranda-CV.pdf", "Tomás-Aranda-CV-long.pdf"}


def test_the_hook_lets_a_good_profile_pass(checkout: Path) -> None:
    assert run(hook_command(), checkout).returncode == 0


@pytest.mark.parametrize(
    ("before", "after", "code", "told"),
    [
        pytest.param("position: Data engineer", "positon: Data engineer", 2, "did you mean 'position'", id="typo"),
        pytest.param("pin: true", "pin: true\n        tags: [x]", 1, "is pinned, and the variant 'short'", id="pin"),
    ],
)
def test_the_hook_stops_a_commit(checkout: Path, before: str, after: str, code: int, told: str) -> None:
    profile = (
        (checkout / "profile.yaml").read_text("utf-8").replace("short:\n    theme", "short:\n    tags: [y]\n    theme")
    )
    (checkout / "profile.yaml").write_text(profile.replace(before, after), "utf-8")
    ran = run(hook_command(), checkout)
    assert ran.returncode == code
    assert told in ran.stdout + ran.stderr


def test_github_would_show_the_line(checkout: Path) -> None:
    text = (checkout / "profile.yaml").read_text("utf-8")
    text = text.replace("pin: true", "pin: true\n        tags: [x]").replace(
        "short:\n    theme", "short:\n    tags: [y]\n    theme"
    )
    (checkout / "profile.yaml").write_text(text, "utf-8")
    ran = run(workflow_commands()[0], checkout)
    assert ran.returncode == 1
    assert "::error file=profile.yaml,line=21,col=" in ran.stdout
