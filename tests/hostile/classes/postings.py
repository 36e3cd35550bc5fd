"""Postings: HTML that is never closed, terms without end, broken PDFs."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from hostile.case import Case, Sandbox
from hostile.classes.yaml import mutate

_GOOD = """<html><body><h1>Engineer</h1><p>We need someone who writes Python and C++ and knows drawing machines.</p>
<ul><li>Python (required)</li><li>Machines</li></ul></body></html>
"""
POSTINGS: dict[str, str | bytes] = {
    "comments.html": "<!--" * 300_000,
    "tags.html": "<" * 500_000,
    "open tags.html": "<div>" * 100_000,
    "open items.html": "<ul><li>" * 60_000 + "Python",
    "attributes.html": "<p " + "a=b " * 200_000 + ">Python is what we need here, and machines</p>",
    "quotes.html": '<p a="' + "x" * 1_000_000,
    "entities.html": "&amp" * 200_000,
    "numbers.html": "<p>" + "&#9999999999999;&#x110000;&#0;" * 5000,
    "declarations.html": "<!DOCTYPE " + "[" * 100_000,
    "sections.html": "<![CDATA[" * 60_000,
    "scripts.html": "<script>" * 60_000,
    "styles.html": "<style>" * 60_000 + "</style>" * 60_000,
    "ends.html": "</p>" * 200_000,
    "requests.html": "<p>Python is needed <img src=URL/p><script src=URL/p></script><link href=URL/p rel=stylesheet>",
    "spaces.txt": " " * 5_000_000,
    "lines.txt": "\n" * 5_000_000,
    "one word.txt": "x" * 150_000,
    "words.txt": " ".join(f"Word{n}" for n in range(25_000)),
    "capitals.txt": "AB " * 60_000,
    "plus.txt": "C++" * 50_000,
    "bullets.txt": "- " * 90_000,
    "slashes.txt": "a/" * 90_000,
    "hyphens.txt": "a-" * 90_000,
    "dots.txt": "a." * 90_000,
    "brackets.txt": "(" * 100_000 + "Python",
    "numbers.txt": "1." * 90_000,
    "combining.txt": "a" + "\u0301" * 150_000,
    "control.txt": "Python \x1b]0;x\x07 \x1b[2J machines \u202e and so on, for an engineer\n" * 20,
    "bytes.txt": bytes(range(1, 256)) * 500,
    "NUL.txt": b"Python and machines\0" * 100,
    "utf-16.txt": ("Python and machines, all day\n" * 50).encode("utf-16"),
    "too long.txt": "Python " * 100_000,
    "far too long.txt": "Python " * 2_000_000,
    "empty.txt": "",
    "links.md": "[a](" * 40_000,
    "emphasis.md": "*a **b " * 20_000,
    "table.md": "|a" * 5000 + "\n" + "|-" * 5000 + "\n" + "|x" * 5000,
    "quotes.md": "> " * 60_000,
    "html.md": "<pwn>" * 60_000,
    "cut.pdf": b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\n",
    "circle.pdf": b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]/Count 99999999>>endobj\ntrailer<</Root 1 0 R>>",
    "junk.pdf": b"%PDF-" + bytes(range(256)) * 1000,
}


def _posting(name: str, content: str | bytes) -> Callable[[Sandbox], Sequence[str | Path]]:
    def build(box: Sandbox) -> Sequence[str | Path]:
        text = content.replace("URL", box.url) if isinstance(content, str) else content
        path = box.write(name, text)
        box.profile("skills: [{name: Programming, keywords: [Python, C++, machines]}]\n")
        return ["match", box.work / "profile.yaml", path, "--no-fit"]

    return build


def _from_stdin(box: Sandbox) -> Sequence[str | Path]:
    box.profile("skills: [{name: Programming, keywords: [Python]}]\n")
    return ["match", box.work / "profile.yaml", "-", "--no-fit"]


def list_cases(draw: random.Random) -> Iterator[Case]:
    """Each posting, and a good one after changes at random."""
    for name, content in POSTINGS.items():
        yield Case("postings", name, _posting(name, content), frozenset({0, 2}), fast=name == "circle.pdf")
    for number, data in enumerate((b"\0" * 100, b"x" * 20_000_000, b"<!--" * 100_000)):
        yield Case("postings", f"stdin {number}", _from_stdin, frozenset({0, 2}), stdin=data)
    for number in range(10):
        content = mutate(_GOOD, draw, "<>&\"'/!-[]=;#")
        yield Case("postings", f"changed {number}", _posting(f"{number}.html", content), frozenset({0, 2}))
