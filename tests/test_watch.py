"""``cvgen render --watch`` as a process: every file that a render depends on is watched, and no message is stale."""

from __future__ import annotations

import os
import queue
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pypdfium2
import pytest
from helpers import line_of
from PIL import Image

from cvgen.sources.files_read import FilesRead
from cvgen.themes.theme import shipped_folder

SHIPPED_FONTS = shipped_folder() / "fonts"
SMALL = """\
basics: {name: Wei Lin}
news: [{date: 2024, text: "Ready."}]
"""
PAPERS = "@misc{late, title = {On Being Late}, author = {Long, Ada and Lin, Wei}, year = {2025}}\n"
FULL = """\
basics: {name: Wei Lin, image: me.png}
bibliography: {files: [papers.bib]}
news: [{date: 2024, text: "Ready."}]
variants:
  full: {theme: mine, sections: [news, publications: {title: Papers, style: plain}]}
"""
SECONDS = 120
"""How long a test waits for a line of output: long enough for a machine with much else to do."""


@dataclass(frozen=True, slots=True)
class Watching:
    """The process and the lines that it prints."""

    process: subprocess.Popen[str]
    out: queue.Queue[str]
    err: queue.Queue[str]
    pdf: Path

    def wait_until(self, holds: Callable[[], bool]) -> None:
        """Wait for renders until ``holds`` is true of the last."""
        while not (self.pdf.exists() and holds()):
            next_line(self.out, f"{self.pdf.name}  (")

    def waits_for(self, text: str) -> None:
        """Wait until the PDF has ``text``."""
        self.wait_until(lambda: text in pdf_text(self.pdf))


@contextmanager
def watching(profile: Path, *arguments: str) -> Iterator[Watching]:
    """``cvgen render --watch`` as a process; ended at the end, whatever happens."""
    command = [sys.executable, "-m", "cvgen", "render", profile.name, "--watch", *arguments]
    process = subprocess.Popen(
        command, cwd=profile.parent, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )
    out, err = _lines_of(process.stdout), _lines_of(process.stderr)
    try:
        yield Watching(process, out, err, profile.with_suffix(".pdf"))
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(30)


def _lines_of(stream: IO[str] | None) -> queue.Queue[str]:
    assert stream
    lines: queue.Queue[str] = queue.Queue()

    def read() -> None:
        with stream:
            for line in stream:
                lines.put(line)

    threading.Thread(target=read, daemon=True).start()
    return lines


def next_line(lines: queue.Queue[str], part: str) -> str:
    """The next line with ``part`` in it."""
    while part not in (line := lines.get(timeout=SECONDS)):
        pass
    return line


def pdf_text(pdf: Path) -> str:
    with pypdfium2.PdfDocument(pdf.read_bytes()) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def has_color(pdf: Path, color: tuple[int, int, int]) -> bool:
    """Whether a page shows an area of this colour."""
    with pypdfium2.PdfDocument(pdf.read_bytes()) as document:
        pages = [page.render(scale=0.5).to_pil().convert("RGB") for page in document]
    counts = [count for page in pages for count, pixel in page.getcolors(1 << 20) or () if pixel == color]
    return int(sum(counts)) > 20


def replace_file(path: Path, text: str) -> None:
    """Save as many editors do: write another file, and rename it."""
    beside = path.with_name(f".{path.name}.swp")
    beside.write_text(text, "utf-8")
    beside.replace(path)


RED, BLUE = (255, 0, 0), (0, 0, 255)


def make_photo(path: Path, color: tuple[int, int, int]) -> None:
    Image.new("RGB", (64, 64), color).save(path)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "profile.yaml"
    path.write_text(SMALL, "utf-8")
    return path


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A profile with a bibliography, a photo, and a theme and a style of the person's own; gives its folder."""
    (tmp_path / "profile.yaml").write_text(FULL, "utf-8")
    (tmp_path / "papers.bib").write_text(PAPERS, "utf-8")
    make_photo(tmp_path / "me.png", RED)
    for name, text in {
        "theme.yaml": "extends: classic\noptions: {heading_style: plain}\n",
        "html/dated.html.j2": "<p>line one</p>\n",
        "styles/plain.j2": "{{ item.title }} in style one\n",
    }.items():
        path = tmp_path / "themes/mine" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path


