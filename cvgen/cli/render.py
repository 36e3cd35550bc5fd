"""``cvgen render``: one variant or all of them, to PDFs or to their sources."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cvgen.cli.printing import problems_option
from cvgen.cli.session import Session, reporting
from cvgen.pipeline.backends import ENGINES

if TYPE_CHECKING:
    from cvgen.pipeline.batch import Attempt
    from cvgen.pipeline.prepare import Request

FORMATS = ("pdf", "html", "tex")


@click.command()
@click.argument("profile", type=click.Path(path_type=Path))
@click.option("-t", "--theme", help="Theme: a name (see cvgen themes list) or a folder.")
@click.option("-v", "--variant", help="Variant of the profile.")
@click.option("--all", "every", is_flag=True, help="Render every variant; -o is then a folder.")
@click.option("-e", "--engine", type=click.Choice(ENGINES), help="What makes the PDF [default: weasyprint].")
@click.option("-f", "--format", "format_", type=click.Choice(FORMATS), default="pdf", show_default=True,
              help="The PDF, or its source, self-contained.")  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The file to write, exactly.")
@click.option("--pages", type=click.IntRange(min=1), help="Fill at most so many pages [default: the variant's].")
@click.option("--role", "roles", multiple=True, help="Only publications in which you had this role; repeatable.")
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", help="A theme option; repeatable.")
@click.option("--report", type=click.Choice(["text", "json"]), is_flag=False, flag_value="text",
              help="Say what was shortened and left out, and why; write it last, or with text or json.")  # fmt: skip
@click.option("--watch", is_flag=True, help="Render again whenever a file of the render changes.")
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
@problems_option
def render(
    profile: Path,
    theme: str | None,
    variant: str | None,
    every: bool,
    engine: str | None,
    format_: str,
    output: Path | None,
    pages: int | None,
    roles: tuple[str, ...],
    settings: tuple[str, ...],
    report: str | None,
    watch: bool,
    quiet: bool,
) -> None:
    """Render PROFILE to a PDF, or to HTML or LaTeX source.

    With a number of pages the document fills them: it is tightened, then shortened, then the least important is left
    out until it fits; what is left out, --report tells.
    """
    engine = _choose_engine(engine, format_)
    _check_together(output, format_, variant, report, every=every, watch=watch)
    options = dict(_read_setting(setting) for setting in settings)
    with Session(engine, compiles=format_ == "pdf") as session:
        from cvgen.pipeline.prepare import Request, read_roles

        role_set = reporting(lambda: read_roles(roles))
        request = Request(profile, variant, theme, engine, format_, output, role_set, options, pages)
        if watch:
            session.watch(request, quiet)
        elif every:
            reporting(lambda: _render_all(session, request, quiet, report))
        else:
            reporting(lambda: session.render(request, quiet, report))


def _render_all(session: Session, request: Request, quiet: bool, report: str | None) -> None:
    """Every variant, with a bar on a terminal; what each came to is printed at the end."""
    from cvgen.cli.printing import print_problems
    from cvgen.pipeline.batch import list_variants, read_whole, render_all

    career = read_whole(request.profile)
    attempts: list[Attempt] = []
    renders = render_all(request, career, session.backend, report=report is not None)
    hidden = quiet or not sys.stderr.isatty()
    with click.progressbar(renders, length=len(list_variants(career)), file=sys.stderr, hidden=hidden,
                           item_show_func=lambda attempt: attempt.variant if attempt else "") as bar:  # fmt: skip
        attempts += bar
    if report == "json":
        told = [a.outcome.report.as_dict() for a in attempts if a.outcome and a.outcome.report]
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
    for attempt in attempts:
        if attempt.error:
            click.echo(f"{attempt.variant}: failed", err=True)
            print_problems(attempt.error.problems)
        elif attempt.outcome:
            session.tell(attempt.outcome, quiet or report == "json", None if report == "json" else report)
    if codes := [attempt.error.exit_code for attempt in attempts if attempt.error]:
        sys.exit(max(codes))


def _choose_engine(engine: str | None, format_: str) -> str:
    wanted = {"tex": "xelatex", "html": "weasyprint"}.get(format_)
    if wanted and engine and (engine == "weasyprint") != (wanted == "weasyprint"):
        raise click.UsageError(f"-f {format_} does not go with -e {engine}")
    return engine or wanted or "weasyprint"


def _check_together(
    output: Path | None, format_: str, variant: str | None, report: str | None, *, every: bool, watch: bool
) -> None:
    """Options that do not go with each other."""
    if every and (variant or watch):
        raise click.UsageError(f"--all does not go with {'-v' if variant else '--watch'}")
    if report and (watch or format_ != "pdf"):
        raise click.UsageError(f"--report does not go with {'--watch' if watch else f'-f {format_}'}")
    if every:
        if output and (output.suffix[1:] in FORMATS or output.is_file()):
            raise click.UsageError(f"with --all, -o names a folder; {output} is a file")
        return
    if output and output.suffix[1:] in FORMATS and output.suffix[1:] != format_:
        raise click.UsageError(f"-o {output} would hold {format_.upper()}: give -f {output.suffix[1:]} or another name")


def _read_setting(setting: str) -> tuple[str, str]:
    name, sign, value = setting.partition("=")
    if not sign:
        raise click.UsageError(f"--set {setting!r}: write NAME=VALUE")
    return name.strip(), value.strip()
