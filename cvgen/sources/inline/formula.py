"""Turns a formula's TeX into nodes that any backend prints in the text's own fonts.

A CV holds short formulas (``$O(n^2)$``, ``$\\ell_1$``, ``$\\alpha$-divergence``). Reading them into raised,
lowered and italic characters makes both backends print the same, leaves the characters in the PDF's text layer,
and lets no TeX command through.
"""

from __future__ import annotations

from cvgen.diagnostics import BadValueError
from cvgen.model.inline import Math
from cvgen.sources.inline.tex_core import TooDeepError, UnreadTex
from cvgen.sources.inline.tex_reader import TexReader


class UnknownMathError(BadValueError):
    """The formula has a mistake, or a command that cannot be printed."""


def parse_math(source: str) -> Math:
    """Read the TeX between two dollar signs.

    Raises UnknownMathError, which names the first unknown command.
    """
    unread_tex = UnreadTex()
    try:
        math = TexReader(source, unread_tex, math=True).read_formula()
    except TooDeepError as error:
        raise UnknownMathError("the formula is nested too deeply") from error
    for command in unread_tex.commands:
        raise UnknownMathError(f"the formula's command {command} is not known", "write its character instead")
    for message, hint, _ in unread_tex.notes:
        raise UnknownMathError(message, hint)
    return math
