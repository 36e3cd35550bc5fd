"""Ways out of the folder of a profile that is not trusted."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from hostile.case import BAD, FAILED, Case, Sandbox, picture_bytes, to_list, to_page

Setup = Callable[[Sandbox], None]

BIBS = {
    "above": "../secret/secret.bib",
    "above, json": "../secret/secret.json",
    "absolute": "ROOT/secret/secret.bib",
    "double slash": "//ROOT/secret/secret.bib",
    "folder and back": "a/../../secret/secret.bib",
    "dots and slashes": "./././..//..//work/../secret/secret.bib",
    "home": "../home/.netrc",
    "root of a process": "/proc/self/root/ROOT/secret/secret.bib",
    "folder of a process": "/proc/self/cwd/../secret/secret.bib",
    "thread": "/proc/thread-self/root/ROOT/secret/secret.bib",
    "parent": f"/proc/{os.getpid()}/root/ROOT/secret/secret.bib",
    "environ": "/proc/self/environ",
    "file descriptor": "/dev/fd/0",
    "stdin": "/dev/stdin",
    "device": "/dev/zero",
    "passwd": "/etc/passwd",
    "link": "link.bib",
    "chain of links": "chain.bib",
    "link to a folder": "folder/secret.bib",
    "link to the root": "slash/ROOT/secret/secret.bib",
    "link to a process": "process/root/ROOT/secret/secret.bib",
    "link to above": "up/secret/secret.bib",
    "link to environ": "environ.bib",
    "folder that looks like it": "../work-of-others/x.bib",
    "missing": "../secret/nothing.bib",
    "no folder": "../nothing/x.bib",
    "NUL": "../secret/secret.bib\\0.bib",
    "long": f"{'../' * 200}etc/passwd",
}


def _links(box: Sandbox) -> None:
    for name, target in {
        "link.bib": "../secret/secret.bib",
        "chain.bib": "link.bib",
        "folder": "../secret",
        "slash": "/",
        "process": "/proc/self",
        "up": "..",
        "environ.bib": "/proc/self/environ",
        "linked.png": "../secret/secret.png",
    }.items():
        (box.work / name).symlink_to(target)
    others = box.root / "work-of-others"
    others.mkdir()
    (others / "x.bib").write_text((box.secret / "secret.bib").read_text())


def _bib(name: str) -> Callable[[Sandbox], Sequence[str | Path]]:
    def build(box: Sandbox) -> Sequence[str | Path]:
        _links(box)
        box.profile(f'bibliography: {{files: ["{name.replace("ROOT", str(box.root))}"]}}\n')
        return to_list(box, "--untrusted")

    return build


PICTURES = ("../secret/secret.png", "../secret/secret.jpg", "ROOT/secret/secret.png", "linked.png", "folder/secret.png",
            "process/root/ROOT/secret/secret.png", "up/secret/secret.png")  # fmt: skip


def _photo(name: str, command: str) -> Callable[[Sandbox], Sequence[str | Path]]:
    def build(box: Sandbox) -> Sequence[str | Path]:
        _links(box)
        path = name.replace("ROOT", str(box.root))
        own = picture_bytes((9, 9, 99))
        box.write("own.png", own)
        if command == "logo":
            box.profile(f"work: [{{name: E, position: P, start: 2020, logo: '{path}'}}]\n")
        elif command == "variant":
            box.profile(f"variants: {{v: {{basics: {{image: '{path}'}}}}}}\n", "name: Wei Lin, image: own.png")
        elif command == "paper":
            box.write("papers.bib", "@article{a, author={Lin, Wei}, title={T}, journal={J}, year=2020}\n")
            box.profile(f"bibliography: {{files: [papers.bib], entries: {{a: {{image: '{path}'}}}}}}\n")
        elif command == "preview":
            entry = f"@article{{a, author={{Lin, Wei}}, title={{T}}, journal={{J}}, year=2020, preview={{{path}}}}}\n"
            box.write("papers.bib", entry)
            box.profile("bibliography: {files: [papers.bib]}\n")
        else:
            box.profile(basics=f"name: Wei Lin, image: '{path}'")
        return to_page(box, "-t", "homepage" if command in ("paper", "preview") else "classic", "--untrusted")

    return build


def _own_theme(box: Sandbox) -> None:
    box.theme({"html/style.css.j2": "{% include 'classic:style.css.j2' %}"})


def _theme_above(box: Sandbox) -> None:
    (box.secret / "mine").mkdir()
    (box.secret / "mine" / "theme.yaml").write_text((box.secret / "theme.yaml").read_text())


def _changed_classic(box: Sandbox) -> None:
    box.write("themes/classic/html/style.css.j2", "body { background: url(x) }")


def _linked_themes(box: Sandbox) -> None:
    (box.secret / "classic").mkdir()
    (box.work / "themes").symlink_to("../secret")


THEMES: dict[str, tuple[Setup, str]] = {
    "own": (_own_theme, "mine"),
    "own by path": (_own_theme, "./themes/mine"),
    "above": (_theme_above, "../secret/mine"),
    "absolute": (_theme_above, "ROOT/secret/mine"),
    "secret folder": (_theme_above, "../secret"),
    "etc": (_own_theme, "/etc"),
    "root": (_own_theme, "/"),
    "root of a process": (_theme_above, "/proc/self/root/ROOT/secret/mine"),
    "changed": (_changed_classic, "classic"),
    "linked": (_linked_themes, "classic"),
    "base": (_own_theme, "base"),
    "shipped by path": (_own_theme, "./classic"),
    "dots": (_own_theme, "classic/../classic"),
}


def _theme(setup: Setup, name: str, where: str) -> Callable[[Sandbox], Sequence[str | Path]]:
    def build(box: Sandbox) -> Sequence[str | Path]:
        setup(box)
        path = name.replace("ROOT", str(box.root))
        if where == "profile":
            box.profile(f"variants: {{v: {{theme: '{path}'}}}}\n")
            return to_page(box, "--untrusted")
        box.profile()
        if where == "check":
            return ["check", box.work / "profile.yaml", "-t", path, "--untrusted"]
        return to_page(box, "-t", path, "--untrusted")

    return build


def _linked_profile(name: str) -> Callable[[Sandbox], Sequence[str | Path]]:
    def build(box: Sandbox) -> Sequence[str | Path]:
        (box.work / "profile.yaml").symlink_to(name.replace("ROOT", str(box.root)))
        return to_list(box, "--untrusted")

    return build


def _output_link(box: Sandbox) -> Sequence[str | Path]:
    (box.work / "cv.html").symlink_to("../home/.bashrc")
    box.profile()
    return to_page(box, "--untrusted", "-o", box.work / "cv.html")


def _output_by_default(box: Sandbox) -> Sequence[str | Path]:
    (box.work / "profile.html").symlink_to("../home/.bashrc")
    box.profile()
    return ["render", box.work / "profile.yaml", *to_page(box)[2:9], "--untrusted"]


def _command(*arguments: str) -> Callable[[Sandbox], Sequence[str | Path]]:
    def build(box: Sandbox) -> Sequence[str | Path]:
        _links(box)
        box.write("posting.txt", "We look for an engineer who writes Python and knows machines well.")
        box.profile("bibliography: {files: [../secret/secret.bib]}\nvariants: {x: {}, y: {}}\n")
        return [*arguments[:1], box.work / "profile.yaml", *arguments[1:], "--untrusted"]

    return build


COMMANDS: tuple[tuple[str, ...], ...] = (("check",), ("match", "posting.txt"), ("diff", "x", "y"), ("variants",), ("render", "--all"),
            ("render", "-v", "x", "-f", "tex", "-e", "xelatex"), ("publications", "--explain", "--json"),
            ("publications", "--add-alias", "W. L."), ("match", "posting.txt", "--write", "z"))  # fmt: skip


def list_cases(_: random.Random) -> Iterator[Case]:
    """Bibliographies, pictures, themes, links, and every command."""
    for name, path in BIBS.items():
        yield Case("untrusted", f"bib {name}", _bib(path), BAD, fast=name == "link to a process")
    for number, path in enumerate(PICTURES):
        for command in ("photo", "logo", "variant", "paper", "preview"):
            yield Case("untrusted", f"{command} {number}", _photo(path, command), BAD)
    for name, (setup, theme) in THEMES.items():
        for where in ("profile", "option", "check"):
            codes = FAILED if where == "check" else BAD
            yield Case("untrusted", f"theme {name}, {where}", _theme(setup, theme, where), codes,
                       fast=(name, where) == ("own", "profile"))  # fmt: skip
    for name in (
        "../secret/secret.yaml",
        "ROOT/secret/secret.txt",
        "/proc/self/environ",
        "/dev/stdin",
        "../home/.netrc",
    ):
        yield Case("untrusted", f"profile is a link to {name.rpartition('/')[2]}", _linked_profile(name), BAD)
    yield Case("untrusted", "output is a link", _output_link, BAD)
    yield Case("untrusted", "default output is a link", _output_by_default, BAD)
    for words in COMMANDS:
        yield Case("untrusted", f"command {' '.join(words)}", _command(*words), BAD)