def test_a_change_and_a_faulty_save_and_its_repair(small: Path) -> None:
    with watching(small) as run:
        next_line(run.out, "profile.pdf  (default, classic, 1 page)")
        assert "Ready." in pdf_text(run.pdf)
        next_line(run.out, "watching")
        small.write_text(SMALL.replace("Ready.", "Changed once."), "utf-8")
        assert re.fullmatch(r"\d\d:\d\d:\d\d  changed: profile.yaml", next_line(run.out, "changed: ").strip())
        run.waits_for("Changed once.")
        assert re.match(r"\d\d:\d\d:\d\d  watching", next_line(run.out, "watching"))
        replace_file(small, SMALL.replace("news:", "nwes:"))
        assert "profile.yaml:2:1: error: unknown key 'nwes'" in next_line(run.err, "error:")
        assert "Changed once." in pdf_text(run.pdf)
        small.write_text(SMALL.replace("Ready.", "Changed at last."), "utf-8")
        run.waits_for("Changed at last.")
        run.process.send_signal(signal.SIGINT)
        assert run.process.wait(SECONDS) == 0
    assert {path.name for path in small.parent.iterdir()} == {"profile.yaml", "profile.pdf"}


def test_every_file_of_a_render_is_watched(desk: Path) -> None:
    theme = desk / "themes/mine"
    with watching(desk / "profile.yaml") as run:
        run.waits_for("On Being Late in style one")
        assert "line one" in pdf_text(run.pdf)
        assert has_color(run.pdf, RED)

        replace_file(desk / "papers.bib", PAPERS.replace("Late", "Later"))
        run.waits_for("On Being Later")
        (theme / "styles/plain.j2").write_text("{{ item.title }} in style two\n", "utf-8")
        run.waits_for("in style two")
        replace_file(theme / "html/dated.html.j2", "<p>line two</p>\n")
        run.waits_for("line two")
        make_photo(desk / "me.png", BLUE)
        run.wait_until(lambda: has_color(run.pdf, BLUE))
        (theme / "theme.yaml").write_text("extends: classic\noptions: {heading_case: caps}\n", "utf-8")
        run.waits_for("PAPERS")
        replace_file(desk / "profile.yaml", FULL.replace("Papers", "Works"))
        run.waits_for("WORKS")
        # A file that is found before the one used so far, in a folder that was not there
        (theme / "latex").mkdir()
        (theme / "html/publication.html.j2").write_text("<p>a new template</p>\n", "utf-8")
        run.waits_for("a new template")


def test_a_new_theme_folder_that_changes_the_theme_in_use(small: Path) -> None:
    with watching(small) as run:
        next_line(run.out, "watching")
        template = small.parent / "themes/classic/html/dated.html.j2"
        template.parent.mkdir(parents=True)
        template.write_text("<p>from the new folder</p>\n", "utf-8")
        run.waits_for("from the new folder")


def test_a_file_that_the_profile_names_from_now_on(small: Path) -> None:
    with watching(small) as run:
        next_line(run.out, "watching")
        (small.parent / "more").mkdir()
        bib = small.parent / "more/papers.bib"
        bib.write_text(PAPERS, "utf-8")
        small.write_text(SMALL + "bibliography: {files: [more/papers.bib]}\n", "utf-8")
        run.waits_for("On Being Late")
        replace_file(bib, PAPERS.replace("Late", "Early"))
        run.waits_for("On Being Early")


def test_saves_in_the_middle_of_typing_do_not_end_it(desk: Path) -> None:
    bib, profile = desk / "papers.bib", desk / "profile.yaml"
    with watching(profile) as run:
        next_line(run.out, "watching")
        replace_file(bib, PAPERS + "@article{k2")
        next_line(run.err, "the entry 'k2' cannot be read and is left out")
        replace_file(bib, PAPERS + "\0")
        next_line(run.err, "is not text in UTF-8")
        replace_file(bib, PAPERS)
        replace_file(profile, FULL + "more: " + "[" * 2_000)
        next_line(run.err, "not YAML")
        replace_file(bib, PAPERS.replace("Late", "Early"))
        replace_file(profile, FULL)
        run.waits_for("On Being Early")


def test_what_a_faulty_first_render_read_is_watched(desk: Path) -> None:
    (desk / "papers.bib").write_text(PAPERS, "utf-8")
    bib = desk / "papers.bib"
    bib.rename(desk / "away.bib")
    with watching(desk / "profile.yaml") as run:
        next_line(run.err, "there is no BibTeX file")
        next_line(run.out, "watching")
        (desk / "away.bib").rename(bib)
        next_line(run.out, "profile.pdf  (")
        run.waits_for("On Being Late")


