"""BibTeX and CSL-JSON that has been begun, multiplies, nests or never ends."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from hostile.case import Case, Sandbox, to_list
from hostile.classes.yaml import mutate


def entry(key: str = "a", title: str = "{T}", author: str = "{Lin, Wei}", more: str = "") -> str:
    """A BibTeX entry; ``title`` and ``author`` are written with their braces or quotes."""
    return f"@article{{{key}, author={author}, title={title}, journal={{J}}, year=2020, {more}}}\n"


_DOUBLING = '@string{s0 = "xxxxxxxx"}\n' + "".join(f"@string{{s{n} = s{n - 1} # s{n - 1}}}\n" for n in range(1, 40))
_CHAIN = "".join(f"@inbook{{k{n}, author={{Lin, Wei}}, title={{T}}, crossref={{k{n + 1}}}}}\n" for n in range(1000))
_CROWD = " and ".join(f"Name{n}, A" for n in range(100_000))

TEXTS: dict[str, str | bytes] = {
    "begun": entry() + "@article{k2",
    "begun comment": entry() + "@comment{",
    "begun string": entry() + '@string{x = "',
    "begun preamble": entry() + "@preamble{",
    "begun field": entry() + "@article{k2, title",
    "begun value": entry() + "@article{k2, title = {",
    "only a sign": "@",
    "many signs": "@" * 100_000,
    "many begun": "@article{" * 5000,
    "many braces": "@article{a, title = {" + "{" * 100_000,
    "many braces closed": entry(title="{" * 20_000 + "x" + "}" * 20_000),
    "many closings": entry() + "}" * 100_000,
    "many quotes": entry() + '@article{b, title = "' + '"$1 "' * 60_000,
    "doubling macros": _DOUBLING + entry(title="s39"),
    "doubling in places": _DOUBLING.replace("39", "38") + "".join(entry(f"a{n}", "s25") for n in range(100)),
    "macro of itself": '@string{a = a # a # "x"}\n' + entry(title="a # a"),
    "macros in a circle": "@string{a = b # b}\n@string{b = a # a}\n" + entry(title="a"),
    "long join": entry(title=" # ".join(['"x"'] * 30_000)),
    "crossref chain": _CHAIN + "@book{k1000, title={B}, editor={Lin, Wei}, year=2020}\n",
    "crossref circle": "@inbook{a, crossref={b}, author={Lin, Wei}}\n@inbook{b, crossref={a}, author={Lin, Wei}}\n",
    "crossref itself": "@inbook{a, crossref={a}, author={Lin, Wei}, title={T}}\n",
    "xdata fan": "".join(f"@xdata{{x{n}, xdata={{x{n + 1}, x{n + 2}}}}}\n" for n in range(60))
    + entry(more="xdata={x0}"),
    "crowd": entry(author="{" + _CROWD + "}"),
    "many ands": entry(author="{" + "and " * 50_000 + "}"),
    "many commas": entry(author="{" + "," * 50_000 + "}"),
    "long name": entry(author="{" + "x" * 1_000_000 + "}"),
    "long title": entry(title="{" + "x " * 5_000_000 + "}"),
    "long key": entry(key="k" * 1_000_000),
    "many keys": "".join(f"@misc{{k{n}, author={{A, B}}, title={{T{n}}}}}\n" for n in range(20_000)),
    "same keys": entry() * 20_000,
    "many fields": entry(more="".join(f"f{n}={{x}}, " for n in range(50_000))),
    "same fields": entry(more="note={x}, " * 50_000),
    "annotations": entry(more="author+an={" + "1=self;" * 50_000 + "}"),
    "annotation beyond": entry(more="author+an={99999999999=self; -1=equal; 1:family=x; x=y; =; ;;}"),
    "emph": entry(title="{" + r"\emph{" * 5000 + "x" + "}" * 5000 + "}"),
    "accents": entry(title="{" + r"\'" * 50_000 + "e}"),
    "commands": entry(title="{" + r"\alpha" * 50_000 + "}"),
    "unknown commands": entry(title="{" + "".join(rf"\x{chr(97 + n % 26) * (n % 40 + 1)} " for n in range(5000)) + "}"),
    "defs": entry(title=r"{\def\a{\a\a}\a \newcommand{\b}{\b\b}\b \let\c\c\c}"),
    "conditionals": entry(title="{" + r"\ifmmode x\else " * 2000 + r"\fi" * 2000 + "}"),
    "dollars": entry(title="{" + "$" * 50_001 + "}"),
    "math": entry(title="{$" + "x^{" * 1500 + "y" + "}" * 1500 + "$}"),
    "carets": entry(title=r"{^^5cinput ^^^^^^00005c \char`\\ \number\maxdimen}"),
    "html": entry(title="{" + "<i>" * 100_000 + "}"),
    "verb": entry(title=r"{\verb|" + "x" * 1000 + "}"),
    "url": entry(more="url={" + "https://x/%" * 20_000 + "}"),
    "doi": entry(more="doi={" + "10." * 50_000 + "}"),
    "pages": entry(more="pages={" + "1--" * 30_000 + "}"),
    "year": "@article{a, author={Lin, Wei}, title={T}, year={" + "9" * 5000 + "}, month={" + "x" * 5000 + "}}",
    "date": "@article{a, author={Lin, Wei}, title={T}, date={" + "2020/" * 20_000 + "}}",
    "note": entry(more="note={" + "to appear in " * 10_000 + "}"),
    "percent": "%" * 500_000,
    "comments": "@comment{x}\n" * 40_000,
    "junk": "x = {y}, \n" * 40_000,
    "NUL": b"@article{a, title={\0}}",
    "bytes": bytes(range(256)) * 200,
    "utf-16": entry().encode("utf-16"),
    "gbk": "@article{a, title={中文标题}, author={林}}".encode("gbk"),
    "lone surrogates": b"@article{a, title={\xed\xa0\x80}, author={Lin, Wei}}",
    "marks": entry(author="{Lin*, Wei$^{" + "*" * 20_000 + "}$ and B, C}"),
}
JSON: dict[str, str] = {
    "deep": "[" * 100_000,
    "deep map": '{"a":' * 50_000,
    "begun": '[{"id": "a"',
    "many": json.dumps([{"id": f"k{n}", "type": "book", "title": "T"} for n in range(20_000)]),
    "types": json.dumps([{"id": 1, "type": [], "title": {}, "author": "x", "issued": {"date-parts": [["x", None]]}}]),
    "numbers": '[{"id": "a", "type": "book", "issued": {"date-parts": [[1e999, -9e99]]}, "volume": NaN}]',
    "long number": '[{"id": "a", "type": "book", "issued": {"date-parts": [[' + "9" * 10_000 + "]]}}]",
    "crowd": json.dumps(
        [{"id": "a", "type": "book", "title": "T", "author": [{"family": f"N{n}"} for n in range(50_000)]}]
    ),
    "html": json.dumps([{"id": "a", "type": "book", "title": "<i>" * 60_000}]),
    "not a list": '{"id": "a"}',
    "null": "null",
    "text": '"x"',
}


def _bib(text: str | bytes, name: str = "papers.bib") -> Callable[[Sandbox], Sequence[str | Path]]:
    def build(box: Sandbox) -> Sequence[str | Path]:
        box.write(name, text)
        box.profile(f"bibliography: {{files: [{name}]}}\n")
        return to_list(box)

    return build


def list_cases(draw: random.Random) -> Iterator[Case]:
    """Each text, and good entries after changes at random."""
    for name, text in TEXTS.items():
        yield Case("bibliographies", name, _bib(text), frozenset({0, 2}), fast=name == "doubling macros")
    for name, text in JSON.items():
        yield Case("bibliographies", f"json {name}", _bib(text, "papers.json"), frozenset({0, 2}))
    good = entry(title="{On {\\'E}mile's $x^2$ and \\emph{more}}", author="{Lin, Wei and Kemp, {\\\"O}. and others}",
                 more="author+an={1=self,equal}, doi={10.1/x}, note={accepted}, month=may")  # fmt: skip
    for number in range(30):
        text = mutate(good * 2, draw, '{}"#@,=\\$%&~^_()\n')
        yield Case("bibliographies", f"changed {number}", _bib(text), frozenset({0, 2}))
