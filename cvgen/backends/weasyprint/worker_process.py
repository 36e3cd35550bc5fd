"""Starts, asks and ends the worker process that runs WeasyPrint. Quick to import, since it is imported first."""

from __future__ import annotations

import json
import os
import platform
import shutil
import signal
import sys
from collections.abc import Mapping
from typing import Any

from cvgen.backends.host import Host
from cvgen.backends.leftovers import make_scratch
from cvgen.backends.programs import ProgramEndedError, ProgramError, RunningProgram
from cvgen.backends.weasyprint.pango_packages import name_distributions, say_how_to_install_pango
from cvgen.diagnostics import Problem, RenderError

_SLOW_HINT = "simplify the theme's page; for a long document, give it more time with cvgen render --timeout SECONDS"
RENDERS_PER_PROCESS = 50
"""WeasyPrint keeps about 4 MB of each render, so a process that renders all day is replaced now and then."""
# -P keeps modules in the current folder, which is a person's, from being imported
_PYTHON = (sys.executable, "-P")
_WORKER = "cvgen.backends.weasyprint.worker"
_BREAKDOWNS = frozenset(-number for number in (signal.SIGABRT, signal.SIGTRAP, signal.SIGSEGV, signal.SIGBUS))
"""The exit codes with which its libraries end the process if they get no memory."""


class Worker:
    """One worker process. It starts with the object and loads WeasyPrint while the caller reads and selects."""

    def __init__(self, host: Host, renders: int = RENDERS_PER_PROCESS) -> None:
        self._host, self._renders = host, renders
        # WeasyPrint unpacks fonts to a folder of its own, which a killed process leaves behind.
        self._scratch = make_scratch()
        self._process = self._start()
        self._answered = 0

    def ask(self, request: Mapping[str, object]) -> tuple[dict[str, Any], bytes]:
        """Send ``request`` and wait for the reply and the PDF, which is empty if none was requested.

        Raises RenderError when the process ends or takes longer than the host's time limit; the next call starts
        another.
        """
        if not self._process.is_running:
            self._restart()
        try:
            answer = self._process.exchange(json.dumps(request).encode(), self._host.timeout)
        except ProgramEndedError as error:
            raise RenderError([self._cause_of_death(error)]) from None
        except ProgramError as error:
            raise RenderError([Problem(f"WeasyPrint {error}", hint=_SLOW_HINT)]) from None
        head, _, pdf = answer.partition(b"\n")
        reply = json.loads(head)
        self._answered += 1
        if reply.get("limit") == "memory":
            self._process.stop()  # it may not get its memory back
        elif self._answered >= self._renders:
            self._restart()
        return reply, pdf

    def close(self) -> None:
        """End the process and all that it started, and delete its files and those of killed processes."""
        self._process.stop()
        shutil.rmtree(self._scratch, ignore_errors=True)

    def _restart(self) -> None:
        self._process.stop()
        self._process = self._start()
        self._answered = 0

    def _start(self) -> RunningProgram:
        try:
            arguments = [self._host.layout_memory, os.getpid(), self._host.cache or "", self._scratch]
            command = [*_PYTHON, "-m", _WORKER, *map(str, arguments)]
            return self._host.runner.start(command, self._environ())
        except ProgramError as error:
            raise RenderError([Problem(f"Python, which runs WeasyPrint, {error}")]) from None

    def _environ(self) -> dict[str, str]:
        """The worker's environment: it finds modules where this process does, and writes the host's time into fonts."""
        environ = {**self._host.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        if self._host.epoch is not None:
            environ["SOURCE_DATE_EPOCH"] = str(self._host.epoch)
        return environ

    def _cause_of_death(self, error: ProgramEndedError) -> Problem:
        """The reason that the process ended: the error of loading WeasyPrint in this process."""
        try:
            check = self._host.runner.run([*_PYTHON, "-c", "import weasyprint"], self._environ(), self._host.timeout)
        except ProgramError as slow:
            return Problem(f"WeasyPrint cannot be loaded: it {slow}", hint="run it again")
        if check.code == 0 and error.code in _BREAKDOWNS:
            message = "WeasyPrint broke down over the theme's page, as it does when it needs too much memory"
            return Problem(message, hint="simplify the theme's templates and styles")
        if check.code == 0:
            return Problem(f"WeasyPrint's process {error}", hint="run it again; report it")
        reason = (check.output.strip().splitlines() or ["no reason given"])[-1]
        hint = say_how_to_install_pango(platform.system(), name_distributions())
        return Problem(f"WeasyPrint cannot be loaded: {reason}", hint=hint)
