"""Rendering again at every save, with everything kept warm."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

Stamps = dict[Path, tuple[int, int]]


def watch_files(
    list_files: Callable[[], Iterable[Path]], sleep: Callable[[float], None] = time.sleep, interval: float = 0.05
) -> Iterator[frozenset[Path]]:
    """Yield the changed files whenever one of ``list_files()`` changes, looking every ``interval`` seconds.

    Files are told apart by time and size. ``list_files`` is asked anew after each change, since what was read
    may name other files now. Ends never; the caller stops.
    """
    seen = _stamp(list_files())
    while True:
        sleep(interval)
        now = _stamp(seen)
        if now != seen:
            yield frozenset(path for path in seen if now.get(path) != seen[path])
            seen = {**_stamp(list_files()), **{path: now[path] for path in now}}


def _stamp(paths: Iterable[Path]) -> Stamps:
    stamps: Stamps = {}
    for path in paths:
        try:
            status = path.stat()
            stamps[path] = (status.st_mtime_ns, status.st_size)
        except OSError:  # an editor is just replacing it, or it is not there yet
            stamps[path] = (0, -1)
    return stamps
