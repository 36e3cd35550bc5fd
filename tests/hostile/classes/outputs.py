"""Where a render may write: never to what is not a file, never over what was read, never outside its folder."""

from __future__ import annotations

import os
import random
import socket
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from hostile.case import BAD, FINDINGS, QUICK, Case, Sandbox, picture_bytes, to_page

PROFILE = """bibliography: {files: [papers.bib]}
work: [{name: Example Labs, position: Engineer, start: 2020}]
"""
BIB = "@article{a, author={Lin, Wei}, title={T}, journal={J}, year=2020}\n"

Prepare = Callable[[Sandbox], "str | Path"]


def _files(box: Sandbox, more: str = "") -> None:
    box.write("papers.bib", BIB)
    box.write("photo.png", picture_bytes((9, 9, 99)))
    box.profile(PROFILE + more, basics="name: Wei Lin, image: photo.png")


def _page(prepare: Prepare) -> Callable[[Sandbox], Sequence[str | Path]]:
    """Render a page to the place that ``prepare`` makes."""

    def build(box: Sandbox) -> Sequence[str | Path]:
        _files(box)
        return ["render", box.work / "profile.yaml", *QUICK, "-o", prepare(box)]

    return build


def _link(name: str, target: str) -> Prepare:
    def prepare(box: Sandbox) -> Path:
        path = box.work / name
        path.unlink(missing_ok=True)
        path.symlink_to(target.replace("ROOT", str(box.root)))
        return path

    return prepare


def _fifo(box: Sandbox) -> Path:
    os.mkfifo(box.work / "pipe.html")
    return box.work / "pipe.html"


def _socket(box: Sandbox) -> Path:
    path = box.work / "s.html"
    with socket.socket(socket.AF_UNIX) as listening:
        here = Path.cwd()
        os.chdir(box.work)
        listening.bind("s.html")
        os.chdir(here)
    return path


def _device(box: Sandbox) -> Path:
    """A null device of its own; a pipe where only root may make one."""
    path = box.work / "null.html"
    try:
        os.mknod(path, 0o20666, os.makedev(1, 3))
    except PermissionError:
        os.mkfifo(path)
    return path


def _hard_link(name: str) -> Prepare:
    def prepare(box: Sandbox) -> Path:
        (box.work / "out.html").hardlink_to(box.work / name)
        return box.work / "out.html"

    return prepare


def _folder(box: Sandbox) -> Path:
    (box.work / "cv.html").mkdir()
    (box.work / "cv.html" / "profile.html").symlink_to(box.secret / "secret.txt")
    return box.work / "cv.html"


REFUSED: dict[str, Prepare] = {
    "fifo": _fifo,
    "socket": _socket,
    "profile": lambda box: box.work / "profile.yaml",
    "bib": lambda box: box.work / "papers.bib",
    "photo": lambda box: box.work / "photo.png",
    "link to the profile": _link("out.html", "profile.yaml"),
    "link to the bib": _link("out.html", "./papers.bib"),
    "link to a link to the photo": lambda box: (_link("b.html", "photo.png")(box), _link("a.html", "b.html")(box))[1],
    "hard link to the bib": _hard_link("papers.bib"),
    "hard link to the photo": _hard_link("photo.png"),
    "circle of links": lambda box: (_link("a.html", "b.html")(box), _link("b.html", "a.html")(box))[1],
    "link in a folder of that name": _folder,
    "below a file": lambda box: box.work / "papers.bib" / "cv.html",
    "name of 300 letters": lambda box: box.work / ("x" * 300 + ".html"),
    "path of 5000 letters": lambda box: box.work / "/".join(["x" * 100] * 50) / "cv.html",
    "proc": lambda box: "/proc/self/cv.html",
    "other ending": lambda box: box.work / "cv.pdf",
}

NAMES = [
    "../x", "../../x", "/x", "a/../../x", "..", ".", "...", "x/..", "~", "~root/x", "$HOME/x", "%2e%2e/x", "..%2fx",
    "a\\..\\..\\x", "CON", "x\\0", "-o", "--", "`touch PWNED`", "$(touch PWNED)", "x;touch PWNED", "\\u202efdp.exe",
    "x\\ny", "\\u2028", "x" * 300, "é" * 200, "𝒳" * 80, "\\ud800",
]  # fmt: skip
PATTERNS = [
    "../x", "../../secret/x", "a/../../x", "/ROOT/x", "//ROOT/x", "./../x", "{name}/../../x", "..\\\\x", "out/..",
    "x/../../x.html", ".", "..", ". .", "{variant}/../../x", "{0}", "{}", "{name.__class__}", "{name!r}", "{name:>9999}",
    "{name:{name}}", "{profile}{profile[0]}", "x\\0y", "x\\u0000.html", "x" * 300, "x/" * 200 + "x", "link/x", "deep/link/x",
    "link.html", "secret.html", "{nope}", "{{", "}", "x\\ny", "profile.yaml", "papers.bib", "themes/mine/theme.yaml",
]  # fmt: skip


def _named(name: str) -> Callable[[Sandbox], Sequence[str | Path]]:
    """Render all variants of a profile with one of this name."""

    def build(box: Sandbox) -> Sequence[str | Path]:
        _files(box, f'variants: {{"{name}": {{}}}}\n')
        return ["render", box.work / "profile.yaml", "--all", *QUICK, "-o", box.out]

    return build


def _patterned(pattern: str) -> Callable[[Sandbox], Sequence[str | Path]]:
    """Render a variant whose file has this pattern for a name; links in the folder lead out of it."""

    def build(box: Sandbox) -> Sequence[str | Path]:
        _files(box, f'variants: {{v: {{file: "{pattern.replace("ROOT", str(box.root)[1:])}"}}}}\n')
        for place in (box.out / "link", box.out / "deep" / "link"):
            place.parent.mkdir(exist_ok=True)
            place.symlink_to(box.secret)
        (box.out / "link.html").symlink_to(box.secret / "secret.txt")
        (box.out / "secret.html").symlink_to("../secret/new.html")
        return ["render", box.work / "profile.yaml", "-v", "v", *QUICK, "-o", f"{box.out}/"]

    return build


def _tex_assets(box: Sandbox) -> Sequence[str | Path]:
    _files(box)
    (box.out / "fonts").symlink_to(box.secret)
    return ["render", box.work / "profile.yaml", "-e", "xelatex", "-f", "tex", "-o", box.out / "cv.tex"]


def _themed(box: Sandbox) -> Sequence[str | Path]:
    _files(box)
    box.theme({})
    return to_page(box, "-t", "mine", "-o", box.work / "themes" / "mine" / "theme.yaml")


def list_cases(_: random.Random) -> Iterator[Case]:
    """Devices, files that were read, names of variants, patterns of file names."""
    for name, prepare in REFUSED.items():
        yield Case("outputs", name, _page(prepare), BAD, fast=name == "link to the bib")
    yield Case("outputs", "device", _page(_device), frozenset({0, 2}))
    link = _link("out.html", "ROOT/out/new.html")
    yield Case("outputs", "link to a new file elsewhere", _page(link), FINDINGS)
    yield Case("outputs", "theme", _themed, BAD)
    yield Case("outputs", "fonts are a link", _tex_assets, BAD)
    for number, name in enumerate(NAMES):
        yield Case("outputs", f"variant {number:02} {ascii(name)[1:12].replace('/', '|')}", _named(name))
    for number, pattern in enumerate(PATTERNS):
        shown = pattern[:12].replace("/", "|")
        yield Case("outputs", f"pattern {number:02} {shown}", _patterned(pattern), fast=number == 25)
