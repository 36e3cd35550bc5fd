"""Starts other programs; no other module of cvgen does.

A program gets a process group of its own, so that ending it also ends what it started, and a time limit. It sees the
environment variables that it is given and no others.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol

from cvgen.backends.confinement import Confinement

_LAUNCH = (sys.executable, "-I", "-S", str(Path(__file__).with_name("launcher.py")))
MOST_OUTPUT = 16 * 2**20
"""The most bytes that a program may print."""
_WAKE_SECONDS = 0.5
"""The longest wait without a look at signals: one that arrives just before a wait begins does not end it."""
MOST_REPLY = 2**30
"""The most bytes in one reply of a running program."""


class ProgramError(Exception):
    """A program did not do its work. The text starts with a verb: ``did not finish within 60 s``."""


class ProgramEndedError(ProgramError):
    """A program ended instead of answering; ``code`` is its exit code, or a signal's number below zero."""

    def __init__(self, code: int) -> None:
        super().__init__(f"ended with code {code}")
        self.code = code


@dataclass(frozen=True, slots=True)
class Finished:
    """A program that ended: its exit code and its output."""

    code: int
    output: str


class RunningProgram(Protocol):
    """A program that answers messages until it is stopped."""

    @property
    def is_running(self) -> bool:
        """Whether it can answer."""
        ...

    def exchange(self, message: bytes, seconds: float) -> bytes:
        """Send ``message`` and wait for the reply.

        Raises ProgramEndedError when the program ends, ProgramError when it takes longer than ``seconds``. The
        program has stopped then.
        """
        ...

    def stop(self) -> None:
        """End the program and what it started, at once."""
        ...


class Runner(Protocol):
    """Finds and starts programs. Tests pass another one that starts none."""

    def find(self, name: str) -> str | None:
        """The path of the program ``name``; None if it is not installed."""
        ...

    def run(
        self,
        command: Sequence[str],
        environ: Mapping[str, str],
        seconds: float,
        *,
        folder: Path | None = None,
        with_errors: bool = True,
        confinement: Confinement | None = None,
    ) -> Finished:
        """Run ``command`` in ``folder`` to its end; raises ProgramError if it fails to start or to end in time.

        With ``with_errors`` the output includes stderr, which is dropped otherwise. A program with a ``confinement``
        also ends when this process does.
        """
        ...

    def start(self, command: Sequence[str], environ: Mapping[str, str]) -> RunningProgram:
        """Start a program that reads messages from stdin and writes its replies to stdout.

        Both use the frames of ``multiprocessing.connection``. Raises ProgramError if it cannot be started.
        """
        ...


class LocalRunner:
    """Runs programs of this machine, looked for in ``path`` (as in the variable ``PATH``)."""

    def __init__(self, path: str) -> None:
        self._path = path

    def find(self, name: str) -> str | None:
        """The path of the program ``name``; None if it is not installed."""
        return shutil.which(name, path=self._path)

    def run(
        self,
        command: Sequence[str],
        environ: Mapping[str, str],
        seconds: float,
        *,
        folder: Path | None = None,
        with_errors: bool = True,
        confinement: Confinement | None = None,
    ) -> Finished:
        """Run ``command`` to its end."""
        process = self._open(
            [*_LAUNCH, confinement.as_json(), *command] if confinement else command,
            environ,
            cwd=folder,
            # Only this process holds the other end, so it closes when this process ends, whatever the reason.
            stdin=subprocess.PIPE if confinement else subprocess.DEVNULL,
            stderr=subprocess.STDOUT if with_errors else subprocess.DEVNULL,
        )
        try:
            with _stdout(process) as stream, _time_limit(process, seconds):
                printed = _read_all(stream)
                code = process.wait()
        except BaseException:
            _kill(process)
            raise
        finally:
            if process.stdin:
                process.stdin.close()
        output = printed.decode("utf-8", "replace")
        if code and confinement and (reason := _explain_end(code, output, confinement)):
            raise ProgramError(reason)
        return Finished(code, output)

    def start(self, command: Sequence[str], environ: Mapping[str, str]) -> RunningProgram:
        """Start a program that answers messages."""
        return _Process(self._open(command, environ, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL))

    def _open(self, command: Sequence[str], environ: Mapping[str, str], **streams: Any) -> subprocess.Popen[bytes]:
        try:
            return subprocess.Popen(
                command,
                env={"PATH": self._path, **environ},
                stdout=subprocess.PIPE,
                start_new_session=True,
                **streams,
            )
        except OSError as error:
            raise ProgramError(f"cannot be started: {error.strerror}") from None


def _explain_end(code: int, output: str, confinement: Confinement) -> str:
    """The reason why the launcher ended the program or did not start it; empty if the program ended by itself."""
    from cvgen.backends import launcher  # most runs end well

    match code:
        case launcher.CPU_USED_UP:
            return f"used more than {confinement.cpu_seconds:g} s of processor time"
        case launcher.WAS_IDLE:
            return f"waited for {confinement.idle_seconds:g} s and did nothing"
        case launcher.NOT_CONFINED:
            return f"cannot be confined: {output.strip()}"
        case launcher.NOT_STARTED:
            return f"cannot be started: {output.strip()}"
    return ""


def _read_all(stream: IO[bytes]) -> bytes:
    """All that a program prints to ``stream``; raises ProgramError if it is more than ``MOST_OUTPUT``."""
    parts, length = [], 0
    with selectors.DefaultSelector() as selector:
        selector.register(stream, selectors.EVENT_READ)
        while True:
            if not selector.select(_WAKE_SECONDS):
                continue
            part = os.read(stream.fileno(), 65536)
            parts.append(part)
            length += len(part)
            if length > MOST_OUTPUT:
                raise ProgramError(f"printed more than {MOST_OUTPUT // 2**20} MB")
            if not part:
                return b"".join(parts)


class _Process:
    """A ``RunningProgram``."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        # Imported here because the program is already loading in the meantime.
        from multiprocessing.connection import Connection

        assert process.stdin
        self._requests = Connection(os.dup(process.stdin.fileno()), readable=False)
        self._replies = Connection(os.dup(_stdout(process).fileno()), writable=False)
        process.stdin.close()
        _stdout(process).close()

    @property
    def is_running(self) -> bool:
        return self._process.poll() is None

    def exchange(self, message: bytes, seconds: float) -> bytes:
        try:
            with _time_limit(self._process, seconds):
                self._requests.send_bytes(message)
                while not self._replies.poll(_WAKE_SECONDS):
                    pass
                return self._replies.recv_bytes(MOST_REPLY)
        except BaseException as error:
            self.stop()
            if isinstance(error, (EOFError, OSError)):
                raise ProgramEndedError(self._process.returncode) from None
            raise

    def stop(self) -> None:
        _kill(self._process)
        self._requests.close()
        self._replies.close()


@contextlib.contextmanager
def _time_limit(process: subprocess.Popen[bytes], seconds: float) -> Iterator[None]:
    """Kill ``process`` after ``seconds``, which ends every wait for it; raises ProgramError if that was needed."""
    expired = threading.Event()

    def end() -> None:
        expired.set()
        _kill_group(process)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    except (EOFError, OSError):
        if not expired.is_set():
            raise
    finally:
        timer.cancel()
    if expired.is_set():
        raise ProgramError(f"did not finish within {seconds:g} s")


def _kill(process: subprocess.Popen[bytes]) -> None:
    _kill_group(process)
    process.wait()


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    if process.returncode is None:  # once it has ended, its id may belong to another process
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def _stdout(process: subprocess.Popen[bytes]) -> IO[bytes]:
    assert process.stdout
    return process.stdout
