"""Control characters in everything that the commands print."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from hostile.case import Case, Sandbox, to_list, to_page

SIGNS = {
    "title": "\x1b]0;owned\x07",
    "clear": "\x1b[2J\x1b[1;1H",
    "colour": "\x1b[31m",
    "bell": "\x07\x07",
    "back": "good\x08\x08\x08\x08evil",
    "return": "good\revil",
    "delete": "\x7f\x7f",
    "c1": "\x9b31m\x85\x90",
    "bidi": "\u202egpj.exe\u202c\u2066x\u2069",
    "clipboard": "\x1b]52;c;cm0gLXJm\x07",
    "link": "\x1b]8;;http://x\x1b\\x\x1b]8;;\x1b\\",
    "reply": "\x1b[6n\x1b[c",
    "NUL": "a\0b",
    "lines": "a\nerror: fake:1:1: x\n",
    "separators": "a\u2028b\u2029c",
    "tags": "a\U000e0041\U000e007f",
}
PLACES: dict[str, Callable[[Sandbox, str], Sequence[str | Path]]] = {}


def _place(make: Callable[[Sandbox, str], Sequence[str | Path]]) -> Callable[[Sandbox, str], Sequence[str | Path]]:
    PLACES[make.__name__.strip("_").replace("_", " ")] = make
    return make


@_place
def _title(box: Sandbox, sign: str) -> Sequence[str | Path]:
    box.write("papers.bib", f"@article{{a, author={{Lin, Wei}}, title={{T {sign}}}, journal={{{sign}}}, year=2020}}\n")
    box.profile("bibliography: {files: [papers.bib]}\n")
    return to_list(box, "--explain")


@_place
def _key(box: Sandbox, sign: str) -> Sequence[str | Path]:
    box.write(
        "papers.bib", f"@article{{a{sign}, author={{Nobody, A}}, title={{T}}, year={sign}}}\n@{sign}{{x, y={sign}\n"
    )
    box.profile("bibliography: {files: [papers.bib]}\n")
    return to_list(box)


@_place
def _value(box: Sandbox, sign: str) -> Sequence[str | Path]:
    text = json.dumps(sign)
    box.profile(f"work: [{{name: {text}, position: {text}, start: {text}, nope: {text}}}]\n{text}: {text}\n")
    return to_list(box)


@_place
def _typed(box: Sandbox, sign: str) -> Sequence[str | Path]:
    box.write("profile.yaml", f"basics: {{name: x{sign}}}\nwork: [{sign}]\n{sign}: {sign}\n")
    return to_list(box)


@_place
def _names(box: Sandbox, sign: str) -> Sequence[str | Path]:
    text = json.dumps(f"x{sign}")
    box.profile(
        f"bibliography: {{files: [{text}]}}\nvariants: {{{text}: {{theme: {text}, extends: {text}, pages: 1}}}}\n"
    )
    return to_page(box)


@_place
def _variants(box: Sandbox, sign: str) -> Sequence[str | Path]:
    text = json.dumps(f"x{sign}")
    box.profile(f"variants: {{{text}: {{tags: [{text}], basics: {{label: {text}}}, priorities: {{{text}: 1}}}}}}\n")
    return ["variants", box.work / "profile.yaml"]


@_place
def _theme(box: Sandbox, sign: str) -> Sequence[str | Path]:
    text = json.dumps(f"x{sign}")
    box.write("themes/mine/theme.yaml", f"description: {text}\nextends: classic\noptions: {{a: {text}}}\n{text}: 1\n")
    box.profile()
    return ["themes", "list", "-d", box.work]


@_place
def _posting(box: Sandbox, sign: str) -> Sequence[str | Path]:
    box.write("posting.txt", f"We need Python{sign} and Zig{sign}lang and machines, {sign} a lot of machines.\n" * 3)
    box.profile(f"skills: [{{name: P, keywords: [Python, {json.dumps('Machines' + sign)}]}}]\n")
    return ["match", box.work / "profile.yaml", box.work / "posting.txt"]


def _made(place: str, sign: str) -> Callable[[Sandbox], Sequence[str | Path]]:
    return lambda box: PLACES[place](box, SIGNS[sign])


def list_cases(_: random.Random) -> Iterator[Case]:
    """Each sign in about half of the places, so that each place has half of the signs."""
    for row, place in enumerate(PLACES):
        for column, sign in enumerate(SIGNS):
            if (row + column) % 3 == 0:
                yield Case("terminal", f"{place}, {sign}", _made(place, sign),
                           fast=(place, sign) == ("typed", "clipboard"))  # fmt: skip
