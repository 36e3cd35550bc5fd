"""What an examination found, and where."""

from __future__ import annotations

from dataclasses import dataclass

from cvgen.diagnostics import Location, Problem


@dataclass(frozen=True, slots=True)
class Fault:
    """What a check says: what is wrong, the page (from 1), the profile's text concerned, and what to do."""

    message: str
    page: int | None = None
    location: Location | None = None
    hint: str | None = None
    reader: str = ""
    """Who reads it so, where the two readers may differ."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A Problem, the check that found it, and the page of the PDF that it is on, where it is on one."""

    check: str
    problem: Problem
    page: int | None = None

    @property
    def is_error(self) -> bool:
        """Whether this must be mended."""
        return self.problem.is_error


def shorten(text: str) -> str:
    """``text`` quoted in a message: in one line, cut where it is long."""
    line = " ".join(text.split())
    return repr(line if len(line) <= 60 else line[:57] + "…")
