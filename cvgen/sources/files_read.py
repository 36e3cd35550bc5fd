"""Records the files that a run depends on, each with the digest of the bytes that the run used."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from cvgen.sources.regular_file import NotReadError, read_regular

MOST_BYTES = 64 << 20
"""The most bytes of a file that others read: a large font has 40 MB."""


def git_blob(data: bytes) -> str:
    """The name that git gives to a file of these bytes; ``git log --find-object=NAME`` finds its commits."""
    # SHA-1 is git's choice; nothing here relies on it for security.
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


class FilesRead:
    """The record of one run: every file that it read or that a backend will read for it.

    ``blobs`` has the git blob name of each file, None for a file that could not be read. The first reading of a file
    counts: its bytes are the ones that were parsed. In ``folders`` every file counts, also one that is added later;
    a folder need not exist yet. After a failed run, the record has the files read until then.

    ``within`` is the folder outside which no file that a profile names may be read; None for a profile that is trusted.
    """

    def __init__(self, blobs: Mapping[Path, str | None] | None = None, within: Path | None = None) -> None:
        self.blobs: dict[Path, str | None] = dict(blobs or {})
        self.folders: set[Path] = set()
        self.within = within

    def allows(self, path: Path) -> bool:
        """Whether ``path``, all links in it followed, is inside the folder ``within``; it need not exist."""
        if self.within is None:
            return True
        try:
            return path.resolve().is_relative_to(self.within.resolve())
        except (OSError, RuntimeError, ValueError):  # links that form a circle, a NUL in the name
            return False

    def record(self, path: Path, data: bytes | None) -> None:
        """Add ``path``, of which ``data`` was read; None if it could not be read."""
        self.blobs.setdefault(path, None if data is None else git_blob(data))

    def add_files(self, paths: Iterable[Path]) -> None:
        """Add files that others read, as they are now."""
        for path in paths:
            if path not in self.blobs:
                self.blobs[path] = _find_blob(path)

    def add_folder(self, folder: Path) -> None:
        """Add ``folder`` and every file in it, as they are now."""
        self.folders.add(folder)
        self.add_files(_list_files(folder))

    def keep(self, earlier: FilesRead) -> None:
        """Add, as they are now, the files of an earlier run that this failed run did not reach."""
        self.add_files(earlier.blobs)
        for folder in earlier.folders:
            self.add_folder(folder)

    def has_changed(self) -> bool:
        """Whether a file now has other bytes than those recorded, is gone, or is new in one of the folders."""
        return next(self.list_changed(), None) is not None

    def list_changed(self) -> Iterator[Path]:
        """The files that now have other bytes than those recorded, are gone, or are new in one of the folders."""
        yield from (path for path, blob in self.blobs.items() if _find_blob(path) != blob)
        yield from (path for folder in self.folders for path in _list_files(folder) if path not in self.blobs)

    def digest(self, without: Iterable[Path] = ()) -> str:
        """One digest over the names and bytes of all files except ``without``."""
        left_out = set(without)
        lines = sorted(f"{blob} {path}\n" for path, blob in self.blobs.items() if path not in left_out)
        return hashlib.sha256("".join(lines).encode("utf-8", "surrogateescape")).hexdigest()

    def list_folders(self) -> frozenset[Path]:
        """Every folder that exists and in which a change of these files would show.

        For what does not exist yet, this is the nearest folder above it; for a link, also the folder of its target.
        """
        places = {place.parent for path in self.blobs for place in (path.absolute(), path.resolve())}
        for folder in self.folders:
            places |= {folder.absolute(), folder.absolute().parent, *_list_subfolders(folder.absolute())}
        return frozenset(_nearest_folder(place) for place in places)


def _find_blob(path: Path) -> str | None:
    """The git blob name of the file now; None if it cannot be read."""
    try:
        about = os.stat(path)  # noqa: PTH116 – half the time of Path.stat, for hundreds of files
        state = (about.st_dev, about.st_ino, about.st_size, about.st_mtime_ns, about.st_ctime_ns)
        return _hash_once(path, state)
    except (OSError, NotReadError, ValueError):
        return None


@lru_cache(maxsize=4096)
def _hash_once(path: Path, state: tuple[int, ...]) -> str:
    """The git blob name of the file, which is read again only if its size, its times or its place have changed.

    So does git itself; a theme has a hundred files, and most renders of a process use the same.
    """
    return git_blob(read_regular(path, MOST_BYTES))


def _list_files(folder: Path) -> Iterator[Path]:
    """The files below ``folder`` that a render may read: no hidden ones, no editor's backups, no PDFs."""
    for inside in (folder, *_list_subfolders(folder)):
        paths = (inside / entry.name for entry in _scan(inside) if _is_of_use(entry.name))
        yield from (path for path in paths if path.is_file())


def _is_of_use(name: str) -> bool:
    return not name.startswith(".") and not name.endswith("~") and not name.lower().endswith(".pdf")


def _list_subfolders(folder: Path) -> Iterator[Path]:
    """The folders below ``folder``; a link to a folder is none, since it may lead round in a circle."""
    for entry in _scan(folder):
        if not entry.name.startswith(".") and entry.is_dir(follow_symlinks=False):
            path = folder / entry.name
            yield path
            yield from _list_subfolders(path)


def _scan(folder: Path) -> list[os.DirEntry[str]]:
    """What is in ``folder``, by name; nothing if it cannot be listed."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except (OSError, ValueError):  # a folder that may not be read, a NUL in the name
        return []


def _nearest_folder(path: Path) -> Path:
    return next(place for place in (path, *path.parents) if place.is_dir())
