"""Explains TeX's errors about formulas that do not end, and about signs that only a formula may have."""

from __future__ import annotations

import re

from cvgen.backends.latex.log import TexError
from cvgen.backends.latex.source_map import SourceMap
from cvgen.backends.latex.writer import Origin

_OPEN_FORMULA = re.compile(r"Missing \$ inserted|Extra \}, or forgotten \$|Display math should end with")
_SIGNS = re.compile(r"\\.|%.*|\$")
"""Escaped signs, comments, and the signs that begin or end a formula."""


def may_be_open_formula(error: TexError, source: SourceMap) -> bool:
    """Whether ``error``, which is in the document itself, may come from a formula that does not end."""
    return bool(_OPEN_FORMULA.search(error.message)) and (not error.file or error.file in source.starts)


def find_lone_dollar(source: SourceMap, read: int) -> Origin | None:
    """The place of a $ whose formula does not end, in what TeX has read up to the offset ``read``; None if all end.

    A formula ends in the line in which it begins, or in another line with one $ too many.
    """
    end = source.text.find("\n", read)
    lone: list[int] = []
    start = max(0, source.text.rfind(r"\begin{document}"))
    for line in source.text[start : end if end >= 0 else None].splitlines(keepends=True):
        signs = [found.start() for found in _SIGNS.finditer(line) if found[0] == "$"]
        lone += [start + signs[-1]] if len(signs) % 2 else []
        start += len(line)
    return source.find(lone[-1]) if len(lone) % 2 else None


def say_script(error: TexError) -> str:
    """The cure of the sign _ or ^ outside of a formula; empty for another error."""
    read = {text.strip()[-1:] for text in (error.read, *(text for _, text in error.contexts))}
    if "Missing $ inserted" not in error.message or not read & {"_", "^"}:
        return ""
    escaped, sign = (r"\_", "_") if "_" in read else (r"\^{}", "^")
    return f"write {escaped} for the sign {sign}, or set a formula between $ and $"
