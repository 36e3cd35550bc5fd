"""``cvgen render``: renders one variant or all of them to PDF and other formats."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date as day
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cvgen.backends.engines import (
    DEFAULT_ENGINE,
    FORMATS,
    MEASURING,
    PDF,
    PRINTING,
    find_engine,
    has_pages,
    list_engines,
)
from cvgen.cli.echo import echo, make_printable
from cvgen.cli.errors import exit_on_error
from cvgen.cli.passed_host import find_host, memory_option, timeout_option, trust_option, untrusted_option
from cvgen.cli.printing import problems_option
from cvgen.cli.settings import read_setting
from cvgen.cli.watch import print_attempts
from cvgen.session import Choices, Session

if TYPE_CHECKING:
    from cvgen.pipeline.batch import Attempt, Batch
    from cvgen.pipeline.render import RenderResult


def _read_report(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    """``text`` or ``json``. Click's own error would not explain that ``--report`` took PROFILE as its value."""
    if value not in (None, "text", "json"):
        message = f"{value!r} is neither text nor json: write --report after PROFILE, or --report text"
        raise click.BadParameter(message)
    return value


@click.command()
@click.argument("profile", type=click.Path(path_type=Path))
@click.option("-t", "--theme", help="Name of a theme (see cvgen themes list), or a folder.")
@click.option("-v", "--variant", help="Variant of the profile.")
@click.option("--all", "every", is_flag=True, help="Render every variant; -o is then a folder.")
@click.option("-e", "--engine", type=click.Choice(PRINTING), help=f"Engine for the PDF [default: {DEFAULT_ENGINE}].")
@click.option("-f", "--format", "format_", type=click.Choice(FORMATS), default=PDF, show_default=True,
              help="PDF, its source, a file for other programs, or pictures of the pages.")  # fmt: skip
@click.option("-o", "--output", help="The file to write, or a folder for it; - is stdout.")
@click.option("--pages", type=click.IntRange(min=1), help="Fill at most this number of pages [default: the variant's].")
@click.option("--letter", metavar="NAME", help="Render this letter of the profile, and no CV.")
@click.option("--with-letter", is_flag=True,
              help="Render also the letters that go with the variant, each to a file of its own.")  # fmt: skip
@click.option("--date", metavar="DATE", help="The date of a letter that has none: 2026-05-03, or today.")
@click.option("--role", "roles", multiple=True, help="Only publications in which you had this role; repeatable.")
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", help="A theme option; repeatable.")
@click.option("--report", metavar="[text|json]", callback=_read_report, is_flag=False, flag_value="text",
              help="Say what was shortened and left out, and why. Put it last, or add text or json.")  # fmt: skip
@trust_option
@untrusted_option
@timeout_option
@memory_option
@click.option(
    "--keep-tex", metavar="DIR", help="Keep the LaTeX source and TeX's log in this folder, also if TeX fails."
)
@click.option("--biblatex", is_flag=True, help="With -f tex: let biblatex print the publications, from a .bib file.")
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
    output: str | None,
    pages: int | None,
    letter: str | None,
    with_letter: bool,
    date: str | None,
    roles: tuple[str, ...],
    settings: tuple[str, ...],
    report: str | None,
    trusts_themes: bool,
    untrusted: bool,
    timeout: float | None,
    memory: float | None,
    keep_tex: str | None,
    biblatex: bool,
    watch: bool,
    quiet: bool,
) -> None:
    """Render a profile to PDF, HTML, LaTeX, Word, Markdown, plain text, JSON Resume or pictures.

    With a number of pages, the document fills them: first spacing is reduced, then texts are shortened, then the
    least important parts are left out until it fits. --report lists what was left out.

    A letter of the profile has the look of its variant, and is printed as it is, without any fitting.
    """
    engine = _choose_engine(engine, format_)
    if report and not find_engine(engine).measures:
        raise click.UsageError(f"--report needs an engine that measures pages: give -e {' or '.join(MEASURING)}")
    to_stdout = output == "-"
    _check_together(None if to_stdout else output, format_, variant, report, every=every, watch=watch)
    if to_stdout:
        _check_stdout(report, every=every, watch=watch)
    _check_letter(letter, report, output, with_letter=with_letter, every=every, watch=watch, has_roles=bool(roles))
    _check_format(format_, engine, with_letter=letter is not None or with_letter, keep_tex=keep_tex, biblatex=biblatex)
    choices = Choices(
        variant=variant,
        theme=theme,
        engine=engine,
        format=format_,
        output=sys.stdout.buffer if to_stdout else output,
        roles=roles,
        options=dict(read_setting(setting) for setting in settings),
        pages=pages,
        untrusted=untrusted,
        keep_tex=keep_tex,
        letter=letter,
        biblatex=biblatex,
        date=day.today().isoformat() if date == "today" else date,
    )
    with Session(find_host(trusts_themes=trusts_themes, timeout=timeout, memory=memory)) as session:
        if watch:
            _watch(session, profile, choices, quiet)
        elif every or with_letter:
            _render_several(session, profile, choices, quiet, report, every=every, with_letter=with_letter)
        else:
            result = exit_on_error(lambda: session.render(profile, report=report is not None, **choices), writes=True)
            _print_outcome(result, quiet, report, to_stdout=to_stdout)


