"""``cvgen``: the group of commands. Each command imports what is slow to import only when it runs."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import click

from cvgen.cli.batch import batch
from cvgen.cli.check import check
from cvgen.cli.completers import complete_words
from cvgen.cli.diff import diff
from cvgen.cli.doctor import doctor
from cvgen.cli.echo import echo, end_unprinted, flush_output
from cvgen.cli.errors import exit_on_error
from cvgen.cli.groups import SummaryGroup
from cvgen.cli.import_ import import_
from cvgen.cli.inspect import inspect
from cvgen.cli.match import match
from cvgen.cli.new import new
from cvgen.cli.preview import preview
from cvgen.cli.publications import publications
from cvgen.cli.publish import publish
from cvgen.cli.render import render
from cvgen.cli.review import review
from cvgen.cli.themes import themes
from cvgen.cli.variants import variants
from cvgen.version import __version__

_MEMORY_BYTES = 8 * 2**30
_COMPLETE = "_CVGEN_COMPLETE"
"""The variable by which a shell asks for completions."""


@click.group(cls=SummaryGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="cvgen")
def cli() -> None:
    """Make CVs from one YAML profile and BibTeX files."""


@cli.command()
@click.argument("profile", type=click.Path(path_type=Path), required=False)
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write it to this file.")
def schema(profile: Path | None, output: Path | None) -> None:
    """Print the JSON Schema of profiles, for editors.

    With PROFILE, the schema knows its sections, variants, tags, papers and languages, and the themes beside it.
    """
    from cvgen.pipeline.schema import print_schema, write_schema

    if output is None:
        echo(exit_on_error(lambda: print_schema(profile)))
    else:
        exit_on_error(lambda: write_schema(profile, output), writes=True)
        echo(f"wrote {output}")


@cli.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the script that completes cvgen's commands, options, variants and themes in a shell.

    \b
    bash:  eval "$(cvgen completion bash)"          in ~/.bashrc
    zsh:   eval "$(cvgen completion zsh)"           in ~/.zshrc, after compinit
    fish:  cvgen completion fish | source           in ~/.config/fish/config.fish
    """
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    assert found
    script = found(cli, {}, "cvgen", _COMPLETE)
    echo(script.source_template % script.source_vars())


cli.add_command(new)
cli.add_command(import_)
cli.add_command(publications)
cli.add_command(render)
cli.add_command(preview)
cli.add_command(batch)
cli.add_command(publish)
cli.add_command(check)
cli.add_command(review)
cli.add_command(match)
cli.add_command(variants)
cli.add_command(diff)
cli.add_command(themes)
cli.add_command(inspect)
cli.add_command(doctor)
complete_words(cli)


def limit_process() -> None:
    """Limit this process and its children to 8 GB of memory each; what a theme controls has lower limits."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or hard > _MEMORY_BYTES:
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, hard))


def main() -> None:
    """Run the command that the command line names, and exit."""
    # Short runs create no garbage worth collecting; collecting it takes a tenth of their time.
    import gc

    gc.disable()
    limit_process()
    try:
        cli(complete_var=_COMPLETE, color=False if os.environ.get("NO_COLOR") else None)
    except OSError as error:
        if error.errno != errno.ENOSPC or error.filename is not None:
            raise
        end_unprinted(error)  # click itself printed a help text to a full disk
    finally:
        flush_output()
