"""``cvgen review``: what a career adviser would mark in a profile."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cvgen import api
from cvgen.cli.echo import echo
from cvgen.cli.errors import exit_on_error
from cvgen.cli.passed_host import find_passed_host, untrusted_option
from cvgen.cli.printing import count, print_problems, problems_option, wants_all_problems

if TYPE_CHECKING:
    from cvgen.advice.text_review import ReviewFinding
    from cvgen.pipeline.review import Review

_MOST_PLACES = 3
"""The most texts of one entry and rule that are listed."""
_MOST_LINES = 60
"""The most lines of a report for people."""
_QUOTE = 90


@click.command()
@click.argument("profile", type=click.Path(path_type=Path))
@click.option(
    "-v", "--variant", help="Only what this variant shows [default: all texts, and the page of the default variant]."
)
@click.option("--only", multiple=True, metavar="RULE", help="Only this rule; repeatable.")
@click.option("--ignore", multiple=True, metavar="RULE", help="Leave this rule out; repeatable.")
@click.option("--page/--no-page", default=True, help="Whether to render the page and check it too, or only the texts.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="Output for people or programs.")  # fmt: skip
@untrusted_option
@click.option("-q", "--quiet", is_flag=True, help="Print no warnings about the files.")
@problems_option
def review(
    profile: Path,
    variant: str | None,
    only: tuple[str, ...],
    ignore: tuple[str, ...],
    page: bool,
    format_: str,
    untrusted: bool,
    quiet: bool,
) -> None:
    """Point out what a career adviser would: each finding has its line and says how to improve it.

    The exit code is 0 if there are no findings, or hints only, 1 if there are, and 2 if the input cannot be used.
    docs/review.md describes the rules.
    """
    result = exit_on_error(
        lambda: api.review(
            profile, variant=variant, only=only, ignore=ignore, page=page, untrusted=untrusted, host=find_passed_host()
        )
    )
    if not quiet:
        print_problems(result.problems)
    if format_ == "json":
        echo(json.dumps(_describe(result), indent=2, ensure_ascii=False))
    else:
        _print_review(result)
    if not all(finding.is_hint for finding in result.findings):
        sys.exit(1)


def _print_review(result: Review) -> None:
    blocks = [_entry_lines(name, found) for name, found in _group_by_entry(result.findings)]
    left = 0
    shown = 0
    for lines, number in blocks:
        if shown + len(lines) > _MOST_LINES and shown and not wants_all_problems():
            left += number
            continue
        shown += len(lines)
        for line in lines:
            echo(line)
    if left:
        echo(f"… {left} more; --all-problems shows them")
    echo(_sum_up(result))


def _group_by_entry(findings: Sequence[ReviewFinding]) -> Iterator[tuple[str, list[ReviewFinding]]]:
    """The findings of each entry, in the order of the entries; those about no entry first."""
    first = {finding.problem.entry: number for number, finding in reversed(list(enumerate(findings)))}
    ordered = sorted(findings, key=lambda one: (one.problem.entry != "", first[one.problem.entry]))
    return ((name, list(group)) for name, group in groupby(ordered, key=lambda one: one.problem.entry))


def _entry_lines(name: str, findings: list[ReviewFinding]) -> tuple[list[str], int]:
    """The lines about one entry: its name, then each rule with its texts; and how many findings they hold."""
    lines = [click.style(name, bold=True)] if name else []
    alike: dict[tuple[str, str | None], list[ReviewFinding]] = {}
    for finding in findings:
        own = finding.problem.hint if finding.is_hint else None  # it names the very words to write
        alike.setdefault((finding.check, own), []).append(finding)
    for (rule, _), found in alike.items():
        lines += _single_lines(found[0]) if len(found) == 1 else _shared_lines(rule, found)
    return lines, len(findings)


def _single_lines(finding: ReviewFinding) -> list[str]:
    problem = finding.problem
    page = f"page {finding.page}: " if finding.page else ""
    return [f"  {problem.location}: {page}{problem.message} [{finding.check}]", *_quote(finding), _hint(finding)]


def _quote(finding: ReviewFinding) -> list[str]:
    """The text that is marked, unless the message has it."""
    return [f"      {_shorten(finding.quote)}"] if finding.quote and not finding.is_quoted else []


def _shared_lines(rule: str, findings: list[ReviewFinding]) -> list[str]:
    named = findings if wants_all_problems() else findings[:_MOST_PLACES]
    more = len(findings) - len(named)
    return [
        f"  {len(findings)} texts {findings[0].problem.kind} [{rule}]",
        *(f"    {finding.problem.location}: {_words(finding)}{_shorten(finding.quote)}" for finding in named),
        *([f"    and {more} more"] if more else []),
        _hint(findings[0]),
    ]


def _words(finding: ReviewFinding) -> str:
    return f"{click.style(finding.words, bold=True)}: " if finding.words else ""


def _hint(finding: ReviewFinding) -> str:
    return f"    {click.style('→', bold=True)} {finding.problem.hint}"


def _shorten(text: str) -> str:
    return text if len(text) <= _QUOTE else f"{text[: _QUOTE - 1].rstrip()}…"


def _sum_up(result: Review) -> str:
    """``5 findings and 1 hint in 61 bullets (en): outcome 3, opening 2, parser 1``."""
    from cvgen.pipeline.review import count_by_rule

    read = f"{count(result.bullets, 'bullet')} ({', '.join(result.languages)})"
    page = f" and on the page of {result.page_of!r}" if result.page_of else ""
    if not result.findings:
        return f"no findings in {read}{page}"
    counts = ", ".join(f"{name} {number}" for name, number in count_by_rule(result.findings).items())
    hints = sum(finding.is_hint for finding in result.findings)
    numbers = ((len(result.findings) - hints, "finding"), (hints, "hint"))
    found = " and ".join(count(number, noun) for number, noun in numbers if number)
    return f"{found} in {read}{page}: {counts}"


def _describe(result: Review) -> dict[str, Any]:
    return {
        "rules": result.rules,
        "judged_in": result.languages,
        "bullets": result.bullets,
        "page_of": result.page_of,
        "findings": [_describe_finding(finding) for finding in result.findings],
    }


def _describe_finding(finding: ReviewFinding) -> dict[str, Any]:
    place = finding.problem.location
    return {
        "rule": finding.check,
        "severity": str(finding.problem.severity),
        "entry": finding.problem.entry,
        "message": finding.problem.message,
        "hint": finding.problem.hint,
        "text": finding.quote,
        "words": finding.words,
        "page": finding.page,
        "file": place.file if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
    }
