"""``cvgen import``: a profile from another tool's file."""

from __future__ import annotations

from pathlib import Path

import click

from cvgen import api
from cvgen.cli.echo import echo, say_if_slow
from cvgen.cli.errors import exit_on_error
from cvgen.cli.printing import problems_option


@click.command(name="import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    "folder",
    type=click.Path(path_type=Path),
    default=Path(),
    help="Folder to write to [default: here].",
)
@click.option("--from", "format_", metavar="FORMAT", help="The format of FILE [default: found from its content].")
@click.option("--name", help="Your name, if FILE does not have it or names several people.")
@click.option("--force", is_flag=True, help="Replace existing files.")
@click.option("-q", "--quiet", is_flag=True, help="Print no warnings.")
@problems_option
def import_(file: Path, folder: Path, format_: str | None, name: str | None, force: bool, quiet: bool) -> None:
    """Write a profile from another tool's FILE: JSON Resume, RenderCV, YAMLResume, LinkedIn, ORCID, BibTeX or CSL-JSON.

    Formats: json-resume, rendercv, yamlresume, linkedin (the ZIP of your data export, or its folder), orcid (JSON of
    the public API), bibtex, csl. Writes profile.yaml, papers.bib if there are publications, and the photo if it is a
    file. A text that fits no field is kept as a comment.

    \b
    From JSON Resume:  cvgen import resume.json && cvgen render profile.yaml
    From RenderCV:     cvgen import Wei_Lin_CV.yaml && cvgen render profile.yaml
    """
    from cvgen.cli.printing import print_problems

    with say_if_slow(f"reading {file} …"):
        done = exit_on_error(
            lambda: api.import_profile(file, folder, format=format_, name=name, force=force), writes=True
        )
    for path in done.files:
        echo(f"wrote {path}")
    if not quiet:
        print_problems(done.problems)
        for note in done.notes:
            echo(note, err=True)
        if done.remarks:
            said = "text fits no field; it is kept as a comment"
            if done.remarks > 1:
                said = "texts fit no field; they are kept as comments"
            echo(f"{done.remarks} {said} (search for 'Not imported')", err=True)
    echo(f"next: cvgen render {done.profile}")
