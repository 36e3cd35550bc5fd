"""The cache makes the next run faster; a run works as well without it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from helpers import run_cvgen

from cvgen.backends.cache import Cache
from cvgen.backends.host import describe_host

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")


def test_what_is_kept_is_read_by_the_next_run(tmp_path: Path) -> None:
    kept = Cache(tmp_path / "new" / "cache").keep("fonts/a.otf", b"glyphs")
    later = Cache(tmp_path / "new" / "cache")
    assert kept == tmp_path / "new" / "cache" / "fonts" / "a.otf"
    assert (later.read("fonts/a.otf"), later.find("fonts/a.otf")) == (b"glyphs", kept)
    assert later.list_names("fonts") == ["fonts/a.otf"]


@pytest.mark.parametrize("damage", [b"", b"gly", b"glyphs ", b"GLYPHS"])
@pytest.mark.parametrize("file", ["a.otf", "a.otf.crc"])
def test_a_damaged_file_is_as_if_it_were_missing_and_is_written_again(tmp_path: Path, damage: bytes, file: str) -> None:
    cache = Cache(tmp_path)
    cache.keep("a.otf", b"glyphs")
    (tmp_path / file).write_bytes(damage)
    assert (cache.read("a.otf"), cache.find("a.otf")) == (None, None)
    cache.keep("a.otf", b"glyphs")
    assert cache.read("a.otf") == b"glyphs"


def test_a_folder_in_the_place_of_a_file_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.otf" / "below").mkdir(parents=True)
    assert Cache(tmp_path).keep("a.otf", b"glyphs")
    assert Cache(tmp_path).read("a.otf") == b"glyphs"


@pytest.mark.parametrize("place", [None, "file", "file/below", "circle", "/dev/null"])
def test_what_cannot_be_kept_is_placed_elsewhere_until_the_end(tmp_path: Path, place: str | None) -> None:
    (tmp_path / "file").write_text("a file")
    (tmp_path / "circle").symlink_to("circle")
    cache = Cache(tmp_path / place if place else None)
    assert cache.keep("a.otf", b"glyphs") is None
    placed = cache.place("fonts/a.otf", b"glyphs")
    assert (placed.read_bytes(), cache.find("fonts/a.otf")) == (b"glyphs", placed)
    assert cache.list_names("fonts") == []
    cache.close()
    assert not placed.exists()


@needs_root
def test_the_cache_of_another_user_is_not_read(tmp_path: Path) -> None:
    Cache(tmp_path).keep("a", b"code")
    os.chown(tmp_path, 12345, 12345)
    assert Cache(tmp_path).read("a") is None
    assert Cache(tmp_path / "below").keep("a", b"code") is None


@pytest.mark.parametrize(
    ("environ", "folder"),
    [
        ({"HOME": "/home/ana"}, "/home/ana/.cache/cvgen"),
        ({"HOME": "/home/ana", "XDG_CACHE_HOME": "/var/x"}, "/var/x/cvgen"),
        ({"HOME": "/home/ana", "XDG_CACHE_HOME": "relative"}, "/home/ana/.cache/cvgen"),
        ({"HOME": "/home/ana", "XDG_CACHE_HOME": ""}, "/home/ana/.cache/cvgen"),
        ({"HOME": "relative"}, None),
    ],
)
def test_the_place_of_the_cache(environ: dict[str, str], folder: str | None) -> None:
    assert describe_host(environ).cache == (Path(folder) if folder else None)


def test_the_declarations_of_weasyprint_are_kept_and_a_damaged_file_is_repaired(tmp_path: Path) -> None:
    profile = tmp_path / "cv.yaml"
    profile.write_text("basics: {name: Wei Lin}\nwork: [{name: Labs, position: Lead, start: 2020}]\n", "utf-8")
    environ: dict[str, str | None] = {"XDG_CACHE_HOME": str(tmp_path / "cache"), "SOURCE_DATE_EPOCH": "1700000000"}
    cache = Cache(tmp_path / "cache" / "cvgen")

    def render() -> bytes:
        assert run_cvgen("render", profile, "-o", tmp_path / "cv.pdf", env=environ).code == 0
        return (tmp_path / "cv.pdf").read_bytes()

    first = render()
    (name,) = cache.list_names("declarations")
    kept = cache.read(name)
    assert kept
    assert b"pango_layout_new" in kept
    assert render() == first
    cache.keep(name, b"{'_version': 9729}")  # whole, and without a single function
    assert render() == first
    cache.keep(name, b"print(1)")
    assert render() == first
    assert cache.read(name) == kept
