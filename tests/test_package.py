"""The wheel: everything that a render needs, and nothing else."""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from datetime import date
from email.message import Message
from email.parser import Parser
from pathlib import Path

import pytest

from cvgen.backends.weasyprint.pango_packages import name_distributions, say_how_to_install_pango
from cvgen.version import __version__

ROOT = Path(__file__).parents[1]
INFO = "cvgen_toolkit-"

pytestmark = pytest.mark.slow


def run(*command: str, folder: Path = ROOT, **environ: str) -> str:
    """What a Python program of ours prints; it must succeed."""
    finished = subprocess.run(
        [sys.executable, *command], cwd=folder, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **environ},
        capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return finished.stdout


def build(kind: str, source: Path, folder: Path, **environ: str) -> Path:
    """A wheel or an sdist of ``source``, in ``folder``."""
    run("-m", "hatchling", "build", "-t", kind, "-d", str(folder), folder=source, **environ)
    (path,) = folder.iterdir()
    return path


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.Path:
    """The wheel of this checkout."""
    return zipfile.Path(build("wheel", ROOT, tmp_path_factory.mktemp("wheel")))


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
        "cvgen/model/locales/en/words.json",
        "cvgen/model/locales/zh/words.json",
        "cvgen/model/locales/de/words.json",
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


def test_the_description_has_no_picture_or_link_that_leads_nowhere(metadata: Message) -> None:
    text = str(metadata.get_payload())
    assert "# cvgen" in text
    assert "cvgen render profile.yaml" in text
    assert "![" not in text
    assert re.findall(r"\]\((?!https:)", text) == []
    assert metadata.get_all("Project-URL") is None


def test_a_release_has_its_addresses_and_absolute_pictures() -> None:
    address = "https://example.org/someone/cvgen"
    metadata = json.loads(run("-m", "hatchling", "metadata", CVGEN_REPOSITORY=address))
    assert set(metadata["urls"]) == {"Homepage", "Documentation", "Source", "Issues", "Changelog"}
    linked = re.findall(r"\]\(([^)]+)\)", metadata["readme"]["text"])
    assert len(linked) > 10
    for link in linked:
        place, _, path = link.removeprefix(f"{address}/").partition(f"/v{__version__}/")
        assert place == ("raw" if path.endswith(".png") else "blob")
        assert (ROOT / path.partition("#")[0]).is_file(), link


def test_the_sdist_builds_the_same_wheel(wheel: zipfile.Path, tmp_path: Path) -> None:
    with tarfile.open(build("sdist", ROOT, tmp_path / "sdist")) as archive:
        archive.extractall(tmp_path, filter="data")
    (source,) = tmp_path.glob("cvgen_toolkit-*")
    again = build("wheel", source, tmp_path / "again")
    assert again.read_bytes() == Path(str(wheel.root.filename)).read_bytes()


def test_the_image_is_given_all_that_the_package_is_built_of(wheel: zipfile.Path, tmp_path: Path) -> None:
    """``COPY . .`` copies what .dockerignore lets through, which must build the same wheel as the whole checkout."""
    for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines():
        source = ROOT / line.removeprefix("!")
        if line.startswith("!") and source.is_dir():
            shutil.copytree(source, tmp_path / source.name, ignore=shutil.ignore_patterns("__pycache__"))
        elif line.startswith("!"):
            (tmp_path / line[1:]).parent.mkdir(exist_ok=True)
            shutil.copyfile(source, tmp_path / line[1:])
    again = build("wheel", tmp_path, tmp_path / "again")
    assert again.read_bytes() == Path(str(wheel.root.filename)).read_bytes()


