"""``cvgen variants``: lists the variants of a profile with their settings."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cvgen.cli.echo import echo
from cvgen.cli.errors import exit_on_error
from cvgen.cli.passed_host import find_passed_host, untrusted_option
from cvgen.cli.printing import problems_option
from cvgen.session import Session

if TYPE_CHECKING:
    from cvgen.pipeline.variants import VariantList, VariantRow

_WIDTH = 100


@click.command()
@click.argument("profile", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@untrusted_option
@problems_option
def variants(profile: Path, as_json: bool, untrusted: bool) -> None:
    """List the variants of a profile with their settings and output files.

    The counts are those of all parts that a variant selects. If it has a number of pages, fewer may be shown;
    render --report lists them. The exit code is 2 if a variant cannot be used.
    """
    from cvgen.pipeline.variants import describe_variants

    with Session(find_passed_host()) as session:
        writer = session.open_source_writer()
        listed: VariantList = exit_on_error(lambda: describe_variants(profile, writer, untrusted=untrusted))
    if as_json:
        echo(json.dumps([row.as_dict() for row in listed.rows], indent=2, ensure_ascii=False))
        return
    if not listed.is_written:
        echo(f"{profile} has no variants; everything in it is rendered:\n")
    for number, row in enumerate(listed.rows):
        _print_row(row, after_another=number > 0)


def _print_row(row: VariantRow, *, after_another: bool) -> None:
    note = "  (the default)" if row.is_default and row.name != "default" else ""
    extends = f"  extends {row.extends}" if row.extends else ""
    head = f"{click.style(row.name, bold=True)}{extends}{click.style(note, dim=True)}"
    echo(f"\n{head}" if after_another else head)
    pages = f"at most {_count(row.pages, 'page')}" if row.pages else "any number of pages"
    # not wrapped, so that the file name can be copied
    echo(f"  {row.theme}, {row.language}, {pages}{', short wordings' if row.short else ''} → {row.file}")
    for line in _facts(row):
        echo(textwrap.fill(line, _WIDTH, initial_indent="  ", subsequent_indent="    "))


def _facts(row: VariantRow) -> Iterator[str]:
    counts = ((row.entries, "entry"), (row.positions, "position"), (row.bullets, "bullet"), (row.papers, "paper"))
    yield ", ".join(_count(number, word) for number, word in counts if number) or "nothing in the profile"
    yield f"{_count(len(row.sections), 'section')}: {' · '.join(row.sections)}"
    from cvgen.model.part import shorten_line  # slow to import

    changed = [f"{name}: {shorten_line(text)}" for name, text in row.basics.items() if text]
    removed = [name for name, text in row.basics.items() if not text]
    if changed:
        yield f"changed in basics: {' · '.join(changed)}"
    if removed:
        yield f"removed from basics: {', '.join(removed)}"
    if row.tags is not None:
        yield f"tags: {', '.join(row.tags) or 'none, so no part that has a tag'}"
    if row.exclude_tags:
        yield f"without the tags: {', '.join(row.exclude_tags)}"
    if row.priorities:
        yield f"priorities: {', '.join(f'{term} {number:+}' for term, number in row.priorities.items())}"


def _count(number: int, word: str) -> str:
    return f"{number} {word if number == 1 else 'entries' if word == 'entry' else f'{word}s'}"
