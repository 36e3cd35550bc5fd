"""What an examination found, and where."""

from __future__ import annotations

from dataclasses import dataclass

from cvgen.diagnostics import Location


@dataclass(frozen=True, slots=True)
class Fault:
    """What a check says: what is wrong, the page (from 1), the profile's text concerned, and what to do."""

    message: str
    page: int | None = None
    location: Location | None = None
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A Fault and the name of the check that found it."""

    check: str
    message: str
    page: int | None = None
    location: Location | None = None
    hint: str | None = None
