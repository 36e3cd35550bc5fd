"""Puts Problems, decisions and differences into the form that the page reads."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cvgen.diagnostics import Location, Problem, Severity
from cvgen.model.ledger import MERGED, Cause, Decision
from cvgen.model.part import Part, PartKind
from cvgen.model.refs import PAPERS
from cvgen.pipeline.report import RenderReport
from cvgen.select.compare import Difference

_ORDER = tuple(Severity)
_QUOTED = frozenset({".yaml", ".yml", ".bib", ".bibtex", ".json", ".j2"})
"""Files of other kinds are not quoted: a profile from elsewhere may name any file as a bibliography."""
_LONGEST_QUOTE = 160
_BLOCK = re.compile(r":\s+[|>][-+\d]*\s*(#.*)?$|^[|>][-+\d]*$")
"""A line of YAML after which the text comes."""
_UNPINNABLE = MERGED | {Cause.SECTION, Cause.HIDDEN}
"""Causes that a pin does not override."""


def say_place(place: Location | None) -> dict[str, Any] | None:
    """A place: its file, line and column, the whole path, and its line in the file."""
    if place is None:
        return None
    path = Path(place.file).absolute()
    at = "".join(f":{number}" for number in (place.line, place.column) if number)
    return {
        "file": place.file,
        "path": str(path),
        "line": place.line,
        "column": place.column,
        "text": f"{path.name}{at}",
        "quote": _quote_line(path, place.line),
    }


def _quote_line(path: Path, line: int | None) -> str:
    if line is None or path.suffix.lower() not in _QUOTED:
        return ""
    try:
        lines = path.read_text("utf-8", errors="replace").split("\n")
    except OSError:
        return ""
    quoted = [text.strip()[:_LONGEST_QUOTE] for text in lines[line - 1 : line + 1]]
    # of a text in lines of its own, the first of these
    return quoted[-1] if quoted and _BLOCK.search(quoted[0]) else "".join(quoted[:1])


def say_problems(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Problems, errors first."""
    ordered = sorted(dict.fromkeys(problems), key=lambda problem: _ORDER.index(problem.severity))
    return [say_problem(problem) for problem in ordered]


def say_problem(problem: Problem) -> dict[str, Any]:
    """One Problem."""
    return {
        "severity": problem.severity.value,
        "message": problem.message,
        "hint": problem.hint,
        "place": say_place(problem.location),
    }


def say_part(part: Part, report: RenderReport | None = None) -> dict[str, Any]:
    """A part: its label and path, and whether a click can pin or hide it."""
    sections = report.section_paths if report else ()
    number = int(part.ref[0]) if part.ref and isinstance(part.ref[0], int) else -1
    section = list(sections[number]) if 0 <= number < len(sections) else []
    is_paper = part.path[:1] == (PAPERS,)
    can_pin = part.kind is not PartKind.SECTION and (not is_paper or section[:1] == ["variants"])
    return {
        "kind": part.kind.value,
        "label": part.label,
        "path": list(part.path),
        "section": section,
        "pinned": part.pin,
        "can_pin": can_pin and (not is_paper or len(part.path) == 2),
        "can_hide": part.kind is not PartKind.SECTION and (not is_paper or len(part.path) == 2),
        "place": say_place(part.location),
    }


def say_report(report: RenderReport) -> dict[str, Any]:
    """How full the pages are, and what was shortened and left out."""
    return {
        "fill": list(report.fill),
        "allowed": report.pages_allowed,
        "density": report.density,
        "shortened": [_say_decision(one, report) for one in report.shortened],
        "left_out": [_say_decision(one, report) for one in report.left_out],
    }


def _say_decision(decision: Decision, report: RenderReport) -> dict[str, Any]:
    causes = [reason.cause for reason in decision.reasons]
    said = {**say_part(decision.part, report), "why": decision.why, "causes": [cause.value for cause in causes]}
    if _UNPINNABLE.intersection(causes):
        said["can_pin"] = False
    return said


def say_difference(found: Difference) -> dict[str, Any]:
    """One difference between two variants."""
    return {
        "kind": found.kind,
        "section": found.section,
        "label": found.label,
        "within": list(found.within),
        "change": found.change.value,
        "texts": [{"field": text.field, "a": text.a, "b": text.b} for text in found.texts],
        "place": say_place(found.location),
    }
