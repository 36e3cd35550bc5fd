"""Makes a text that was read from a .bib file or a service fit to be the value of a field."""

from __future__ import annotations

import re


def tidy_field(text: str) -> str:
    """``text`` on one line, without braces if they are not balanced, since they would end the field."""
    line = " ".join(text.split())
    return line if _has_balanced_braces(line) else re.sub(r"[{}]", "", line)


def _has_balanced_braces(text: str) -> bool:
    depth = 0
    for brace in re.findall(r"(?<!\\)[{}]", text):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0
