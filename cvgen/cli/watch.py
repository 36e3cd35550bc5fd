"""``cvgen render --watch``: prints the outcome of each render until it is interrupted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cvgen.cli.echo import echo
from cvgen.cli.long_run import begin_long_run

if TYPE_CHECKING:
    from cvgen.pipeline.batch import Attempt
    from cvgen.pipeline.render import RenderResult


def print_attempts(attempts: Iterator[Attempt], print_result: Callable[[RenderResult], None]) -> None:
    """Print each of ``attempts``, which never end, until Ctrl-C."""
    from cvgen.cli.printing import print_problems

    begin_long_run()
    try:
        for attempt in attempts:
            if attempt.changed:
                echo(f"{_say_time()}  changed: {_name_files(attempt.changed)}")
            if attempt.error:
                print_problems(attempt.error.problems, unwritten=True)
            elif attempt.outcome:
                print_result(attempt.outcome)
            echo(f"{_say_time()}  watching; Ctrl-C ends it")
    except KeyboardInterrupt:
        echo("")


_MOST_NAMED = 3
"""The most files that a line names."""


def _say_time() -> str:
    return datetime.now().strftime("%H:%M:%S")


def _name_files(paths: Sequence[Path]) -> str:
    """The names of the files, and how many more there are."""
    named = ", ".join(path.name for path in paths[:_MOST_NAMED])
    left = len(paths) - _MOST_NAMED
    return f"{named} and {left} more" if left > 0 else named
