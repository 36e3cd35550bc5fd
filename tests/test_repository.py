"""The files of the repository that no program of ours reads: they parse, and name what exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from test_layers import LAYERS

from cvgen.backends.confinement import Confinement
from cvgen.backends.host import Host
from cvgen.backends.programs import LocalRunner
from cvgen.sources.posting_file import MAX_PDF_PAGES, MAX_POSTING_BYTES, MAX_POSTING_CHARACTERS
from cvgen.sources.text_file import MAX_PROFILE_BYTES, MOST_BYTES

ROOT = Path(__file__).parents[1]
DECISIONS = ROOT / "docs" / "decisions"


def load(name: str) -> dict[str, object]:
    loaded: dict[str, object] = yaml.safe_load((ROOT / name).read_text("utf-8"))
    return loaded


def test_workflow_runs_what_decides() -> None:
    workflow = load(".github/workflows/ci.yml")
    assert ".ci/run" in str(workflow["jobs"])
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111


@pytest.mark.parametrize("form", ["bug.yml", "request.yml"])
def test_issue_forms_have_what_github_asks_for(form: str) -> None:
    loaded = load(f".github/ISSUE_TEMPLATE/{form}")
    assert {"name", "description", "body"} <= set(loaded)
    assert isinstance(loaded["body"], list)
    for field in loaded["body"]:
        assert field["attributes"]["label"]
        assert field["type"] in ("textarea", "input", "dropdown", "checkboxes", "markdown")


def test_dependabot_looks_at_python_actions_and_images() -> None:
    updates = load(".github/dependabot.yml")["updates"]
    assert isinstance(updates, list)
    assert {update["package-ecosystem"] for update in updates} == {"pip", "github-actions", "docker"}


def test_hooks_call_programs_that_make_check_calls() -> None:
    repos = load(".pre-commit-config.yaml")["repos"]
    assert isinstance(repos, list)
    programs = {Path(hook["entry"].split()[0]).name for repo in repos for hook in repo["hooks"]}
    assert {"ruff", "mypy"} <= programs


def test_every_decision_is_in_the_list_and_names_files_that_exist() -> None:
    listed = set(re.findall(r"\]\((\S+?\.md)\)", (DECISIONS / "README.md").read_text("utf-8")))
    assert listed == {page.name for page in DECISIONS.glob("*.md")} - {"README.md"}
    for page in DECISIONS.glob("*.md"):
        for name in re.findall(r"`([a-z_/]+\.py)`", page.read_text("utf-8")):
            assert (ROOT / "cvgen" / name).is_file() or (ROOT / "cvgen" / "sources" / "inline" / name).is_file(), name


def test_contributing_describes_every_layer_and_names_files_that_exist() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    described = re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)
    assert described == list(reversed(LAYERS))
    for name in re.findall(r"`((?:\w+/)+\w+\.(?:py|json))`", text):
        assert (ROOT / name).is_file() or (ROOT / "cvgen" / name).is_file(), name
    for name in re.findall(r"`((?:[\w]+/)+)`", text):
        assert (ROOT / name).is_dir() or (ROOT / "cvgen" / name).is_dir() or name in ("html/", "latex/"), name


def test_contributing_names_the_targets_of_the_makefile() -> None:
    named = re.findall(r"^    make (\w+)", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.MULTILINE)
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert set(named) <= set(targets)


def test_security_names_the_limits_of_the_code() -> None:
    text = (ROOT / "SECURITY.md").read_text("utf-8")
    limits = dict(re.findall(r"^\| (.+?) \| (.+?) \|$", text, re.MULTILINE))
    for kind, name in (("BibTeX file", "a bibliography"), ("picture", "a picture"), ("PDF", "a PDF that is inspected")):
        assert limits[name] == f"{MOST_BYTES[kind] >> 20} MiB"
    assert limits["a profile"].startswith(f"{MAX_PROFILE_BYTES >> 20} MiB,")
    assert limits["a posting"] == (
        f"{MAX_POSTING_BYTES >> 20} MiB, {MAX_POSTING_CHARACTERS:,} characters, {MAX_PDF_PAGES} pages"
    ).replace(",0", " 0")
    host = Host(LocalRunner(""), ROOT)
    templates = host.template_limits
    in_templates = f"{templates.memory >> 30} GiB of memory, {templates.seconds:g} s of processor time"
    assert limits["the templates of one document"] == in_templates
    assert limits["WeasyPrint"] == f"{host.layout_memory >> 30} GiB of memory, {host.timeout:g} s for each layout"
    tex = Confinement(None, (), host.timeout, host.timeout)
    assert limits["one compilation by LaTeX"] == (
        f"{host.timeout:g} s of processor time, {tex.memory >> 30} GiB of memory for each process, "
        f"{tex.file_size >> 20} MiB for each file"
    )
