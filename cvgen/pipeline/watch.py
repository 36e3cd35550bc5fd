"""Waiting until a file that a render depends on has changed."""

from __future__ import annotations

from pathlib import Path

from watchfiles import watch

from cvgen.sources.files_read import FilesRead

_QUIET_MS = 30
"""An editor may empty a file before it writes: a change counts once nothing has happened for so long."""
_LONGEST_MS = 400
"""In a folder in which something happens all the time, a change counts after this time at the latest."""
_WAKE_MS = 100
"""How often the wait is interrupted; the first time is the look for changes from before the wait."""


def wait_for_change(files: FilesRead) -> None:
    """Return as soon as one of ``files`` differs from what was recorded, also if it changed before this call.

    Folders are watched, not files, because many editors save by replacing the file. Raises KeyboardInterrupt.
    """
    while not files.has_changed():
        _wait_in(files.list_folders(), files)


def _wait_in(folders: frozenset[Path], files: FilesRead) -> None:
    """Return when ``files`` changed, or when other folders than ``folders`` are to be watched."""
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
        if (found or number == 0) and (files.has_changed() or files.list_folders() != folders):
            return
