"""Reports the formulas that only LaTeX prints as they are meant."""

from __future__ import annotations

from collections.abc import Callable

from cvgen.diagnostics import Problem, warn
from cvgen.model.document import Document
from cvgen.model.inline import Math, list_formulas, plain_text
from cvgen.model.texts import find_texts

_HINT = "render with -e xelatex or -e lualatex, or write it in other letters"
_KIND = "a formula has a command that only LaTeX prints"


def report_lost_formulas(document: Document, prints: Callable[[Math], bool]) -> list[Problem]:
    """A warning for each formula of ``document`` whose characters alone mean less than its TeX.

    ``prints`` says whether the format prints a formula's own TeX.
    """
    found: dict[Problem, None] = {}
    for text in find_texts(document):
        for formula in list_formulas(text.nodes):
            if formula.lost and not prints(formula):
                commands, printed = ", ".join(formula.lost), plain_text(formula.children)
                message = f"${formula.source}$ is printed as {printed!r}, without {commands}"
                found[warn(message, text.location, _HINT, kind=_KIND)] = None
    return list(found)
