"""Names unfinished files and scratch folders after their process, so that those of a killed process can be removed."""

from __future__ import annotations

import contextlib
import os
import platform
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cvgen.diagnostics import Problem, RenderError

TEMPORARY_HINT = "set TMPDIR to a folder that can be written and has room"
# Several machines may share a folder, and only this one's processes can be looked up.
_MACHINE = re.sub(r"[^\w.]", "", platform.node()) or "local"
_NAME = re.compile(rf"\.?cvgen-{re.escape(_MACHINE)}-(\d+)-")


def own_prefix() -> str:
    """The start of the names of this process's unfinished files and folders."""
    return f"cvgen-{_MACHINE}-{os.getpid()}-"


def remove_leftovers(folder: Path) -> None:
    """Remove from ``folder`` all that processes of this machine left unfinished when they were killed."""
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            found = _NAME.match(path.name)
            if found and not _is_running(int(found[1])):
                _remove(path)


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink()


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def remove_scratch_leftovers() -> None:
    """Remove the scratch folders that processes of this machine left when they were killed."""
    remove_leftovers(_find_temporary())


def _find_temporary() -> Path:
    return Path(tempfile.gettempdir()).absolute()  # programs may run in another folder


def make_scratch() -> Path:
    """A new folder for temporary files; those of killed processes are removed. Raises RenderError if none is possible.

    The caller removes it.
    """
    try:
        folder = _find_temporary()
        remove_leftovers(folder)
        return Path(tempfile.mkdtemp(prefix=own_prefix(), dir=folder))
    except OSError as error:
        message = f"there is no place for temporary files: {error.strerror}"
        raise RenderError([Problem(message, hint=TEMPORARY_HINT)]) from None


@contextmanager
def open_scratch() -> Iterator[Path]:
    """A folder for temporary files, removed at the end; raises the errors of ``make_scratch``."""
    folder = make_scratch()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def explain_full_disk(folder: Path) -> Iterator[None]:
    """Raise RenderError if a file below ``folder``, one for temporary files, cannot be written in the block."""
    try:
        yield
    except OSError as error:
        message = f"cannot write temporary files to {str(folder.parent)!r}: {error.strerror}"
        raise RenderError([Problem(message, hint=TEMPORARY_HINT)]) from None
