"""Where a render writes: never over what was read, never over a device, never outside the output folder."""

from __future__ import annotations

import io
import os
import platform
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from helpers import FONT_OPTIONS, INSTALLED_FONTS, run_cvgen
from PIL import Image

import cvgen

PROFILE = """basics: {name: Ana Lopes, image: photo.png}
bibliography: {files: [papers.bib]}
work: [{name: Example Labs, position: Engineer, start: 2020}]
"""


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    folder = tmp_path / "cv"
    folder.mkdir()
    (folder / "papers.bib").write_text("@article{a, author={Lopes, Ana}, title={T}, journal={J}, year=2020}")
    Image.new("RGB", (8, 8), "teal").save(folder / "photo.png")
    path = folder / "profile.yaml"
    path.write_text(PROFILE)
    return path


def render_page(profile: Path, *arguments: str | Path) -> tuple[int, str]:
    """The exit code and messages of a render to HTML, which needs no engine."""
    ran = run_cvgen("render", profile, "-f", "html", *INSTALLED_FONTS, *arguments)
    return ran.code, ran.err


@pytest.mark.parametrize("read", ["profile.yaml", "papers.bib", "photo.png"])
@pytest.mark.parametrize("through", ["itself", "link", "hard link"])
def test_a_file_that_was_read_is_never_overwritten(profile: Path, read: str, through: str) -> None:
    kept = profile.parent / read
    before, target = kept.read_bytes(), kept
    if through != "itself":
        target = profile.parent / "out.html"
        target.symlink_to(read) if through == "link" else target.hardlink_to(kept)
    code, told = render_page(profile, "-o", target)
    assert code == 2
    assert ("does not end like a HTML file" if through == "itself" else "was read, and would be overwritten") in told
    assert kept.read_bytes() == before


def test_a_theme_that_was_read_is_never_overwritten(profile: Path) -> None:
    theme = profile.parent / "themes" / "mine" / "theme.yaml"
    theme.parent.mkdir(parents=True)
    theme.write_text("description: mine\nextends: classic\n")
    link = profile.parent / "out.html"
    link.symlink_to(theme)
    code, told = render_page(profile, "-t", "mine", "-o", link)
    assert (code, theme.read_text()[:11]) == (2, "description")
    assert "would be overwritten" in told


def test_the_target_of_a_link_is_replaced_and_the_link_stays(profile: Path, tmp_path: Path) -> None:
    target, link = tmp_path / "kept.html", tmp_path / "link.html"
    target.write_text("old")
    link.symlink_to(target)
    assert render_page(profile, "-o", link)[0] == 0
    assert link.is_symlink()
    assert "Ana Lopes" in target.read_text()


@pytest.mark.parametrize("kind", ["circle", "dangling"])
def test_a_link_without_a_target(profile: Path, tmp_path: Path, kind: str) -> None:
    link = tmp_path / "link.html"
    link.symlink_to("link.html" if kind == "circle" else "new.html")
    code, told = render_page(profile, "-o", link)
    assert (code, link.is_symlink()) == (2 if kind == "circle" else 0, True)
    assert ("cannot write" in told) == (kind == "circle")


def test_a_pipe_is_written_to_if_a_program_reads_from_it(profile: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    code, told = render_page(profile, "-o", pipe)
    assert code == 2
    assert "cannot write" in told
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()), daemon=True)
    reader.start()
    for _ in range(100):  # until the reader has opened the pipe
        if render_page(profile, "-o", pipe)[0] == 0:
            break
    reader.join(10)
    assert b"Ana Lopes" in read[0]
    assert pipe.is_fifo()


