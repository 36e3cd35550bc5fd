"""The order to render a roster, and the outcome for each person, both also as messages between processes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from cvgen.backends.engines import DEFAULT_ENGINE, PDF
from cvgen.diagnostics import Location, Problem, Severity
from cvgen.pipeline.roster.listed_people import Person


@dataclass(frozen=True, slots=True)
class RosterOrder:
    """The choices for all people, as for one render, and how to work.

    ``environ`` are the environment variables that describe the machine. Without ``force``, a PDF that was made from
    the same files and choices stays as it is.
    """

    folder: Path
    environ: Mapping[str, str]
    variant: str | None = None
    theme: str | None = None
    engine: str = DEFAULT_ENGINE
    format: str = PDF
    roles: tuple[str, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)
    pages: int | None = None
    untrusted: bool = False
    trusts_themes: bool = False
    force: bool = False
    asked_in: str = ""
    """The folder in which a cluster was asked, where relative names of themes start."""

    def as_message(self) -> dict[str, Any]:
        """The order for a worker process; ready for JSON."""
        return {**asdict(self), "folder": str(self.folder)}


def read_order(message: Mapping[str, Any]) -> RosterOrder:
    """The order in a message of ``as_message``."""
    return RosterOrder(**{**message, "folder": Path(message["folder"]), "roles": tuple(message["roles"])})


class RenderState(StrEnum):
    """What became of a person's document."""

    RENDERED = "rendered"
    UP_TO_DATE = "up to date"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class PersonRender:
    """What became of one person's document. ``bug`` is the traceback of a fault in cvgen itself."""

    person: Person
    state: RenderState
    output: str = ""
    pages: int | None = None
    seconds: float = 0.0
    problems: tuple[Problem, ...] = ()
    bug: str = ""

    @property
    def is_failed(self) -> bool:
        """Whether no document was made."""
        return self.state is RenderState.FAILED

    def as_message(self) -> dict[str, Any]:
        """The outcome, ready for JSON; also the entry of a report."""
        return {
            "person": self.person.name,
            "profile": str(self.person.profile),
            "state": self.state.value,
            "output": self.output,
            "pages": self.pages,
            "seconds": round(self.seconds, 3),
            "problems": [_describe(problem) for problem in self.problems],
            **({"bug": self.bug} if self.bug else {}),
        }


def read_outcome(person: Person, message: Mapping[str, Any]) -> PersonRender:
    """The outcome in a message of ``as_message``."""
    return PersonRender(
        person,
        RenderState(message["state"]),
        message["output"],
        message["pages"],
        message["seconds"],
        tuple(_read_problem(problem) for problem in message["problems"]),
        message.get("bug", ""),
    )


def _describe(problem: Problem) -> dict[str, Any]:
    place = problem.location
    return {
        "severity": problem.severity.value,
        "message": problem.message,
        "hint": problem.hint,
        "file": place.file if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "kind": problem.kind,
        "entry": problem.entry,
    }


def _read_problem(message: Mapping[str, Any]) -> Problem:
    place = Location(message["file"], message["line"], message["column"]) if message["file"] is not None else None
    severity = Severity(message["severity"])
    return Problem(message["message"], place, message["hint"], severity, message["kind"], message["entry"])
