"""Waits until a file that a render depends on has changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from watchfiles import watch

from cvgen.sources.files_read import FilesRead

_QUIET_MS = 20
"""An editor may empty a file before it writes: a change counts once nothing has happened for this time."""
_LONGEST_MS = 400
"""In a folder in which something happens all the time, a change counts after this time at the latest."""
_WAKE_MS = 100
"""The longest single wait. After the first one, files are checked for earlier changes."""


def wait_for_change(files: FilesRead, is_over: Callable[[], bool] = lambda: False) -> bool:
    """Return true when one of ``files`` differs from what was recorded, also if it changed before this call.

    Folders are watched, not files, because many editors save by replacing the file. Returns false once ``is_over``,
    which is asked ten times in a second. Raises KeyboardInterrupt.
    """
    changed = False
    while not changed and not is_over():
        changed = _wait_in(files.list_folders(), files, is_over)
    return changed


def _wait_in(folders: frozenset[Path], files: FilesRead, is_over: Callable[[], bool]) -> bool:
    """Wait for a change of ``files`` and return true; false if the wait is over or there are other folders to watch."""
    changes = watch(
        *folders,
        watch_filter=None,
        debounce=_LONGEST_MS,
        step=_QUIET_MS,
        rust_timeout=_WAKE_MS,
        yield_on_timeout=True,
        recursive=False,
    )
    for number, found in enumerate(changes):
        if is_over():
            return False
        if not found and number > 0:
            continue
        if files.has_changed():
            return True
        if files.list_folders() != folders:
            return False
    raise AssertionError("watchfiles ends by an exception only")
