"""Queries that take all memory or time, nest too deep, or look for a way out of the sandbox."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from hostile.case import BAD, Case, Sandbox, to_page

QUERIES = {
    "join": "([1]*10**9)|join|length > 1",
    "long text": "('x'*10**9*9)|length > 1",
    "title times": "title*99999999999",
    "power": "9**9**9**9 > 1",
    "shift of digits": "10**10**8 > 1",
    "tower": "2**2**2**2**2**2 > 1",
    "list times": "([[1]*10**6]*500)|length > 1",
    "nested lists": "([[[[1]*1000]*1000]*1000]*1000)|list",
    "doubling": "title" + "~title" * 5000,
    "filters": "title" + "|string" * 3000,
    "center": "title|center(10**10)",
    "indent": "title|indent(10**10)",
    "ljust": "'%999999999999s'|format(title)",
    "format": "'{:>9999999999}'.format(title)",
    "percent": "'%*d' % (10**10, 1)",
    "wordwrap": "('x'*10**8)|wordwrap(1)|length",
    "batch": "range(10**9)|batch(1)|list|length",
    "slice": "range(10**9)|slice(10**9)|list|length",
    "range": "range(10**12)|list|length > 1",
    "sum": "range(10**12)|sum > 1",
    "sort": "range(99999)|sort|map('string')|join|length",
    "map": "range(99999)|map('center', 99999)|join|length > 1",
    "groupby": "range(99999)|groupby('real')|list|length",
    "combinations": "range(9999)|map('string')|list|unique|list|length > range(9999)|sum",
    "tojson": "([[1]*10**6]*500)|tojson|length > 1",
    "pprint": "([[1]*10**6]*500)|pprint|length > 1",
    "urlize": "('http://x '*10**7)|urlize|length",
    "striptags": "('<'*10**7)|striptags|length",
    "replace": "('x'*10**6)|replace('x', 'y'*10**6)|length",
    "random": "range(10**12)|random > 1",
    "brackets": "(" * 2000 + "first" + ")" * 2000,
    "open brackets": "(" * 2000,
    "lists": "[" * 2000 + "1" + "]" * 2000,
    "not": "not " * 5000 + "first",
    "minus": "-" * 5000 + "1",
    "and": "first" + " and first" * 20_000,
    "if": "1 if first else " * 3000 + "0",
    "in": "title in " * 3000 + "title",
    "comparisons": "1" + " < 2" * 20_000,
    "long number": "9" * 100_000 + " > 1",
    "long name": "x" * 100_000,
    "long string": f"title == '{'x' * 900_000}'",
    "spaces": " " * 500_000 + "first",
    "class": "title.__class__.__mro__[1].__subclasses__()",
    "class by attr": "title|attr('__class__')",
    "class by item": "title['__class__']",
    "format class": "'{0.__class__.__init__.__globals__}'.format(title)",
    "format_map": "'{a.__class__}'.format_map({'a': title})",
    "globals": "title.__init__.__globals__['os'].system('touch PWNED')",
    "cycler": "cycler.__init__.__globals__.os.popen('touch PWNED').read()",
    "lipsum": "lipsum.__globals__['os'].popen('touch PWNED')",
    "namespace": "namespace(a=1).__init__",
    "self": "self._TemplateReference__context",
    "joiner": "joiner.__init__.__globals__.__builtins__.open('SECRET.txt').read()",
    "include": "first }}{% include 'SECRET.txt' %}{{ first",
    "set": "first }}{% set x = 1 %}{{ x",
    "for": "first }}{% for i in range(10**12) %}{% endfor %}{{ 1",
    "raw": "first }}{% raw %}{{",
    "import": "first }}{% import 'os' as os %}{{ os",
    "comment": "first #}{#",
    "map attribute": "[title]|map(attribute='__class__')|list",
    "select": "[title]|selectattr('__class__.__name__')|list",
    "async": "title.encode().decode.__self__",
    "generator": "(title for x in [1]).gi_frame.f_globals",
    "lambda": "lambda: 1",
    "NUL": "title == '\0'",
    "surrogate": "title == '\\ud800'",
    "divide": "1/0",
    "modulo": "title % title",
    "huge float": "1e308*10 > 1",
    "huge index": "title[10**30]",
    "huge slice": "title[::10**30]",
    "call": "title()()()",
    "empty": " ",
}


def _query(query: str) -> Callable[[Sandbox], Sequence[str | Path]]:
    def build(box: Sandbox) -> Sequence[str | Path]:
        where = json.dumps(query.replace("SECRET", str(box.secret / "secret")))
        box.write("papers.bib", "@article{a, author={Lin, Wei}, title={Title}, journal={J}, year=2020}\n")
        sections = f"[{{publications: {{title: P, where: {where}}}}}]"
        box.profile(f"bibliography: {{files: [papers.bib]}}\nvariants: {{v: {{sections: {sections}}}}}\n")
        return to_page(box)

    return build


def _group(query: str) -> Callable[[Sandbox], Sequence[str | Path]]:
    """The same query as a group of a list, and as the condition of another section."""

    def build(box: Sandbox) -> Sequence[str | Path]:
        where = json.dumps(query)
        box.write("papers.bib", "@article{a, author={Lin, Wei}, title={Title}, journal={J}, year=2020}\n")
        sections = f"[{{publications: {{title: P, group_by: [{{title: G, where: {where}}}]}}}}]"
        box.profile(f"bibliography: {{files: [papers.bib]}}\nvariants: {{v: {{sections: {sections}}}}}\n")
        return to_page(box)

    return build


def _of_entries(query: str) -> Callable[[Sandbox], Sequence[str | Path]]:
    def build(box: Sandbox) -> Sequence[str | Path]:
        where = json.dumps(query)
        work = "work: [{name: E, position: P, start: 2020}]\n"
        box.profile(f"{work}variants: {{v: {{sections: [{{work: {{where: {where}}}}}]}}}}\n")
        return to_page(box)

    return build


def list_cases(_: random.Random) -> Iterator[Case]:
    """Each query on a list of papers; some also on groups and entries."""
    for name, query in QUERIES.items():
        yield Case("queries", name, _query(query), frozenset({0, 2}), fast=name == "join")
    for name in ("join", "brackets", "globals", "title times", "range"):
        yield Case("queries", f"{name}, group", _group(QUERIES[name]), frozenset({0, 2}))
        yield Case("queries", f"{name}, entries", _of_entries(QUERIES[name]), BAD)
