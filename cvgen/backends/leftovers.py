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


@contextmanager
def open_scratch() -> Iterator[Path]:
    """A folder for temporary files, removed at the end; the next one removes those of killed processes."""
    remove_leftovers(Path(tempfile.gettempdir()))
    with tempfile.TemporaryDirectory(prefix=own_prefix(), ignore_cleanup_errors=True) as name:
        yield Path(name)
