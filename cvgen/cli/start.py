"""Prepares the process, before anything else runs: quick to import."""

from __future__ import annotations

import os
import signal
import sys

TYPE_CHECKING = False  # importing typing is slow, and a signal in that time would not be handled
if TYPE_CHECKING:
    from collections.abc import Callable

_AGAIN = 0.01
"""The seconds until a signal counts again that a callback of Python met."""


def run_to_end(run: Callable[[], None]) -> None:
    """Run the command; a signal ends it in an orderly way, and closed standard streams are opened first.

    The exit code after a signal is 128 and its number, as in a shell.
    """
    _open_streams()
    # Else pydantic looks for plug-ins in every installed package, and fails on one whose metadata is wrong.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    received: list[int] = []
    _end_on_signals(received)
    try:
        run()
    except Exception:
        if not received:
            raise
        # the code that was running may have turned the SystemExit into an error of its own
        raise SystemExit(128 + received[0]) from None


def _end_on_signals(received: list[int]) -> None:
    """Make the signals that end a program raise SystemExit: engines then end, and scratch folders are removed."""

    def leave(number: int, _: object) -> None:
        if number not in received[:1]:
            received.append(number)
        raise SystemExit(128 + received[0])

    def leave_later(ignored: sys.UnraisableHookArgs) -> None:
        if received and isinstance(ignored.exc_value, SystemExit) and hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, _AGAIN)
        else:
            sys.__unraisablehook__(ignored)

    # Python ignores what is raised in a callback, such as one of an import: then leave a little later.
    sys.unraisablehook = leave_later
    if hasattr(signal, "SIGALRM"):
        signal.signal(signal.SIGALRM, lambda _, frame: leave(received[0], frame))
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
