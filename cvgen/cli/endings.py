"""Makes signals end the program in an orderly way. Quick to import: it is the first thing that runs."""

from __future__ import annotations

import signal


def end_on_signals() -> None:
    """Make the signals that end a program raise SystemExit: engines then end, and scratch folders are removed.

    The exit code is 128 and the number of the signal, as in a shell.
    """

    def leave(number: int, _: object) -> None:
        raise SystemExit(128 + number)

    for name in ("SIGTERM", "SIGHUP", "SIGINT"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number and signal.getsignal(number) != signal.SIG_IGN:  # as nohup sets it
            signal.signal(number, leave)
