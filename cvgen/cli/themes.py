"""``cvgen themes``: lists themes, shows one, creates a new one, and renders a gallery of all."""

from __future__ import annotations

import json
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cvgen.backends.engines import PRINTING
from cvgen.cli.echo import echo, make_printable
from cvgen.cli.errors import exit_on_error
from cvgen.cli.groups import SummaryGroup
from cvgen.cli.passed_host import find_passed_host, untrusted_option
from cvgen.cli.printing import problems_option
from cvgen.session import Session

if TYPE_CHECKING:
    from cvgen.pipeline.gallery import Picture

_directory_option = click.option(
    "-d",
    "--directory",
    type=click.Path(path_type=Path),
    default=Path(),
    help="Folder of the profile, with your own themes in themes/ [default: here].",
)


@click.group(cls=SummaryGroup)
def themes() -> None:
    """List themes, show one, create your own, or render a gallery."""


@themes.command("list")
@_directory_option
def list_command(directory: Path) -> None:
    """List all themes with their descriptions, grouped by whom they suit."""
    from cvgen.pipeline.themes import describe_themes, group_by_audience

    described = exit_on_error(lambda: describe_themes(directory))
    width = max(len(theme["name"]) for theme in described)
    for audience, themes_ in group_by_audience(described, lambda theme: theme["audience"]):
        echo(f"{audience}:")
        for theme in themes_:
            only = f" ({theme['backends'][0]} only)" if len(theme["backends"]) == 1 else ""
            origin = f" [{theme['origin']}]" if theme["origin"] else ""
            echo(f"  {click.style(theme['name'].ljust(width), bold=True)}  {theme['description']}{only}{origin}")


@themes.command()
@click.argument("name")
@_directory_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show(name: str, directory: Path, as_json: bool) -> None:
    """Show what a theme extends, its templates and its options."""
    from cvgen.pipeline.themes import describe_theme

    described = exit_on_error(lambda: describe_theme(name, directory))
    if as_json:
        echo(json.dumps(described, indent=2, ensure_ascii=False))
        return
    echo(f"{click.style(described['name'], bold=True)}: {described['description']}")
    if described["audience"]:
        echo(f"for: {described['audience']}")
    for label, key in (("extends", "extends"), ("backends", "backends"), ("citation styles", "styles")):
        _print_wrapped(f"{label}: ", ", ".join(described[key]) or "nothing")
    if described["package"]:
        echo(f"package: {described['package']}")
    echo(f"folder: {described['folder']}")
    for backend, templates in described["templates"].items():
        _print_wrapped(f"{backend} templates: ", ", ".join(f"{name} ({theme})" for name, theme in templates.items()))
    echo("\noptions (set them with `options: {NAME: VALUE}` in the profile, or with --set NAME=VALUE):")
    for option in described["options"]:
        echo(f"  {click.style(option['name'], bold=True)} = {option['default']}   {option['values']}")
        echo(f"      {option['description']}")


def _print_wrapped(label: str, text: str) -> None:
    echo(textwrap.fill(text, 79, initial_indent=label, subsequent_indent="    ", break_on_hyphens=False))


@themes.command()
@click.argument("name")
@click.option("--extends", "--from", "parent", default="classic", show_default=True, help="The theme to start from.")
@click.option("--template", "templates", multiple=True, metavar="FILE",
              help="Also copy this template of the parent: entry.html.j2, styles/apa.j2; repeatable.")  # fmt: skip
@click.option("--package", "as_package", is_flag=True,
              help="Create a package to install, cvgen-theme-NAME, with the theme inside.")  # fmt: skip
@_directory_option
def new(name: str, parent: str, templates: tuple[str, ...], as_package: bool, directory: Path) -> None:
    """Create a small theme of your own in themes/NAME."""
    from cvgen.pipeline.themes import write_theme

    made = exit_on_error(lambda: write_theme(name, parent, templates, directory, as_package=as_package), writes=True)
    for path in made:
        echo(f"wrote {path}")
    if as_package:
        echo(f"next: pip install {made[0].parent}, then: cvgen render profile.yaml -t {name}")
        return
    echo(f"next: cvgen render {directory / 'profile.yaml'} -t {name}")


@themes.command()
@click.argument("profile", type=click.Path(path_type=Path), required=False)
@click.option("-o", "--output", type=click.Path(path_type=Path), default=Path("gallery"), show_default=True,
              help="The folder to write.")  # fmt: skip
@click.option("-t", "--theme", "names", multiple=True, help="Only this theme; repeatable [default: all].")
@click.option("-v", "--variant", help="Variant of the profile.")
@click.option("-e", "--engine", "engines", multiple=True, type=click.Choice(PRINTING),
              help="Engine for the PDFs; repeatable [default: one for HTML, one for LaTeX if installed].")  # fmt: skip
@untrusted_option
@problems_option
def gallery(
    profile: Path | None,
    output: Path,
    names: tuple[str, ...],
    variant: str | None,
    engines: tuple[str, ...],
    untrusted: bool,
) -> None:
    """Render a profile or a sample with every theme.

    Writes the PDFs, pictures of their pages, and a web page that shows them all.
    """
    from cvgen.pipeline.gallery import make_gallery

    host = Session(find_passed_host()).host
    hidden = not sys.stderr.isatty()
    done: list[Picture] = []
    with click.progressbar(length=1, file=sys.stderr, hidden=hidden, item_show_func=_say_theme) as bar:

        def show(picture: Picture, total: int) -> None:
            bar.length = total
            bar.update(1, picture)
            if hidden:
                _print_picture(picture)
            else:  # the bar has the line now
                done.append(picture)

        made = exit_on_error(
            lambda: make_gallery(profile, output, names, variant, engines, host, show, untrusted=untrusted)
        )
    for picture in done:
        _print_picture(picture)
    echo(str(made.index))
    if made.failed:
        sys.exit(1)


def _say_theme(picture: Picture | None) -> str:
    return make_printable(picture.theme) if picture else ""


def _print_picture(picture: Picture) -> None:
    from cvgen.cli.printing import count, print_problems

    state = count(len(picture.pages), "page") if picture.pages else "failed"
    echo(f"{picture.theme:12} {picture.engine:10} {state}")
    print_problems(problem for problem in picture.problems if problem.is_error)
