"""Reads regular files up to a limit: a device or a pipe could have no end, and waiting for one could take for ever."""

from __future__ import annotations

import os
import stat
from pathlib import Path


class NotReadError(Exception):
    """A file was not read. The text completes "cannot read FILE: …"."""


class TooLargeError(NotReadError):
    """A file has more bytes than its kind may have."""


def read_regular(path: Path, most: int) -> bytes:
    """The bytes of ``path``, at most ``most``.

    Raises NotReadError for what is not a regular file, TooLargeError for a larger file, OSError if it cannot be opened.
    """
    try:
        # Opening a pipe would otherwise wait until a program writes to it.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except ValueError:
        raise NotReadError("its name has a NUL character") from None
    with os.fdopen(descriptor, "rb") as stream:
        about = os.fstat(descriptor)
        mode = about.st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(str(path))
        if not stat.S_ISREG(mode):
            raise NotReadError("it is not a regular file")
        # The kernel's own files, as in /proc, have no size: they are no person's, and reading one may wait for ever.
        data = stream.read(most + 1) if about.st_size else b""
    if len(data) > most:
        raise TooLargeError(f"it has more than {most // 1024} KiB")
    return data


_LONGEST_NAME, _LONGEST_PATH = 255, 4000


def can_exist(name: str) -> bool:
    """Whether a file or folder could have the path ``name``: no NUL in it, and nothing longer than systems allow."""
    longest = max(len(os.fsencode(part)) for part in name.split("/"))
    return "\0" not in name and longest <= _LONGEST_NAME and len(os.fsencode(name)) <= _LONGEST_PATH
