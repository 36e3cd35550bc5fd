"""``cvgen import``: files of other tools from strangers, and the page of the profile that comes out."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import struct
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from hostile.case import BAD, QUICK, Case, Sandbox, picture_bytes
from hostile.classes.fields import PAYLOADS, fill_in, write_everywhere
from hostile.classes.yaml import mutate

FIXTURES = Path(__file__).parents[2] / "fixtures" / "import"
_THEN_RENDER = """
import subprocess, sys
def cvgen(*words): return subprocess.run([sys.executable, "-m", "cvgen", *words]).returncode
code = cvgen("import", *sys.argv[1:], "-o", "../out")
sys.exit(code or cvgen("render", "../out/profile.yaml", "-o", "../out/cv.html", *{quick!r}))
"""
RENDERED = (sys.executable, "-c", _THEN_RENDER.replace("{quick!r}", repr(QUICK)))
Build = Callable[[Sandbox], Sequence[str | Path]]


def _read(name: str) -> Any:
    if name.endswith("json"):
        return json.loads((FIXTURES / name).read_text("utf-8"))
    return YAML(typ="safe", pure=True).load(FIXTURES / name)


def _add(value: Any, text: str) -> Any:
    """``value`` with ``text`` after each of its texts."""
    if isinstance(value, dict):
        return {key: _add(part, text) for key, part in value.items()}
    if isinstance(value, list):
        return [_add(part, text) for part in value]
    return f"{value} {text}" if isinstance(value, str) and not value[:1].isdigit() else value


def _typed(sample: str) -> Callable[[str], Build]:
    """A sample in JSON, which is YAML too, with a text in all of its fields."""

    def fill(payload: str) -> Build:
        def build(box: Sandbox) -> Sequence[str | Path]:
            whole = json.dumps(_add(_read(sample), fill_in(payload, box)), default=str)
            box.write(Path(sample).name, whole)
            return [Path(sample).name]

        return build

    return fill


def _tables(payload: str) -> Build:
    """The ZIP of LinkedIn with a text in every cell of every table."""

    def build(box: Sandbox) -> Sequence[str | Path]:
        files = {}
        for path in sorted((FIXTURES / "linkedin-full").iterdir()):
            head, *rows = csv.reader(io.StringIO(path.read_text("utf-8")))
            table = io.StringIO()
            text = fill_in(payload, box).replace("\0", "")
            csv.writer(table).writerows([head, *([f"{cell} {text}" for cell in row] for row in rows)])
            files[path.name] = table.getvalue()
        box.write("export.zip", _zip(files))
        return ["export.zip"]

    return build


def _bib(payload: str) -> Build:
    def build(box: Sandbox) -> Sequence[str | Path]:
        write_everywhere(box, fill_in(payload, box))
        return ["papers.bib", "--name", "Wei Lin"]

    return build


FORMS: tuple[Callable[[str], Build], ...] = (
    _typed("resume.json"), _typed("rendercv.yaml"), _typed("orcid/record.json"), _tables, _bib, _typed("yamlresume.yml"),
)  # fmt: skip


def _zip(files: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target.getvalue()


_PEOPLE = "First Name,Last Name\nWei,Lin\n"
_LYING = bytearray(_zip({"Profile.csv": _PEOPLE, "Positions.csv": "a" * 100}))
struct.pack_into("<I", _LYING, _LYING.rfind(b"PK\1\2") + 24, 9)
ZIPS: dict[str, Callable[[], bytes]] = {
    "bomb": lambda: _zip({"Profile.csv": _PEOPLE, "Positions.csv": b"a" * (600 << 20)}),
    "many bombs": lambda: _zip({"Profile.csv": _PEOPLE, **{f"x{n}/Skills{n}.csv": b"a" * (9 << 20) for n in range(50)}}),
    "many files": lambda: _zip({f"{n}": "" for n in range(60_000)}, zipfile.ZIP_STORED),
    "names above": lambda: _zip({"../../../PWNED.csv": "x", "/PWNED.csv": "x", "../Profile.csv": _PEOPLE, "C:\\PWNED": "x"}),
    "names with signs": lambda: _zip({"\x1b[31m.csv": "x", "a\u202eb.csv": "x", "Profile.csv": _PEOPLE, "x" * 60_000: "x"}),
    "twice the name": lambda: _zip({"Profile.csv": _PEOPLE, "a/Profile.csv": "First Name\nX\n", "PROFILE.CSV": "x"}),
    "a lie about sizes": lambda: bytes(_LYING),
    "cut": lambda: _zip({"Profile.csv": _PEOPLE})[:-30],
    "only the end": lambda: b"PK\5\6" + bytes(18),
    "encrypted": lambda: _zip({"Profile.csv": _PEOPLE}).replace(b"PK\3\4\x14\0\0\0", b"PK\3\4\x14\0\1\0").replace(b"PK\1\2\x14\3\x14\0\0\0", b"PK\1\2\x14\3\x14\0\1\0"),
    "unknown method": lambda: _zip({"Profile.csv": _PEOPLE}, zipfile.ZIP_STORED).replace(b"\0\0\0\0\0\0", b"\0\0\x63\0\0\0", 2),
    "zip in a zip": lambda: _zip({"Profile.csv": _zip({"Profile.csv": _PEOPLE})}),
    "a link": lambda: _linked_zip(),
    "long row": lambda: _zip({"Profile.csv": _PEOPLE, "Skills.csv": "Name\n" + "x" * 3_000_000}),
    "open quote": lambda: _zip({"Profile.csv": _PEOPLE, "Skills.csv": 'Name\n"' + "a\n" * 500_000}),
    "many rows": lambda: _zip({"Profile.csv": _PEOPLE, "Skills.csv": "Name\n" + "a\n" * 1_000_000}),
    "NUL": lambda: _zip({"Profile.csv": "First Name,Last Name\nW\0ei,Lin\n"}),
}  # fmt: skip


def _linked_zip() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        link = zipfile.ZipInfo("Profile.csv")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return target.getvalue()


_BASE = {"basics": {"name": "Wei Lin"}}
TEXTS: dict[str, str | Callable[[], str]] = {
    "deep.json": '{"basics": ' + "[" * 100_000,
    "deep object.json": '{"a":' * 50_000 + "1" + "}" * 50_000,
    "number.json": '{"basics": {"name": "Wei Lin", "phone": ' + "9" * 100_000 + "}}",
    "exponent.json": '{"basics": {"name": "Wei Lin", "phone": 1e999999999, "x": NaN, "y": -Infinity}}',
    "keys.json": lambda: json.dumps({**_BASE, **{f"k{n}": n for n in range(40_000)}}),
    "jobs.json": lambda: json.dumps({**_BASE, "work": [{"name": "E", "startDate": "2020"}] * 20_000}),
    "long.json": lambda: json.dumps({"basics": {"name": "Wei Lin", "summary": "<i>" * 200_000}}),
    "comments.json": "/*" * 200_000,
    "comment lines.json": "//\n" * 200_000 + json.dumps(_BASE),
    "commas.json": '{"basics": {"name": "Wei Lin"}, "x": [' + ",".join(["1"] * 100_000) + ",]}",
    "surrogates.json": '{"basics": {"name": "Wei \\ud800 Lin", "summary": "\\udfff"}}',
    "types.json": json.dumps({"basics": {"name": ["Wei"], "location": 7, "profiles": {}}, "work": "x", "skills": [[]]}),
    "keys that are names.json": json.dumps({**_BASE, "__class__": 1, "work": [{"__init__": {}, "constructor": "x"}]}),
    "anchors.yaml": "cv: &a\n  name: Wei Lin\n  sections: {x: [*a, *a]}\n",
    "laughs.yaml": "cv:\n  name: Wei Lin\n  a: &a [x, x]\n"
    + "".join(f"  {chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(12)),
    "python.yaml": "cv: !!python/object/apply:os.system ['touch PWNED']\n",
    "merge.yaml": "cv: {<<: {name: Wei Lin}, sections: {<<: [{}, {}]}}\n",
    "documents.yaml": "cv: {name: Wei Lin}\n---\n" * 5000,
    "html.json": lambda: json.dumps({"basics": {"name": "Wei Lin", "summary": "<div>" * 50_000 + "&#x110000;&#0;&lt;"}}),
    "markdown.json": lambda: json.dumps({"basics": {"name": "Wei Lin", "summary": "[a](" * 40_000 + "*a **b " * 9000}}),
    "papers.json": lambda: json.dumps([{"id": f"k{n}", "type": "book", "title": "T"} for n in range(20_000)]),
    "authors.json": lambda: json.dumps([{"id": "a", "type": "book", "title": "T", "author": [{"family": "L"}] * 90_000}]),
    "macros.bib": "@string{a = {x}}\n"
    + "".join(f"@string{{a{n} = a{n - 1 or ''} # a{n - 1 or ''}}}\n" for n in range(1, 60))
    + "@book{k, author={Lin, Wei}, title=a59, year=2020}\n",
    "empty.bib": "@article{k2",
    "names.bib": "@book{k, author={" + " and ".join(["Lin, Wei"] * 50_000) + "}, title={T}, year=2020}",
}  # fmt: skip
PHOTOS = ("../secret/secret.png", "ROOT/secret/secret.png", "linked.png", "circle.png", "folder/secret.png", "/dev/zero", "pipe.png", "URL/p.png",
          "file://ROOT/secret/secret.png", "a\0b.png", "x" * 5000, "..", "profile.yaml", ".netrc", "own.png/../../secret/secret.png")  # fmt: skip


def _text(name: str) -> Build:
    def build(box: Sandbox) -> Sequence[str | Path]:
        content = TEXTS[name]
        box.write(name, content if isinstance(content, str) else content())
        return [name]

    return build


def _archive(name: str) -> Build:
    def build(box: Sandbox) -> Sequence[str | Path]:
        box.write("export.zip", ZIPS[name]())
        return ["export.zip", "--from", "linkedin"]

    return build


def _photo(name: str, form: str) -> Build:
    def build(box: Sandbox) -> Sequence[str | Path]:
        path = name.replace("ROOT", str(box.root)).replace("URL", box.url)
        (box.work / "linked.png").symlink_to("../secret/secret.png")
        (box.work / "folder").symlink_to("../secret")
        (box.work / "circle.png").symlink_to("circle.png")
        os.mkfifo(box.work / "pipe.png")
        box.write("own.png", picture_bytes((9, 9, 99)))
        rendercv = {"cv": {"name": "Wei Lin", "photo": path, "sections": {"x": ["y"]}}}
        resume = {"basics": {"name": "Wei Lin", "image": path}}
        box.write("cv.yaml", json.dumps(rendercv if form == "rendercv" else resume))
        return ["cv.yaml"]

    return build


def _plain(box: Sandbox, *more: str) -> Sequence[str | Path]:
    box.write(
        "cv.json", json.dumps({"basics": {"name": "Wei Lin", "image": "own.png"}, "publications": [{"name": "T"}]})
    )
    box.write("own.png", picture_bytes((9, 9, 99)))
    return ["import", "cv.json", *(more or ("-o", "../out"))]


def _place(name: str, target: str, *more: str) -> Build:
    """Something of another person is where a file is to be written."""

    def build(box: Sandbox) -> Sequence[str | Path]:
        (box.out / name).symlink_to(target)
        return [*_plain(box), *more]

    return build


def _fifo(box: Sandbox) -> Sequence[str | Path]:
    os.mkfifo(box.work / "cv.json")
    return ["import", "cv.json", "-o", "../out"]


def _folder(box: Sandbox) -> Sequence[str | Path]:
    """The unpacked folder of an export with links and a pipe."""
    folder = box.work / "export"
    folder.mkdir()
    (folder / "Profile.csv").write_text(_PEOPLE)
    (folder / "Skills.csv").symlink_to(box.secret / "secret.txt")
    (folder / "up").symlink_to("..")
    os.mkfifo(folder / "Positions.csv")
    return ["import", folder, "-o", "../out"]


def list_cases(draw: random.Random) -> Iterator[Case]:
    """Each text in a format, broken and huge files, photos of others, places of others, and changes at random."""
    for number, (name, payload) in enumerate(PAYLOADS.items()):
        form = number % len(FORMS)
        yield Case("imports", f"{name}, {form}", FORMS[form](payload), typed=True, program=RENDERED,
                   opens=name.startswith("html s"), fast=name == "latex closing")  # fmt: skip
    for name in ZIPS:
        yield Case("imports", f"zip, {name}", _archive(name), program=RENDERED)
    for name in TEXTS:
        yield Case("imports", name, _text(name), program=RENDERED)
    for number, name in enumerate(PHOTOS):
        yield Case("imports", f"photo {number}", _photo(name, ("resume", "rendercv")[number % 2]), program=RENDERED)
    for source in (
        "/etc/passwd",
        "/dev/zero",
        "/proc/self/environ",
        "../secret/secret.png",
        "",
        "-",
        ".",
        "/",
    ):
        yield Case("imports", f"source {source}", _source(source))
    yield Case("imports", "profile is a link", _place("profile.yaml", "../home/.bashrc"), BAD)
    yield Case("imports", "photo is a circle of links", _place("own.png", "own.png"), BAD)
    yield Case("imports", "photo is a link", _place("own.png", "../home/.bashrc"), BAD)
    yield Case("imports", "bib is a link to nothing", _place("papers.bib", "../home/PWNED"), BAD)
    for name in ("profile.yaml", "own.png", "papers.bib"):
        yield Case("imports", f"{name} is a link, force", _place(name, "../home/.bashrc", "--force"))
    yield Case("imports", "fifo", _fifo, BAD)
    yield Case("imports", "folder", _folder)
    for sample in ("resume.json", "rendercv.yaml", "orcid/record.json", "yamlresume.yml"):
        good = (FIXTURES / sample).read_text("utf-8")
        for number in range(5):
            changed = mutate(good, draw, "{}[]\"':,&*!\n\t-#")
            yield Case(
                "imports",
                f"changed {sample} {number}",
                _bytes(Path(sample).name, changed),
                program=RENDERED,
                typed=True,
            )


def _source(name: str) -> Build:
    def build(box: Sandbox) -> Sequence[str | Path]:
        box.profile()
        return ["import", name, "-o", "../out", "--name", "Wei Lin"]

    return build


def _bytes(name: str, data: bytes) -> Build:
    def build(box: Sandbox) -> Sequence[str | Path]:
        box.write(name, data)
        return [name]

    return build
