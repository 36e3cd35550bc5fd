"""Links, pipes, devices and strange names in every place where a file is read."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from hostile.case import BAD, FAILED, Case, Sandbox, picture_bytes, to_list, to_page

Make = Callable[[Sandbox, Path], None]


def _fifo(_: Sandbox, path: Path) -> None:
    os.mkfifo(path)


def _link(target: str) -> Make:
    def make(box: Sandbox, path: Path) -> None:
        path.symlink_to(target.replace("ROOT", str(box.root)))

    return make


def _folder(_: Sandbox, path: Path) -> None:
    path.mkdir()


def _hole(_: Sandbox, path: Path) -> None:
    """A file of 8 GB that takes no room."""
    with path.open("wb") as stream:
        stream.truncate(8 << 30)


def _endless(_: Sandbox, path: Path) -> None:
    """A device without an end; a link to the machine's where only root may make one."""
    try:
        os.mknod(path, 0o20666, os.makedev(1, 5))
    except PermissionError:
        path.symlink_to("/dev/zero")


THINGS: dict[str, Make] = {
    "fifo": _fifo,
    "zero device": _endless,
    "link to a device": _link("/dev/zero"),
    "link to random": _link("/dev/urandom"),
    "link to a terminal": _link("/dev/tty"),
    "link to stdin": _link("/dev/stdin"),
    "link to /proc/self/environ": _link("/proc/self/environ"),
    "link to /proc/self/mem": _link("/proc/self/mem"),
    "link to /proc/kmsg": _link("/proc/kmsg"),
    "link to the parent": _link("/proc/self/fd/1"),
    "circle of links": lambda _, path: path.symlink_to(path.name),
    "folder": _folder,
    "hole of 8 GB": _hole,
    "secret": _link("ROOT/secret/secret.txt"),
    "netrc": _link("ROOT/home/.netrc"),
    "shadow": _link("/etc/shadow"),
}

BIB = "bibliography: {files: [x.bib]}\n"


def _as_profile(make: Make) -> Callable[[Sandbox], Sequence[str | Path]]:
    def build(box: Sandbox) -> Sequence[str | Path]:
        make(box, box.work / "profile.yaml")
        return to_list(box, "--untrusted")

    return build


def _as_bibliography(make: Make) -> Callable[[Sandbox], Sequence[str | Path]]:
    def build(box: Sandbox) -> Sequence[str | Path]:
        make(box, box.work / "x.bib")
        box.profile(BIB)
        return to_list(box)

    return build


def _as_photo(make: Make) -> Callable[[Sandbox], Sequence[str | Path]]:
    def build(box: Sandbox) -> Sequence[str | Path]:
        make(box, box.work / "x.png")
        box.profile(basics="name: Wei Lin, image: x.png")
        return to_page(box)

    return build


def _as_preview(make: Make) -> Callable[[Sandbox], Sequence[str | Path]]:
    def build(box: Sandbox) -> Sequence[str | Path]:
        make(box, box.work / "x.png")
        box.write("x.bib", "@article{a, author={Lin, Wei}, title={T}, journal={J}, year=2020, preview={x.png}}\n")
        box.profile(BIB)
        return to_page(box, "-t", "homepage")

    return build


def _as_posting(make: Make) -> Callable[[Sandbox], Sequence[str | Path]]:
    def build(box: Sandbox) -> Sequence[str | Path]:
        make(box, box.work / "x.txt")
        return ["match", box.profile(), box.work / "x.txt", "--no-fit"]

    return build


def _in_theme(name: str) -> Callable[[Make], Callable[[Sandbox], Sequence[str | Path]]]:
    def use(make: Make) -> Callable[[Sandbox], Sequence[str | Path]]:
        def build(box: Sandbox) -> Sequence[str | Path]:
            box.theme({"html/x": "x"})
            path = box.work / "themes" / "mine" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink(missing_ok=True)
            make(box, path)
            box.profile()
            return to_page(box, "-t", "mine")

        return build

    return use


def _as_snapshot(make: Make) -> Callable[[Sandbox], Sequence[str | Path]]:
    """A recorded snapshot of a stranger, in place of a picture or of its words."""

    def build(box: Sandbox) -> Sequence[str | Path]:
        folder = box.work / "seen" / "default-classic-weasyprint"
        folder.mkdir(parents=True)
        (folder / "boxes.json").write_text('{"tools": {}, "pages": [[["x", [0, 0, 9, 9]]]]}')
        make(box, folder / "page-1.png")
        return ["check", box.profile(), "--baseline", box.work / "seen"]

    return build


