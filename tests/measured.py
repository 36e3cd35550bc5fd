"""Processor time and memory of a command with all that it starts, for ``make scale`` and ``make bench``."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took: seconds of processor time and of the clock, and the memory of its largest process in MB."""

    seconds: float
    memory: float
    clock: float


def measure(command: Sequence[str | Path], folder: Path, environ: Mapping[str, str] | None = None) -> Cost:
    """The cost of ``command``, run in ``folder``; errors in its input are no matter, a crash ends the measurement."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [str(word) for word in command],
        cwd=folder,
        env={**os.environ, **(environ or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert process.stdout
    printed = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stdout.close()
    if process.returncode not in (0, 2) or b"Traceback" in printed:
        raise RuntimeError(
            f"{command[0]} ended with {process.returncode}: {printed[-1500:].decode('utf-8', 'replace')}"
        )
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, time.perf_counter() - started)


def least(costs: Iterable[Cost]) -> Cost:
    """The lowest of each kind, which other work on the machine disturbs least."""
    found = list(costs)
    return Cost(*(min(getattr(cost, name) for cost in found) for name in ("seconds", "memory", "clock")))
