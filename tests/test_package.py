"""The wheel: everything that a render needs, and nothing else."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import zipfile
from email.message import Message
from email.parser import Parser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
INFO = "cvgen_toolkit-"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.Path:
    """The wheel of this checkout, built as pip builds it."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", str(ROOT), "--no-deps", "-q", "--disable-pip-version-check",
               "-w", str(folder)]  # fmt: skip
    if importlib.util.find_spec("hatchling"):
        command.append("--no-build-isolation")
    finished = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    assert finished.returncode == 0, finished.stderr
    (path,) = folder.glob("*.whl")
    return zipfile.Path(path)


@pytest.fixture(scope="session")
def names(wheel: zipfile.Path) -> frozenset[str]:
    return frozenset(name for name in wheel.root.namelist() if not name.endswith("/"))


@pytest.fixture(scope="session")
def metadata(wheel: zipfile.Path, names: frozenset[str]) -> Message:
    (name,) = (name for name in names if name.endswith(".dist-info/METADATA"))
    return Parser().parsestr(wheel.joinpath(name).read_text("utf-8"))


def files_below(folder: Path) -> set[str]:
    """Every file of a checkout's folder that is not made by running it."""
    found = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix() for path in found}


def test_wheel_is_pure_python(wheel: zipfile.Path) -> None:
    assert Path(str(wheel.root.filename)).name.endswith("-py3-none-any.whl")


def test_every_module_and_data_file_of_the_package_is_in_it(names: frozenset[str]) -> None:
    wanted = {f"cvgen/{name}" for name in files_below(ROOT / "cvgen")}
    assert wanted <= names
    assert {
        "cvgen/py.typed",
        "cvgen/cli/main.py",
        "cvgen/pipeline/starter_files/researcher/profile.yaml",
        "cvgen/pipeline/starter_files/researcher/papers.bib",
        "cvgen/pipeline/starter_files/nurse/profile.yaml",
        "cvgen/model/languages/en.json",
        "cvgen/model/languages/zh.json",
        "cvgen/model/languages/de.json",
    } <= names


def test_every_file_of_the_themes_is_in_it(names: frozenset[str]) -> None:
    wanted = {f"cvgen/themes/shipped/{name}" for name in files_below(ROOT / "themes")}
    assert wanted <= names
    assert {
        "cvgen/themes/shipped/base/theme.yaml",
        "cvgen/themes/shipped/classic/theme.yaml",
        "cvgen/themes/shipped/modern/theme.yaml",
        "cvgen/themes/shipped/classic/html/style.css.j2",
        "cvgen/themes/shipped/classic/latex/style.tex.j2",
        "cvgen/themes/shipped/fonts/fonts.yaml",
    } <= names


def test_every_font_has_its_licence_beside_it(names: frozenset[str]) -> None:
    fonts = {name.rpartition("/")[0] for name in names if name.endswith((".otf", ".ttf", ".woff2"))}
    assert len(fonts) >= 3
    assert {f"{folder}/LICENSE.md" for folder in fonts} <= names


def test_nothing_else_is_in_it(names: frozenset[str]) -> None:
    package = {f"cvgen/{name}" for name in files_below(ROOT / "cvgen")}
    themes = {f"cvgen/themes/shipped/{name}" for name in files_below(ROOT / "themes")}
    others = names - package - themes
    assert [name for name in others if not name.startswith(INFO)] == []
    assert [name for name in names if "test" in name.split("/") or "tests" in name.split("/")] == []
    assert [name for name in names if "__pycache__" in name or name.endswith((".pyc", ".orig", "~"))] == []


def test_metadata(metadata: Message) -> None:
    assert metadata["Name"] == "cvgen-toolkit"
    assert metadata["License-Expression"] == "MIT"
    assert metadata["Requires-Python"] == ">=3.11"
    assert metadata["Summary"]
    assert metadata["Description-Content-Type"] == "text/markdown"


def test_what_a_render_needs_is_required_and_what_tests_need_is_not(metadata: Message) -> None:
    required = [line for line in metadata.get_all("Requires-Dist", []) if "extra ==" not in line]
    names = {line.split(">")[0].split("=")[0].split("<")[0].split(" ")[0].lower() for line in required}
    assert {"jinja2", "pylatexenc", "bibtexparser", "weasyprint", "click", "pydantic"} <= names
    assert not {"pytest", "ruff", "mypy", "hypothesis", "jsonschema"} & names


def test_command(wheel: zipfile.Path, names: frozenset[str]) -> None:
    (name,) = (name for name in names if name.endswith(".dist-info/entry_points.txt"))
    lines = wheel.joinpath(name).read_text("utf-8").split("\n")
    assert lines[:2] == ["[console_scripts]", "cvgen = cvgen.__main__:main"]


def test_wheel_works_away_from_the_checkout(wheel: zipfile.Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(str(wheel.root.filename)) as archive:
        archive.extractall(tmp_path / "site")
    environ = {**os.environ, "PYTHONPATH": str(tmp_path / "site"), "PYTHONDONTWRITEBYTECODE": "1"}

    def run(*args: str) -> str:
        command = [sys.executable, *args]
        finished = subprocess.run(
            command, cwd=tmp_path, env=environ, capture_output=True, text=True, check=False, timeout=120
        )
        assert finished.returncode == 0, finished.stderr
        return finished.stdout

    where = run("-c", "import cvgen, cvgen.themes.theme as t; print(cvgen.__file__, t.shipped_folder(), sep='\\n')")
    assert where.split("\n")[:2] == [
        str(tmp_path / "site" / "cvgen" / "__init__.py"),
        str(tmp_path / "site" / "cvgen" / "themes" / "shipped"),
    ]
    run("-m", "cvgen", "new", "Wei Lin")
    run("-m", "cvgen", "render", "profile.yaml")
    run("-m", "cvgen", "render", "profile.yaml", "-v", "short", "-f", "tex")
    assert (tmp_path / "profile.pdf").read_bytes().startswith(b"%PDF-")
    assert (tmp_path / "profile-short.tex").is_file()
