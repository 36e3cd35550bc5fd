"""Runs work that a stranger's file decides about, such as a theme's templates, in a forked process with limits.

A fork has everything that the work needs, and costs a hundredth of a second. Only data comes back, as JSON.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import sys
import time
import warnings
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from traceback import format_exc
from types import FrameType
from typing import Any, NoReturn

from cvgen.diagnostics import CvgenError, InputError, Location, Problem, RenderError, Severity

_WAIT_SECONDS = 20.0
"""How much longer than its processor time the work may take, since other programs run too."""
_ANSWER_SECONDS = 3.0
"""How long the work may then take to say where it was."""
_SPARE_BYTES = 2**26
"""The memory with which a process that used its own up can still say so."""
_LEAST_BYTES = 2**28
"""The least memory for the work, however much this process uses itself."""
_NEARLY = 0.95
"""The share of the limit at which an allocation has probably failed."""
_ERRORS: Mapping[str, type[CvgenError]] = {error.__name__: error for error in (InputError, RenderError)}


def say_size(count: int) -> str:
    """``count`` bytes in words: ``1 GB``."""
    return f"{count / 2**30:g} GB" if count >= 2**30 else f"{count // 2**20} MB"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one piece of work may use. ``memory`` includes the memory that this process already uses."""

    memory: int = 2**30
    seconds: float = 20.0
    """Processor time; templates that come with cvgen take a tenth of a second."""
    result: int = 2**25
    """The most bytes of the result, as JSON."""

    def say_memory(self) -> str:
        """That the memory was not enough; continues the name of the work."""
        return f"needs more memory than {say_size(self.memory)}"

    def say_time(self) -> str:
        """That the time was not enough."""
        return f"needs more time than {self.seconds:g} s"


class LimitError(Exception):
    """The work needed more than it may use. The text continues "the template": ``needs more time than 20 s``."""


class WorkTimeout(Exception):  # noqa: N818
    """Raised in the work, at whatever line it is, once its time is used up."""


def run_bounded(work: Callable[[], Any], limits: Limits) -> Any:
    """The result of ``work``, which is plain data: texts, numbers, lists, and mappings of texts.

    Raises the CvgenError that ``work`` raises, and LimitError if it needs too much. ``work`` may catch MemoryError and
    WorkTimeout to say where that was; it cannot change anything in this process.
    """
    if not hasattr(os, "fork"):  # Windows has no limits like these either
        return work()
    from cvgen.backends.launcher import end_with

    parent = os.getpid()
    reading, writing = os.pipe()
    child = _fork()
    if not child:
        _serve(work, limits, lambda: end_with(parent), writing)
    os.close(writing)
    has_ended = False
    try:
        reply = _read(reading, child, limits)
        has_ended = True
    finally:
        os.close(reading)
        if not has_ended:
            os.kill(child, signal.SIGKILL)
        _, status, usage = os.wait4(child, 0)
    if not reply.endswith(b"\n"):
        raise LimitError(_explain_end(os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, limits))
    return _open_reply(json.loads(reply))


def _fork() -> int:
    with warnings.catch_warnings():
        # Python warns of threads: the child waits for none of them, and has a limit of time if it ever does.
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def _read(source: int, child: int, limits: Limits) -> bytes:
    """All that ``child`` writes until it ends; raises LimitError if that takes too long."""
    ready = select.poll()
    ready.register(source)
    end = time.monotonic() + limits.seconds + _WAIT_SECONDS
    is_late = False
    parts: list[bytes] = []
    while True:
        if not ready.poll(max(0.0, end - time.monotonic()) * 1000):
            if is_late:
                raise LimitError(limits.say_time())
            is_late, end = True, time.monotonic() + _ANSWER_SECONDS
            os.kill(child, signal.SIGPROF)  # as if its processor time were used up
            continue
        part = os.read(source, 2**20)
        if not part:
            return b"".join(parts)
        parts.append(part)


def _explain_end(code: int, used: float, limits: Limits) -> str:
    """Why the process ended without a reply: with exit code ``code``, after ``used`` seconds of processor time."""
    if code == -signal.SIGXCPU or used >= limits.seconds:
        return limits.say_time()
    if code == -signal.SIGKILL:
        return "was ended by the system, as happens when a machine has too little memory"
    return limits.say_memory()


