"""``cvgen render --watch``: prints the outcome of each render until it is interrupted."""

from __future__ import annotations

import gc
import signal
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from cvgen.cli.echo import echo

if TYPE_CHECKING:
    from cvgen.pipeline.batch import Attempt
    from cvgen.pipeline.render import RenderResult


def print_attempts(attempts: Iterator[Attempt], print_result: Callable[[RenderResult], None]) -> None:
    """Print each of ``attempts``, which never end, until Ctrl-C."""
    from cvgen.cli.printing import print_problems

    gc.enable()
    # A shell starts background jobs with this signal ignored, but whoever sends it wants the program to end.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        for number, attempt in enumerate(attempts):
            if attempt.error:
                print_problems(attempt.error.problems, unwritten=True)
            elif attempt.outcome:
                print_result(attempt.outcome)
            if number == 0:
                echo("watching; Ctrl-C ends it")
    except KeyboardInterrupt:
        echo("")
