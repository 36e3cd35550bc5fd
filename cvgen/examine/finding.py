"""What a check reports, and what an examination returns."""

from __future__ import annotations

from dataclasses import dataclass

from cvgen.diagnostics import Location, Problem


@dataclass(frozen=True, slots=True)
class Fault:
    """What a check reports: what is wrong, the page (from 1), the place in the profile, and what to do."""

    message: str
    page: int | None = None
    location: Location | None = None
    hint: str | None = None
    reader: str = ""
    """The reader that shows it; empty where the fault does not depend on the reader."""
    is_notice: bool = False
    """Whether it only informs, and does not fail the check."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A Problem, the check that found it, and the page of the PDF, or None where no single page is concerned."""

    check: str
    problem: Problem
    page: int | None = None

    @property
    def is_error(self) -> bool:
        """Whether this fails the check."""
        return self.problem.is_error


def shorten(text: str) -> str:
    """``text`` in quotes for a message: on one line, and cut if it is long."""
    line = " ".join(text.split())
    return repr(line if len(line) <= 60 else line[:57] + "…")
