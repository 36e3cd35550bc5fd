"""Waits until a file that a render depends on has changed."""

from __future__ import annotations

from pathlib import Path

from watchfiles import watch

from cvgen.sources.files_read import FilesRead

_QUIET_MS = 50
"""An editor may empty a file before it writes: a change counts once nothing has happened for this time."""
_LONGEST_MS = 400
"""In a folder in which something happens all the time, a change counts after this time at the latest."""
_WAKE_MS = 100
"""The longest single wait. After the first one, files are checked for earlier changes."""


def wait_for_change(files: FilesRead) -> None:
    """Return when one of ``files`` differs from what was recorded, also if it changed before this call.

    Folders are watched, not files, because many editors save by replacing the file. Raises KeyboardInterrupt.
    """
    changed = False
    while not changed:
        changed = _wait_in(files.list_folders(), files)


def _wait_in(folders: frozenset[Path], files: FilesRead) -> bool:
    """Wait for a change of ``files`` and return true; false if there are other folders to watch now."""
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
        if not found and number > 0:
            continue
        if files.has_changed():
            return True
        if files.list_folders() != folders:
            return False
    raise AssertionError("watchfiles ends by an exception only")