def test_a_socket_is_refused(profile: Path, tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket"))
        code, told = render_page(profile, "-o", tmp_path / "socket")
    assert code == 2
    assert "not a file" in told


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can make a device")
def test_a_device_is_written_to_and_never_replaced(profile: Path, tmp_path: Path) -> None:
    device = tmp_path / "null"
    try:
        os.mknod(device, 0o600 | 0o020000, os.makedev(1, 3))
        device.read_bytes()
    except PermissionError:
        pytest.skip("this machine allows no devices here")
    assert render_page(profile, "-o", device)[0] == 0
    assert device.is_char_device()


def test_a_hyphen_is_stdout(profile: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "cvgen", "render", str(profile), "-f", "html", *INSTALLED_FONTS, "-o", "-"],
        capture_output=True,
        check=True,
    )
    assert ran.stdout.startswith(b"<!DOCTYPE html>")
    assert ran.stdout.rstrip().endswith(b"</html>")
    assert b"-  (default, classic)" in ran.stderr
    assert sorted(path.name for path in profile.parent.iterdir()) == ["papers.bib", "photo.png", "profile.yaml"]


def test_a_source_that_needs_other_files_is_not_written_to_stdout(profile: Path) -> None:
    ran = run_cvgen("render", profile, "-f", "tex", "-o", "-")
    assert (ran.code, ran.out) == (2, "")
    assert "give a file with -o" in ran.err


@pytest.mark.parametrize("extra", [["--all"], ["--watch"], ["--report"]])
def test_stdout_holds_one_document(profile: Path, extra: list[str]) -> None:
    ran = run_cvgen("render", profile, "-o", "-", *extra)
    assert ran.code == 2
    assert f"-o - does not go with {extra[0]}" in ran.err


def test_the_library_writes_to_a_stream(profile: Path) -> None:
    stream = io.BytesIO()
    result = cvgen.render(profile, format="html", output=stream, options=FONT_OPTIONS)
    assert stream.getvalue().startswith(b"<!DOCTYPE html>")
    assert str(result.output) == "-"


@pytest.mark.parametrize("name", ["there", "new/"])
def test_a_folder_gets_a_file_with_the_default_name(profile: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "there").mkdir()
    assert render_page(profile, "-o", f"{tmp_path}/{name}")[0] == 0
    assert [path.name for path in (tmp_path / name).iterdir()] == ["profile.html"]


NAMES = [
    'variants: {"../../../x/out": {theme: classic}}',
    "variants: {/tmp/out: {theme: classic}}",
    'variants: {"..": {theme: classic}}',
    "variants: {a: {file: sub/cv}}",
    "variants: {a: {file: sub/deeper/cv}}",
    'variants: {a: {file: "cv\\0x"}}',
    "variants: {a: {file: link}}",
]


@pytest.mark.parametrize("variants", NAMES)
def test_a_profile_writes_into_the_output_folder_only(profile: Path, tmp_path: Path, variants: str) -> None:
    outside, output = tmp_path / "outside", tmp_path / "out"
    for folder in (outside, output, outside / "deeper"):
        folder.mkdir()
    (outside / "file").write_text("kept")
    (output / "sub").symlink_to(outside)
    (output / "link.html").symlink_to(outside / "file")
    profile.write_text(PROFILE + variants)
    before = sorted(tmp_path.rglob("*"))
    ran = run_cvgen("render", profile, "-f", "html", *INSTALLED_FONTS, "--all", "-o", output)
    written = [path for path in sorted(tmp_path.rglob("*")) if path not in before]
    assert ran.code in (0, 2)
    assert all(path.parent == output for path in written), written
    assert len(written) == (1 if ran.code == 0 else 0)
    assert (outside / "file").read_text() == "kept"


def test_unfinished_files_of_a_killed_render_are_removed(profile: Path, tmp_path: Path) -> None:
    ended = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    machine = platform.node()
    left, foreign = (tmp_path / f".cvgen-{machine}-{pid}-abc" for pid in (int(ended.stdout), os.getpid()))
    left.touch()
    foreign.touch()
    assert render_page(profile, "-o", tmp_path / "cv.html")[0] == 0
    assert not left.exists()
    assert foreign.exists()
