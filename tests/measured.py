"""Processor time and memory of a command with all that it starts, for ``make scale`` and ``make bench``."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
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
    with tempfile.NamedTemporaryFile("r", encoding="utf-8") as answer:
        words = [sys.executable, "-S", "-c", _LAUNCH, answer.name, *(str(word) for word in command)]
        printed = subprocess.run(
            words, cwd=folder, env={**os.environ, **(environ or {})}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        ).stdout
        code, seconds, memory, clock = map(float, answer.read().split())
    if code not in (0, 2) or b"Traceback" in printed:
        raise RuntimeError(f"{command[0]} ended with {code:.0f}: {printed[-1500:].decode('utf-8', 'replace')}")
    return Cost(seconds, memory / 1024, clock)


_LAUNCH = """
import os, sys, time
started = time.perf_counter()
_, status, used = os.wait4(os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ), 0)
clock = time.perf_counter() - started
with open(sys.argv[1], "w") as stream:
    print(os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss, clock, file=stream)
"""
"""Starts the command from a small process: the memory of a process counts from that of the one that starts it."""


def least(costs: Iterable[Cost]) -> Cost:
    """The lowest of each kind, which other work on the machine disturbs least."""
    found = list(costs)
    return Cost(*(min(getattr(cost, name) for cost in found) for name in ("seconds", "memory", "clock")))
