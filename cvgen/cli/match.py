"""``cvgen match``: looks for the terms of a job posting in a variant."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cvgen.cli.echo import echo
from cvgen.cli.errors import exit_on_error
from cvgen.cli.passed_host import untrusted_option
from cvgen.cli.printing import problems_option

if TYPE_CHECKING:
    from cvgen.pipeline.match import HiddenTerm, PostingMatch
    from cvgen.posting.mentions import Mention
    from cvgen.posting.posting_terms import PostingTerm

_MAX_PLACES = 3
_WIDTH = 100


@click.command()
@click.argument("profile", type=click.Path(path_type=Path))
@click.argument("posting", type=click.Path(path_type=Path, allow_dash=True))
@click.option("-v", "--variant", help="Variant of the profile.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--write", metavar="NAME", help="Add a variant NAME with the suggested priorities to the profile.")
@untrusted_option
@click.option("-q", "--quiet", is_flag=True, help="Print no warnings.")
@problems_option
def match(
    profile: Path, posting: Path, variant: str | None, as_json: bool, write: str | None, untrusted: bool, quiet: bool
) -> None:
    """Show which terms of a job posting a variant mentions.

    POSTING is a file with text, Markdown, HTML or PDF; - reads standard input.
    """
    from cvgen.cli.printing import print_problems
    from cvgen.pipeline.match import match_posting

    if untrusted and write:
        raise click.UsageError("--untrusted does not go with --write: an untrusted profile is not changed")
    source = click.open_file("-", "rb") if str(posting) == "-" else posting
    result: PostingMatch = exit_on_error(
        lambda: match_posting(profile, source, variant, write, untrusted=untrusted), writes=bool(write)
    )
    if as_json:
        echo(json.dumps(_describe(result), indent=2, ensure_ascii=False))
    else:
        _print_match(result)
    if not quiet:
        print_problems(result.problems)
    if write:
        echo(f"added the variant {write!r} to {profile}; next: cvgen render {profile} -v {write}", err=as_json)


def _print_match(result: PostingMatch) -> None:
    _print_terms(f"In the variant {result.variant!r}", result.found)
    _print_heading("In the profile, hidden in this variant", len(result.hidden))
    for hidden in result.hidden:
        _print_hidden(hidden)
    _print_terms("Nowhere in the profile", result.missing)
    _print_heading("Suggested priorities", len(result.priorities))
    _print_wrapped(", ".join(f"{term}: {number}".replace(" ", "\u00a0") for term, number in result.priorities.items()))


def _print_heading(title: str, count: int) -> None:
    echo(f"{click.style(title, bold=True)} ({count})")


def _print_terms(title: str, terms: tuple[PostingTerm, ...]) -> None:
    _print_heading(title, len(terms))
    _print_wrapped(", ".join(map(_counted, terms)))


def _counted(term: PostingTerm) -> str:
    """The term with unbreakable spaces, and its count in the posting if it is more than 1."""
    return term.name.replace(" ", "\u00a0") + (f"\u00a0×{term.count}" if term.count > 1 else "")


def _print_wrapped(text: str) -> None:
    if text:
        filled = textwrap.fill(text, _WIDTH, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)
        echo(filled.replace("\u00a0", " "))


def _print_hidden(hidden: HiddenTerm) -> None:
    echo("  " + _counted(hidden.term).replace("\u00a0", " "))
    for mention in hidden.places[:_MAX_PLACES]:
        echo(f"      {_place(mention)}: {_excerpt(mention)}")
    if len(hidden.places) > _MAX_PLACES:
        echo(f"      and {len(hidden.places) - _MAX_PLACES} more")


def _place(mention: Mention) -> str:
    return f"{mention.location.file}:{mention.location.line}" if mention.location else "profile"


def _excerpt(mention: Mention) -> str:
    text = " ".join(mention.text.split())
    tags = f" [{', '.join(mention.tags)}]" if mention.tags else ""
    entry = f"{mention.entry} · " if mention.entry and mention.entry != text else ""
    return textwrap.shorten(f"{entry}{text}", _WIDTH - 20, placeholder=" …") + tags


def _describe(result: PostingMatch) -> dict[str, Any]:
    return {
        "variant": result.variant,
        "language": result.language,
        "found": [_describe_term(term) for term in result.found],
        "hidden": [
            {**_describe_term(hidden.term), "places": [_describe_place(place) for place in hidden.places]}
            for hidden in result.hidden
        ],
        "missing": [_describe_term(term) for term in result.missing],
        "priorities": result.priorities,
    }


def _describe_term(term: PostingTerm) -> dict[str, Any]:
    return {"term": term.name, "count": term.count, "required": term.is_required}


def _describe_place(mention: Mention) -> dict[str, Any]:
    place = mention.location
    return {
        "file": place.file if place else None,
        "line": place.line if place else None,
        "entry": mention.entry,
        "text": mention.text,
        "tags": list(mention.tags),
    }
