"""Files are read only if they are regular, and only up to the size that their kind may have."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from helpers import INSTALLED_FONTS, run_cvgen

PROFILE = "basics: {name: Ana Lopes, image: photo.png}\nbibliography: {files: [papers.bib]}\n"
THEME = "description: mine\nextends: classic\n"
READ = ["profile.yaml", "papers.bib", "photo.png", "themes/mine/styles/full.j2",
        "posting.txt", "cv.pdf"]  # fmt: skip
COMMANDS = {"posting.txt": ["match", "profile.yaml", "posting.txt"], "cv.pdf": ["inspect", "cv.pdf"]}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "themes" / "mine").mkdir(parents=True)
    (tmp_path / "profile.yaml").write_text(PROFILE + "variants: {default: {theme: mine}}\n")
    (tmp_path / "themes" / "mine" / "theme.yaml").write_text(THEME)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(path: Path, kind: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    else:
        with path.open("wb") as stream:
            stream.truncate(2**31)


@pytest.mark.parametrize("kind", ["pipe", "device", "huge"])
@pytest.mark.parametrize("name", READ)
def test_what_is_no_ordinary_file_is_a_problem(folder: Path, name: str, kind: str) -> None:
    put(folder / name, kind)
    ran = run_cvgen(*COMMANDS.get(name, ["render", "profile.yaml", "-f", "html"]))
    if name.endswith(".j2") and kind == "device":
        assert "leads out of the theme" in ran.err
    else:
        assert ("too large" if kind == "huge" else "it is not a regular file") in ran.err
    assert ran.code == 2
    assert not list(folder.glob("*.html"))


MANIFESTS = [("pipe", "not a regular file"), ("device", "leads out of"), ("huge", "too large")]


@pytest.mark.parametrize(("kind", "told"), MANIFESTS)
def test_a_theme_is_a_folder_with_an_ordinary_manifest(folder: Path, kind: str, told: str) -> None:
    put(folder / "themes" / "mine" / "theme.yaml", kind)
    ran = run_cvgen("render", "profile.yaml", "-f", "html")
    assert (ran.code, told in ran.err) == (2, True), ran.err


@pytest.mark.parametrize("text", [
    'basics: {name: A, image: "p\\0.png"}',
    'basics: {name: A}\nbibliography: {files: ["p\\0.bib"]}',
    'basics: {name: A}\nvariants: {default: {theme: "a\\0b"}}',
    'basics: {name: A}\nvariants: {default: {theme: "./a\\0b"}}',
    f"basics: {{name: A, image: {'p' * 300}.png}}",
    f"basics: {{name: A}}\nbibliography: {{files: [{'p' * 5000}.bib]}}",
    f"basics: {{name: A}}\nvariants: {{default: {{theme: {'t' * 300}}}}}",
    f"basics: {{name: A}}\nvariants: {{default: {{theme: {'t/' * 3000}}}}}",
])  # fmt: skip
def test_a_name_that_no_file_can_have_is_a_problem(folder: Path, text: str) -> None:
    (folder / "profile.yaml").write_text(text)
    ran = run_cvgen("render", "profile.yaml", "-f", "html")
    assert ran.code == 2
    assert "profile.yaml:" in ran.err


def test_a_file_that_is_no_bibliography_is_not_quoted(folder: Path) -> None:
    (folder / "secret").write_text("token: canary-5512\n@ canary-5512 {\n")
    (folder / "profile.yaml").write_text("basics: {name: Ana Lopes}\nbibliography: {files: [secret]}\n")
    ran = run_cvgen("render", "profile.yaml", "-f", "html", "--all-problems", *INSTALLED_FONTS)
    assert "secret:" in ran.err
    assert "canary" not in ran.err + ran.out
