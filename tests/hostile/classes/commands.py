"""The commands that no other class runs: ``new``, ``themes new``, ``publish``, ``review``, completion, packages."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from hostile.case import BAD, Case, Sandbox
from hostile.classes.batch import NAMES
from hostile.run import ROOT

Build = Callable[[Sandbox], Sequence[str | Path]]
LONG = {
    "letters": "x" * 150_000,
    "words": "Led the team and " * 9000,
    "capitals": "NASA AND ESA " * 9000,
    "numbers": "1.5% of 2,000,000 €, " * 5000,
    "hyphens": "well-known-" * 10_000,
    "quotes": "\"'“‘" * 20_000,
    "brackets": "([{<" * 20_000,
    "spaces": "a" + "\u00a0 \u2009" * 40_000 + "b",
    "dots": "e.g. i.e. " * 10_000,
    "links": "https://x.example/" * 8000,
    "accents": "e\u0301\u0302" * 40_000,
    "lists": "Responsible for a, b; c / d & e – f, " * 4000,
    "dates": "2020-01-01 to 03/04/2020, " * 5000,
    "ideographs": "负责系统的设计和实现，" * 10_000,
    "Arabic": "قاد فريقا من المهندسين، " * 6000,
}
SITES: dict[str, str] = {
    "files above": "variants: {v: {file: '../PWNED'}, w: {file: '../../home/.bashrc'}}\n",
    "files absolute": "variants: {v: {file: '/tmp/cvgen-PWNED'}}\n",
    "page as a PDF": "variants: {v: {file: index.html}, index: {}}\n",
    "odd names": 'variants: {"../x": {}, "a/b": {}, ".": {}, "..": {}, "": {}, "\\u202ex": {}, "<script>": {}}\n',
    "many": "variants: {" + ", ".join(f"v{n}: {{}}" for n in range(3)) + "}\n",
    "theme": "variants: {v: {theme: ../secret}}\n",
    "photo": "variants: {v: {basics: {image: ../secret/secret.png}}}\n",
}


def _new(name: str) -> Build:
    return lambda box: ["new", "-d", box.out, "--", name]


def _new_option(option: str, value: str) -> Build:
    return lambda box: ["new", "Wei Lin", "-d", box.out, option, value]


def _new_theme(name: str, *more: str) -> Build:
    return lambda box: ["themes", "new", *more, "-d", box.out, "--", name]


def _show_theme(name: str) -> Build:
    def build(box: Sandbox) -> Sequence[str | Path]:
        box.theme({})
        return ["themes", "show", "-d", box.work, "--", name.replace("ROOT", str(box.root))]

    return build


def _new_over(name: str, command: Sequence[str]) -> Build:
    """Something of another person is where a file is to be written."""

    def build(box: Sandbox) -> Sequence[str | Path]:
        place = box.out / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(box.home / ".bashrc")
        return [*command, "-d", box.out]

    return build


def _publish(profile: str, *more: str) -> Build:
    def build(box: Sandbox) -> Sequence[str | Path]:
        box.profile(f"work: [{{name: E, position: P, start: 2020}}]\n{profile}")
        return ["publish", box.work / "profile.yaml", "-o", box.out / "site", "--all", *more]

    return build


def _publish_over(name: str, target: str) -> Build:
    def build(box: Sandbox) -> Sequence[str | Path]:
        box.profile("work: [{name: E, position: P, start: 2020}]\n")
        (box.out / "site").mkdir()
        (box.out / "site" / name).symlink_to(target.replace("ROOT", str(box.root)))
        return ["publish", box.work / "profile.yaml", "-o", box.out / "site", "--untrusted"]

    return build


def _review(text: str, *more: str) -> Build:
    def build(box: Sandbox) -> Sequence[str | Path]:
        quoted = json.dumps(text)
        box.profile(
            f"work: [{{name: E, position: P, start: 2020, summary: {quoted}, highlights: [{quoted}, {quoted}, a]}}]\n"
            f"skills: [{{name: S, keywords: [{quoted}]}}]\nlanguages: [{{language: L, fluency: {quoted}}}]\n",
            f"name: Wei Lin, label: L, summary: {quoted}",
        )
        return ["review", box.work / "profile.yaml", "--no-page", *more]

    return build


def _complete(profile: str) -> Build:
    def build(box: Sandbox) -> Sequence[str | Path]:
        box.write("profile.yaml", profile)
        (box.work / "themes/a$(touch PWNED)").mkdir(parents=True)
        (box.work / "themes/a$(touch PWNED)/theme.yaml").write_text("description: x\nextends: classic\n")
        return []

    return build


def _completion(words: str) -> dict[str, str]:
    return {"_CVGEN_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(len(words.split()))}


SIGNS = 'basics: {name: W}\nvariants: {"a\\e[31mb": {}, "$(touch PWNED)": {}, "`touch PWNED`": {}, "a\\nfile,x": {}, "\\u202ex": {}, "; touch PWNED": {}}\n'
PACKAGES: dict[str, tuple[str, str]] = {
    # The entry points of a package, and what direct_url.json says of where it is
    "code": ("forest = pwn_theme", "{}"),
    "names above": ("../../x = pwn_theme\n/etc = pwn_theme\nforest = pwn_theme", "{}"),
    "module above": ("forest = ../secret\nx = ..secret\ny = pwn_theme:run [extra]", "{}"),
    "elsewhere": ("forest = pwn_theme", '{"dir_info": {"editable": true}, "url": "file:///etc"}'),
    "no JSON": ("forest = pwn_theme", "["),
    "other JSON": ("forest = pwn_theme", '{"dir_info": [], "url": 7}'),
    "list": ("forest = pwn_theme", "[1]"),
    "address with NUL": ("forest = pwn_theme", '{"dir_info": {"editable": true}, "url": "file:///a%00b"}'),
    "no address": ("forest = pwn_theme", '{"dir_info": {"editable": true}}'),
    "no entry points": ("[[[\n= =\nforest", "{}"),
    "shipped name": ("classic = pwn_theme", "{}"),
}


def _package(points: str, about: str, *command: str) -> Build:
    def build(box: Sandbox) -> Sequence[str | Path]:
        site = box.work / "site"
        theme = site / "pwn_theme/forest"
        theme.mkdir(parents=True)
        (site / "pwn_theme/__init__.py").write_text(f"open({str(box.home / 'PWNED')!r}, 'w')\n")
        (theme / "theme.yaml").write_text("description: forest\nextends: classic\n")
        (theme / "html").symlink_to(box.secret)
        facts = site / "pwn_theme-1.0.dist-info"
        facts.mkdir()
        (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: pwn-\x1b[31mtheme\nVersion: \x1b[2J1.0\n")
        (facts / "entry_points.txt").write_text(f"[cvgen.themes]\n{points}\n")
        (facts / "direct_url.json").write_text(about)
        box.profile("work: [{name: E, position: P, start: 2020}]\n")
        return command

    return build


def _list_new() -> Iterator[Case]:
    for number, name in enumerate(NAMES):
        if "\0" not in name:
            yield Case("commands", f"new {number}", _new(name))
            yield Case("commands", f"themes new {number}", _new_theme(name, *(("--package",) if number % 2 else ())))
    for option in ("--for", "-t", "--language", "--country", "--paper"):
        for value in ("../secret/secret.txt", "/etc/passwd", "\x1b[31m", "x" * 5000):
            yield Case("commands", f"new {option} {value[:9]!a}", _new_option(option, value), BAD)
    for number, value in enumerate(("ROOT/home", "/", "..", "\x1b[2J", "x" * 5000, "a\nb", "/dev/zero")):
        yield Case("commands", f"themes show {number}", _show_theme(value))
    for value in ("../../secret/secret.txt", "/etc/passwd", "theme.yaml", "\x1b[31m"):
        yield Case("commands", f"themes new --template {value[:12]!a}", _new_theme("forest", "--template", value), BAD)
        yield Case("commands", f"themes new --extends {value[:12]!a}", _new_theme("forest", "--extends", value), BAD)
    yield Case("commands", "new over a link", _new_over("profile.yaml", ["new", "Wei Lin"]), BAD)
    yield Case(
        "commands", "themes new over a link", _new_over("themes/forest/theme.yaml", ["themes", "new", "forest"]), BAD
    )


def _list_sites_and_reviews() -> Iterator[Case]:
    for name, profile in SITES.items():
        for more in ((), ("--untrusted",)):
            if more or name not in ("theme", "photo"):
                yield Case("commands", f"publish, {name}{''.join(more)}", _publish(profile, *more))
    for name in ("index.html", "cv.pdf", ".nojekyll"):
        yield Case("commands", f"publish over a link, {name}", _publish_over(name, "ROOT/home/.bashrc"))
    for number, address in enumerate(
        ("javascript:x", 'https://x/"><script>', "file:///", "http://[", "https://x/\x1b[31m")
    ):
        yield Case("commands", f"publish, address {number}", _publish("", "--url", address), typed=True)
    for name, text in LONG.items():
        yield Case("commands", f"review, {name}", _review(text))
        yield Case("commands", f"review, {name}, json", _review(text[:20_000], "--format", "json"))


def _list_rest() -> Iterator[Case]:
    for words in (
        "cvgen render profile.yaml -v ",
        "cvgen render profile.yaml -t ",
        "cvgen match profile.yaml -v ",
        "cvgen publications ",
    ):
        yield Case(
            "commands",
            f"completion, {words.split()[-1]}, {words.split()[1]}",
            _complete(SIGNS),
            environ=_completion(words),
        )
    for number, profile in enumerate(
        ("{" * 9000, "a: &a [*a]", "\0", "basics: {name: W}\nvariants: 7", "x" * 2_000_000)
    ):
        yield Case(
            "commands",
            f"completion of a broken profile {number}",
            _complete(profile),
            environ=_completion("cvgen render profile.yaml -v "),
        )
    for name, (points, about) in PACKAGES.items():
        for command in (
            ("themes", "list"),
            ("render", "profile.yaml", "-t", "forest", "-f", "html", "-o", "../out/cv.html"),
        ):
            yield Case("commands", f"package, {name}, {command[0]}", _package(points, about, *command),
                       environ={"PYTHONPATH": f"{ROOT}:site"}, fast=name in ("code", "list", "no entry points") and command[0] == "themes")  # fmt: skip
    yield Case("commands", "schema", lambda box: ["schema"], frozenset({0}))


def list_cases(_: random.Random) -> Iterator[Case]:
    """Odd names, places of others, long texts, words of a shell, and packages that lie."""
    yield from _list_new()
    yield from _list_sites_and_reviews()
    yield from _list_rest()
