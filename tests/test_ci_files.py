"""The action, the hook, the images and the development container: what they run works, as far as it runs without them.

Not run: GitHub's own steps, ``docker build``, apt and brew. Their arguments are compared with the Makefile's lists.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from cvgen.version import __version__

ROOT = Path(__file__).parents[1]
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
CHECKING = (ROOT / "docs" / "checking.md").read_text("utf-8")
PROFILE = """basics: {name: Wei Lin, email: wei.lin@example.org}
work: [{name: Example Labs, position: Engineer, start: 2020, end: present}]
variants: {short: {theme: ats}}
"""


def makefile_list(name: str) -> list[str]:
    found = re.search(rf"^{name} := (.*)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert found
    return found[1].split()


def script(folder: Path, name: str, body: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{body}\n", "utf-8")
    path.chmod(0o755)


@pytest.fixture
def bin_(tmp_path: Path) -> Path:
    """A folder of programs: ``cvgen`` is this checkout's; the others write down what they were asked."""
    folder = tmp_path / "bin"
    folder.mkdir()
    script(folder, "cvgen", f'PYTHONPATH={shlex.quote(str(ROOT))} exec {shlex.quote(sys.executable)} -m cvgen "$@"')
    for name in ("sudo", "brew", "pip"):
        script(folder, name, f'echo "{name} $*" >> {shlex.quote(str(tmp_path / "asked"))}; echo /cache')
    return folder


def fill_in(text: str, inputs: dict[str, str]) -> str:
    """``text`` with GitHub's expressions on inputs, of the two forms that the action uses, as GitHub fills them in."""
    values = {name: about["default"] for name, about in ACTION["inputs"].items()} | inputs
    text = re.sub(
        r"\$\{\{ inputs\.([\w-]+) == '(\w+)' && '([^']*)' \|\| '' \}\}",
        lambda found: found[3] if values[found[1]] == found[2] else "",
        text,
    )
    text = re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda found: values[found[1]], text)
    assert "${{" not in text
    return text