def _check_format(format_: str, engine: str, *, with_letter: bool, keep_tex: str | None, biblatex: bool) -> None:
    """Raise UsageError for options that do not go with the format."""
    if with_letter and format_ == "json":
        raise click.UsageError("letters do not go with -f json: JSON Resume has no place for them")
    if keep_tex and not (has_pages(format_) and find_engine(engine).backend == "latex"):
        raise click.UsageError("--keep-tex needs pages from LaTeX: give -e xelatex or lualatex, or use -f tex")
    if biblatex and format_ != "tex":
        raise click.UsageError("--biblatex changes the LaTeX source: give -f tex")


def _render_several(
    session: Session,
    profile: Path,
    choices: Choices,
    quiet: bool,
    report: str | None,
    *,
    every: bool,
    with_letter: bool,
) -> None:
    """Render every variant, or one variant and its letters."""

    def start() -> Batch:
        if every:
            return session.render_all(profile, report=report is not None, with_letters=with_letter, **choices)
        return session.render_with_letters(profile, **choices)

    _print_batch(start, quiet, report)


def _watch(session: Session, profile: Path, choices: Choices, quiet: bool) -> None:
    """Render again whenever a file changes, and print the outcome of each render."""
    attempts = exit_on_error(lambda: session.watch(profile, **choices), writes=True)
    print_attempts(attempts, lambda result: _print_outcome(result, quiet, None))


def _print_batch(start: Callable[[], Batch], quiet: bool, report: str | None) -> None:
    """Render several documents with a progress bar on a terminal, then print the outcome of each."""
    from cvgen.cli.printing import print_problems

    batch = exit_on_error(start, writes=True)
    attempts: list[Attempt] = []
    hidden = quiet or not sys.stderr.isatty()

    def show(attempt: Attempt | None) -> str:
        return make_printable(attempt.variant) if attempt else ""

    with click.progressbar(batch, length=len(batch), file=sys.stderr, hidden=hidden, item_show_func=show) as bar:
        attempts += bar
    if report == "json":
        reports = [a.outcome.report.as_dict() for a in attempts if a.outcome and a.outcome.report]
        echo(json.dumps(reports, indent=2, ensure_ascii=False))
    unwritten = not any(attempt.outcome for attempt in attempts)
    for attempt in attempts:
        if attempt.error:
            echo(f"{attempt.variant}: failed", err=True)
            print_problems(attempt.error.problems, unwritten=unwritten)
        elif attempt.outcome:
            _print_outcome(attempt.outcome, quiet or report == "json", None if report == "json" else report)
    if codes := [attempt.error.exit_code for attempt in attempts if attempt.error]:
        sys.exit(max(codes))


def _print_outcome(outcome: RenderResult, quiet: bool, report: str | None, *, to_stdout: bool = False) -> None:
    """Print the outcome of a render; ``report`` is ``text`` or ``json``, which is then all of stdout, or None.

    ``to_stdout`` is whether the document itself is on stdout.
    """
    from cvgen.cli.printing import print_outcome, print_problems

    if not quiet:
        print_problems(outcome.problems)
        print_outcome(outcome, err=report == "json" or to_stdout)
    if report and outcome.report:
        from cvgen.cli.render_report import print_report

        print_report(outcome.report, as_json=report == "json")


def _choose_engine(engine: str | None, format_: str) -> str:
    """The engine asked for, else the first that writes the format."""
    engines = list_engines(format_)
    if engine and engine not in engines:
        formats = " and ".join(format_ for format_ in FORMATS if engine in list_engines(format_))
        raise click.UsageError(f"-f {format_} does not go with -e {engine}: {engine} writes {formats}")
    return engine or engines[0]


def _check_together(
    output: str | None, format_: str, variant: str | None, report: str | None, *, every: bool, watch: bool
) -> None:
    """Raise UsageError for options that cannot be combined."""
    if every and (variant or watch):
        raise click.UsageError(f"--all does not go with {'-v' if variant else '--watch'}")
    if report and (watch or not has_pages(format_)):
        raise click.UsageError(f"--report does not go with {'--watch' if watch else f'-f {format_}'}")
    if every and output and (Path(output).suffix[1:] in FORMATS or Path(output).is_file()):
        raise click.UsageError(f"with --all, -o names a folder; {output} is a file")


def _check_letter(
    letter: str | None,
    report: str | None,
    output: str | None,
    *,
    with_letter: bool,
    every: bool,
    watch: bool,
    has_roles: bool,
) -> None:
    """Raise UsageError for options that do not go with those for letters."""
    others = {"--with-letter": with_letter, "--all": every, "--report": report, "--role": has_roles}
    if letter is not None and (name := next((name for name, given in others.items() if given), None)):
        raise click.UsageError(f"--letter does not go with {name}")
    others = {"--watch": watch, "--report": report and not every, "-o -": output == "-"}
    if with_letter and (name := next((name for name, given in others.items() if given), None)):
        raise click.UsageError(f"--with-letter does not go with {name}")


def _check_stdout(report: str | None, *, every: bool, watch: bool) -> None:
    """Raise UsageError if the document cannot go to stdout."""
    if every or watch or report:
        raise click.UsageError(f"-o - does not go with {'--all' if every else '--watch' if watch else '--report'}")
    if sys.__stdout__ is None:
        raise click.UsageError("-o - writes to stdout, which is closed")
