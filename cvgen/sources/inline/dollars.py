"""Finds the formulas of a text: which dollar signs enclose one, which are money, and which are neither.

TeX takes any two dollar signs for a formula, but people also write ``It cost $5 and $10``. The rule, tried on each
dollar sign from the left, with the next one outside braces as its partner:

* An amount after the first sign and a digit after the second is money (``$20-$30``), unless a command, ``^`` or
  ``_`` between them says that this is a formula, or nothing joins the two amounts (``$3$5``).
* An amount that prose follows up to the second sign is money (``$5 and $n$``: the first sign).
* Two or more words of prose without a command are not a formula.
* Everything else is a formula, also between digits (``$\\alpha$4$\\beta$2``, ``$0$ and $1$``).

A sign without a partner is money beside an amount or a currency's prefix (``US$``), and a typing error otherwise.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from cvgen.sources.inline.tex_commands import FUNCTIONS

_TOKEN = re.compile(r"\\.|[${}]", re.DOTALL)
_AMOUNT = re.compile(r"(?:\s|~|\\[ ,;:])*\.?\d")
_SIGN = re.compile(r"[\^_]|\\(?!(?:text[a-z]{2}|emph|em|it|bf|sl|tt|sc)\b)[A-Za-z]{2,}|\\[{}|]")
_BOX = re.compile(r"\\(?:text\w*|mbox|hbox|math\w+|operatorname\*?)\s*\{[^{}]*\}|\\[A-Za-z]+|[{}]")
_WORD = re.compile(r"(?:(?<=\s)|(?<=^))[a-z]{2,}(?=[\s,.;:!?]|$)")
_NO_PROSE = frozenset((*FUNCTIONS, "nm", "mm", "cm", "km"))
_LAST_CURRENCY = re.compile(r"\s(?:US|HK|AU|CA|NZ|NT|SG|[ACMRS])$")
_CURRENCY = re.compile(r"(?<![A-Za-z])(?:US|HK|AU|CA|NZ|NT|SG|[ACMRS])$")
_ALMOST_ALL_PROSE = 4


class DollarPiece(NamedTuple):
    """A part of a text: a formula without its dollar signs, or other text with ``\\$`` for money."""

    is_formula: bool
    text: str


class DollarPieces(NamedTuple):
    """The whole text, and whether a dollar sign that means nothing was dropped."""

    pieces: list[DollarPiece]
    has_stray: bool


def split_formulas(source: str) -> DollarPieces:
    """Cut ``source`` at its formulas between dollar signs."""
    pieces: list[DollarPiece] = []
    text, at, stray = "", 0, False
    partners = _partners(source)
    for begin in partners:
        if begin < at:
            continue  # inside or at the end of a formula
        text += source[at:begin]
        width = 2 if source.startswith("$$", begin) else 1
        end = _closing(source, partners, begin, width)
        if width == 2 and end is None:
            at = begin + 2  # an empty formula
        elif end is not None and _is_formula(
            source[begin - 1 : begin], source[begin + width : end], source[end + width : end + width + 20]
        ):
            pieces += [DollarPiece(False, text), DollarPiece(True, source[begin + width : end])]
            text, at = "", end + width
        else:
            at = begin + 1
            money = _is_money(text[-20:], source[at : at + 20])
            text += r"\$" if money else ""
            stray = stray or not money
    pieces.append(DollarPiece(False, text + source[at:]))
    return DollarPieces([piece for piece in pieces if piece.text.strip("{}") or not piece.is_formula], stray)


def _partners(source: str) -> dict[int, int | None]:
    """The place of each dollar sign, and of the next one in the same pair of braces, in order."""
    partners: dict[int, int | None] = {}
    latest: list[int | None] = [None]  # for each open brace
    for found in _TOKEN.finditer(source):
        if found[0] == "{":
            latest.append(None)
        elif found[0] == "}":
            latest[-1:] = [] if len(latest) > 1 else [None]
        elif found[0] == "$":
            partners[found.start()] = None
            if (before := latest[-1]) is not None:
                partners[before] = found.start()
            latest[-1] = found.start()
    return partners


def _closing(source: str, partners: dict[int, int | None], begin: int, width: int) -> int | None:
    """The offset of the dollar sign that closes the one at ``begin``; for ``$$`` of the next ``$$``."""
    end = partners[begin + width - 1]
    return end if end is not None and source.startswith("$" * width, end) else None


def _is_formula(before: str, content: str, after: str) -> bool:
    has_sign = bool(_SIGN.search(content))
    words = [word for word in _WORD.findall(_BOX.sub(" ", content)) if word not in _NO_PROSE]
    if _AMOUNT.match(content):
        if _AMOUNT.match(after) and (after[0].isdigit() or after[0] == "." or content[0].isspace()):
            return not words and (has_sign or content[-1].isdigit())
        if not has_sign:
            return not _is_amount_and_prose(content, words)
    if has_sign:
        return len(words) < _ALMOST_ALL_PROSE
    inside_words = before.isalpha() and after[:1].isalpha() and any(map(str.isspace, content))  # A$AP and Ke$ha
    return not (len(words) > 1 or inside_words or (words and content != content.strip()))


def _is_amount_and_prose(content: str, words: list[str]) -> bool:
    """Whether text without commands that begins with an amount runs on as prose up to the next dollar sign."""
    ends_in_space = content[-1:].isspace() and (bool(words) or not content[:1].isspace())
    closes_first = re.match(r"[^(\[]*[)\]]", content) is not None and bool(words)
    return len(words) > 1 or ends_in_space or closes_first or _LAST_CURRENCY.search(content) is not None


def _is_money(before: str, after: str) -> bool:
    if _AMOUNT.match(after) or re.match(r"/\w|/[€£¥]", after):
        return True
    if after[:1].isalpha() or after[:1] == "\\":
        return False
    return re.search(r"\d(?:\s|~|\\,)*$", before) is not None or _CURRENCY.search(before) is not None
