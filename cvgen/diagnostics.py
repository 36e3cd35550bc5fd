"""What is wrong, where, and what to write instead: the lowest layer, imported by all others."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum


class Severity(StrEnum):
    """How much a Problem matters: an error ends the run, a warning and a notice do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a person's file; ``line`` and ``column`` count from 1, None where unknown."""

    file: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: ``message`` says what, ``hint`` what to write or do instead."""

    message: str
    location: Location | None = None
    hint: str | None = None
    severity: Severity = Severity.ERROR

    @property
    def is_error(self) -> bool:
        """Whether this Problem ends the run."""
        return self.severity is Severity.ERROR

    def as_error(self) -> Problem:
        """The same Problem, ending the run."""
        return replace(self, severity=Severity.ERROR)


def warn(message: str, location: Location | None = None, hint: str | None = None) -> Problem:
    """A Problem that is printed and does not end the run."""
    return Problem(message, location, hint, Severity.WARNING)


def notice(message: str, location: Location | None = None, hint: str | None = None) -> Problem:
    """A Problem that only tells."""
    return Problem(message, location, hint, Severity.NOTICE)


class CvgenError(Exception):
    """The root of what cvgen raises on purpose; carries every Problem of the run."""

    exit_code = 1

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(f"{p.location or ''} {p.message}".strip() for p in self.problems))


class InputError(CvgenError):
    """The person's files or options cannot be used as they are."""

    exit_code = 2


class RenderError(CvgenError):
    """The input was good and the PDF could not be made."""


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """A sentence naming the nearest of ``known``, or None when nothing is near."""
    names = list(known)
    folded = {name.casefold().replace("-", "_"): name for name in names}
    near = difflib.get_close_matches(word.casefold().replace("-", "_"), list(folded), n=1, cutoff=0.6)
    return f"did you mean {folded[near[0]]!r}?" if near else None


def one_of(known: Iterable[str]) -> str:
    """A sentence listing what may stand here."""
    return "known here: " + ", ".join(sorted(known))
