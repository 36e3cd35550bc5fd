"""Writes files completely or not at all: beside the target, then renamed to it."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from cvgen.diagnostics import InputError, Location, Problem


def write_whole(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path``; an existing file stays until the new one is complete. Raises InputError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise InputError([_unwritable(path, error)]) from None
    beside = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
        beside.chmod(_mode(path))
        beside.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise InputError([_unwritable(path, error)]) from None


def copy_whole(source: Path, target: Path) -> None:
    """Copy a file completely or not at all."""
    write_whole(target, source.read_bytes())


def _mode(path: Path) -> int:
    """The mode of a new file here; with mkstemp's own mode, no other user could read it."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _unwritable(path: Path, error: OSError) -> Problem:
    return Problem(f"cannot write {str(path)!r}: {error.strerror}", Location(str(path)), "choose another place with -o")
