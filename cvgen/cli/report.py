"""Problems and rows as a person reads them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from cvgen.pipeline.render import Outcome
    from cvgen.pipeline.report import Report, Row

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


def print_outcome(outcome: Outcome, *, err: bool = False) -> None:
    """Print the file of a render, and in a line how it came to fill its pages."""
    facts = [outcome.variant, outcome.theme]
    if outcome.pages:
        facts.append(count(outcome.pages, "page"))
    if outcome.fitting:
        fitted = outcome.fitting.fitted
        facts += [f"the last {fitted.layout.fill:.0%} full", f"density {fitted.density:g}"]
        shortened = len(fitted.cut.shortened - fitted.cut.hidden)
        facts += [f"{shortened} shortened"] if shortened else []
        facts += [f"{len(fitted.cut.hidden)} left out (see --report)"] if fitted.cut.hidden else []
    click.echo(f"{outcome.output}  ({', '.join(facts)})", err=err)


def count(number: int, noun: str) -> str:
    """``1 page``, ``2 pages``."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def print_report(report: Report, *, as_json: bool) -> None:
    """Print what a render chose."""
    if as_json:
        click.echo(json.dumps(report.as_dict(), indent=2, ensure_ascii=False))
        return
    allowed = f" of {report.pages_allowed} allowed" if report.pages_allowed else ""
    click.echo(
        f"\n{click.style(report.variant, bold=True)}: {count(report.pages, 'page')}{allowed}, theme {report.theme}"
    )
    click.echo("  full: " + ", ".join(f"page {number} {share:.0%}" for number, share in enumerate(report.fill, 1)))
    if report.density is not None:
        sizes = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in report.sizes.items())
        click.echo(f"  density {report.density:g}: {sizes}")
    click.echo(f"  shown: {count(len(report.shown) + len(report.shortened), 'part')}")
    _print_rows("shortened", report.shortened)
    by_reason: dict[str, list[Row]] = {}
    for row in report.left_out:
        by_reason.setdefault(row.why, []).append(row)
    for why, rows in by_reason.items():
        _print_rows(f"left out, {why}", rows)
    _print_rows("nearly made it, the best first", report.almost)


def _print_rows(title: str, rows: Iterable[Row]) -> None:
    listed = list(rows)
    if not listed:
        return
    click.echo(f"  {click.style(title, bold=True)} ({len(listed)}):")
    for row in listed:
        place = f"  {click.style(row.location, dim=True)}" if row.location else ""
        click.echo(f"    {row.kind:8}{row.label}{place}")
