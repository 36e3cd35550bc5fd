"""``cvgen new``: a starter profile; without a name it asks, on a terminal, for whom it is and how it looks."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cvgen.cli.echo import echo
from cvgen.cli.errors import exit_on_error

if TYPE_CHECKING:
    from cvgen.pipeline.starter_choices import StarterChoices


@click.command()
@click.argument("name", required=False)
@click.option(
    "-d", "--directory", type=click.Path(path_type=Path), default=Path(), help="Folder to write to [default: here]."
)
@click.option(
    "--for", "kind", metavar="KIND",
    help="Whom it is for: designer, engineer, nurse, professor, researcher (also for doctoral students), student or "
    "teacher [default: researcher].",
)  # fmt: skip
@click.option("-t", "--theme", help="Theme of the first variant (see cvgen themes list).")
@click.option("--language", metavar="CODE", help="Language of the headings and dates: de, zh … [default: en].")
@click.option("--country", metavar="CODE", help="Country where you live, such as CH; it decides the paper.")
@click.option("--paper", metavar="[a4|letter]", help="Paper [default: that of the country, else a4].")
def new(
    name: str | None,
    directory: Path,
    kind: str | None,
    theme: str | None,
    language: str | None,
    country: str | None,
    paper: str | None,
) -> None:
    """Write a starter profile for NAME, and a bibliography for researchers and professors.

    Without anything given, it asks on a terminal. The profile of a professor has variants for funders: NIH, ERC and
    UKRI. The sample texts are in English, or in German, French, Spanish or Chinese with --language.
    """
    from cvgen.pipeline.starter import RESEARCHER, write_starter
    from cvgen.pipeline.starter_choices import StarterChoices

    choices = StarterChoices(theme, language, country, paper)
    if name is None:
        if any((kind, theme, language, country, paper)) or not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise click.UsageError('whose profile is it? Write: cvgen new "Wei Lin"')
        name, kind, choices = _ask(directory)
    written = exit_on_error(lambda: write_starter(name, directory, kind or RESEARCHER, choices), writes=True)
    for path in written:
        echo(f"wrote {path}")
    echo(f"next: cvgen render {written[0]}")


def _ask(folder: Path) -> tuple[str, str, StarterChoices]:
    """The name, the kind and the choices of a person at a terminal; a wrong answer is asked for again."""
    from cvgen.diagnostics import InputError
    from cvgen.pipeline.starter import RESEARCHER, list_starters
    from cvgen.pipeline.starter_choices import StarterChoices, check_choices

    def check(choices: StarterChoices) -> None:
        try:
            check_choices(choices, folder)
        except InputError as error:
            problem = error.problems[0]
            raise click.UsageError(f"{problem.message}: {problem.hint}" if problem.hint else problem.message) from None

    def read_theme(typed: str) -> str:
        check(StarterChoices(theme=typed or None))
        return typed

    def read_language(typed: str) -> str:
        check(StarterChoices(language=typed))
        return typed

    def read_country(typed: str) -> str:
        check(StarterChoices(country=typed or None))
        return typed

    name: str = click.prompt("Your name", err=True)
    kind: str = click.prompt("For a", type=click.Choice(list_starters()), default=RESEARCHER, err=True)
    language: str = click.prompt("Language of the headings", default="en", value_proc=read_language, err=True)
    country: str = click.prompt(
        "Country, as CH or US (Enter to leave it)", default="", show_default=False, value_proc=read_country, err=True
    )
    theme: str = click.prompt(
        "Theme (Enter for the usual one)", default="", show_default=False, value_proc=read_theme, err=True
    )
    return name, kind, StarterChoices(theme or None, language if language != "en" else None, country or None)
