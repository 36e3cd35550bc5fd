"""Themes and citation styles in installed packages: written, installed, found, used, and kept from strangers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers import INSTALLED_FONTS, run_cvgen
from pdf import read_pages, words

ROOT = Path(__file__).parents[1]
PROFILE = """basics: {name: Wei Lin}
bibliography: {files: [papers.bib]}
work: [{name: Example Labs, position: Engineer, date: 2024}]
variants: {v: {sections: [work, {publications: {style: STYLE}}]}}
"""
PAPERS = "@article{a, author = {Lin, Wei}, title = {Sparse attention}, journal = {Letters}, year = 2024}\n"
Run = Callable[..., subprocess.CompletedProcess[str]]


def cvgen_with(site: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run cvgen where the packages in ``site`` are installed."""
    environ = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{site}", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "cvgen", *arguments]
    return subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of packages: the one that ``cvgen themes new --package`` writes, with a few changes, as pip installs it.

    It also has a theme of a shipped theme's name, and code that would leave a file if somebody ran it.
    """
    folder = tmp_path_factory.mktemp("packages")
    assert run_cvgen("themes", "new", "forest", "--package", "-d", folder).code == 0
    package = folder / "cvgen-theme-forest"
    theme = package / "cvgen_theme_forest" / "forest"
    with (theme / "html/style.css.j2").open("a") as style:
        style.write('h1::after { content: " of the forest" }\n')
    (theme / "styles").mkdir()
    (theme / "styles/rings.j2").write_text('{{ join(["Ring", item.year, item.title], " ") }}\n')
    (theme.parent / "classic").mkdir()
    (theme.parent / "classic/theme.yaml").write_text("description: not ours\nextends: modern\n")
    (theme.parent / "__init__.py").write_text(f"open({str(folder / 'was-run')!r}, 'w')\n")
    project = (package / "pyproject.toml").read_text()
    more = 'forest = "cvgen_theme_forest"\nclassic = "cvgen_theme_forest"\n"../odd" = "cvgen_theme_forest"\n'
    (package / "pyproject.toml").write_text(project.replace('forest = "cvgen_theme_forest"\n', more))
    command = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps", "--no-index",
               "--no-build-isolation", "--target", str(folder / "site"), str(package)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    return folder / "site"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "profile.yaml").write_text(PROFILE.replace("STYLE", "rings"), "utf-8")
    (tmp_path / "papers.bib").write_text(PAPERS, "utf-8")
    return tmp_path


def test_list_and_show_say_which_package_a_theme_comes_from(site: Path, folder: Path) -> None:
    (folder / "themes/mine").mkdir(parents=True)
    (folder / "themes/mine/theme.yaml").write_text("extends: forest\ndescription: As I like it\n")
    lines = cvgen_with(site, folder, "themes", "list").stdout.splitlines()
    told = {line.split()[0]: line for line in lines if line.startswith("  ")}
    assert told["forest"].endswith("classic, as I like it [package cvgen-theme-forest 0.1.0]")
    assert told["mine"].endswith("As I like it [themes/mine]")
    assert "not ours" not in told["classic"]
    assert not told["classic"].endswith("]")
    shown = cvgen_with(site, folder, "themes", "show", "forest").stdout
    assert "package: cvgen-theme-forest 0.1.0\n" in shown
    assert f"folder: {site / 'cvgen_theme_forest' / 'forest'}\n" in shown
    assert not (site.parent / "was-run").exists()


def test_a_theme_and_its_style_print_and_no_code_of_the_package_runs(site: Path, folder: Path) -> None:
    ran = cvgen_with(site, folder, "render", "profile.yaml", "-t", "forest", "-o", "cv.pdf")
    assert (ran.returncode, ran.stderr) == (0, "")
    text = words(read_pages((folder / "cv.pdf").read_bytes()))
    assert "Wei Lin of the forest" in text
    assert "Ring 2024 Sparse attention" in text
    assert not (site.parent / "was-run").exists()


def test_a_style_of_a_package_is_for_every_theme(site: Path, folder: Path) -> None:
    ran = cvgen_with(
        site, folder, "render", "profile.yaml", "-t", "ats", "-f", "html", "-o", "cv.html", *INSTALLED_FONTS
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "Ring 2024 Sparse attention" in (folder / "cv.html").read_text("utf-8")
    assert "of the forest" not in (folder / "cv.html").read_text("utf-8")


def test_a_folder_beside_the_profile_changes_a_theme_of_a_package(site: Path, folder: Path) -> None:
    (folder / "themes/forest/html").mkdir(parents=True)
    (folder / "themes/forest/html/style.css.j2").write_text("h1::after { content: ' of mine' }\n")
    ran = cvgen_with(
        site, folder, "render", "profile.yaml", "-t", "forest", "-f", "html", "-o", "cv.html", *INSTALLED_FONTS
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    page = (folder / "cv.html").read_text("utf-8")
    assert "of mine" in page
    assert "of the forest" not in page


@pytest.mark.parametrize(
    ("style", "theme", "message"),
    [
        ("full", "forest", "the theme 'forest' does not come with cvgen"),
        ("rings", "classic", "the theme 'classic' has no style 'rings'"),
    ],
)
def test_a_stranger_can_use_no_package(site: Path, folder: Path, style: str, theme: str, message: str) -> None:
    (folder / "profile.yaml").write_text(PROFILE.replace("STYLE", style), "utf-8")
    ran = cvgen_with(site, folder, "render", "profile.yaml", "-t", theme, "-f", "html", "--untrusted")
    assert ran.returncode == 2
    assert message in ran.stderr
    assert "forest" not in ran.stderr.replace("'forest'", "")


def test_a_package_that_is_installed_to_be_edited_is_found_in_its_checkout(tmp_path: Path) -> None:
    info = tmp_path / "site" / "cvgen_theme_sea-0.1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: cvgen-theme-sea\nVersion: 0.1.0\n")
    (info / "entry_points.txt").write_text("[cvgen.themes]\nsea = cvgen_theme_sea\n")
    checkout = tmp_path / "my packages" / "sea"
    (info / "direct_url.json").write_text(json.dumps({"url": checkout.as_uri(), "dir_info": {"editable": True}}))
    (checkout / "src/cvgen_theme_sea/sea").mkdir(parents=True)
    (checkout / "src/cvgen_theme_sea/sea/theme.yaml").write_text("extends: ats\ndescription: The sea\n")
    listed = cvgen_with(tmp_path / "site", tmp_path, "themes", "list").stdout
    assert "The sea [package cvgen-theme-sea 0.1.0]" in listed


def test_a_second_package_of_the_name_is_refused(tmp_path: Path) -> None:
    for code in (0, 2):
        ran = run_cvgen("themes", "new", "forest", "--package", "-d", tmp_path)
        assert ran.code == code
    assert "the theme 'forest' already exists" in ran.err
