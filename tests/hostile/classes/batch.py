"""``cvgen batch``: folders, lists, patterns and tables of people from a stranger."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from PIL import Image

from hostile.case import QUICK, Case, Sandbox

PROFILE = "basics: {name: Wei Lin}\nwork: [{name: E, position: P, start: 2020}]\n"
NAMES = (
    "../PWNED", "../../PWNED", "/PWNED", "..", ".", "", " ", "a/b", "a\\b", "x\x00y", "\x1b[31mred", "$HOME", "-o", "~root",
    "é" * 300, "CON", "\u202etxt.exe", "=cmd|'/C calc'!A0", "{name: x}", "x: y", "# x", "!!python/object:os.system", "- x", '"', "'",
    "*anchor", "&anchor", "x\ny: z", "| x", "<<: *x", "Wei\tLin",
)  # fmt: skip
CELLS = {
    "url": ("url", ("javascript:alert(1)", "file:///etc/passwd", "//x", "x y", "data:text/html,x")),
    "orcid": ("orcid", ("../x", "0000-0000", "x" * 5000, "{}", "1")),
    "github": ("github", ("../../x", "a b", "<script>", "https://evil.example/a", "x" * 3000)),
    "email": ("email", ("a@b\nBcc: c@d", "mailto:x", "<a@b>", "x", "@")),
    "aliases": ("aliases", (";" * 1000, "[", "A; {B", "x" * 100_000, "; ;")),
}
TABLES = {
    "empty": "",
    "head only": "name\n",
    "no name": "orcid\n1\n",
    "twice the column": "name,name\na,b\n",
    "unknown column": "name,password\na,b\n",
    "ragged": "name,orcid\na\nb,1,2,3\n",
    "open quote": 'name\n"a\nb\nc\n',
    "nul": "name\na\x00b\n",
    "not UTF-8": "name\n\udcff\udcfe\n",
    "bom": "\ufeffname\nA B\n",
    "semicolons": "name;orcid\na;1\n",
    "long field": "name\n" + "x" * 3_000_000 + "\n",
    "many columns": ",".join(["name", *(f"c{n}" for n in range(20_000))]) + "\n" + "a\n",
    "many quotes": "name\n" + '""' * 500_000 + "\n",
    "twins": "name\nA B\nA B\n",
}
Build = Callable[[Sandbox], Sequence[str | Path]]


def _batch(box: Sandbox, *more: str | Path) -> Sequence[str | Path]:
    return ["batch", *more, *QUICK, "-o", box.out, "--jobs", "1"]


def _table(text: str) -> Build:
    def build(box: Sandbox) -> Sequence[str | Path]:
        box.write("people.csv", text)
        box.write("papers.bib", "@article{k, author={Lin, Wei}, title={On x}, year=2020}")
        return _batch(box, "--from", box.work / "people.csv", "--bib", box.work / "papers.bib")

    return build


def _row(**cells: str) -> str:
    def quote(cell: str) -> str:
        return '"' + cell.replace('"', '""') + '"'

    return ",".join(cells) + "\n" + ",".join(quote(cell) for cell in cells.values()) + "\n"


def _listed(line: str) -> Build:
    def build(box: Sandbox) -> Sequence[str | Path]:
        box.write("people.txt", line.replace("SECRET", str(box.secret)) + "\n")
        box.write("a/profile.yaml", PROFILE)
        return _batch(box, box.work / "people.txt")

    return build


def _source(name: str) -> Build:
    """The argument itself; ``WORK`` and ``SECRET`` are folders."""

    def build(box: Sandbox) -> Sequence[str | Path]:
        box.write("a/profile.yaml", PROFILE)
        return _batch(box, name.replace("SECRET", str(box.secret)).replace("WORK", str(box.work)))

    return build


def _linked(target: str) -> Build:
    def build(box: Sandbox) -> Sequence[str | Path]:
        box.write("a/profile.yaml", PROFILE)
        (box.work / "b").mkdir()
        place = target if target.startswith("/") else str(box.root / target)
        (box.work / "b/profile.yaml").symlink_to(place)
        return _batch(box, box.work)

    return build


def _circle(box: Sandbox) -> Sequence[str | Path]:
    box.write("a/profile.yaml", PROFILE)
    (box.work / "a/again").symlink_to(box.work)
    return _batch(box, box.work)


def _fifo(box: Sandbox) -> Sequence[str | Path]:
    box.write("a/profile.yaml", PROFILE)
    (box.work / "b").mkdir()
    os.mkfifo(box.work / "b/profile.yaml")
    return _batch(box, box.work)


def _file_of_output(box: Sandbox) -> Sequence[str | Path]:
    """The place of one person's document is a link to another person's file."""
    box.write("a/profile.yaml", PROFILE)
    box.write("b/profile.yaml", PROFILE)
    (box.out / "a.html").symlink_to(box.home / ".bashrc")
    (box.out / "b.html").mkdir()
    return _batch(box, box.work)


def _onto_sources(box: Sandbox) -> Sequence[str | Path]:
    """The document would be written over the picture that the profile reads."""
    box.write("a.yaml", PROFILE.replace("{name: Wei Lin}", "{name: Wei Lin, image: a-1.png}"))
    Image.new("RGB", (40, 40)).save(box.work / "a-1.png")
    return ["batch", box.work, "-f", "png", "-o", box.work, "--jobs", "1"]


def list_cases(_: random.Random) -> Iterator[Case]:
    """Names and cells of tables, tables, lists, and what a folder can hold."""
    for number, name in enumerate(NAMES):
        yield Case("batch", f"name {number}", _table(_row(name=name)), fast=number == 0)
    for kind, (column, values) in CELLS.items():
        for number, value in enumerate(values):
            yield Case("batch", f"{kind} {number}", _table(_row(name="Wei Lin", **{column: value})))
    for name, text in TABLES.items():
        yield Case("batch", f"table {name}", _table(text))
    for number, line in enumerate((
        "SECRET/secret.yaml", "SECRET", "/etc/passwd", "/dev/zero", "/proc/self/environ", "../secret/*.yaml", "**/*" * 50, "[" * 500,
        "a/../a", "\x00", "\x1b[31m", "-o /x", "# only a note", "~", "http://127.0.0.1/x", "people.txt", "x" * 100_000, "\udcff",
    )):  # fmt: skip
        yield Case("batch", f"list {number}", _listed(line))
    for number, name in enumerate((
        "/etc/passwd", "/dev/zero", "/dev/null", "/proc", "SECRET", "WORK/nothing", "WORK/*/*/*", "/**/nothing-here.yaml", "", "-", "WORK/[",
    )):  # fmt: skip
        yield Case("batch", f"source {number}", _source(name))
    for target in ("secret/secret.yaml", "/dev/zero", "/etc/passwd", "/proc/self/environ", "work/b/profile.yaml"):
        yield Case("batch", f"link to {target}", _linked(target))
    yield Case("batch", "folder in a circle", _circle)
    yield Case("batch", "fifo", _fifo)
    yield Case("batch", "output is a link", _file_of_output, writes=("home/.bashrc",))
    yield Case("batch", "output is a source", _onto_sources, frozenset({1}), fast=True)
