"""Font families that are installed, by fontconfig."""

from __future__ import annotations

import shutil
import subprocess
from functools import lru_cache

_GENERIC = frozenset({"serif", "sans", "sans-serif", "mono", "monospace"})


@lru_cache(maxsize=64)
def is_installed(family: str, path: str) -> bool:
    """Whether a font of ``family`` is installed; ``path`` is where fc-list is looked for. True if nobody can tell."""
    program = shutil.which("fc-list", path=path)
    if program is None or family.casefold() in _GENERIC:
        return True
    listed = subprocess.run(
        [program, f":family={family.replace('-', chr(92) + '-')}", "family"],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    return bool(listed.stdout.strip())
