"""Prints Problems, publications, outcomes and reports for people."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cvgen.cli.echo import echo

if TYPE_CHECKING:
    from cvgen.pipeline.render import RenderResult

from cvgen.diagnostics import (
    MAX_LINES,
    Location,
    Problem,
    ProblemGroup,
    Severity,
    group_problems,
    limit_lines,
    say_left,
)

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTICE: "cyan"}
_ORDER = (Severity.ERROR, Severity.WARNING, Severity.NOTICE)


_ALL = "cvgen.all_problems"
_QUOTED = frozenset({".yaml", ".yml", ".bib", ".bibtex", ".json", ".j2"})
"""Files of other kinds are not quoted: a profile from elsewhere may name any file as a bibliography."""


def problems_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give ``command`` the option ``--all-problems``, which ``print_problems`` reads from click's context."""

    def keep(context: click.Context, _: click.Parameter, value: bool) -> None:
        context.meta[_ALL] = value

    help_text = f"Print every problem: do not group them, and do not stop after {MAX_LINES} lines."
    return click.option("--all-problems", is_flag=True, expose_value=False, callback=keep, help=help_text)(command)


def wants_all_problems() -> bool:
    """Whether the current command was given ``--all-problems``."""
    context = click.get_current_context(silent=True)
    return bool(context and context.meta.get(_ALL))


def print_problems(problems: Iterable[Problem], *, unwritten: bool = False) -> None:
    """Print the Problems, errors first, and the number of errors; if ``unwritten``, also that nothing was written.

    Unless ``--all-problems`` was given, those of one kind share a line, and at most ``MAX_LINES`` lines are printed.
    """
    ordered = sorted(dict.fromkeys(problems), key=_rank)
    read_lines = cache(_read_lines)  # kept for this call only: the next one shows the files as they are then
    if wants_all_problems():
        for problem in ordered:
            _echo(_problem_lines(problem, read_lines))
    else:
        _print_groups(group_problems(ordered), read_lines)
    errors = sum(problem.is_error for problem in ordered)
    if errors:
        echo(f"{count(errors, 'error')}{'; nothing was written' if unwritten else ''}", err=True)


_Lines = Callable[[str], list[str]]
"""The lines of a file by its name."""


def _print_groups(groups: Sequence[ProblemGroup], read_lines: _Lines) -> None:
    shown, left = limit_lines(groups, lambda group: _group_lines(group, read_lines))
    for lines in shown:
        _echo(lines)
    if left:
        _echo([say_left([problem for group in left for problem in group.problems])])


def _echo(lines: Iterable[str]) -> None:
    for line in lines:
        echo(line, err=True)


def _rank(problem: Problem) -> tuple[int, str, int, int]:
    place = problem.location or Location("")
    return (_ORDER.index(problem.severity), place.file, place.line or 0, place.column or 0)


def _group_lines(group: ProblemGroup, read_lines: _Lines) -> list[str]:
    if len(group.problems) == 1:
        return _problem_lines(group.first, read_lines)
    hints = (line for hint in group.hints for line in _hint_lines(hint))
    return [f"{_say_severity(group.first)} {_shorten(group.message)}", *hints]


def _problem_lines(problem: Problem, read_lines: _Lines) -> list[str]:
    place = f"{problem.location}: " if problem.location else ""
    excerpt = _excerpt(problem.location, read_lines) if problem.location else ""
    return [
        f"{place}{_say_severity(problem)} {_shorten(problem.message)}",
        *excerpt.splitlines(),
        *_hint_lines(problem.hint),
    ]


def problem_lines(problem: Problem) -> list[str]:
    """The lines that show ``problem`` where no file is quoted."""
    return _problem_lines(problem, lambda _: [])


def _say_severity(problem: Problem) -> str:
    return click.style(f"{problem.severity}:", fg=_COLOURS[problem.severity], bold=True)


def _hint_lines(hint: str | None) -> list[str]:
    return [f"    {click.style('→', bold=True)} {_shorten(hint)}"] if hint else []


_LONGEST_LINE = 2_000
"""The characters of a message or a hint that are printed: it may quote a text of any length."""


def _shorten(text: str) -> str:
    """``text``, or its start and end if it is longer than a message may be."""
    half = _LONGEST_LINE // 2
    return text if len(text) <= _LONGEST_LINE else f"{text[:half]} … {text[-half:]}"


def _excerpt(place: Location, read_lines: _Lines) -> str:
    """The line of the file with a caret below the column; empty if there is no such line."""
    if place.line is None or Path(place.file).suffix.lower() not in _QUOTED:
        return ""
    lines = read_lines(place.file)
    if not 1 <= place.line <= len(lines):
        return ""
    text = lines[place.line - 1]
    start = max(0, (place.column or 1) - 60)
    part = "".join(letter if letter.isprintable() else " " for letter in text[start : start + 100])
    shown = f"    {place.line} | {part}"
    if place.column is None:
        return shown
    return f"{shown}\n{' ' * (len(str(place.line)) + 7 + place.column - 1 - start)}^"


def _read_lines(file: str) -> list[str]:
    try:
        return Path(file).read_text("utf-8", errors="replace").split("\n")
    except OSError:
        return []


def print_rows(rows: Sequence[dict[str, Any]], *, as_json: bool) -> None:
    """Print publications as JSON, or as a table: year, place, roles, title."""
    if as_json:
        lines = ",\n".join(
            json.dumps(row, ensure_ascii=False) for row in rows
        )  # one row per line, for programs that work line by line
        echo(f"[\n{lines}\n]" if lines else "[]")
        return
    for row in rows:
        place = f"{row['position'] or '–'}/{row['author_count']}{'+' if row['truncated'] else ''}"
        roles = ", ".join(role.replace("_", "-") for role in row["roles"]) or "not among the authors"
        if row["equal_rank"]:
            roles += f" (rank {row['equal_rank']} of {row['equal_count']})"
        echo(f"{row['year'] or '    '}  {place:>6}  {row['status']:<14} {row['key']}")
        echo(f"                {roles}")
        echo(f"                {row['title']}")
        for reason in row.get("why", ()):
            echo(f"                  · {reason}")
    echo(f"{len(rows)} publication{'s' if len(rows) != 1 else ''}")


def print_outcome(outcome: RenderResult, *, err: bool = False) -> None:
    """Print the file that a render wrote, and how it was fitted to its pages."""
    facts = [outcome.variant, outcome.theme]
    if outcome.pages:
        facts.append(count(outcome.pages, "page"))
    if outcome.fitting:
        fitted = outcome.fitting.fitted
        facts += [f"last page {fitted.layout.fill:.0%} full", f"density {fitted.density:g}"]
        shortened = len(fitted.cut.shortened - fitted.cut.hidden)
        facts += [f"{shortened} shortened"] if shortened else []
        facts += [f"{len(fitted.cut.hidden)} left out (see --report)"] if fitted.cut.hidden else []
    echo(f"{outcome.output}  ({', '.join(facts)})", err=err)


def count(number: int, noun: str) -> str:
    """``1 page``, ``2 pages``."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
