"""Refuses links that lead out of a theme's folder: a theme reads no file outside its folders."""

from __future__ import annotations

import os
from pathlib import Path

from cvgen.diagnostics import InputError, Location, Problem


def refuse_links_outside(folder: Path) -> None:
    """Raise InputError with every link below ``folder`` whose target is not below it; the folder may be a link."""
    inside = folder.resolve()
    problems = [
        Problem(
            f"this link leads out of the theme {folder.name!r}", Location(str(path)), "copy the file into the theme"
        )
        for parent, folders, names in os.walk(folder)
        for path in (Path(parent) / name for name in sorted([*folders, *names]))
        if path.is_symlink() and not _leads_into(path, inside)
    ]
    if problems:
        raise InputError(problems)


def _leads_into(link: Path, folder: Path) -> bool:
    try:
        return link.resolve().is_relative_to(folder)
    except (OSError, RuntimeError):  # links that form a circle
        return False
