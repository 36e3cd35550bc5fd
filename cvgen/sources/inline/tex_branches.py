"""``\\ifmmode A\\else B\\fi``, which prints A in a formula and B in text.

The American Physical Society exports each accent and many symbols in this form.
"""

from __future__ import annotations

import re

_INNERMOST = re.compile(
    r"\\ifmmode(?![A-Za-z])\s*((?:(?!\\ifmmode(?![A-Za-z])|\\fi(?![A-Za-z])).)*)\\fi(?![A-Za-z])(?:\{\}|\s*)", re.DOTALL
)
_ELSE = re.compile(r"\\else(?![A-Za-z])\s*")
_MOST_NESTED = 4


def choose_branch(source: str, *, math: bool) -> str:
    """``source`` with each condition replaced by the branch for formulas, or by the one for text."""
    for _ in range(_MOST_NESTED):
        chosen = _INNERMOST.sub(lambda match: _choose(match[1], math=math), source)
        if chosen == source:
            break
        source = chosen
    return source


def _choose(branches: str, *, math: bool) -> str:
    first, *rest = _ELSE.split(branches, maxsplit=1)
    chosen = first if math else "".join(rest)
    return f"{{{chosen.strip()}}}" if re.search(r"\\[A-Za-z]+\s*$", chosen) else chosen.strip()
