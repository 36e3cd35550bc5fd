"""Profiles that are large or deep, all the way to the page."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from hostile.case import BAD, Case, Sandbox, to_page, to_pdf

_LETTERS = [chr(code) for code in range(0x100, 0x3000, 7) if chr(code).isalpha()]
_SCRIPTS = "news:\n" + "".join(f"  - {{text: '{letter * 5}'}}\n" for letter in _LETTERS)
PROFILES: dict[str, str] = {
    "5000 news": "news:\n" + "".join(f"  - {{text: t{n}, date: 2020}}\n" for n in range(5000)),
    "2000 jobs": "work:\n" + "".join(f"  - {{name: E{n}, position: P, start: 2020}}\n" for n in range(2000)),
    "2000 bullets": "work: [{name: E, position: P, start: 2020, highlights: [" + "x, " * 2000 + "]}]\n",
    "5000 keywords": "skills: [{name: S, keywords: [" + "x, " * 5000 + "]}]\n",
    "500 positions": "work: [{name: E, positions: [" + "{position: P, start: 2020}, " * 500 + "]}]\n",
    "long bullet": f"work: [{{name: E, position: P, start: 2020, highlights: [{'word ' * 40_000}]}}]\n",
    "long word": f"work: [{{name: E, position: P, start: 2020, highlights: [{'w' * 100_000}]}}]\n",
    "10000 links": "work: [{name: E, position: P, start: 2020, highlights: ['"
    + "[a](https://x.y) " * 10_000
    + "']}]\n",
    "deep emphasis": "work: [{name: E, position: P, start: 2020, highlights: ['" + "*a **b " * 3000 + "']}]\n",
    "300 variants": "variants:\n" + "".join(f"  v{n}: {{}}\n" for n in range(300)),
    "2000 tags": "work: [{name: E, position: P, start: 2020, tags: [" + "t, " * 2000 + "]}]\n",
    "1000 sections": "variants: {v: {sections: ["
    + "work, " * 1000
    + "]}}\nwork: [{name: E, position: P, start: 2020}]\n",
    "many scripts": _SCRIPTS,
    "right to left": "language: ar\nnews:\n" + "  - {text: 'نص abc נוסח 123'}\n" * 400,
    "cjk": "language: zh\nnews:\n" + f"  - {{text: '{'字' * 2000}'}}\n" * 20,
    "long dates": "work:\n" + "  - {name: E, position: P, start: 2020-01-01, end: 9999-12-31}\n" * 500,
    "priorities": "variants: {v: {pages: 1, priorities: {" + "".join(f"t{n}: 3, " for n in range(3000)) + "}}}\n",
    "fit 300 jobs": "variants: {v: {pages: 1}}\nwork:\n"
    + "".join(f"  - {{name: E{n}, position: P, start: 2020, highlights: [a, b, c]}}\n" for n in range(300)),
    "own sections": "".join(f"s{n}: {{like: entry}}\n" for n in range(500)),
    "10000 sizes": "variants: {v: {options: {" + "".join(f"o{n}: 1, " for n in range(10_000)) + "}}}\n",
}
OPTIONS = ("size=1e9pt", "size=-1", "size=nan", "margin=99999", "density=inf", "accent=url(x)", "accent=#fff;}*{x:y",
           "body_font=../../x", "body_font='; } @import url(x)", "body_font=x\\input{/etc/passwd}", "paper=a999",
           "leading=0", "heading_style=<script>", "=x", "x=y=z", "density=1;x", "levels={{7*7}}")  # fmt: skip


def _rendered(text: str, form: str) -> Callable[[Sandbox], Sequence[str | Path]]:
    def build(box: Sandbox) -> Sequence[str | Path]:
        box.profile(text)
        return to_page(box) if form == "html" else to_pdf(box)

    return build


def _option(setting: str, form: str) -> Callable[[Sandbox], Sequence[str | Path]]:
    def build(box: Sandbox) -> Sequence[str | Path]:
        name, _, value = setting.partition("=")
        if form == "profile":
            box.write(
                "profile.yaml",
                f"basics: {{name: Wei Lin}}\nvariants: {{v: {{options: {{{name or 'x'}: {value!r}}}}}}}\n",
            )
            return ["render", box.work / "profile.yaml", "-f", "html", "-o", box.out / "cv.html"]
        box.profile()
        return to_page(box, "--set", setting)

    return build


def list_cases(_: random.Random) -> Iterator[Case]:
    """Each profile as a page and as a PDF, and options that are no options."""
    for name, text in PROFILES.items():
        for form in ("html", "pdf"):
            yield Case(
                "reading", f"{name}, {form}", _rendered(text, form), fast=(name, form) == ("deep emphasis", "html")
            )
    for number, setting in enumerate(OPTIONS):
        for form in ("profile", "option"):
            yield Case("reading", f"{form} {number}", _option(setting, form), BAD)
