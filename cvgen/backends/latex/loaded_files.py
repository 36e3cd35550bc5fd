"""Says which classes and packages a LaTeX source loads."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePath

_LOADING = r"\\(?:documentclass|LoadClass(?:WithOptions)?|usepackage|RequirePackage(?:WithOptions)?)\b"


def is_loaded(file: str, sources: Iterable[str]) -> bool:
    """Whether one of ``sources`` loads the class or package in ``file``, also in a list and with options."""
    name = re.escape(PurePath(file).stem)
    loads = re.compile(rf"{_LOADING}(?:[^\\]*?|.*?)[{{,]\s*{name}\s*[,}}]")
    return any(loads.search(source) for source in sources)
