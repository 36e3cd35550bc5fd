"""Texts that would become markup in Word, Markdown, plain text, JSON Resume, pictures and in PDFs of pdfLaTeX."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from hostile.case import Case, Sandbox
from hostile.classes.fields import ADDRESSES, PAYLOADS, PLACES, fill_in, write_everywhere

FORMATS = ("docx", "md", "txt", "json")
OF_WORD = {
    "fields": r'{ DDEAUTO c:\\windows\\system32\\cmd.exe "/k calc" } { INCLUDETEXT "SECRET.txt" } { INCLUDEPICTURE "URL/w" }',
    "markup": '</w:t></w:r><w:instrText>DDE</w:instrText><w:altChunk r:id="rId1"/> ]]><![CDATA[ &#x0; _x0000_ _x001B_',
    "signs": "\ufffe\uffff \ud7ff \x01\x02\x0b\x0c\x1f _x0041_ _xD800_",
    "long": "x" * 300_000,
}
OF_MARKDOWN = {
    "links": "[a]: javascript:alert(1)\n\n[a][a] ![a](javascript:x) <javascript:alert(1)> [x](<java\nscript:1>) [&#x6a;](&#x6a;avascript:1)",
    "blocks": "\n\n<pwn>\n\n    <pwn>\n\n- <pwn>\n\n> <pwn>\n\n```\n</code><pwn>\n```\n\n~~~\n<pwn>",
    "tables": "a|b\n-|-\n<pwn>|<script>x</script>",
    "backslashes": "\\<pwn> \\\\<pwn> \\\\\\<pwn> \\`<pwn>\\` ``<pwn>` `<pwn>``",
    "front matter": "---\nlayout: x\n---\n{% include SECRET.txt %} {{ site }}",
    "entities": "&lt;pwn&gt; &#60;pwn&#62; &amp;lt;pwn&amp;gt; \\&lt;pwn>",
}
MORE = {**{f"word {k}": v for k, v in OF_WORD.items()}, **{f"markdown {k}": v for k, v in OF_MARKDOWN.items()}}


def _render(box: Sandbox, form: str) -> Sequence[str | Path]:
    return ["render", box.work / "profile.yaml", "-f", form, "-o", box.out / f"cv.{form}"]


def _in_all(payload: str, form: str) -> Callable[[Sandbox], Sequence[str | Path]]:
    def build(box: Sandbox) -> Sequence[str | Path]:
        write_everywhere(box, fill_in(payload, box))
        return _render(box, form)

    return build


def _by_pdflatex(payload: str) -> Callable[[Sandbox], Sequence[str | Path]]:
    def build(box: Sandbox) -> Sequence[str | Path]:
        write_everywhere(box, fill_in(payload, box))
        return ["render", box.work / "profile.yaml", "-e", "pdflatex", "-o", box.out / "cv.pdf"]

    return build


def _address(address: str, place: str, form: str) -> Callable[[Sandbox], Sequence[str | Path]]:
    def build(box: Sandbox) -> Sequence[str | Path]:
        box.write("profile.yaml", PLACES[place].replace("ADDRESS", address.replace("ROOT", str(box.root))))
        return _render(box, form)

    return build


def list_cases(_: random.Random) -> Iterator[Case]:
    """Each text in Word and Markdown, and in turn in the others; each address in a place; LaTeX through pdfLaTeX."""
    for number, (name, payload) in enumerate({**PAYLOADS, **MORE}.items()):
        for form in ("docx", "md", FORMATS[2 + number % 2]):
            fast = (name, form) in (("html links", "docx"), ("html script", "md"))
            yield Case("other_formats", f"{name}, {form}", _in_all(payload, form), typed=True, fast=fast)
    for number, address in enumerate(ADDRESSES):
        place, form = list(PLACES)[number % 3], ("docx", "md", "json")[number // 3 % 3]
        yield Case("other_formats", f"address {number}, {place}, {form}", _address(address, place, form), typed=True)
    for name in ("latex closing", "latex carets", "latex lines", "latex ligatures", "latex unicode", "latex loop"):
        yield Case("other_formats", f"{name}, pdflatex", _by_pdflatex(PAYLOADS[name]), typed=True)
