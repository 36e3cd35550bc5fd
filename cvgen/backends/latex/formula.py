"""Checks the TeX of a formula, so that it can be passed on to LaTeX.

A formula may come from a stranger's bibliography. It is passed on only if this grammar reads it to its end: every
command is in a list, has its arguments, and no letter has two exponents. Nothing else can reach TeX: no ``\\input``,
``\\def`` or ``^^``, no ``$``, ``%``, ``#``, ``&`` or ``~``, and no brace without its partner. All other formulas are
printed as nodes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from cvgen.model.inline import Math, plain_text

_MOST = 400
"""Characters; a formula in a CV is far shorter."""
_DEEPEST = 8
_TOKEN = re.compile(r"\\[A-Za-z]+|\\[,;:!|{}%_ ]|[A-Za-z0-9+\-=<>()\[\]/|.,;:!?*'^_{}]|\s+")
_TEXT = re.compile(r"\{([A-Za-z0-9 ,.;:()/+=-]*)\}")


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_DELIMITERS = frozenset(
    _words(
        r"( ) [ ] | / . \{ \} \| \langle \rangle \lfloor \rfloor \lceil \rceil \lvert \rvert \lVert \rVert \vert \Vert"
    )
)
_GREEK = _words(
    "alpha beta gamma delta zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon chi psi omega "
    "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
)
_RELATIONS = _words("le leq ge geq ne neq ll gg sim approx equiv times to rightarrow leftarrow pm in")
_SIMPLE = frozenset([*_RELATIONS, "infty", "ell"])
"""Symbols that both engines print as the character that the nodes have."""
_SYMBOLS = (
    _SIMPLE
    | frozenset(_GREEK)
    | frozenset(
        _words(
            "epsilon varepsilon phi varphi vartheta varpi varrho varsigma hbar imath jmath Re Im wp aleph "
            "beth nabla partial emptyset varnothing forall exists nexists neg lnot top bot perp angle triangle "
            "sharp flat natural star ast cdot cdots ldots dots vdots ddots colon prime dagger ddagger circ bullet "
            "oplus ominus otimes oslash odot mp div setminus cap cup wedge vee land lor sqcap sqcup uplus amalg "
            "diamond lesssim gtrsim leqslant geqslant prec succ preceq succeq subset supset subseteq supseteq "
            "subsetneq supsetneq sqsubseteq sqsupseteq ni notin mid nmid parallel nparallel simeq cong doteq "
            "propto models vdash dashv asymp bowtie longrightarrow longleftarrow Rightarrow Leftarrow "
            "Longrightarrow leftrightarrow Leftrightarrow iff implies impliedby mapsto longmapsto gets "
            "hookrightarrow hookleftarrow uparrow downarrow updownarrow nearrow searrow rightharpoonup "
            "rightleftharpoons rightsquigarrow twoheadrightarrow rightarrowtail langle rangle lfloor rfloor lceil "
            "rceil lvert rvert lVert rVert vert Vert lbrace rbrace backslash quad qquad thinspace triangleq "
            "therefore because ltimes rtimes trianglelefteq"
        )
    )
)
_OPERATORS = frozenset(
    _words(
        "sum prod coprod int iint iiint oint bigcup bigcap bigoplus bigotimes bigodot bigvee bigwedge biguplus "
        "bigsqcup lim limsup liminf max min sup inf argmax argmin det gcd Pr"
    )
)
"""Operators that may have ``\\limits``."""
_FUNCTIONS = frozenset(
    _words("log ln exp sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh coth arg dim deg hom ker lg bmod")
)
_AROUND = _words(
    "overline underline sqrt pmod boldsymbol bm mathbb mathcal mathscr mathfrak mathrm mathbf mathit mathsf mathtt"
)
_ACCENTS = _words("hat bar tilde vec dot ddot check breve acute grave widehat widetilde overrightarrow")
_ARITIES = {
    **dict.fromkeys(("frac", "tfrac", "dfrac", "binom", "tbinom", "dbinom"), 2),
    **dict.fromkeys((*_AROUND, *_ACCENTS), 1),
}
"""Commands with arguments, and how many."""
_ACCENTED = frozenset(_ACCENTS)
_TEXTS = frozenset(("text", "textrm", "textit", "textbf", "mbox", "operatorname"))
_SIZES = frozenset(size + side for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r", "m"))
COMMANDS = frozenset((*_SYMBOLS, *_OPERATORS, *_FUNCTIONS, *_ARITIES, *_TEXTS, *_SIZES, "left", "right", "limits",
                      "nolimits"))  # fmt: skip
"""Every command that may be passed on."""


class _RefusedError(ValueError):
    """The formula is not one that may be passed on."""


@dataclass(frozen=True, slots=True)
class CheckedFormula:
    """TeX that is safe to print. ``is_simple``: its glyphs are, in order, the characters of the formula's nodes."""

    tex: str
    is_simple: bool
    has_accents: bool = False


