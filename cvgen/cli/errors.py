"""How an error ends a command."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def exit_on_error(step: Callable[[], T], *, writes: bool = False) -> T:
    """The result of ``step``; a CvgenError is printed and ends the program with its exit code.

    ``writes`` says that the step was to write a file, and has written none if it fails.
    """
    from cvgen.cli.printing import print_problems
    from cvgen.diagnostics import CvgenError

    try:
        return step()
    except CvgenError as error:
        print_problems(error.problems, unwritten=writes)
        sys.exit(error.exit_code)
