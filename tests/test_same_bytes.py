"""The same files give the same bytes: in another folder, time zone and language, as another user, at another time."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from PIL import Image
from rendering import copy_lualatex_cache

PROFILE = """basics: {name: Ana Lopes, image: me.jpg, profiles: [{network: github, username: ana}]}
work: [{name: Acme, logo: logo.png, start: 2020, end: present, highlights: ["Did **it** and é"]}]
bibliography: {files: [papers.bib]}
"""
BIB = "@article{a, author = {Lopes, Ana}, title = {One}, journal = {J}, year = 2024, preview = {logo.png}}\n"


def write_files(folder: Path) -> Path:
    folder.mkdir(parents=True)
    notes = Image.Exif()
    notes[0x0112] = 6
    Image.new("RGB", (1500, 1000), "teal").save(folder / "me.jpg", exif=notes)
    Image.new("RGBA", (60, 40), (200, 30, 30, 128)).save(folder / "logo.png")
    (folder / "papers.bib").write_text(BIB)
    (folder / "profile.yaml").write_text(PROFILE)
    return folder / "profile.yaml"


def render(profile: str, output: Path, arguments: tuple[str, ...], cwd: Path, environ: Mapping[str, str]) -> None:
    command = [sys.executable, "-m", "cvgen", "render", profile, *arguments, "-o", str(output)]
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    python = os.pathsep.join([str(Path(__file__).parents[1]), kept.pop("PYTHONPATH", "")]).strip(os.pathsep)
    mask = int(environ["MASK"], 8)
    subprocess.run(
        command, env={**kept, "PYTHONPATH": python, **environ}, cwd=cwd, check=True, umask=mask, capture_output=True
    )


@pytest.mark.parametrize(
    ("ending", "arguments"),
    [
        pytest.param("pdf", (), id="weasyprint"),
        pytest.param("pdf", ("-e", "xelatex"), id="xelatex", marks=pytest.mark.tex),
        pytest.param("pdf", ("-e", "lualatex"), id="lualatex", marks=pytest.mark.tex),
        # With one font in the page, the smallest: the others take seconds.
        pytest.param("html", ("-f", "html", "--set", "body_font=Serif", "--set", "heading_font=Serif"), id="html"),
        pytest.param("tex", ("-f", "tex"), id="tex"),
    ],
)
def test_everything_around_the_files_may_differ(tmp_path: Path, ending: str, arguments: tuple[str, ...]) -> None:
    one, other = write_files(tmp_path / "one"), write_files(tmp_path / "two" / "a deeper folder")
    (tmp_path / "link").symlink_to(other.parent)
    homes = {name: tmp_path / name for name in ("ana", "bea")}
    caches = {name: {"HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")} for name, home in homes.items()}
    for home in homes.values():
        home.mkdir()
    if "lualatex" in arguments:
        for home in homes.values():
            copy_lualatex_cache(home / "cache" / "cvgen")
    first = {**caches["ana"], "TZ": "UTC", "LANG": "C.UTF-8", "PYTHONHASHSEED": "1", "MASK": "022"}
    second = {**caches["bea"], "TZ": "Asia/Tokyo", "LC_ALL": "C", "LANG": "de_DE", "PYTHONHASHSEED": "2", "MASK": "077"}
    render("profile.yaml", tmp_path / "out" / f"cv.{ending}", arguments, one.parent, first)
    render(str(tmp_path / "link" / "profile.yaml"), tmp_path / "out2" / f"cv.{ending}", arguments, tmp_path, second)
    made = [
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (tmp_path / "out", tmp_path / "out2")
    ]
    assert made[0]
    assert made[0] == made[1]