def check_formula(formula: Math, *, accents: bool) -> CheckedFormula | None:
    """The TeX of ``formula`` if it may be passed on to LaTeX in place of its nodes; None if it may not.

    Readers of a PDF copy TeX's accents out of order. ``accents``: the engine has no other way to print them.
    """
    checked = _check(formula.source)
    if checked is None or (checked.has_accents and not accents) or not plain_text(formula.children).strip():
        return None
    return checked


def is_passed_on(formula: Math, *, accents: bool = False) -> bool:
    """Whether LaTeX prints the formula's own TeX, in place of its nodes."""
    return check_formula(formula, accents=accents) is not None


@lru_cache(maxsize=1 << 10)
def _check(source: str) -> CheckedFormula | None:
    try:
        return _Grammar(source).read()
    except _RefusedError:
        return None


class _Grammar:
    """Reads one formula, or raises _RefusedError."""

    def __init__(self, source: str) -> None:
        self._source, self._at, self._depth = source, 0, 0
        self._is_simple, self._has_accents = True, False

    def read(self) -> CheckedFormula:
        """The whole formula with its white space made single spaces."""
        if len(self._source) > _MOST:
            raise _RefusedError("too long")
        self._list(None)
        return CheckedFormula(" ".join(self._source.split()), self._is_simple, self._has_accents)

    def _next(self, *, solid: bool = True) -> str | None:
        while self._at < len(self._source):
            found = _TOKEN.match(self._source, self._at)
            if found is None:
                raise _RefusedError(self._source[self._at])
            self._at = found.end()
            if not solid or not found[0].isspace():
                return found[0]
        return None

    def _peek(self) -> str | None:
        at = self._at
        token = self._next()
        self._at = at
        return token

    def _list(self, closing: str | None) -> None:
        """Everything up to ``closing``; scripts follow what they belong to."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _RefusedError("too deep")
        while (token := self._next()) != closing:
            if token is None or token in ("}", "\\right"):
                raise _RefusedError("a brace or delimiter has no partner")
            if token in "^_'":
                self._at -= 1  # a script with nothing before it, as in an isotope
            else:
                self._atom(token)
            self._scripts()
        self._depth -= 1

    def _atom(self, token: str) -> None:
        if token == "{":
            self._list("}")
        elif token == "\\left":
            self._is_simple = False
            self._delimiter()
            self._list("\\right")
            self._delimiter()
        elif token[0] == "\\" and token[1].isalpha():
            self._command(token[1:])
        elif token[0] == "\\" or token in "|:*?[]":
            self._is_simple = False

    def _command(self, name: str) -> None:
        self._is_simple = self._is_simple and name in _SIMPLE
        self._has_accents = self._has_accents or name in _ACCENTED
        if name in _TEXTS:
            found = _TEXT.match(self._source, self._at)
            if found is None:
                raise _RefusedError(name)
            self._at = found.end()
        elif name in _SIZES:
            self._delimiter()
        elif name in _ARITIES:
            if name == "sqrt" and self._peek() == "[":
                self._next()
                self._list("]")
            for _ in range(_ARITIES[name]):
                self._argument()
        elif name in _OPERATORS:
            if self._peek() in ("\\limits", "\\nolimits"):
                self._next()
        elif name not in _SYMBOLS and name not in _FUNCTIONS:
            raise _RefusedError(name)

    def _argument(self) -> None:
        """A group, one letter or digit, or one symbol."""
        token = self._next() or ""
        if token == "{":
            self._list("}")
        elif token[:1] == "\\" and token[1:] in _SYMBOLS:
            self._is_simple = self._is_simple and token[1:] in _SIMPLE
        elif not token.isalnum() and token not in ("+", "-", "*"):
            raise _RefusedError(token)
        self._is_simple = self._is_simple and token != "*"

    def _scripts(self) -> None:
        """At most one exponent, primes included, and one index."""
        seen = ""
        while (token := self._peek()) in ("^", "_", "'"):
            kind = "_" if token == "_" else "^"
            follows_primes = token == "^" and seen == "'"
            if kind in seen.replace("'", "^") and not follows_primes and not (token == "'" and seen == "'"):
                raise _RefusedError("two exponents")
            self._next()
            if token != "'":
                self._argument()
            seen = "^" if follows_primes else seen if token == "'" and seen == "'" else seen + token
        self._is_simple = self._is_simple and len(seen) < 2

    def _delimiter(self) -> None:
        if self._next() not in _DELIMITERS:
            raise _RefusedError("no delimiter")
