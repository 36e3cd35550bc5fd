"""Compares the files of a folder before and after a command."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Mapping
from fnmatch import fnmatch
from pathlib import Path

_MOST_BYTES = 1 << 22


def take_snapshot(root: Path) -> dict[str, str]:
    """What every file, folder, link and device below ``root`` is."""
    return {
        str(path.relative_to(root)): _describe(path)
        for folder, folders, names in os.walk(root)
        for path in (Path(folder) / name for name in (*folders, *names))
    }


def _describe(path: Path) -> str:
    about = path.lstat()
    if stat.S_ISLNK(about.st_mode):
        return f"link {path.readlink()}"
    if stat.S_ISDIR(about.st_mode):
        return f"folder {about.st_mode:o}"
    content = ""
    if stat.S_ISREG(about.st_mode) and about.st_size <= _MOST_BYTES:
        content = hashlib.sha256(path.read_bytes()).hexdigest()
    return f"{about.st_mode:o} {about.st_ino} {about.st_size} {about.st_mtime_ns} {content}"


def list_changes(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """The names that were made, changed or removed."""
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


def is_allowed(name: str, patterns: tuple[str, ...]) -> bool:
    """Whether one of ``patterns`` fits ``name``."""
    return any(fnmatch(name, pattern) for pattern in patterns)
