"""What several test modules share: running the command, and reading what it printed."""

from __future__ import annotations

import atexit
import os
import pty
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from textwrap import indent
from typing import ClassVar

from click.testing import CliRunner

from cvgen.backends.host import describe_host
from cvgen.backends.programs import LocalRunner, RunningProgram
from cvgen.backends.weasyprint.worker_process import RENDERS_PER_PROCESS
from cvgen.cli.main import cli
from cvgen.diagnostics import Problem
from cvgen.sources.career import Career, CareerReading, read_career

FIXTURES = Path(__file__).parent / "fixtures"
FONT_OPTIONS = {"body_font": "Serif", "heading_font": "Serif", "code_font": "Mono"}
"""Options that keep fonts out of an HTML page: to cut and embed five of them takes seconds."""
INSTALLED_FONTS = tuple(word for name, family in FONT_OPTIONS.items() for word in ("--set", f"{name}={family}"))
"""``FONT_OPTIONS`` for the command line."""
_TOLD = re.compile(r"(?:(?P<place>\S.*?): )?(?P<severity>error|warning|notice): (?P<message>.*)")


@dataclass(frozen=True, slots=True)
class Ran:
    """A finished command."""

    code: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Told:
    """One problem as it was printed; ``place`` is ``file:line:column``, as much of it as there was."""

    place: str
    severity: str
    message: str
    hint: str


def run_cvgen(*arguments: str | Path, env: dict[str, str | None] | None = None) -> Ran:
    """Run the command in this process; an exception other than the exit itself is a bug, and raised.

    WeasyPrint's process is one that an earlier command left behind, except under an environment of its own.
    """
    host = None if env else replace(describe_host(os.environ), runner=LendingRunner(os.environ["PATH"]))
    finished = CliRunner(env=env).invoke(cli, [str(argument) for argument in arguments], obj=host)
    if finished.exception and not isinstance(finished.exception, SystemExit):
        raise finished.exception
    return Ran(finished.exit_code, finished.stdout, finished.stderr)


def run_on_terminal(*arguments: str | Path) -> Ran:
    """Run the command with a terminal for stderr, which shows progress."""
    terminal, inside = pty.openpty()
    command = [sys.executable, "-m", "cvgen", *map(str, arguments)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=inside, text=True)
    os.close(inside)
    said = b""
    with suppress(OSError):  # Linux says the end so
        while part := os.read(terminal, 4096):
            said += part
    out, _ = process.communicate(timeout=60)
    os.close(terminal)
    return Ran(process.returncode, out, said.decode())


class LendingRunner(LocalRunner):
    """A LocalRunner whose running programs go back to a pool: most of a short render is starting WeasyPrint."""

    _idle: ClassVar[dict[Hashable, list[LentProgram]]] = defaultdict(list)
    """By all that a program's answers depend on."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self._searched = path

    def start(self, command: Sequence[str], environ: Mapping[str, str]) -> RunningProgram:
        """A program that an earlier command left behind, else one that is started."""
        *program, _ = command  # the last word is a folder that the caller deletes
        pool = self._idle[self._searched, *program, *sorted(environ.items())]
        if pool:
            return pool.pop()
        folder = tempfile.TemporaryDirectory(prefix="cvgen-tests-")
        return LentProgram(super().start([*program, folder.name], environ), folder, pool)


class LentProgram:
    """A running program that goes back to ``pool`` when it is stopped, until it has answered often enough."""

    def __init__(
        self, program: RunningProgram, folder: tempfile.TemporaryDirectory[str], pool: list[LentProgram]
    ) -> None:
        self._program, self._folder, self._pool = program, folder, pool
        self._answered = 0
        atexit.register(self._end)

    @property
    def is_running(self) -> bool:
        return self._program.is_running

    def exchange(self, message: bytes, seconds: float) -> bytes:
        self._answered += 1
        return self._program.exchange(message, seconds)

    def stop(self) -> None:
        if self._program.is_running and self._answered < 2 * RENDERS_PER_PROCESS:  # small documents need less memory
            self._pool.append(self)
        else:
            self._end()

    def _end(self) -> None:
        atexit.unregister(self._end)
        self._program.stop()
        self._folder.cleanup()


def read_told(err: str) -> list[Told]:
    """Every problem in what was printed, in order."""
    told: list[Told] = []
    for line in err.splitlines():
        if match := _TOLD.fullmatch(line):
            told.append(Told(match["place"] or "", match["severity"], match["message"], ""))
        elif told and line.startswith("    → "):
            last = told[-1]
            hint = "\n".join(filter(None, (last.hint, line.removeprefix("    → "))))
            told[-1] = Told(last.place, last.severity, last.message, hint)
    return told


def write_career(folder: Path, bib: str | bytes, rest: str = "", *, settings: str = "", basics: str = "") -> Path:
    """Write papers.bib and the profile of Wei Lin over it; gives the profile.

    ``basics`` replaces the name, ``settings`` go below ``bibliography``, ``rest`` is the rest of the profile.
    """
    (folder / "papers.bib").write_bytes(bib.encode() if isinstance(bib, str) else bib)
    head = f"basics:\n{indent(basics or 'name: Wei Lin', '  ')}\nbibliography:\n  files: [papers.bib]\n"
    path = folder / "profile.yaml"
    path.write_text(f"{head}{indent(settings, '  ')}\n{rest}\n", "utf-8")
    return path


def read_papers(
    folder: Path, bib: str | bytes, rest: str = "", *, settings: str = "", basics: str = ""
) -> CareerReading:
    """What is read from such files, with all Problems."""
    return read_career(write_career(folder, bib, rest, settings=settings, basics=basics))


def valid_career(folder: Path, bib: str | bytes, rest: str = "", *, settings: str = "", basics: str = "") -> Career:
    """The Career of such files, which must have no error in them."""
    reading = read_papers(folder, bib, rest, settings=settings, basics=basics)
    assert not [problem for problem in reading.problems if problem.is_error], reading.problems
    assert reading.career is not None
    return reading.career


def about(problems: Iterable[Problem], *words: str) -> list[Problem]:
    """The Problems whose message or hint has all of ``words`` in it."""
    return [p for p in problems if all(word in f"{p.message} {p.hint or ''}" for word in words)]


def line_of(text: str, words: str) -> int:
    """The number, from 1, of the only line of ``text`` with ``words`` in it."""
    (number,) = [number for number, line in enumerate(text.splitlines(), start=1) if words in line]
    return number
