"""Ends a process that cvgen started together with the process that started it."""

from __future__ import annotations

import os
import signal
import time

_CHECK_SECONDS = 0.5
"""The time between two looks whether the parent still runs."""


def end_with_parent(parent: int) -> None:
    """Kill this process and what it started once the process ``parent`` has ended, also in the middle of its work."""
    while os.getppid() == parent:
        time.sleep(_CHECK_SECONDS)
    os.killpg(0, signal.SIGKILL)
