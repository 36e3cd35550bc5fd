"""Writes inline nodes as plain text: raised digits as Unicode has them, links as their words."""

from __future__ import annotations

from cvgen.model.inline import Break, Code, Inline, Inlines, Math, Plain, RichText, Sub, Sup, plain_text

_RAISED = dict(zip("0123456789+-−=()in", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁱⁿ", strict=True))
_LOWERED = dict(zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True))


def write_plain(text: RichText) -> str:
    """``text`` without any structure."""
    return _write_all(text.nodes, in_formula=False).strip("\n")


def _write_all(nodes: Inlines, *, in_formula: bool) -> str:
    return "".join(_write(node, in_formula) for node in nodes)


def _write(node: Inline, in_formula: bool) -> str:
    match node:
        case Plain(text) | Code(text):
            return text
        case Break():
            return "\n"
        case Sup(children):
            return _shift(plain_text(children), _RAISED, "^" if in_formula else "")
        case Sub(children):
            return _shift(plain_text(children), _LOWERED, "_" if in_formula else "")
        case Math(_, children):
            return _write_all(children, in_formula=True)
        case _:
            return _write_all(node.children, in_formula=in_formula)


def _shift(words: str, signs: dict[str, str], sign: str) -> str:
    """``words`` raised or lowered, if Unicode has all of their characters; else after ``sign``."""
    if all(char in signs for char in words):
        return "".join(signs[char] for char in words)
    return f"{sign}{words}" if not sign or len(words) == 1 else f"{sign}({words})"