def run_step(name: str, folder: Path, bin_: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run one step of the action as GitHub does."""
    (step,) = (step for step in ACTION["runs"]["steps"] if step.get("name") == name)
    assert step["shell"] == "bash"
    assert "${{" not in step["run"]  # an input inside of a script could be a script itself
    environ = {key: fill_in(value, inputs) for key, value in step.get("env", {}).items()}
    environ |= {"PATH": f"{bin_}:{os.environ['PATH']}", "HOME": os.environ.get("HOME", "/"), "RUNNER_OS": "Linux"}
    environ |= {"GITHUB_ACTION_PATH": str(ROOT), "GITHUB_OUTPUT": str(folder / "github-output")}
    environ |= {key: value for key, value in inputs.items() if key.isupper()}
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    return subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=False)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "cv of mine"
    folder.mkdir()
    (folder / "my profile.yaml").write_text(PROFILE, "utf-8")
    return folder


def test_the_action_checks_renders_and_publishes(repository: Path, bin_: Path) -> None:
    for step in ("Check", "Render", "Write the home page"):
        ran = run_step(step, repository, bin_, profile="my profile.yaml", untrusted="true", output="my PDFs")
        assert ran.returncode == 0, ran.stdout + ran.stderr
    assert [path.suffix for path in (repository / "my PDFs").iterdir()] == [".pdf"]
    assert {"index.html", "cv.pdf"} <= {path.name for path in (repository / "cvgen-site").iterdir()}


def test_the_action_fails_with_a_finding_beside_its_line(repository: Path, bin_: Path) -> None:
    wrong = PROFILE.replace("Engineer", "Engineer, pin: true, tags: [x]").replace("ats", "ats, tags: [y]")
    (repository / "profile.yaml").write_text(wrong, "utf-8")
    ran = run_step("Check", repository, bin_)
    assert ran.returncode == 1
    assert "::error file=profile.yaml,line=2,col=" in ran.stdout


def test_the_action_fails_on_warnings_if_it_is_strict(repository: Path, bin_: Path) -> None:
    (repository / "profile.yaml").write_text("language: tlh\n" + PROFILE, "utf-8")
    assert run_step("Check", repository, bin_).returncode == 0
    ran = run_step("Check", repository, bin_, strict="true")
    assert ran.returncode == 1
    assert "::error file=profile.yaml,line=1," in ran.stdout


def test_the_action_installs_what_the_makefile_does(repository: Path, bin_: Path) -> None:
    for step, system in (("Install Pango and fonts", "Linux"), ("Install Pango and fonts", "macOS"),
                         ("Install cvgen", "Linux")):  # fmt: skip
        assert run_step(step, repository, bin_, RUNNER_OS=system).returncode == 0
    asked = (bin_.parent / "asked").read_text("utf-8").splitlines()
    packages = [word for word in asked[1].split() if not word.startswith("-")]
    assert packages == ["sudo", "apt-get", "install", *makefile_list("PANGO"), *makefile_list("FONTS")]
    assert asked[2] == "brew install pango"
    assert asked[3].endswith(f" {ROOT}")


def test_the_cache_of_the_action_is_for_one_state_of_the_package(repository: Path, bin_: Path) -> None:
    assert run_step("What the cache is for", repository, bin_).returncode == 0
    assert re.fullmatch(r"hash=[0-9a-f]{16}\nfolder=/cache\n", (repository / "github-output").read_text("utf-8"))
    ids = {step["id"] for step in ACTION["runs"]["steps"] if "id" in step}
    for named in re.findall(r"steps\.(\w+)\.outputs", (ROOT / "action.yml").read_text("utf-8")):
        assert named in ids


def test_the_workflow_of_the_manual_uses_the_action_as_it_is() -> None:
    workflows = [yaml.safe_load(block) for block in re.findall(r"```yaml\n(on: .*?)```", CHECKING, re.DOTALL)]
    steps = [step for workflow in workflows for job in workflow["jobs"].values() for step in job["steps"]]
    (ours,) = (step for step in steps if "OWNER/cvgen" in step.get("uses", ""))
    assert ours["uses"] == f"OWNER/cvgen@v{__version__}"
    assert set(ours["with"]) <= set(ACTION["inputs"])
    table = set(re.findall(r"^\| `([\w-]+)` \|", CHECKING.partition("| input |")[2].partition("\n\n")[0], re.MULTILINE))
    assert table == set(ACTION["inputs"])


def hook() -> dict[str, Any]:
    (only,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert isinstance(only, dict)
    return only


@pytest.mark.parametrize(("position", "code"), [("position", 0), ("positon", 2)])
def test_the_hook_stops_a_commit_with_a_mistake(tmp_path: Path, bin_: Path, position: str, code: int) -> None:
    (tmp_path / "profile.yaml").write_text(PROFILE.replace("position", position), "utf-8")
    command = [*shlex.split(hook()["entry"]), *hook()["args"]]
    environ = {**os.environ, "PATH": f"{bin_}:{os.environ['PATH']}"}
    ran = subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, text=True, check=False)
    assert ran.returncode == code, ran.stdout + ran.stderr
    assert re.search(hook()["files"], "cv/profile.yaml")
    assert not re.search(hook()["files"], "notes.md")


def test_the_hook_of_the_manual_is_ours() -> None:
    (block,) = re.findall(r"```yaml\n(repos:.*?)```", CHECKING, re.DOTALL)
    (repo,) = yaml.safe_load(block)["repos"]
    assert repo["rev"] == f"v{__version__}"
    assert [used["id"] for used in repo["hooks"]] == [hook()["id"]]


def stages() -> dict[str, str]:
    """The text of each stage of the Dockerfile, by its name; lines that go on are joined."""
    joined = re.sub(r"\\\n\s*", "", DOCKERFILE)
    return {part.split()[2]: part for part in re.split(r"^FROM ", joined, flags=re.MULTILINE)[1:]}


def test_the_image_has_the_packages_of_the_makefile_and_no_root() -> None:
    found = stages()
    assert list(found) == ["build", "base", "tex", "cvgen"]  # the last one is what docker builds by default

    def packages(stage: str) -> list[str]:
        (names,) = re.findall(r"--no-install-recommends (.*?) &&", " ".join(found[stage].split()))
        return str(names).split()

    assert packages("base") == [*makefile_list("PANGO"), *makefile_list("FONTS")]
    assert packages("tex") == makefile_list("TEX")
    for name in ("tex", "cvgen"):
        assert re.findall(r"^USER (\S+)", found[name], re.MULTILINE)[-1] == "1000"
    assert "useradd --create-home --uid 1000" in found["base"]


def test_what_the_manual_runs_in_the_image_works(repository: Path, bin_: Path) -> None:
    manual = (ROOT / "docs" / "start.md").read_text("utf-8")
    lines = re.findall(r"^    docker run .* (cvgen(?::tex)?) (.*)$", manual, re.MULTILINE)
    assert {image for image, _ in lines} == {"cvgen", "cvgen:tex"}
    assert 'ENTRYPOINT ["cvgen"]' in stages()["base"]
    (arguments,) = (arguments for image, arguments in lines if image == "cvgen")
    (repository / "profile.yaml").write_text(PROFILE, "utf-8")
    ran = subprocess.run([str(bin_ / "cvgen"), *arguments.split()], cwd=repository, capture_output=True, check=False)
    assert ran.returncode == 0
    assert (repository / "profile.pdf").is_file()


def test_the_development_container_calls_targets_that_exist() -> None:
    about = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text("utf-8"))
    program, *targets = about["postCreateCommand"].split()
    assert program == "make"
    for target in targets:
        ran = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stderr


def test_a_release_is_built_by_targets_that_exist_and_published_without_a_password() -> None:
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "release.yml").read_text("utf-8"))
    build, publish = workflow["jobs"]["build"], workflow["jobs"]["publish"]
    runs = [step["run"] for step in build["steps"] if "run" in step]
    assert [line for line in runs if line.startswith("make ")] == ["make dist"]
    tag = subprocess.run(
        ["bash", "-c", runs[0]], cwd=ROOT, check=False, env={**os.environ, "GITHUB_REF_NAME": f"v{__version__}"}
    )
    assert tag.returncode == 0
    assert subprocess.run(["bash", "-c", runs[0]], cwd=ROOT, check=False).returncode != 0
    assert publish["permissions"] == {"id-token": "write"}
    assert "password" not in str(publish)


def test_the_manual_is_published_from_where_its_target_writes_it() -> None:
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "manual.yml").read_text("utf-8"))
    build, publish = (workflow["jobs"][name]["steps"] for name in ("build", "publish"))
    (target,) = (step["run"] for step in build if "run" in step)
    recipe = subprocess.run(["make", "-n", *target.split()[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
    (upload,) = (step["with"]["path"] for step in build if "upload-pages-artifact" in step.get("uses", ""))
    assert recipe.returncode == 0
    assert f"build_site.py {upload}" in recipe.stdout
    assert "deploy-pages" in publish[0]["uses"]
    assert workflow["jobs"]["publish"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert workflow["permissions"] == {"contents": "read"}


def test_the_action_keeps_the_pdfs_of_a_failed_check_and_publishes_nothing() -> None:
    steps = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["runs"]["steps"]
    after = [step for step in steps if "!cancelled()" in str(step.get("if", ""))]
    assert ["cvgen render" in step.get("run", "") for step in after] == [True, False]
    assert "upload-artifact" in after[1]["uses"]
    published = [step for step in steps if "publish" in str(step.get("if", ""))]
    assert len(published) == 3
    assert not any("()" in step["if"] for step in published), "a condition without a function needs all steps before"
