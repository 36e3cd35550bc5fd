"""The formats that can be imported: one row each; the content of a file says which it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cvgen.convert import json_resume, rendercv
from cvgen.convert.draft import Draft
from cvgen.convert.source import Source
from cvgen.diagnostics import InputError, Location, Problem, suggest


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name for ``--from``, what its files are, how one is recognised, and what reads it."""

    name: str
    description: str
    recognise: Callable[[Source], bool]
    read: Callable[[Source], Draft]


_ROWS = (
    Format("rendercv", "RenderCV (.yaml)", rendercv.recognise, rendercv.read),
    Format("json-resume", "JSON Resume (.json)", json_resume.recognise, json_resume.read),
)
FORMATS = {row.name: row for row in _ROWS}
"""Every format by its name, in the order in which they are tried."""


def choose_format(source: Source, asked: str | None) -> Format:
    """The format ``asked`` for, else the first that recognises ``source``; raises InputError if none does."""
    if asked is not None:
        if asked not in FORMATS:
            hint = suggest(asked, FORMATS)
            raise InputError([Problem(f"{asked!r} is not a format that can be imported", None, hint)])
        return FORMATS[asked]
    found = next((row for row in _ROWS if row.recognise(source)), None) if source.is_json or source.is_yaml else None
    if found is None:
        known = ", ".join(row.description for row in _ROWS)
        message = "this is not a file that cvgen can import"
        hint = f"it imports {known}; if it is one of these, say which: --from {'|'.join(FORMATS)}"
        raise InputError([*source.problems, Problem(message, Location(str(source.path)), hint)])
    return found
