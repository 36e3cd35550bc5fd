"""Pages of a stranger's theme that are larger, narrower or more than any paper, in all that looks at pages."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from hostile.case import Case, Sandbox

SIZES = {
    "wide and high": "size: 14400pt 14400pt",
    "a kilometre": "size: 1000000pt 1000000pt",
    "a line": "size: 1pt 14400pt; margin: 0",
    "a strip": "size: 100000pt 2pt; margin: 0",
    "nothing": "size: 0 0; margin: 0",
    "less than nothing": "size: -100pt 100pt; margin: -900pt",
    "only margin": "size: 100pt 100pt; margin: 200pt",
    "no number": "size: 1e400pt 1e400pt",
    "bleed": "size: 200pt; bleed: 100000pt; marks: crop cross",
}
COMMANDS: dict[str, tuple[str, ...]] = {
    "png": ("render", "profile.yaml", "-t", "mine", "-f", "png", "-o", "../out/cv.png", "--set", "dpi=600"),
    "check": ("check", "profile.yaml", "-t", "mine"),
    "baseline": ("check", "profile.yaml", "-t", "mine", "--baseline", "../out/base", "--update"),
    "fit": ("render", "profile.yaml", "-t", "mine", "--pages", "1", "-o", "../out/cv.pdf"),
    "gallery": ("themes", "gallery", "profile.yaml", "-t", "mine", "-e", "weasyprint", "-o", "../out/g"),
    "word": ("render", "profile.yaml", "-t", "mine", "-f", "docx", "--pages", "1", "-o", "../out/cv.docx"),
}


def _print(page: str, command: str, more: str = "") -> Callable[[Sandbox], Sequence[str | Path]]:
    def build(box: Sandbox) -> Sequence[str | Path]:
        style = f'{{% include "classic:style.css.j2" %}}\n@page {{ {page} }}\n{more}'
        box.theme({"html/style.css.j2": style})
        box.profile("work: [{name: E, position: P, start: 2020, highlights: [a, b]}]\n")
        return COMMANDS[command]

    return build


def list_cases(_: random.Random) -> Iterator[Case]:
    """Each size with each command, and very many pages with some of them."""
    for name, page in SIZES.items():
        for command in COMMANDS:
            yield Case("page_sizes", f"{name}, {command}", _print(page, command),
                       fast=(name, command) == ("a kilometre", "png"))  # fmt: skip
    for command in ("png", "check", "baseline"):
        many = "li, p, h1, h2, section { break-before: page } body::after { content: ''; display: block; height: 900000pt }"
        yield Case("page_sizes", f"many pages, {command}", _print("size: 300pt", command, many))
