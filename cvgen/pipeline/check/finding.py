"""What a check found, and where."""

from __future__ import annotations

from dataclasses import dataclass

from cvgen.diagnostics import Problem


@dataclass(frozen=True, slots=True)
class Finding:
    """A Problem, the check that found it, and the page it is on (from 1), if it is on one."""

    check: str
    problem: Problem
    page: int | None = None

    @property
    def is_error(self) -> bool:
        """Whether it must be mended."""
        return self.problem.is_error
