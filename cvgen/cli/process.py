"""Prepares the process, before anything else runs: quick to import."""

from __future__ import annotations

import os
import signal
import sys


def prepare_process() -> None:
    """Make signals end the program in an orderly way, and open the standard streams that are closed."""
    _open_streams()
    _end_on_signals()


def _end_on_signals() -> None:
    """Make the signals that end a program raise SystemExit: engines then end, and scratch folders are removed.

    The exit code is 128 and the number of the signal, as in a shell.
    """

    def leave(number: int, _: object) -> None:
        raise SystemExit(128 + number)

    for name in ("SIGTERM", "SIGHUP", "SIGINT"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number and signal.getsignal(number) != signal.SIG_IGN:  # as nohup sets it
            signal.signal(number, leave)


def _open_streams() -> None:
    """Open the null device for each closed stream: else the next file that is opened would take its place."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # gets the lowest free number
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8"))
