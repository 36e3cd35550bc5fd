"""``cvgen``: the commands and their options. Everything heavy is imported by the command that needs it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cvgen import __version__
from cvgen.pipeline.backends import ENGINES

if TYPE_CHECKING:
    from cvgen.backends.base import Backend
    from cvgen.backends.host import Host
    from cvgen.pipeline.render import Outcome, Request

FORMATS = ("pdf", "html", "tex")
_profile_argument = click.argument("profile", type=click.Path(path_type=Path))


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="cvgen")
def cli() -> None:
    """Make CVs from one YAML profile and BibTeX files."""


@cli.command()
@_profile_argument
@click.option("-t", "--theme", help="Theme: a name (classic, modern, or yours in themes/) or a folder.")
@click.option("-v", "--variant", help="Variant of the profile.")
@click.option("-e", "--engine", type=click.Choice(ENGINES), help="What makes the PDF [default: weasyprint].")
@click.option("-f", "--format", "format_", type=click.Choice(FORMATS), default="pdf", show_default=True,
              help="The PDF, or its source, self-contained.")  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The file to write, exactly.")
@click.option("--role", "roles", multiple=True, help="Only publications in which you had this role; repeatable.")
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", help="A theme option; repeatable.")
@click.option("--watch", is_flag=True, help="Render again at every save, staying warm.")
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
def render(
    profile: Path,
    theme: str | None,
    variant: str | None,
    engine: str | None,
    format_: str,
    output: Path | None,
    roles: tuple[str, ...],
    settings: tuple[str, ...],
    watch: bool,
    quiet: bool,
) -> None:
    """Render PROFILE to a PDF, or to HTML or LaTeX source."""
    engine = _choose_engine(engine, format_)
    _check_suffix(output, format_)
    options = dict(_read_setting(setting) for setting in settings)
    with _Session(engine, compiles=format_ == "pdf") as session:
        from cvgen.pipeline.render import Request, read_roles

        role_set = _reporting(lambda: read_roles(roles))
        request = Request(profile, variant, theme, engine, format_, output, role_set, options)
        if watch:
            session.watch(request, quiet)
        else:
            _reporting(lambda: session.render(request, quiet))


@cli.command()
@_profile_argument
@click.option("--role", "roles", multiple=True, help="Only those in which you had this role; repeatable.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--explain", is_flag=True, help="Say why: spelling, rule, every mark and where it was read.")
@click.option("--strict", is_flag=True, help="A doubtful match or a mark not explained is an error.")
@click.option("--add-alias", metavar="SPELLING", help="First add a spelling of yours to the profile.")
@click.option("-q", "--quiet", is_flag=True, help="Print no warnings.")
def publications(
    profile: Path,
    roles: tuple[str, ...],
    as_json: bool,
    explain: bool,
    strict: bool,
    add_alias: str | None,
    quiet: bool,
) -> None:
    """List your publications and what you did in each."""
    from cvgen.cli.report import print_problems, print_rows
    from cvgen.pipeline.publications import list_rows
    from cvgen.pipeline.render import read_roles

    if add_alias is not None and not add_alias.strip():
        raise click.UsageError("--add-alias needs a spelling")
    if add_alias:
        from cvgen.pipeline.alias import add_alias as write_alias

        _reporting(lambda: write_alias(profile, add_alias))
    rows, problems = _reporting(lambda: list_rows(profile, read_roles(roles), explain=explain, strict=strict))
    print_rows(rows, as_json=as_json)
    if not quiet:
        print_problems(problems)


@cli.command()
@click.argument("name")
@click.option("-d", "--directory", type=click.Path(path_type=Path), default=Path(), help="Where to put the files.")
def new(name: str, directory: Path) -> None:
    """Write a starter profile.yaml and papers.bib for NAME."""
    from cvgen.pipeline.starter import write_starter

    written = _reporting(lambda: write_starter(name, directory))
    for path in written:
        click.echo(f"wrote {path}")
    click.echo(f"next: cvgen render {written[0]}")


@cli.command()
def schema() -> None:
    """Print the JSON Schema of the profile, for editors."""
    import json

    from cvgen.pipeline.schema import profile_schema

    click.echo(json.dumps(profile_schema(), indent=2, ensure_ascii=False))


def main() -> None:
    """The entry point of the command ``cvgen``."""
    # What a short run imports is never garbage; looking for it costs a tenth of the time.
    import gc

    gc.disable()
    cli()


class _Session:
    """A backend for one command, and what this machine is like."""

    def __init__(self, engine: str, *, compiles: bool) -> None:
        self.engine, self.compiles = engine, compiles

    def __enter__(self) -> _Session:
        from cvgen.pipeline.backends import open_backend

        self.backend: Backend = open_backend(self.engine, _host(), compiles=self.compiles)
        return self

    def __exit__(self, *_: object) -> None:
        self.backend.close()

    def render(self, request: Request, quiet: bool) -> Outcome:
        """Render once and say what came of it."""
        from cvgen.cli.report import print_problems
        from cvgen.pipeline.render import render as run

        outcome = run(request, self.backend)
        if not quiet:
            print_problems(outcome.problems)
            pages = f", {outcome.pages} page{'s' if outcome.pages != 1 else ''}" if outcome.pages else ""
            click.echo(f"{outcome.output}  ({outcome.variant}, {outcome.theme}{pages})")
        return outcome

    def watch(self, request: Request, quiet: bool) -> None:
        """Render, and again at every change, until interrupted."""
        import gc
        import signal

        from cvgen.pipeline.watch import watch_files

        gc.enable()
        files = [request.profile]

        def attempt() -> None:
            from cvgen.cli.report import print_problems
            from cvgen.diagnostics import CvgenError

            try:
                files[:] = self.render(request, quiet).files
            except CvgenError as error:
                print_problems(error.problems)

        # A shell starts background jobs with the signal ignored; whoever sends it means it.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            for number, _ in enumerate(watch_files(lambda: files)):
                attempt()
                if number == 0:
                    click.echo("watching; Ctrl-C ends it")
        except KeyboardInterrupt:
            click.echo("")


def _choose_engine(engine: str | None, format_: str) -> str:
    wanted = {"tex": "xelatex", "html": "weasyprint"}.get(format_)
    if wanted and engine and (engine == "weasyprint") != (wanted == "weasyprint"):
        raise click.UsageError(f"-f {format_} does not go with -e {engine}")
    return engine or wanted or "weasyprint"


def _check_suffix(output: Path | None, format_: str) -> None:
    if output and output.suffix[1:] in FORMATS and output.suffix[1:] != format_:
        raise click.UsageError(f"-o {output} would hold {format_.upper()}: give -f {output.suffix[1:]} or another name")


def _read_setting(setting: str) -> tuple[str, str]:
    name, sign, value = setting.partition("=")
    if not sign:
        raise click.UsageError(f"--set {setting!r}: write NAME=VALUE")
    return name.strip(), value.strip()


def _host() -> Host:
    from cvgen.backends.host import Host

    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "cvgen"
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return Host(os.environ.get("PATH", os.defpath), cache, int(epoch) if epoch.isdigit() else None)


def _reporting(step: Callable[[], Any]) -> Any:
    """Run ``step``; what is wrong is printed, and the error's code ends the program."""
    from cvgen.cli.report import print_problems
    from cvgen.diagnostics import CvgenError

    try:
        return step()
    except CvgenError as error:
        print_problems(error.problems)
        sys.exit(error.exit_code)
