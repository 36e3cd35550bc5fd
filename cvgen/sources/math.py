"""A formula's TeX to nodes that any backend prints in the text's own fonts.

A CV holds short formulas (``$O(n^2)$``, ``$\\ell_1$``, ``$\\alpha$-divergence``). Reading them into raised,
lowered and italic characters makes both backends print the same, leaves the characters in the PDF's text layer,
and lets no TeX command through.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from cvgen.model.inline import Inline, Inlines, Italic, Math, Plain, Sub, Sup, plain_text

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[{}^_]|\s+|.", re.DOTALL)
_UPRIGHT = {
    "\\mathrm",
    "\\text",
    "\\textrm",
    "\\operatorname",
    "\\textnormal",
    "\\mbox",
    "\\mathsf",
    "\\mathtt",
}
_STYLED = {"\\mathbf", "\\boldsymbol", "\\mathcal", "\\mathit", "\\bm", "\\mathscr", "\\mathfrak"}
_SPACES = {
    "\\,": "\u2009",
    "\\;": " ",
    "\\:": " ",
    "\\ ": " ",
    "\\quad": " ",
    "\\qquad": "  ",
    "~": " ",
    "\\!": "",
}
_IGNORED = {"\\left", "\\right", "\\displaystyle", "\\limits", "\\big", "\\Big", "\\bigl", "\\bigr"}
_DOUBLE_STRUCK = dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True))
_FUNCTIONS = [
    "log",
    "ln",
    "exp",
    "sin",
    "cos",
    "tan",
    "max",
    "min",
    "sup",
    "inf",
    "lim",
    "arg",
    "det",
    "dim",
    "deg",
    "gcd",
    "Pr",
    "argmax",
    "argmin",
]
_OPERATORS = {"\\le": "≤", "\\ge": "≥", "\\leq": "≤", "\\geq": "≥", "\\ne": "≠", "\\neq": "≠", "\\to": "→",
              "\\times": "×", "\\cdot": "·", "\\ast": "∗", "\\star": "⋆", "\\pm": "±", "\\in": "∈",
              "\\sim": "∼", "\\approx": "≈", "\\ldots": "…", "\\dots": "…", "\\cdots": "⋯", "\\infty": "∞",
              "\\lbrace": "{", "\\rbrace": "}", "\\colon": ":", "\\mid": "|", "\\prime": "′",
              "\\dagger": "†", "\\ddagger": "‡", "\\S": "§", "\\P": "¶", "\\textdagger": "†"}  # fmt: skip


class UnknownMathError(ValueError):
    """A command of the formula is not one that can be printed."""


_RELATIONS = frozenset("≤≥≠≈∼∈→←⇒≪≫≡⊂⊆×±∝≃≅")


def parse_math(source: str) -> Math:
    """Read the TeX between two dollar signs.

    Raises UnknownMathError (a ValueError) naming the command that is not known here.
    """
    tokens = _Tokens(_TOKEN.findall(source))
    return Math(source, _trim(_join(_parse_group(tokens, closing=None))))


class _Tokens:
    """A list of tokens with a place in it."""

    def __init__(self, tokens: list[str]) -> None:
        self._left: Iterator[str] = iter(tokens)

    def next(self) -> str | None:
        return next(self._left, None)

    def next_solid(self) -> str | None:
        token = self.next()
        while token is not None and token.isspace():
            token = self.next()
        return token


def _parse_group(tokens: _Tokens, closing: str | None) -> list[Inline]:
    nodes: list[Inline] = []
    while (token := tokens.next()) is not None:
        if token == closing:
            return nodes
        if token == "}":
            raise UnknownMathError("the formula has a } too many")
        nodes += _parse_atom(token, tokens)
    if closing is not None:
        raise UnknownMathError("the formula has a { that is not closed")
    return nodes


def _parse_atom(token: str, tokens: _Tokens) -> list[Inline]:
    if token == "{":
        return _parse_group(tokens, "}")
    if token in "^_":
        script = tuple(_join(_argument(tokens)))
        return [Sup(script) if token == "^" else Sub(script)]
    if token.startswith("\\"):
        return _parse_command(token, tokens)
    if token.isspace():
        return []
    if token.isalpha() and token.isascii():
        return [Italic((Plain(token),))]
    if token in "=<>":
        return [Plain(f" {token} ")]
    return [Plain({"-": "−", "*": "∗", "'": "′", "~": "\u00a0"}.get(token, token))]


def _argument(tokens: _Tokens) -> list[Inline]:
    token = tokens.next_solid()
    if token is None:
        raise UnknownMathError("the formula ends where an argument should stand")
    return _parse_atom(token, tokens)


def _parse_command(token: str, tokens: _Tokens) -> list[Inline]:
    if token in _SPACES:
        return [Plain(_SPACES[token])]
    if token in _IGNORED:
        return []
    if token in _UPRIGHT:
        return [Plain(_raw_argument(tokens))]
    if token in _STYLED:
        return _argument(tokens)
    if token == "\\mathbb":
        letters = plain_text(tuple(_argument(tokens)))
        return [Plain("".join(_DOUBLE_STRUCK.get(letter, letter) for letter in letters))]
    if token in ("\\frac", "\\tfrac", "\\dfrac"):
        return [*_bracketed(_argument(tokens)), Plain("/"), *_bracketed(_argument(tokens))]
    if token == "\\sqrt":
        return [Plain("√"), *_bracketed(_argument(tokens))]
    if token[1:] in _FUNCTIONS:
        return [Plain(f" {token[1:]} ")]
    return [_symbol(token)]


def _raw_argument(tokens: _Tokens) -> str:
    """The characters of an upright argument, spaces included."""
    token = tokens.next_solid()
    if token != "{":
        return token or ""
    text, depth = "", 1
    while (token := tokens.next()) is not None:
        depth += {"{": 1, "}": -1}.get(token, 0)
        if depth == 0:
            return text
        text += "" if token in "{}" else _SPACES.get(token, token.removeprefix("\\") if len(token) == 2 else token)
    raise UnknownMathError("the formula has a { that is not closed")


def _bracketed(nodes: list[Inline]) -> list[Inline]:
    return nodes if len(plain_text(tuple(nodes))) == 1 else [Plain("("), *nodes, Plain(")")]


def _symbol(token: str) -> Inline:
    if len(token) == 2 and not token[1].isalpha():
        return Plain(token[1])
    text = _OPERATORS.get(token) or _symbols().get(token[1:], "")
    if not text:
        raise UnknownMathError(f"the formula's command {token} is not known here; write its character instead")
    if "α" <= text <= "ω" or text == "ℓ":
        return Italic((Plain(text),))
    return Plain(f" {text} " if text in _RELATIONS else text)


@lru_cache(maxsize=1)
def _symbols() -> dict[str, str]:
    """Names of symbols, from pylatexenc's table of what LaTeX commands look like."""
    from pylatexenc.latex2text import get_default_latex_context_db

    specs = get_default_latex_context_db().iter_macro_specs()
    return {
        spec.macroname: spec.simplify_repl.strip()
        for spec in specs
        if isinstance(spec.simplify_repl, str) and "%" not in spec.simplify_repl
    }


def _trim(nodes: Inlines) -> Inlines:
    """``nodes`` without the space that an operator brings at the start or end of the formula, or after a bracket."""
    if not nodes:
        return nodes
    parts = list(nodes)
    if isinstance(parts[0], Plain):
        parts[0] = Plain(parts[0].text.lstrip(" "))
    if isinstance(parts[-1], Plain):
        parts[-1] = Plain(parts[-1].text.rstrip(" "))
    tidy = (
        Plain(re.sub(r"([([{/√]) ", r"\1", re.sub(r"  +", " ", p.text))) if isinstance(p, Plain) else p for p in parts
    )
    return tuple(part for part in tidy if not isinstance(part, Plain) or part.text)


def _join(nodes: list[Inline]) -> Inlines:
    """Neighbours of one kind as one node, so that ``mathrm`` words stay whole in the text layer."""
    joined: list[Inline] = []
    for node in nodes:
        last = joined[-1] if joined else None
        if isinstance(node, Plain) and isinstance(last, Plain):
            joined[-1] = Plain(last.text + node.text)
        elif isinstance(node, Italic) and isinstance(last, Italic):
            joined[-1] = Italic(_join([*last.children, *node.children]))
        else:
            joined.append(node)
    return tuple(joined)
