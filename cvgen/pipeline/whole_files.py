"""Writes files completely or not at all: beside the target, then renamed to it."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from cvgen.backends.leftovers import own_prefix, remove_leftovers
from cvgen.diagnostics import InputError, Location, Problem, Problems

_OTHER_PLACE = "choose another place with -o"


def write_whole(path: Path, data: bytes, *, keep: Iterable[Path] = (), within: Path | None = None) -> None:
    """Write ``data`` to ``path``; an existing file stays until the new one is complete.

    A link stays, and its target is replaced. A device or pipe is written to and never replaced. Raises InputError if
    ``path`` cannot be written, is one of the files to ``keep``, or leads out of the folder ``within``.
    """
    with _explain_failure(path):
        target, mode = _find_target(path, keep, within)
        if stat.S_ISREG(mode):
            _replace(target, data)
        else:
            _write_through(target, data)


def write_all(files: Mapping[Path, bytes], *, keep: Iterable[Path] = (), within: Path | None = None) -> None:
    """Write each of ``files`` whole, in their order; none of them if ``write_whole`` would refuse one.

    Raises InputError with what is wrong with each.
    """
    kept, problems = list(keep), Problems()
    for path in files:
        with problems.collect(), _explain_failure(path):
            _find_target(path, kept, within)
    problems.stop_if_errors()
    for path, data in files.items():
        write_whole(path, data, keep=kept, within=within)


@contextlib.contextmanager
def _explain_failure(path: Path) -> Iterator[None]:
    """Raise InputError if ``path`` cannot be written."""
    try:
        yield
    except (OSError, ValueError, RuntimeError) as error:  # a NUL in the name, links that form a circle
        reason = (error.strerror if isinstance(error, OSError) else "") or "this name cannot be used"
        message = f"cannot write {str(path)!r}: {reason}"
        raise InputError([Problem(message, Location(str(path)), _OTHER_PLACE)]) from None


def _find_target(path: Path, keep: Iterable[Path], within: Path | None) -> tuple[Path, int]:
    """The file that ``path`` leads to, and its mode; raises InputError if it must not be written."""
    target = path.resolve()
    mode = target.stat().st_mode if target.exists() else stat.S_IFREG
    if reason := _find_objection(target, mode, keep, within):
        raise InputError([Problem(f"{str(path)!r} {reason}", Location(str(path)), _OTHER_PLACE)])
    return target, mode


def copy_whole(source: Path, target: Path, *, keep: Iterable[Path] = (), within: Path | None = None) -> None:
    """Copy a file completely or not at all, with the errors of ``write_whole``; a file is never copied to itself."""
    if not (target.exists() and target.samefile(source)):
        write_whole(target, source.read_bytes(), keep=keep, within=within)


def _find_objection(target: Path, mode: int, keep: Iterable[Path], within: Path | None) -> str:
    """The reason not to write to ``target``, as the end of a sentence; empty if there is none."""
    if within is not None and not target.is_relative_to(within.resolve()):
        return f"leads out of the folder {str(within)!r}"
    if target.exists() and any(kept.exists() and kept.samefile(target) for kept in keep):
        return "is a file that was read, and would be overwritten"
    if stat.S_ISDIR(mode):
        return "is a folder"
    if not (stat.S_ISREG(mode) or stat.S_ISCHR(mode) or stat.S_ISFIFO(mode)):
        return "is a disk or a socket, not a file"
    return ""


def _replace(path: Path, data: bytes) -> None:
    """Write a regular file beside ``path``, then rename it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    remove_leftovers(path.parent)
    descriptor, name = tempfile.mkstemp(prefix=f".{own_prefix()}", dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
        beside.chmod(_mode(path))
        beside.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise


def _write_through(path: Path, data: bytes) -> None:
    """Write to a device or pipe; raises OSError if no program reads from the pipe, instead of waiting for one."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_NONBLOCK), "wb") as stream:
        os.set_blocking(stream.fileno(), True)
        stream.write(data)


def _mode(path: Path) -> int:
    """The mode of a new file here; with mkstemp's own mode, no other user could read it."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
