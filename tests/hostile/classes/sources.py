"""Texts that look like an address, a command or a file, in the sources that -f html and -f tex give."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from hostile.case import GOOD, Case, Sandbox, to_page, to_tex

TEXTS = (
    "url(logo.png)", "Use url(https://example.org/x.css) in CSS", "@import 'x.css'", "src=\"x.png\"", "href='x'",
    "srcset=a.png 2x", "<link href=x>", "url( 'x' )", "image-set('a.png' 1x)", "poster=\"x\"", "xlink:href=\"x\"",
    "\\includegraphics{x}", "\\input{x}", "\\usepackage{x}", "% comment", "\\end{document}", "url(data:x)", "data:x;base64,",
    "background: url(../x)", "C:\\dir\\x", "/etc/passwd", "file:///x", "{{ x }}", "<% x %>", "<< x >>",
)  # fmt: skip
LINKED = ("a.png", "../a.png", "/etc/passwd", "sub/page.html", "javascript:x", "//x/y", "?q=1", "\\\\x")


def _text(text: str, form: Callable[[Sandbox], Sequence[str | Path]]) -> Callable[[Sandbox], Sequence[str | Path]]:
    def build(box: Sandbox) -> Sequence[str | Path]:
        quoted = json.dumps(f"About {text} here")
        box.profile(f"work: [{{name: {quoted}, position: {quoted}, start: 2020, highlights: [{quoted}]}}]\n")
        return form(box)

    return build


def _link(address: str) -> Callable[[Sandbox], Sequence[str | Path]]:
    def build(box: Sandbox) -> Sequence[str | Path]:
        text = json.dumps(f"See [this]({address})")
        box.profile(f"work: [{{name: E, position: P, start: 2020, highlights: [{text}]}}]\n")
        return to_page(box, "-t", "homepage")

    return build


def list_cases(_: random.Random) -> Iterator[Case]:
    """Each text in both sources, and each relative link in a web page."""
    for number, text in enumerate(TEXTS):
        yield Case("sources", f"{number} html", _text(text, to_page), GOOD, typed=True, fast=number == 0)
        if number % 2:
            yield Case("sources", f"{number} tex", _text(text, to_tex), GOOD)
    for number, address in enumerate(LINKED):
        yield Case("sources", f"link {number}", _link(address), typed=True)