def test_the_newest_release_of_the_changelog_is_the_version() -> None:
    released = re.findall(r"^## \[(\d\S*)\] - (\S+)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert released[0][0] == __version__
    assert date.fromisoformat(released[0][1])


def test_no_text_tells_people_to_install_what_pypi_does_not_have() -> None:
    texts = [*ROOT.glob("*.md"), *ROOT.glob("*.yml"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "cvgen").rglob("*.py")]
    texts += [path for path in (ROOT / "examples" / "repository").rglob("*") if path.is_file()]
    assert len(texts) > 100
    for path in texts:
        for line in path.read_text("utf-8").splitlines():
            assert not re.search(
                r"(?:pipx?|tool) install [^`#,]*(?<![\w/-])cvgen(-toolkit)?(?! @|/)(\[|'|\"|`|\s|$)", line
            ), (path, line)
            assert "pypi.org/project/cvgen" not in line, path


@pytest.mark.parametrize(
    ("system", "distributions", "command"),
    [
        ("Linux", ["debian"], "apt install libpangoft2-1.0-0 libharfbuzz-subset0"),
        ("Linux", ["linuxmint", "ubuntu", "debian"], "apt install libpangoft2-1.0-0 libharfbuzz-subset0"),
        ("Linux", ["rocky", "rhel", "centos", "fedora"], "dnf install pango harfbuzz"),
        ("Linux", ["opensuse-leap", "suse", "opensuse"], "zypper install libpango-1_0-0 libharfbuzz-subset0"),
        ("Linux", [], "on Debian: apt install libpangoft2-1.0-0 libharfbuzz-subset0"),
        ("Darwin", [], "brew install pango"),
        ("Windows", [], "use cvgen in WSL (wsl --install) or in Docker"),
    ],
)
def test_the_hint_on_pango_is_for_the_system(system: str, distributions: list[str], command: str) -> None:
    assert say_how_to_install_pango(system, distributions).endswith(command)
    manual = (ROOT / "docs" / "start.md").read_text("utf-8")
    assert command.removeprefix("on Debian: ") in manual or system == "Windows"


def test_without_pango_a_render_says_how_to_install_it(tmp_path: Path) -> None:
    """A module cffi that finds no library, and an empty cache, are as a system without Pango."""
    (tmp_path / "cffi.py").write_text("class FFI:\n    def __init__(self): raise OSError('cannot load pango')\n")
    (tmp_path / "profile.yaml").write_text("basics: {name: Wei Lin}\n")
    finished = subprocess.run(
        [sys.executable, "-m", "cvgen", "render", "profile.yaml"], cwd=tmp_path, capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}", "XDG_CACHE_HOME": str(tmp_path)}, check=False,
        timeout=120,
    )  # fmt: skip
    assert finished.returncode == 1
    assert "WeasyPrint cannot be loaded: OSError: cannot load pango" in finished.stderr
    assert say_how_to_install_pango(platform.system(), name_distributions()) in finished.stderr


def test_the_wheel_installs_and_renders_away_from_the_checkout(wheel: zipfile.Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    run("-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps", "--no-index", "--target", str(site),
        str(wheel.root.filename))  # fmt: skip

    def use(*args: str) -> str:
        return run(*args, folder=tmp_path, PYTHONPATH=str(site))

    where = use("-c", "import cvgen, cvgen.themes.theme as t; print(cvgen.__file__, t.shipped_folder(), sep='\\n')")
    assert where.split("\n")[:2] == [
        str(site / "cvgen" / "__init__.py"),
        str(site / "cvgen" / "themes" / "shipped"),
    ]
    command = str(site / "bin" / "cvgen")
    assert use(command, "--version").split() == ["cvgen,", "version", __version__]
    use(command, "new", "Wei Lin")
    use(command, "render", "profile.yaml")
    use(command, "render", "profile.yaml", "-v", "short", "-f", "tex", "-o", "short.tex")
    assert (tmp_path / "profile.pdf").read_bytes().startswith(b"%PDF-")
    assert (tmp_path / "short.tex").is_file()


@pytest.mark.parametrize("program", ["pip install", "pipx install", "uv tool install"])
def test_the_manual_installs_from_a_clone_and_from_an_address(program: str) -> None:
    lines = re.findall(rf"^    {program} (\S+)", (ROOT / "docs" / "start.md").read_text("utf-8"), re.MULTILINE)
    assert lines == [".", "git+https://ADDRESS"]


def test_the_line_for_an_address_installs(tmp_path: Path) -> None:
    """The line of the manual with the address of a small clone, and without the network."""
    clone = tmp_path / "clone"
    names = subprocess.run(
        ["git", "ls-files", "cvgen", "themes", ".ci", "pyproject.toml", "README.md", "LICENSE"], cwd=ROOT, check=True,
        capture_output=True, text=True,
    ).stdout.splitlines()  # fmt: skip
    for name in names:
        (clone / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, clone / name)
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]
    for args in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "All"]):
        subprocess.run([*git, *args], cwd=clone, check=True)
    (line,) = re.findall(r"^    (pip install git\S+)$", (ROOT / "docs" / "start.md").read_text("utf-8"), re.MULTILINE)
    words = line.replace("https://ADDRESS", clone.as_uri()).split()
    run("-m", *words, "-q", "--disable-pip-version-check", "--no-deps", "--no-build-isolation", "--no-index",
        "--target", str(tmp_path / "site"))  # fmt: skip
    said = run("-m", "cvgen", "--version", folder=tmp_path, PYTHONPATH=str(tmp_path / "site"))
    assert __version__ in said
    assert (tmp_path / "site" / "cvgen" / "themes" / "shipped" / "classic" / "theme.yaml").is_file()
