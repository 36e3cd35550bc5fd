"""Problems and rows as a person reads them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import click

from cvgen.diagnostics import Location, Problem, Severity

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTICE: "cyan"}
_ORDER = (Severity.ERROR, Severity.WARNING, Severity.NOTICE)


def print_problems(problems: Iterable[Problem]) -> None:
    """Print each Problem with its line of the file and its cure, errors first, and a count at the end."""
    ordered = sorted(dict.fromkeys(problems), key=_rank)
    for problem in ordered:
        _print_problem(problem)
    errors = sum(problem.is_error for problem in ordered)
    if errors:
        click.echo(f"{errors} error{'s' if errors > 1 else ''}; nothing was written", err=True)


def _rank(problem: Problem) -> tuple[int, str, int, int]:
    place = problem.location or Location("")
    return (_ORDER.index(problem.severity), place.file, place.line or 0, place.column or 0)


def _print_problem(problem: Problem) -> None:
    place = f"{problem.location}: " if problem.location else ""
    severity = click.style(f"{problem.severity}:", fg=_COLOURS[problem.severity], bold=True)
    click.echo(f"{place}{severity} {problem.message}", err=True)
    if problem.location and (excerpt := _excerpt(problem.location)):
        click.echo(excerpt, err=True)
    if problem.hint:
        click.echo(f"    {click.style('→', bold=True)} {problem.hint}", err=True)


def _excerpt(place: Location) -> str:
    """The line, and a caret below the column."""
    lines = _lines(place.file)
    if place.line is None or not 1 <= place.line <= len(lines):
        return ""
    text = lines[place.line - 1].replace("\t", " ")
    start = max(0, (place.column or 1) - 60)
    shown = f"    {place.line} | {text[start : start + 100]}"
    if place.column is None:
        return shown
    return f"{shown}\n{' ' * (len(str(place.line)) + 7 + place.column - 1 - start)}^"


@lru_cache(maxsize=16)
def _lines(file: str) -> list[str]:
    try:
        return Path(file).read_text("utf-8", errors="replace").splitlines()
    except OSError:
        return []


def print_rows(rows: list[dict[str, Any]], *, as_json: bool) -> None:
    """Print publications as JSON, or as a table: year, place, roles, title."""
    if as_json:
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    for row in rows:
        place = f"{row['position'] or '–'}/{row['author_count']}{'+' if row['truncated'] else ''}"
        roles = ", ".join(role.replace("_", "-") for role in row["roles"]) or "not listed"
        if row["equal_rank"]:
            roles += f" (rank {row['equal_rank']} of {row['equal_count']})"
        click.echo(f"{row['year'] or '    '}  {place:>6}  {row['status']:<14} {row['key']}")
        click.echo(f"                {roles}")
        click.echo(f"                {row['title']}")
        for reason in row.get("why", ()):
            click.echo(f"                  · {reason}")
    click.echo(f"{len(rows)} publication{'s' if len(rows) != 1 else ''}")
