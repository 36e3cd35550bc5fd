"""Formulas of a profile and a bibliography, which LaTeX may set as they are where the source is checked."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from hostile.case import MOST_BYTES, Case, Sandbox, to_list, to_page, to_pdf, to_tex
from hostile.classes.theme_latex import OF_LUALATEX

COMMANDS = (
    r"\input{SECRET.tex}", r"\@input{SECRET.tex}", r"\include{SECRET}", r"\openin1=SECRET.txt", r"\read1 to\x",
    r"\write18{touch HOME/PWNED}", r"\immediate\write18{id}", r"\directlua{os.execute('touch HOME/PWNED')}",
    r"\special{pdf:fstream @q (SECRET.txt)}", r"\special{psfile=SECRET.txt}", r"\XeTeXpdffile SECRET.pdf",
    r"\includegraphics{SECRET.png}", r"\href{run:/bin/sh}{x}", r"\url{file:///SECRET.txt}", r"\pdfliteral{x}",
    r"\csname input\endcsname{SECRET.tex}", r"\begingroup\endgroup", r"\endgroup", r"\end{document}", r"\stop", r"\bye",
    r"\catcode`\|=0 |input{SECRET.tex}", r"\def\x{\x\x}\x", r"\let\sum\input \sum{SECRET.tex}", r"\expandafter\input\x",
    r"\text{\input{SECRET.tex}}", r"\mathrm{\input{SECRET.tex}}", r"\operatorname{\input{SECRET.tex}}",
    r"\mathop{\write18{id}}", r"\frac{\input{SECRET.tex}}{2}", r"\left\input\right)", r"^\input{SECRET.tex}",
    r"^^5cinput{SECRET.tex}", r"\char92input", r"\ensuremath{\input{SECRET.tex}}", r"\newcommand\x{}", r"\usepackage{x}",
    r"\color{red}\input{SECRET.tex}", r"\mbox{$\input{SECRET.tex}$}", r"\hbox{\input{SECRET.tex}}",
    r"\begin{array}{c}\input{SECRET.tex}\end{array}", r"\tag{\input{SECRET.tex}}", r"\label{x}\ref{x}", r"\par\par",
    r"\loop\iftrue\repeat", r"\hspace{9999cm}", r"\rule{1cm}{99999cm}", r"\kern99999pt", r"\fontspec{x}", "$ $ x", "$$", "%",
    r"x } \input{SECRET.tex} {", r"x $ \input{SECRET.tex} $ x", r"\) \input{SECRET.tex} \(", "\\(\\(", "x\n\n\\input{SECRET.tex}",
    "\\\u200binput{SECRET.tex}", "\u202e\\input{SECRET.tex}", "\uff3cinput{SECRET.tex}", "\x1b[31m",
)  # fmt: skip
LARGE = {
    "braces": "{" * 5000 + "x" + "}" * 5000,
    "scripts": "x^{" * 1500 + "y" + "}" * 1500,
    "fractions": r"\frac{" * 400 + "x" + "}{2}" * 400,
    "fences": r"\left(" * 900 + "x" + r"\right)" * 900,
    "roots": r"\sqrt{" * 900 + "x" + "}" * 900,
    "texts": r"\text{" * 900 + "x" + "}" * 900,
    "accents": r"\hat" * 3000 + "x",
    "long": "x+" * 200_000 + "x",
    "commands": r"\alpha" * 50_000,
    "open": "{" * 100_000,
}
Form = Callable[..., Sequence[str | Path]]


def _formula(source: str, form: Form, *more: str) -> Callable[[Sandbox], Sequence[str | Path]]:
    """A profile with the formula in a text, and in the title of a paper."""

    def build(box: Sandbox) -> Sequence[str | Path]:
        filled = source.replace("SECRET", str(box.secret / "secret")).replace("HOME", str(box.home))
        text = json.dumps(f"Proved ${filled}$ here")
        box.profile(
            f"work: [{{name: E, position: P, start: 2020, highlights: [{text}]}}]\nbibliography: {{files: [papers.bib]}}\n"
        )
        box.write("papers.bib", f"@article{{k, author={{Lin, Wei}}, title={{On ${filled}$}}, journal=J, year=2020}}")
        return form(box, *more)

    return build


def _lualatex(box: Sandbox) -> Sequence[str | Path]:
    return to_pdf(box, engine="lualatex")


def _xelatex(box: Sandbox) -> Sequence[str | Path]:
    return to_pdf(box, engine="xelatex")


def list_cases(draw: random.Random) -> Iterator[Case]:
    """Each formula in the source, some of them through an engine, and mixtures drawn at random."""
    for number, source in enumerate(COMMANDS):
        yield Case("formulas", f"{number} source", _formula(source, to_tex), fast=number == 0)
        form = _lualatex if number % 4 == 3 else _xelatex
        if number % 2:
            most = OF_LUALATEX if form is _lualatex else MOST_BYTES  # a formula may need the fonts of any script
            yield Case("formulas", f"{number} pdf", _formula(source, form), memory=most)
        else:
            yield Case("formulas", f"{number} page", _formula(source, to_page), typed=True)
    for name, source in LARGE.items():
        yield Case("formulas", name, _formula(source, to_list))
        yield Case("formulas", f"{name}, source", _formula(source, to_tex))
    parts = ("x", "^", "_", "{", "}", r"\frac", r"\left(", r"\right)", r"\sum", r"\text{a}", r"\sqrt", "[", "]", "'", "&", r"\\",
             r"\input", "$", r"\|", r"\mathcal", "1", " ", "#", "~")  # fmt: skip
    for number in range(25):
        source = "".join(draw.choices(parts, k=draw.randint(2, 15)))
        yield Case("formulas", f"drawn {number}", _formula(source, _xelatex))
