"""What several test modules share: running the command, and reading what it printed."""

from __future__ import annotations

import atexit
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from textwrap import indent
from typing import Any, ClassVar
from unittest.mock import patch

from click.testing import CliRunner

from cvgen.backends.host import Host
from cvgen.backends.weasyprint import process
from cvgen.cli.main import cli
from cvgen.diagnostics import Problem
from cvgen.sources.career import Career, CareerReading, read_career

FIXTURES = Path(__file__).parent / "fixtures"
INSTALLED_FONTS = ("--set", "body_font=Serif", "--set", "heading_font=Serif", "--set", "code_font=Mono")
"""Options that keep fonts out of an HTML page: to cut and embed five of them takes seconds."""
_WORKER = process.Worker
"""The real one: ``run_cvgen`` puts another in its place."""
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
    workers = patch.object(process, "Worker", _WORKER if env else LentWorker)
    with workers:
        finished = CliRunner(env=env).invoke(cli, [str(argument) for argument in arguments])
    if finished.exception and not isinstance(finished.exception, SystemExit):
        raise finished.exception
    return Ran(finished.exit_code, finished.stdout, finished.stderr)


class LentWorker:
    """A worker process that goes back to a pool when it is closed: starting one takes most of a short render's time."""

    _idle: ClassVar[dict[Any, list[process.Worker]]] = defaultdict(list)
    """By all of a host that a worker's answers depend on."""

    def __init__(self, host: Host) -> None:
        self._pool = self._idle[host.timeout, *sorted(host.environ.items())]
        self._worker = self._pool.pop() if self._pool else _open_worker(host)

    def ask(self, request: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
        return self._worker.ask(request)

    def close(self) -> None:
        self._pool.append(self._worker)


def _open_worker(host: Host) -> process.Worker:
    worker = _WORKER(host)
    atexit.register(worker.close)
    return worker


def read_told(err: str) -> list[Told]:
    """Every problem in what was printed, in order."""
    told: list[Told] = []
    for line in err.splitlines():
        if match := _TOLD.fullmatch(line):
            told.append(Told(match["place"] or "", match["severity"], match["message"], ""))
        elif told and line.startswith("    → "):
            last = told[-1]
            told[-1] = Told(last.place, last.severity, last.message, line.removeprefix("    → "))
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
