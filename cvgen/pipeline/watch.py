"""Rendering again at every save, with everything kept warm."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

Stamps = dict[Path, tuple[int, int]]


def watch_files(
    list_files: Callable[[], Iterable[Path]], sleep: Callable[[float], None] = time.sleep, interval: float = 0.03
) -> Iterator[None]:
    """Yield at once, and again whenever one of ``list_files()`` has changed, looking every ``interval`` seconds.

    Files are told apart by time and size, as they were before each yield, so that a change made while the caller
    still reads is not missed. ``list_files`` is asked anew after each yield: what was read may name other files now.
    Ends never; the caller stops.
    """
    seen = _stamp(list_files())
    while True:
        started = time.time_ns()
        yield
        # A file that is new here and was written meanwhile may have been read before that: it counts as changed.
        new = {path: at for path, at in _stamp(list_files()).items() if path not in seen}
        seen = {path: seen[path] for path in seen} | {p: at if at[0] < started else (0, 0) for p, at in new.items()}
        while (now := _stamp(seen)) == seen:
            sleep(interval)
        while (settled := _wait(now, sleep, interval)) != now:  # an editor may empty a file before it writes
            now = settled
        seen = now


def _wait(stamps: Stamps, sleep: Callable[[float], None], interval: float) -> Stamps:
    sleep(interval)
    return _stamp(stamps)


def _stamp(paths: Iterable[Path]) -> Stamps:
    stamps: Stamps = {}
    for path in paths:
        try:
            status = path.stat()
            stamps[path] = (status.st_mtime_ns, status.st_size)
        except OSError:  # an editor is just replacing it, or it is not there yet
            stamps[path] = (0, -1)
    return stamps
