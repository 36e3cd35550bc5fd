"""A theme's templates that take all memory or time, or look for a way out of Jinja's sandbox."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from hostile.case import FAILED, Case, Sandbox, to_page, to_pdf, to_tex

BOMBS = {
    "text": "{{ 'x'*(3*10**9) }}",
    "text length": "{{ ('x'*(9*10**9))|length }}",
    "doubling": "{% set ns = namespace(x='xxxxxxxx') %}{% for i in range(40) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}",
    "doubling lists": "{% set ns = namespace(x=[1]*999) %}{% for i in range(40) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
    "indent": "{{ 'x\n'|indent(3*10**9) }}",
    "center": "{{ 'x'|center(3*10**9) }}",
    "ljust": "{{ 'x'.ljust(3*10**9) }}",
    "format": "{{ '%03000000000d'|format(1) }}",
    "format method": "{{ '{:>3000000000}'.format(1) }}",
    "tojson": "{{ ([[1]*10**6]*500)|tojson }}",
    "pprint": "{{ ([[1]*10**6]*500)|pprint }}",
    "join": "{{ ([1]*10**9)|join }}",
    "replace": "{{ ('x'*10**6)|replace('x', 'y'*10**6) }}",
    "wordwrap": "{{ ('x'*10**8)|wordwrap(1) }}",
    "batch": "{{ range(10**9)|batch(1)|list|length }}",
    "range": "{{ range(10**9)|list|length }}",
    "loop": "{% for i in range(10**12) %}{% endfor %}",
    "nested loops": "{% for a in range(9999) %}{% for b in range(9999) %}{% for c in range(9999) %}.{% endfor %}{% endfor %}{% endfor %}",
    "macro of itself": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "two macros": "{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}",
    "include of itself": "{% include 'header.html.j2' %}{% include 'header.html.j2' %}",
    "power": "{{ 9**9**9 }}",
    "long number": "{{ 10**5000 }}",
    "deep brackets": "{{ " + "(" * 2000 + "1" + ")" * 2000 + " }}",
    "deep blocks": "{% if 1 %}" * 500 + "{% endif %}" * 500,
    "many tags": "{{ 1 }}" * 100_000,
    "long template": "x" * 2_000_000,
    "many sets": "".join(f"{{% set a{n} = 1 %}}" for n in range(5000)),
    "call of itself": "{% macro m() %}{% call m() %}{% endcall %}{% endmacro %}{% call m() %}{% endcall %}",
    "recursive loop": "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}",
    "urlize": "{{ ('http://x '*10**7)|urlize }}",
    "striptags": "{{ ('<'*10**7)|striptags }}",
    "escape": "{{ ('<'*10**9)|e }}",
    "title": "{{ ('x '*10**9)|title }}",
    "sort": "{{ ([3, 2, 1]*10**8)|sort|length }}",
    "unique": "{{ range(10**9)|unique|list }}",
    "sum of lists": "{{ ([[1]*1000]*10**6)|sum(start=[])|length }}",
}
ESCAPES = {
    "class": "{{ doc.__class__.__mro__ }}",
    "subclasses": "{{ ''.__class__.__base__.__subclasses__() }}",
    "attr": "{{ doc|attr('__class__') }}",
    "map": "{{ [doc]|map(attribute='__class__')|list }}",
    "format": "{{ '{0.__class__.__init__.__globals__}'.format(doc) }}",
    "format map": "{{ '{d.__class__}'.format_map({'d': doc}) }}",
    "globals": "{{ cite.__globals__ }}{{ icon.__globals__ }}",
    "code": "{{ icon.__code__ }}{{ icon.func_globals }}",
    "closure": "{{ icon.__closure__[0].cell_contents }}",
    "self": "{{ self.__init__.__globals__ }}{{ self._TemplateReference__context }}",
    "cycler": "{{ cycler.__init__.__globals__.os.popen('touch PWNED').read() }}",
    "lipsum": "{{ lipsum.__globals__.os.popen('touch PWNED').read() }}",
    "joiner": "{{ joiner.__init__.__globals__.__builtins__.open('SECRET.txt').read() }}",
    "import": "{{ __import__('os').system('touch PWNED') }}",
    "environ": "{{ os.environ }}{{ environ }}{{ env }}{{ config }}",
    "caller": "{% macro m() %}{{ caller.__globals__ }}{% endmacro %}{% call m() %}{% endcall %}",
    "loop": "{% for x in [1] %}{{ loop.__init__.__globals__ }}{% endfor %}",
    "generator": "{{ doc.sections.__iter__().gi_frame }}",
    "include": "{% include 'SECRET.txt' %}",
    "include above": "{% include '../../../../secret/secret.txt' %}",
    "include by theme": "{% include 'mine:../../../../secret/secret.txt' %}",
    "include root": "{% include '/etc/passwd' %}",
    "include environ": "{% include '/proc/self/environ' %}",
    "include if there": "{% include ['SECRET.txt', '../secret.txt'] ignore missing %}{{ 1/0 }}",
    "import above": "{% import '../../secret/secret.txt' as x %}",
    "extends": "{% extends 'SECRET.txt' %}",
    "icon": "{{ icon('SECRET') }}{{ icon('../../../../secret/secret') }}",
    "icon root": "{{ icon('/SECRET') }}",
    "style": "{{ cite(doc, '../../../secret/secret') }}",
    "thumbnail": "{{ thumbnail('../secret/secret.png') }}<img src=\"{{ thumbnail('SECRET.png') }}\">",
    "logo": "<img src=\"{{ logo_url('../secret/secret.png') }}\">",
    "logo root": "<img src=\"{{ logo_url('SECRET.png') }}\">",
    "changing": "{{ doc.sections.append(1) }}{{ options.update({'a': 1}) }}{{ words.clear() }}",
    "do": "{% do doc.clear() %}",
    "debug": "{% debug %}",
    "random": "{{ lipsum(n=99999) }}",
    "NUL": "{% include 'a\0b' %}",
    "long name": "{% include '" + "x" * 5000 + "' %}",
}


def _page(text: str) -> Callable[[Sandbox], Sequence[str | Path]]:
    def build(box: Sandbox) -> Sequence[str | Path]:
        box.theme({"html/header.html.j2": text.replace("SECRET", str(box.secret / "secret"))})
        box.profile("work: [{name: E, position: P, start: 2020}]\n")
        return to_page(box, "-t", "mine")

    return build


def _tex(text: str) -> Callable[[Sandbox], Sequence[str | Path]]:
    """The same in a template of LaTeX, which has other signs."""

    def build(box: Sandbox) -> Sequence[str | Path]:
        filled = text
        for html, latex in (("{{", "<<"), ("}}", ">>"), ("{%", "<%"), ("%}", "%>"), ("html", "tex")):
            filled = filled.replace(html, latex)
        box.theme({"latex/header.tex.j2": filled.replace("SECRET", str(box.secret / "secret"))})
        box.profile("work: [{name: E, position: P, start: 2020}]\n")
        return to_tex(box, "-t", "mine")

    return build


def _pdf(text: str) -> Callable[[Sandbox], Sequence[str | Path]]:
    def build(box: Sandbox) -> Sequence[str | Path]:
        box.theme({"html/header.html.j2": text.replace("SECRET", str(box.secret / "secret"))})
        box.profile("work: [{name: E, position: P, start: 2020}]\n")
        return to_pdf(box, "-t", "mine")

    return build


def _style(text: str) -> Callable[[Sandbox], Sequence[str | Path]]:
    """The same in a citation style."""

    def build(box: Sandbox) -> Sequence[str | Path]:
        box.theme({"styles/bad.j2": "{# bad #}" + text.replace("SECRET", str(box.secret / "secret"))})
        box.write("papers.bib", "@article{a, author={Lin, Wei}, title={T}, journal={J}, year=2020}\n")
        box.profile("bibliography: {files: [papers.bib]}\nvariants: {v: {sections: [{publications: {style: bad}}]}}\n")
        return to_page(box, "-t", "mine")

    return build


def list_cases(_: random.Random) -> Iterator[Case]:
    """Each bomb and each escape in a page; some in LaTeX, in a PDF and in a citation style."""
    light = ("long template", "deep blocks", "many tags", "many sets", "long number", "striptags", "urlize")
    for name, text in BOMBS.items():
        codes = frozenset({0, 1, 2}) if name in light else FAILED
        yield Case("templates", name, _page(text), codes)
    for name, text in ESCAPES.items():
        yield Case("templates", f"way out: {name}", _page(text), fast=name == "include above")
    for name in ("text", "tojson", "doubling", "range", "macro of itself"):
        yield Case("templates", f"{name}, tex", _tex(BOMBS[name]), FAILED)
        yield Case("templates", f"{name}, style", _style(BOMBS[name]), FAILED)
    for name in ("include", "icon", "cycler", "include environ"):
        yield Case("templates", f"way out: {name}, tex", _tex(ESCAPES[name]))
        yield Case("templates", f"way out: {name}, style", _style(ESCAPES[name]))
    for name in ("text", "loop", "center"):
        yield Case("templates", f"{name}, pdf", _pdf(BOMBS[name]), FAILED)
