"""``cvgen diff``: what the reader of one variant sees that the reader of another does not."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cvgen.cli.printing import problems_option
from cvgen.cli.session import Session
from cvgen.pipeline.backends import ENGINES

if TYPE_CHECKING:
    from cvgen.pipeline.diff import Diff


@click.command()
@click.argument("profile", type=click.Path(path_type=Path))
@click.argument("a")
@click.argument("b")
@click.option("-t", "--theme", help="Theme for both [default: each variant's own].")
@click.option("-e", "--engine", type=click.Choice(ENGINES), default="weasyprint", show_default=True,
              help="What lays out variants with a number of pages.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("-q", "--quiet", is_flag=True, help="Print no warnings.")
@problems_option
def diff(profile: Path, a: str, b: str, theme: str | None, engine: str, as_json: bool, quiet: bool) -> None:
    """Show what a reader of variant A of PROFILE sees that a reader of B does not, and the other way round.

    Both are taken as they are printed: a variant with a number of pages is fitted to them first. An entry, bullet or
    paper is the same wherever it stands; the order of sections counts, that within a section does not.

    The code is 0 when both read the same, 1 when they differ, 2 when there is nothing to compare.
    """
    from cvgen.cli.printing import print_problems
    from cvgen.diagnostics import CvgenError

    with Session(engine, compiles=True) as session:
        from cvgen.pipeline.diff import diff_variants
        from cvgen.pipeline.prepare import Request

        try:
            found: Diff = diff_variants(Request(profile, theme=theme, engine=engine), a, b, session.backend)
        except CvgenError as error:  # as the program diff does: 1 is for differences alone
            print_problems(error.problems)
            sys.exit(2)
    if as_json:
        click.echo(json.dumps(found.as_rows(), indent=2, ensure_ascii=False))
    else:
        from cvgen.cli.diff_report import format_diff

        for line in format_diff(found):
            click.echo(line)
    if not quiet:
        print_problems(found.problems)
    if found.rows:
        sys.exit(1)
