"""Starting the worker process, talking to it, and ending it: light enough to be the first thing a render does."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from typing import IO, Any

from cvgen.backends.html.worker import LENGTH_BYTES, write_frame
from cvgen.diagnostics import Problem, RenderError

RENDERS_PER_PROCESS = 50
"""WeasyPrint keeps about 4 MB of each render; a process that is watched all day is replaced now and then."""
_COMMAND = [sys.executable, "-m", "cvgen.backends.html.worker"]


class Worker:
    """One worker process. It starts with the object and loads WeasyPrint while the caller reads and selects."""

    def __init__(self, timeout: float = 60.0, renders: int = RENDERS_PER_PROCESS) -> None:
        self._timeout, self._renders = timeout, renders
        # WeasyPrint unpacks fonts to a folder of its own, which a killed process leaves behind.
        self._scratch = tempfile.TemporaryDirectory(prefix="cvgen-")
        self._process: subprocess.Popen[bytes] | None = self._start()
        self._answered = 0

    def ask(self, request: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
        """Send ``request`` and wait for the reply and, where it is ok, the PDF.

        Raises RenderError when the process dies or takes longer than the time-out; the next call starts another.
        """
        if self._process is None or self._process.poll() is not None:
            self._process = self._start()
        process = self._process
        deadline = time.monotonic() + self._timeout
        try:
            write_frame(_pipe(process.stdin), json.dumps(request).encode())
            reply: dict[str, Any] = json.loads(_read_frame(process, deadline))
            pdf = _read_frame(process, deadline) if reply["ok"] else b""
        except (BrokenPipeError, EOFError):
            self._stop()
            raise RenderError([_cause_of_death(process)]) from None
        except TimeoutError:
            self._stop()
            message = f"WeasyPrint did not finish within {self._timeout:g} s"
            raise RenderError([Problem(message, hint="simplify the theme's page")]) from None
        self._answered += 1
        if self._answered >= self._renders:
            self._stop()
            self._process = self._start()
        return reply, pdf

    def close(self) -> None:
        """End the process and whatever it started and wrote."""
        self._stop()
        self._scratch.cleanup()

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [*_COMMAND, self._scratch.name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def _stop(self) -> None:
        if self._process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        for stream in (self._process.stdin, self._process.stdout):
            if stream:
                with contextlib.suppress(BrokenPipeError):
                    stream.close()
        self._process.wait()
        self._process = None
        self._answered = 0


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise EOFError
    return stream


def _read_frame(process: subprocess.Popen[bytes], deadline: float) -> bytes:
    length = int.from_bytes(_read_exactly(process, LENGTH_BYTES, deadline), "big")
    return _read_exactly(process, length, deadline)


def _read_exactly(process: subprocess.Popen[bytes], count: int, deadline: float) -> bytes:
    """``count`` bytes of the answer; raises TimeoutError at ``deadline``, EOFError at the process's death."""
    descriptor = _pipe(process.stdout).fileno()
    data = bytearray()
    while len(data) < count:
        ready, _, _ = select.select([descriptor], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            raise TimeoutError
        chunk = os.read(descriptor, min(count - len(data), 1 << 20))
        if not chunk:
            raise EOFError
        data += chunk
    return bytes(data)


def _cause_of_death(process: subprocess.Popen[bytes]) -> Problem:
    """Why the process ended: what loading WeasyPrint says here."""
    check = subprocess.run([sys.executable, "-c", "import weasyprint"], capture_output=True, text=True, check=False)
    if check.returncode == 0:
        return Problem(f"WeasyPrint's process ended with code {process.returncode}", hint="run it again; report it")
    reason = (check.stderr.strip().splitlines() or ["no reason given"])[-1]
    hint = "install Pango, on Debian: apt install libpangoft2-1.0-0 libharfbuzz-subset0"
    return Problem(f"WeasyPrint cannot be loaded: {reason}", hint=hint)
