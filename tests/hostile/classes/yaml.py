"""Profiles that abuse YAML: tags, anchors, depth, keys, bytes."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from hostile.case import Case, Sandbox, to_list

_LAUGHS = "\n".join(["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
                    + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)])  # fmt: skip
_MERGES = "\n".join(
    ["m0: &m0 {a: 1}"] + [f"m{n}: &m{n} {{<<: [{', '.join([f'*m{n - 1}'] * 9)}]}}" for n in range(1, 9)]
)

TEXTS: dict[str, str | bytes] = {
    "python object": "basics: !!python/object/apply:os.system ['touch PWNED']\n",
    "python name": "basics: {name: !!python/name:os.system x}\n",
    "python module": "x: !!python/module:os\n",
    "python new": "x: !!python/object/new:subprocess.Popen [['touch', 'PWNED']]\n",
    "ruby": "x: !ruby/object:Gem::Installer {i: x}\n",
    "java": "x: !!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[!!java.net.URL ['URL/y']]]]\n",
    "include": "basics: !include ../secret/secret.yaml\n",
    "own tag": "basics: !secret {name: x}\n",
    "binary": "basics: {name: !!binary aGVsbG8=}\n",
    "set": "basics: !!set {name, x}\n",
    "timestamp": "basics: {name: 2020-13-45}\n",
    "laughs": f"basics: {{name: Wei Lin}}\nx: 1\n{_LAUGHS}\n",
    "laughs in a text": f"{_LAUGHS}\nbasics: {{name: *a9}}\n",
    "merges": f"{_MERGES}\nbasics: {{<<: *m8, name: x}}\n",
    "anchor of itself": "basics: &b {name: *b}\n",
    "list of itself": "work: &w [*w, *w]\n",
    "merge of itself": "basics: &b {<<: *b, name: x}\n",
    "deep lists": "basics: " + "[" * 100_000,
    "deep maps": "basics: " + "{a: " * 50_000,
    "deep blocks": "\n".join(" " * n + "a:" for n in range(1200)),
    "deep dashes": "- " * 50_000,
    "many keys": "basics: {name: x}\n" + "".join(f"k{n}: 1\n" for n in range(60_000)),
    "many same keys": "basics: {name: x}\n" + "a: 1\n" * 60_000,
    "many entries": "basics: {name: x}\nnews:\n" + "".join(f"  - {{text: t{n}, date: 2020}}\n" for n in range(5000)),
    "many anchors": "".join(f"a{n}: &a{n} x\n" for n in range(40_000)),
    "many documents": "---\nbasics: {name: x}\n" * 20_000,
    "many comments": "#\n" * 500_000,
    "many tabs": "basics:\n" + "\t\n" * 100_000,
    "many question marks": "? " * 50_000,
    "long key": f"basics: {{name: x}}\n? {'k' * 900_000}\n: 1\n",
    "long text": f"basics: {{name: {'x' * 1_000_000}}}\n",
    "too long": f"basics: {{name: {'x' * 3_000_000}}}\n",
    "quotes not closed": 'basics: {name: "' + "x\n" * 50_000,
    "escapes": 'basics: {name: "' + "\\x00\\x1b\\u202e\\ud800\\U0010ffff" * 1000 + '"}\n',
    "bad escape": 'basics: {name: "\\q\\xzz\\U99999999"}\n',
    "NUL bytes": b"basics: {name: x\0}\n" + b"\0" * 10_000,
    "random bytes": bytes(range(256)) * 100,
    "utf-16": "basics: {name: Wei}\n".encode("utf-16"),
    "utf-32": "basics: {name: Wei}\n".encode("utf-32"),
    "surrogates": b"basics: {name: '\xed\xa0\x80'}\n",
    "long utf-8": b"basics: {name: '\xc0\xaf\xe0\x80\xaf'}\n",
    "directive": "%YAML 9.9\n%TAG ! tag:x,2000:\n---\nbasics: {name: x}\n",
    "empty": "",
    "only a mark": "\ufeff",
    "a number": "42\n",
    "a text": "x\n",
    "infinity": "basics: {name: .inf}\nvariants: {v: {pages: 1e999}}\n",
    "huge number": f"basics: {{name: x}}\nvariants: {{v: {{pages: {'9' * 5000}}}}}\n",
    "negative pages": "basics: {name: x}\nvariants: {v: {pages: -1}}\n",
    "circle of variants": "basics: {name: x}\nvariants: {a: {extends: b}, b: {extends: a}}\n",
    "long chain of variants": "basics: {name: x}\nvariants:\n"
    + "".join(f"  v{n}: {{extends: v{n + 1}}}\n" for n in range(3000)) + "  v3000: {}\n",
    "language is a path": "basics: {name: x}\nlanguage: ../../../../etc/passwd\n",
    "html tags": "basics: {name: x, summary: '" + "<i>" * 100_000 + "'}\n",
    "stars": "basics: {name: x, summary: '" + "**" * 50_000 + "'}\n",
    "brackets": "basics: {name: x, summary: '" + "[" * 50_000 + "'}\n",
    "links": "basics: {name: x, summary: '" + "[a](" * 30_000 + "'}\n",
    "backticks": "basics: {name: x, summary: '" + "".join("`" * (n % 90 + 1) + " " for n in range(8000)) + "'}\n",
    "dollars": "basics: {name: x, summary: '" + "$x^{" * 1500 + "'}\n",
    "fractions": "basics: {name: x, summary: '$" + "\\frac{" * 1200 + "'}\n",
    "deep fractions": "basics: {name: x, summary: '$" + "\\frac{" * 1200 + "1" + "}{2}" * 1200 + "$'}\n",
    "deep powers": "basics: {name: x, summary: '$" + "x^{" * 1500 + "1" + "}" * 1500 + "$'}\n",
    "roots": "basics: {name: x, summary: '$" + "\\sqrt" * 3000 + "1$'}\n",
    "quotes": "basics: {name: x, summary: \"" + "> " * 30_000 + "\"}\n",
    "underscores": "basics: {name: x, summary: '" + "_a" * 60_000 + "'}\n",
    "autolinks": "basics: {name: x, summary: '" + "<https://" * 30_000 + "'}\n",
    "entities": "basics: {name: x, summary: '" + "&" * 200_000 + "'}\n",
    "combining": "basics: {name: 'x" + "\u0301" * 100_000 + "'}\n",
    "long dates": f"basics: {{name: x}}\nwork: [{{name: E, position: P, start: '{'2020 to ' * 20_000}'}}]\n",
    "phones": f"basics: {{name: x, phone: '{'+1 (' * 30_000}'}}\n",
    "emails": f"basics: {{name: x, email: '{'a@' * 30_000}'}}\n",
}  # fmt: skip
_PLAIN = """basics: {name: Wei Lin, email: wei@example.org}
language: en
work:
  - name: Example Labs
    position: Engineer
    start: 2020-01
    highlights: ["**bold** text", "a [link](https://example.org)"]