def _open_reply(reply: dict[str, Any]) -> object:
    if "limit" in reply:
        raise LimitError(reply["limit"])
    if "bug" in reply:
        raise RuntimeError(f"this failed in a process of its own:\n{reply['bug']}")
    if "error" in reply:
        raise _ERRORS[reply["error"]]([_read_problem(about) for about in reply["problems"]])
    return reply["result"]


def _read_problem(about: dict[str, Any]) -> Problem:
    place = about["location"]
    return Problem(**{
        **about,
        "location": Location(**place) if place else None,
        "severity": Severity(about["severity"]),
    })  # fmt: skip


# --- the child


def _serve(work: Callable[[], Any], limits: Limits, end_with_parent: Callable[[], None], writing: int) -> NoReturn:
    """Do the work in this process, which was forked for it, and end: nothing of the caller goes on or is closed."""
    try:
        end_with_parent()
        gc.freeze()  # a collection would touch, and so copy, all that this process shares with the caller
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        _limit(limits)
        reply = json.dumps(_answer(work, limits)).encode()
        if len(reply) > limits.result:
            reply = json.dumps({"limit": f"prints more than {say_size(limits.result)}"}).encode()
        with os.fdopen(writing, "wb") as stream:
            stream.write(reply + b"\n")
    except BaseException:  # no memory for the reply
        os._exit(1)
    os._exit(0)


def _answer(work: Callable[[], Any], limits: Limits) -> dict[str, Any]:
    try:
        return {"result": work()}
    except (InputError, RenderError) as error:
        return {"error": type(error).__name__, "problems": [asdict(problem) for problem in error.problems]}
    except WorkTimeout:
        return {"limit": limits.say_time()}
    except MemoryError:
        give_spare_memory()
        return {"limit": limits.say_memory()}
    except BaseException:
        return {"bug": format_exc()}


def _limit(limits: Limits) -> None:
    def end(number: int, frame: FrameType | None) -> None:
        raise WorkTimeout

    signal.signal(signal.SIGPROF, end)
    signal.setitimer(signal.ITIMER_PROF, limits.seconds)
    limit_memory(limits.memory)
    _set_limit("RLIMIT_CPU", int(limits.seconds) + 2, 1)  # one operation alone may never let the signal through


def limit_memory(most: int) -> None:
    """Let this process use ``most`` bytes of memory, with what it uses now, on systems that can limit it (Linux)."""
    if not sys.platform.startswith("linux"):
        return
    with open("/proc/self/statm", encoding="ascii") as stream:  # noqa: PTH123
        mapped, resident = (int(pages) * os.sysconf("SC_PAGE_SIZE") for pages in stream.read().split()[:2])
    # Most of what is mapped is never used, such as libraries and the stacks of threads.
    _set_limit("RLIMIT_AS", mapped + max(most - resident, _LEAST_BYTES) - _SPARE_BYTES, _SPARE_BYTES)


def is_memory_used_up() -> bool:
    """Whether this process has come close to the most memory that it may use, on systems that can limit it (Linux).

    C code that gets no memory may raise something else than MemoryError.
    """
    if not sys.platform.startswith("linux"):
        return False
    import resource

    with open("/proc/self/status", encoding="ascii", errors="replace") as stream:  # noqa: PTH123
        peak = next((int(line.split()[1]) * 1024 for line in stream if line.startswith("VmPeak:")), 0)
    most = resource.getrlimit(resource.RLIMIT_AS)[0]
    return most != resource.RLIM_INFINITY and peak >= _NEARLY * most


def give_spare_memory() -> None:
    """Let this process use the reserved memory, which it needs to report that the rest is used up."""
    import resource

    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def _set_limit(name: str, most: int, spare: int) -> None:
    """Set the limit ``name`` to ``most``, and ``spare`` more for ``give_spare_memory``, but never raise it."""
    import resource

    limit = getattr(resource, name)
    soft, hard = (sys.maxsize if old == resource.RLIM_INFINITY else old for old in resource.getrlimit(limit))
    resource.setrlimit(limit, (min(most, soft), min(most + spare, hard)))
