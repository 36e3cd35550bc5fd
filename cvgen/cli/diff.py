"""``cvgen diff``: the differences between the printed texts of two variants."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cvgen.backends.engines import DEFAULT_ENGINE, FITTING
from cvgen.cli.echo import echo
from cvgen.cli.passed_host import find_passed_host, untrusted_option
from cvgen.cli.printing import print_problems, problems_option
from cvgen.session import Session

if TYPE_CHECKING:
    from cvgen.backends.backend import Backend
    from cvgen.pipeline.diff import Diff
    from cvgen.pipeline.request import Request


@click.command()
@click.argument("profile", type=click.Path(path_type=Path))
@click.argument("a")
@click.argument("b")
@click.option("-t", "--theme", help="Theme for both [default: each variant's own].")
@click.option("-e", "--engine", type=click.Choice(FITTING), default=DEFAULT_ENGINE, show_default=True,
              help="The engine for variants that have a number of pages.")  # fmt: skip
@click.option("--pages", type=click.IntRange(min=1), help="Fit both to this number of pages [default: each its own].")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@untrusted_option
@click.option("-q", "--quiet", is_flag=True, help="Print no warnings.")
@problems_option
def diff(
    profile: Path,
    a: str,
    b: str,
    theme: str | None,
    engine: str,
    pages: int | None,
    as_json: bool,
    untrusted: bool,
    quiet: bool,
) -> None:
    """Show how the printed texts of two variants differ.

    A variant that has a number of pages is fitted to them first; with --pages, both are fitted to that number. An
    entry, bullet or paper that moves within its section is not a difference, but another order of the sections is one.

    The exit code is 0 if both have the same texts, 1 if they differ, and 2 if they cannot be compared.
    """
    with Session(find_passed_host()) as session:
        backend = session.open(engine)
        from cvgen.pipeline.request import Request

        request = Request(profile, theme=theme, engine=engine, pages=pages, untrusted=untrusted)
        found = _compare(request, a, b, backend)
    _print_diff(found, as_json=as_json, quiet=quiet)
    if found.rows:
        sys.exit(1)


def _compare(request: Request, a: str, b: str, backend: Backend) -> Diff:
    """The differences; exits with 2 after any error, as diff does: 1 means only that there are differences."""
    from cvgen.diagnostics import CvgenError
    from cvgen.pipeline.diff import diff_variants

    try:
        return diff_variants(request, a, b, backend)
    except CvgenError as error:
        print_problems(error.problems)
        sys.exit(2)


def _print_diff(found: Diff, *, as_json: bool, quiet: bool) -> None:
    if as_json:
        echo(json.dumps(found.as_rows(), indent=2, ensure_ascii=False))
    else:
        from cvgen.cli.diff_report import format_diff

        for line in format_diff(found):
            echo(line)
    if not quiet:
        print_problems(found.problems)
