"""Runs one command to its end, and says how long it took, how much memory it used, and what it left running.

    python -I -S keeper.py < order.json > result.json

A process of its own, because only the "subreaper" of a process tree inherits those that lose their parent. Linux only.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import subprocess
import sys
import time
from typing import Any

_SUBREAPER = 36
_PAUSE = 0.03
_GRACE = 1.0
"""Seconds that a process may outlive the command."""
_MOST_SECONDS = 3600
"""However loaded the machine is."""


def children_of(pid: int) -> list[int]:
    found: list[int] = []
    try:
        for thread in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{thread}/children") as stream:
                found += [int(child) for child in stream.read().split()]
    except OSError:
        pass
    return found


def descendants() -> list[int]:
    found, waiting = [], children_of(os.getpid())
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        waiting += children_of(pid)
    return found


def resident(pid: int) -> int:
    """Bytes of memory that ``pid`` has for itself."""
    try:
        with open(f"/proc/{pid}/statm") as stream:
            numbers = stream.read().split()
    except OSError:
        return 0
    return (int(numbers[1]) - int(numbers[2])) * resource.getpagesize()


def waited(pid: int) -> float:
    """Seconds for which the threads of ``pid`` could have worked, and other programs had all processors."""
    total = 0
    try:
        for thread in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{thread}/schedstat") as stream:
                total += int(stream.read().split()[1])
    except OSError:
        pass
    return total / 1e9


def command_of(pid: int) -> str:
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as stream:
            return stream.read().replace(b"\0", b" ").decode("utf-8", "replace")[:120]
    except OSError:
        return ""


def reap() -> None:
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def run(order: dict[str, Any]) -> dict[str, Any]:
    ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
    started, most, timed_out = time.monotonic(), 0, False
    waits: dict[int, float] = {}
    with open(order["stdin"], "rb") as stdin, open(order["stdout"], "wb") as out, open(order["stderr"], "wb") as err:
        process = subprocess.Popen(
            order["command"], cwd=order["cwd"], env=order["environ"], stdin=stdin, stdout=out, stderr=err,
            start_new_session=True,
        )  # fmt: skip
        while process.poll() is None:
            running = descendants()
            most = max(most, sum(map(resident, running)))
            waits.update((pid, max(waited(pid), waits.get(pid, 0.0))) for pid in running)
            passed = time.monotonic() - started
            if passed - sum(waits.values()) > order["seconds"] or passed > _MOST_SECONDS:
                timed_out = True
                break
            time.sleep(_PAUSE)
    seconds = time.monotonic() - started
    if timed_out:
        for pid in descendants():
            os.kill(pid, signal.SIGKILL)
        process.wait()
    ended, already = time.monotonic(), {pid: waited(pid) for pid in descendants()}
    while running := descendants():
        late = max(0.0, *(waited(pid) - already.get(pid, 0.0) for pid in running))
        if time.monotonic() - ended - late > _GRACE:
            break
        reap()
        time.sleep(_PAUSE)
    left = [command_of(pid) for pid in descendants()]
    for pid in descendants():
        os.kill(pid, signal.SIGKILL)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    most = max(most, used.ru_maxrss * 1024)
    cpu = used.ru_utime + used.ru_stime
    return {"code": process.returncode, "seconds": seconds, "cpu": cpu, "waited": sum(waits.values()), "bytes": most,
            "timed_out": timed_out, "left": [] if timed_out else left}  # fmt: skip


if __name__ == "__main__":
    json.dump(run(json.load(sys.stdin)), sys.stdout)