education: [{institution: Example University, area: Drawing, end: 2019}]
variants:
  short: {tags: [a], pages: 1, sections: [work, education]}
"""


def _written(text: str | bytes) -> Callable[[Sandbox], Sequence[str | Path]]:
    def build(box: Sandbox) -> Sequence[str | Path]:
        box.write("profile.yaml", text)
        return to_list(box)

    return build


def mutate(text: str, draw: random.Random, signs: str) -> bytes:
    """``text`` after some changes at random: signs put in, parts doubled, dropped or moved, bytes changed."""
    data = bytearray(text.encode())
    for _ in range(draw.randrange(1, 12)):
        at, size = draw.randrange(len(data) + 1), draw.randrange(1, 30)
        kind = draw.randrange(5)
        if kind == 0:
            data[at:at] = draw.choice(signs).encode() * draw.choice((1, 1, 2, 300))
        elif kind == 1:
            del data[at : at + size]
        elif kind == 2:
            data[at:at] = data[at : at + size] * draw.choice((1, 2, 50))
        elif kind == 3:
            data[at:at] = bytes([draw.randrange(256)])
        else:
            other = draw.randrange(len(data) + 1)
            data[at:at] = data[other : other + size]
    return bytes(data)


def list_cases(draw: random.Random) -> Iterator[Case]:
    """Each text, and a good profile after changes at random."""
    for name, text in TEXTS.items():
        yield Case("yaml", name, _written(text), frozenset({0, 2}), fast=name == "laughs")
    for number in range(30):
        text = mutate(_PLAIN, draw, "{}[]:,&*!|>'\"%@`#-?\\\t\n\u202e")
        yield Case("yaml", f"changed {number}", _written(text), frozenset({0, 2}))
