"""Reads the files of an export: a ZIP, or the folder that it was unpacked to; with limits, and without unpacking."""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path, PurePosixPath

from cvgen.diagnostics import InputError, Location, Problem
from cvgen.sources.regular_file import NotReadError, read_regular

_MOST_MEMBERS = 5_000
_MOST_MEMBER_BYTES = 4 << 20
_MOST_BYTES = 16 << 20
"""Of all files that are read; an export has a few hundred KiB of them beside messages and pictures."""


class Export:
    """The files of an export by their names without folders, in small letters."""

    def __init__(self, path: Path, data: bytes) -> None:
        self._path = path
        self._read = 0
        self._zip = self._open(data) if data else None
        self._names: dict[str, str] = {}
        for name in self._list():
            self._names.setdefault(PurePosixPath(name.replace("\\", "/")).name.casefold(), name)

    @property
    def names(self) -> list[str]:
        """The names of all files, as they are typed."""
        return list(self._names.values())

    def has(self, name: str) -> bool:
        """Whether there is a file ``name``."""
        return name.casefold() in self._names

    def read(self, name: str) -> bytes:
        """The bytes of the file ``name``; raises InputError if it is too large or broken."""
        found = self._names[name.casefold()]
        data = self._from_zip(found) if self._zip else self._from_folder(found)
        self._read += len(data)
        if len(data) > _MOST_MEMBER_BYTES or self._read > _MOST_BYTES:
            hint = f"a file of an export may have {_MOST_MEMBER_BYTES >> 20} MiB, all together {_MOST_BYTES >> 20} MiB"
            raise InputError([Problem(f"{found!r} is too large", Location(str(self._path)), hint)])
        return data

    def place(self, name: str) -> str:
        """The name of the file ``name`` in messages."""
        return f"{self._path}/{self._names[name.casefold()]}"

    def _open(self, data: bytes) -> zipfile.ZipFile:
        try:
            opened = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
            hint = "download it again, or unpack it and import the folder"
            raise InputError([Problem("the ZIP is broken", Location(str(self._path)), hint)]) from None
        if len(opened.infolist()) > _MOST_MEMBERS:
            hint = f"an export may have {_MOST_MEMBERS:,} files"
            raise InputError([Problem("the ZIP has too many files", Location(str(self._path)), hint)])
        return opened

    def _list(self) -> Iterator[str]:
        if self._zip:
            yield from (info.filename for info in self._zip.infolist() if not info.is_dir())
            return
        try:
            found = sorted(self._path.iterdir())
        except OSError as error:
            message = f"cannot read {str(self._path)!r}: {error.strerror}"
            raise InputError([Problem(message, Location(str(self._path)), "name another folder")]) from None
        yield from (path.name for path in found[:_MOST_MEMBERS] if stat.S_ISREG(path.lstat().st_mode))

    def _from_zip(self, name: str) -> bytes:
        assert self._zip
        try:
            with self._zip.open(name) as stream:  # reads no more than asked for, whatever the ZIP says of its size
                return stream.read(_MOST_MEMBER_BYTES + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError, KeyError):
            hint = "download the export again, or unpack it and import the folder"
            raise InputError(
                [Problem(f"{name!r} in the ZIP cannot be read", Location(str(self._path)), hint)]
            ) from None

    def _from_folder(self, name: str) -> bytes:
        try:
            return read_regular(self._path / name, _MOST_MEMBER_BYTES + 1)
        except (OSError, NotReadError):
            place = Location(str(self._path / name))
            raise InputError([Problem(f"cannot read {name!r}", place, "name another folder")]) from None