def test_all_files_known_so_far_are_watched_after_a_faulty_save(desk: Path) -> None:
    """The profile cannot be read, so that only the renders before know of the theme."""
    broken = FULL.replace("news: [", "news: [[")
    theme = desk / "themes/mine"
    with watching(desk / "profile.yaml") as run:
        next_line(run.out, "watching")
        replace_file(desk / "profile.yaml", broken)
        next_line(run.err, "nothing was written")
        replace_file(theme / "html/dated.html.j2", "<p>line three</p>\n")
        next_line(run.err, "nothing was written")  # once more, because of the template
        (desk / "profile.yaml").write_text(FULL, "utf-8")
        run.waits_for("line three")


def test_the_line_of_a_message_is_the_one_in_the_file_now(small: Path) -> None:
    """The two faults are at the same place of the same file."""
    with watching(small) as run:
        next_line(run.out, "watching")
        for word in ("first", "second"):
            text = SMALL.replace("news:", "nwes:").replace("Ready.", f"The {word} mistake.")
            replace_file(small, text)
            assert f":{line_of(text, 'nwes')}:1: error: unknown key 'nwes'" in next_line(run.err, "error:")
            assert f"The {word} mistake." in next_line(run.err, "2 | ")


def picture(pdf: Path) -> bytes:
    """The first page as it looks."""
    with pypdfium2.PdfDocument(pdf.read_bytes()) as document:
        return bytes(document[0].render(scale=1).to_pil().tobytes())


def test_a_font_file_of_the_theme_is_watched(desk: Path) -> None:
    fonts = desk / "themes/mine/fonts"
    fonts.mkdir()
    shutil.copy(SHIPPED_FONTS / "source-sans/SourceSans3-Regular.otf", fonts / "a.otf")
    (fonts / "fonts.yaml").write_text("House: {generic: serif, files: {regular: a.otf}}\n", "utf-8")
    theme = "extends: classic\noptions: {body_font: House, heading_font: House}\n"
    (desk / "themes/mine/theme.yaml").write_text(theme, "utf-8")
    with watching(desk / "profile.yaml") as run:
        next_line(run.out, "watching")
        before = picture(run.pdf)
        shutil.copy(SHIPPED_FONTS / "source-serif/SourceSerif4-Regular.otf", fonts / "b.otf")
        (fonts / "b.otf").replace(fonts / "a.otf")
        run.wait_until(lambda: picture(run.pdf) != before)


@pytest.mark.tex
def test_a_photo_is_seen_through_latex_too(desk: Path) -> None:
    """The TeX file is the same before and after; only the picture's bytes are not."""
    shutil.rmtree(desk / "themes")
    profile = desk / "profile.yaml"
    profile.write_text(FULL.replace("theme: mine", "theme: modern").replace("plain", "compact"), "utf-8")
    with watching(profile, "-e", "xelatex") as run:
        next_line(run.out, "watching")
        assert has_color(run.pdf, RED)
        make_photo(desk / "me.png", BLUE)
        run.wait_until(lambda: has_color(run.pdf, BLUE))


# --- the record of the files


def test_a_change_of_the_same_size_and_time_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("one", "utf-8")
    times = path.stat()
    files = FilesRead()
    files.record(path, path.read_bytes())
    assert not files.has_changed()
    path.write_text("two", "utf-8")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert files.has_changed()


def test_the_bytes_that_were_read_count_not_those_of_now(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("written since", "utf-8")
    files = FilesRead()
    files.record(path, b"read before")
    assert files.has_changed()


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("html/a.j2", True),
        ("new/deep/a.png", True),
        (".a.j2.swp", False),
        (".git/a", False),
        ("a.j2~", False),
        ("cv.pdf", False),
    ],
)
def test_a_new_file_in_a_folder(tmp_path: Path, name: str, counts: bool) -> None:
    (tmp_path / "html").mkdir()
    files = FilesRead()
    files.add_folder(tmp_path)
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text("x", "utf-8")
    assert files.has_changed() == counts


def test_a_removed_file_is_a_change_and_a_missing_one_is_not(tmp_path: Path) -> None:
    files = FilesRead()
    path = tmp_path / "a.txt"
    files.add_files([path])
    assert not files.has_changed()
    path.write_text("x", "utf-8")
    assert files.has_changed()
    files = FilesRead()
    files.add_files([path])
    path.unlink()
    assert files.has_changed()


def test_folders_of_links_and_of_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    (tmp_path / "far/papers.bib").write_text(PAPERS, "utf-8")
    (tmp_path / "near").mkdir()
    (tmp_path / "near/papers.bib").symlink_to(tmp_path / "far/papers.bib")
    files = FilesRead()
    files.add_files([tmp_path / "near/papers.bib", tmp_path / "not/there/a.bib"])
    assert files.list_folders() == {tmp_path / "near", (tmp_path / "far").resolve(), tmp_path}
