"""What several test modules share: running the command, and reading what it printed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from cvgen.cli.main import cli

FIXTURES = Path(__file__).parent / "fixtures"
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
    """Run the command in this process; an exception other than the exit itself is a bug, and raised."""
    finished = CliRunner(env=env).invoke(cli, [str(argument) for argument in arguments])
    if finished.exception and not isinstance(finished.exception, SystemExit):
        raise finished.exception
    return Ran(finished.exit_code, finished.stdout, finished.stderr)


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
