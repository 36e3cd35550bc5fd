"""``cvgen check``: renders the variants and examines their PDFs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cvgen import api
from cvgen.backends.engines import CHECKED, DEFAULT_ENGINE
from cvgen.cli.echo import echo
from cvgen.cli.passed_host import find_host, trust_option, untrusted_option
from cvgen.cli.printing import print_problems, problems_option, wants_all_problems

if TYPE_CHECKING:
    from cvgen.backends.host import Host
    from cvgen.diagnostics import Problem
    from cvgen.pipeline.check.matrix import CheckRequest
    from cvgen.pipeline.check.run import Baseline, CheckedDocument, CheckResult


@click.command()
@click.argument("profile", type=click.Path(path_type=Path))
@click.option("-v", "--variant", "variants", multiple=True, help="Only this variant; repeatable [default: all].")
@click.option("-t", "--theme", "themes", multiple=True, help="With this theme; repeatable [default: the variant's].")
@click.option("--all-themes", is_flag=True, help="With every theme, including your own in themes/.")
@click.option("-e", "--engine", "engines", multiple=True, type=click.Choice(CHECKED),
              help=f"With this engine; repeatable [default: {DEFAULT_ENGINE}].")  # fmt: skip
@click.option("--format", "format_", type=click.Choice(["text", "json", "junit", "github"]), default="text",
              show_default=True, help="Output for people, programs, test reports or pull requests.")  # fmt: skip
@click.option("--baseline", type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
              help="Compare with the snapshots recorded in DIR.")  # fmt: skip
@click.option("--update", is_flag=True, help="Record the snapshots in the baseline again instead.")
@click.option("--as-parser", is_flag=True, help="Also say, as notices, what a résumé parser may misread.")
@click.option("--strict", is_flag=True, help="Make every warning an error.")
@click.option("-q", "--quiet", is_flag=True, help="Print errors only; the other formats have everything.")
@trust_option
@untrusted_option
@problems_option
def check(
    profile: Path,
    variants: tuple[str, ...],
    themes: tuple[str, ...],
    all_themes: bool,
    engines: tuple[str, ...],
    format_: str,
    baseline: Path | None,
    update: bool,
    as_parser: bool,
    strict: bool,
    quiet: bool,
    trusts_themes: bool,
    untrusted: bool,
) -> None:
    """Render each variant and verify that its PDF says exactly what the profile says.

    The exit code is 0 if there are no errors, 1 if there are, and 2 if the input cannot be used.
    """
    if update and baseline is None:
        raise click.UsageError("--update goes with --baseline")
    from cvgen.diagnostics import CvgenError
    from cvgen.pipeline.check.matrix import CheckRequest
    from cvgen.pipeline.check.run import Baseline

    kept = Baseline(baseline, update) if baseline else None
    try:
        host = find_host(trusts_themes=trusts_themes)
        request = CheckRequest(profile, variants, themes, all_themes, engines or (DEFAULT_ENGINE,), untrusted, strict)
        result = _run(request, kept, host, as_parser=as_parser)
    except CvgenError as error:
        _print_bad_input(error.problems, format_)
        sys.exit(error.exit_code)
    _print_result(result, format_, quiet=quiet)
    if result.failed:
        sys.exit(1)


def _print_bad_input(problems: Sequence[Problem], format_: str) -> None:
    """Print why nothing was checked, as programs expect it if they read the output."""
    from cvgen.pipeline.check.report_formats import FORMATS
    from cvgen.pipeline.check.run import result_for_bad_input

    if format_ == "text":
        print_problems(problems)
    else:
        echo(FORMATS[format_](result_for_bad_input(problems)))


def _print_result(result: CheckResult, format_: str, *, quiet: bool) -> None:
    from cvgen.pipeline.check.report_formats import FORMATS, as_text

    if format_ != "text":
        echo(FORMATS[format_](result))
    elif result.failed or not quiet:
        echo(as_text(result, shorten=not wants_all_problems(), only_errors=quiet))


def _run(request: CheckRequest, baseline: Baseline | None, host: Host | None, *, as_parser: bool) -> CheckResult:
    """Run the check with a progress bar on a terminal; raises InputError if the input cannot be used."""
    with click.progressbar(length=1, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:

        def count(_: CheckedDocument, total: int) -> None:
            bar.length = total
            bar.update(1)

        return api.check(
            request.profile,
            variants=request.variants,
            themes=request.themes,
            all_themes=request.all_themes,
            engines=request.engines,
            baseline=baseline,
            on_checked=count,
            host=host,
            untrusted=request.untrusted,
            as_parser=as_parser,
            strict=request.is_strict,
        )