PLACES: dict[str, Callable[[Make], Callable[[Sandbox], Sequence[str | Path]]]] = {
    "profile": _as_profile,
    "bib": _as_bibliography,
    "photo": _as_photo,
    "preview": _as_preview,
    "posting": _as_posting,
    "manifest": _in_theme("theme.yaml"),
    "style": _in_theme("html/style.css.j2"),
    "icon": _in_theme("icons/email.svg"),
    "font list": _in_theme("fonts/fonts.yaml"),
}


def _names(text: str) -> Callable[[Sandbox], Sequence[str | Path]]:
    def build(box: Sandbox) -> Sequence[str | Path]:
        box.profile(text.replace("ROOT", str(box.root)))
        return to_list(box)

    return build


NAMED = {
    "NUL in a bib": 'bibliography: {files: ["x\\0.bib"]}\n',
    "NUL in a photo": 'work: [{name: E, position: P, start: 2020, logo: "x\\0.png"}]\n',
    "bib of 300 letters": f"bibliography: {{files: [{'x' * 300}.bib]}}\n",
    "bib of 5000 letters": f"bibliography: {{files: [{'x/' * 2500}y.bib]}}\n",
    "bib in surrogates": 'bibliography: {files: ["\\ud800.bib"]}\n',
    "bib is a line end": 'bibliography: {files: ["\\n"]}\n',
    "bib is a dot": "bibliography: {files: [.]}\n",
    "bib is dots": "bibliography: {files: [../..]}\n",
    "bib is passwd": "bibliography: {files: [/etc/passwd]}\n",
    "bib is a secret": "bibliography: {files: [ROOT/secret/secret.txt]}\n",
    "bib is a secret yaml": "bibliography: {files: [ROOT/secret/secret.yaml]}\n",
    "bib is a secret tex": "bibliography: {files: [../secret/secret.tex]}\n",
    "bib is a secret css": "bibliography: {files: [../secret/secret.css]}\n",
    "bib is a url": "bibliography: {files: ['URL/x.bib']}\n",
    "bib is a file url": "bibliography: {files: ['file://ROOT/secret/secret.bib']}\n",
    "bib is a pipe": "bibliography: {files: ['|cat ROOT/secret/secret.txt']}\n",
    "bib is environ": "bibliography: {files: [/proc/self/environ]}\n",
    "bib is parent environ": f"bibliography: {{files: [/proc/{os.getppid()}/environ]}}\n",
}


def _snapshot_folder_is_a_link(box: Sandbox) -> Sequence[str | Path]:
    """The folder for pictures of differences leads out of the baseline."""
    folder = box.work / "seen" / "default-classic-weasyprint"
    folder.mkdir(parents=True)
    (folder / "boxes.json").write_text('{"tools": {}, "pages": [[["x", [0, 0, 9, 9]]]]}')
    (folder / "page-1.png").write_bytes(picture_bytes((200, 200, 200), (893, 1263)))
    (box.work / "seen" / "different").symlink_to(box.secret)
    return ["check", box.profile(), "--baseline", box.work / "seen"]


def _recorded_through_a_link(box: Sandbox) -> Sequence[str | Path]:
    (box.work / "seen").mkdir()
    (box.work / "seen" / "default-classic-weasyprint").symlink_to(box.secret)
    return ["check", box.profile(), "--baseline", box.work / "seen", "--update"]


def list_cases(_: random.Random) -> Iterator[Case]:
    """Everything that is not a plain file, in every place."""
    for place, use in PLACES.items():
        for thing, make in THINGS.items():
            fast = (place, thing) in (("bib", "fifo"), ("style", "secret"))
            if place == "posting" and thing in ("secret", "netrc", "shadow", "link to stdin"):
                continue  # a posting is named by the person, who may name any file
            codes = BAD
            if place in ("preview", "icon", "font list", "style"):
                codes = frozenset({0, 1, 2})
            elif place == "bib" and (thing in ("secret", "netrc", "shadow") or thing.startswith("link to")):
                codes = frozenset({0, 2})  # a file without entries is no mistake
            yield Case("paths", f"{place}, {thing}", use(make), codes, fast=fast)
    for thing in ("fifo", "zero device", "hole of 8 GB", "secret", "circle of links"):
        yield Case("paths", f"snapshot, {thing}", _as_snapshot(THINGS[thing]), FAILED)
    yield Case("paths", "snapshot, differences through a link", _snapshot_folder_is_a_link, FAILED,
               ("work/seen/different",))  # fmt: skip
    yield Case("paths", "snapshot, recorded through a link", _recorded_through_a_link, FAILED)
    for name, text in NAMED.items():
        yield Case("paths", name, _names(text), frozenset({0, 2}))
