"""What a command does that runs until Ctrl-C."""

from __future__ import annotations

import gc
import signal


def begin_long_run() -> None:
    """Collect garbage, which short commands need not, and let SIGINT end the command.

    A shell starts background jobs with this signal ignored, but a person who sends it wants the program to end.
    """
    gc.enable()
    signal.signal(signal.SIGINT, signal.default_int_handler)
