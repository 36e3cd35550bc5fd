"""Keeps files that make the next run faster, and works as well without them.

A cache may be missing, full, read-only, damaged, or another user's. What cannot be read back as it was written is made
again; what cannot be kept is made for this run only.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import zlib
from pathlib import Path

from cvgen.backends.leftovers import explain_full_disk, make_scratch, own_prefix, remove_leftovers

_CHECK = ".crc"
"""The ending of the file that holds the checksum of another one: it finds damage, not attacks."""


class Cache:
    """The files in ``folder``, each under a relative name such as ``icons/a.pdf``; close it after use.

    With None, or a folder that another user owns, nothing is read or kept.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder if folder and _is_trusted(folder) else None
        self._private: Path | None = None

    @property
    def can_keep(self) -> bool:
        """Whether there is a folder for what the next run can use."""
        return self._folder is not None

    def read(self, name: str) -> bytes | None:
        """The file's bytes; None if it is missing or not as it was written."""
        return _read_whole(self._folder / name) if self._folder else None

    def find(self, name: str) -> Path | None:
        """The path of the file; None if ``read`` would give None."""
        folders = (self._folder, self._private)
        return next((folder / name for folder in folders if folder and _read_whole(folder / name) is not None), None)

    def keep(self, name: str, data: bytes) -> Path | None:
        """Write a file, completely or not at all; None if that is not possible."""
        if self._folder is None:
            return None
        try:
            return _write_whole(self._folder / name, data)
        except OSError:
            return None

    def place(self, name: str, data: bytes) -> Path:
        """Write a file here, or where ``close`` deletes it; raises RenderError if no disk has room."""
        return self.keep(name, data) or self._place_privately(name, data)

    def reserve(self) -> None:
        """Make the folder that ``close`` deletes, before a forked process needs it; raises RenderError."""
        if self._private is None:
            self._private = make_scratch()

    def list_names(self, folder: str) -> list[str]:
        """The names of all files below ``folder``."""
        if self._folder is None:
            return []
        root = self._folder
        with contextlib.suppress(OSError):
            found = sorted(path for path in (root / folder).rglob(f"*{_CHECK}") if not path.name.startswith("."))
            return [path.with_suffix("").relative_to(root).as_posix() for path in found]
        return []

    def limit(self, folder: str, most: int) -> None:
        """Delete the oldest files of ``folder`` until it has ``most`` of them."""
        names = self.list_names(folder)
        if self._folder is None or len(names) <= most:
            return
        with contextlib.suppress(OSError):  # another process may delete them too
            paths = sorted((self._folder / name for name in names), key=lambda path: path.stat().st_mtime)
            for path in paths[: len(paths) - most]:
                _check_of(path).unlink(missing_ok=True)
                path.unlink(missing_ok=True)

    def close(self) -> None:
        """Delete what was made for this run only."""
        if self._private:
            shutil.rmtree(self._private, ignore_errors=True)
            self._private = None

    def _place_privately(self, name: str, data: bytes) -> Path:
        self.reserve()
        assert self._private
        with explain_full_disk(self._private):
            return _write_whole(self._private / name, data)


def _is_trusted(folder: Path) -> bool:
    """Whether this user or root owns ``folder``, or what is above it: others could put code into it."""
    if not hasattr(os, "geteuid"):
        return True
    try:
        nearest = next(path for path in (folder, *folder.parents) if path.exists())
        return nearest.stat().st_uid in (0, os.geteuid())
    except (OSError, ValueError):
        return False


def _check_of(path: Path) -> Path:
    return path.with_name(path.name + _CHECK)


def _checksum(data: bytes) -> bytes:
    return b"%08x" % zlib.crc32(data)


def _read_whole(path: Path) -> bytes | None:
    try:
        data = path.read_bytes()
        return data if _check_of(path).read_bytes() == _checksum(data) else None
    except OSError:
        return None


def _write_whole(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    remove_leftovers(path.parent)
    # First the checksum: a file without the right one is not used.
    _replace(_check_of(path), _checksum(data))
    _replace(path, data)
    return path


def _replace(path: Path, data: bytes) -> None:
    """Write ``path`` completely or not at all; raises OSError."""
    descriptor, name = tempfile.mkstemp(prefix=f".{own_prefix()}", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
