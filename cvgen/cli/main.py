"""``cvgen``: the commands and their options. Everything heavy is imported by the command that needs it."""

from __future__ import annotations

from pathlib import Path

import click

from cvgen import __version__
from cvgen.cli.inspect import inspect
from cvgen.cli.match import match
from cvgen.cli.session import Session, limit_memory, reporting
from cvgen.cli.themes import themes
from cvgen.pipeline.backends import ENGINES

FORMATS = ("pdf", "html", "tex")
_profile_argument = click.argument("profile", type=click.Path(path_type=Path))


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="cvgen")
def cli() -> None:
    """Make CVs from one YAML profile and BibTeX files."""


@cli.command()
@_profile_argument
@click.option("-t", "--theme", help="Theme: a name (see cvgen themes list) or a folder.")
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
    with Session(engine, compiles=format_ == "pdf") as session:
        from cvgen.pipeline.prepare import Request, read_roles

        role_set = reporting(lambda: read_roles(roles))
        request = Request(profile, variant, theme, engine, format_, output, role_set, options)
        if watch:
            session.watch(request, quiet)
        else:
            reporting(lambda: session.render(request, quiet))


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
    from cvgen.pipeline.prepare import read_roles
    from cvgen.pipeline.publications import list_rows

    if add_alias is not None and not add_alias.strip():
        raise click.UsageError("--add-alias needs a spelling")
    if add_alias:
        from cvgen.pipeline.alias import add_alias as write_alias

        reporting(lambda: write_alias(profile, add_alias))
    rows, problems = reporting(lambda: list_rows(profile, read_roles(roles), explain=explain, strict=strict))
    print_rows(rows, as_json=as_json)
    if not quiet:
        print_problems(problems)


@cli.command()
@click.argument("name")
@click.option("-d", "--directory", type=click.Path(path_type=Path), default=Path(), help="Where to put the files.")
def new(name: str, directory: Path) -> None:
    """Write a starter profile.yaml and papers.bib for NAME."""
    from cvgen.pipeline.starter import write_starter

    written = reporting(lambda: write_starter(name, directory))
    for path in written:
        click.echo(f"wrote {path}")
    click.echo(f"next: cvgen render {written[0]}")


@cli.command()
def schema() -> None:
    """Print the JSON Schema of the profile, for editors."""
    import json

    from cvgen.pipeline.schema import profile_schema

    click.echo(json.dumps(profile_schema(), indent=2, ensure_ascii=False))


cli.add_command(match)
cli.add_command(themes)
cli.add_command(inspect)


def main() -> None:
    """The entry point of the command ``cvgen``."""
    # What a short run imports is never garbage; looking for it costs a tenth of the time.
    import gc

    gc.disable()
    limit_memory()
    cli()


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
