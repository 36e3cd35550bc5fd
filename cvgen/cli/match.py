"""``cvgen match``: compares a job posting with the page of a variant, or several postings with all variants."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cvgen.backends.engines import DEFAULT_ENGINE, FITTING
from cvgen.cli.echo import echo
from cvgen.cli.errors import exit_on_error
from cvgen.cli.passed_host import find_passed_host, untrusted_option
from cvgen.cli.printing import print_problems, problems_option
from cvgen.session import Session

if TYPE_CHECKING:
    from cvgen.backends.backend import Backend
    from cvgen.pipeline.match import Writing
    from cvgen.pipeline.request import Request


@click.command()
@click.argument("profile", type=click.Path(path_type=Path))
@click.argument("postings", metavar="POSTING...", nargs=-1, required=True,
                type=click.Path(path_type=Path, allow_dash=True))  # fmt: skip
@click.option("-v", "--variant", help="Variant of the profile [default: the default variant].")
@click.option("-t", "--theme", help="Name of a theme, or a folder [default: the variant's].")
@click.option("-e", "--engine", type=click.Choice(FITTING), default=DEFAULT_ENGINE, show_default=True,
              help="The engine that fits the variant to its pages.")  # fmt: skip
@click.option("--pages", type=click.IntRange(min=1), help="Fill at most this number of pages [default: the variant's].")
@click.option("--no-fit", is_flag=True, help="Look at all that the variant selects, not fitted to pages: faster.")
@click.option(
    "--write", metavar="NAME", help="Add a variant NAME for the posting to the profile, and look at its page."
)
@click.option("--renew", "renews", is_flag=True,
              help="With --write: NAME is there already, and gets the priorities of this posting.")  # fmt: skip
@click.option("--letter", "with_letter", is_flag=True, help="With --write: start a letter NAME for it as well.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@untrusted_option
@click.option("-q", "--quiet", is_flag=True, help="Print no warnings.")
@problems_option
def match(
    profile: Path,
    postings: tuple[Path, ...],
    variant: str | None,
    theme: str | None,
    engine: str,
    pages: int | None,
    no_fit: bool,
    write: str | None,
    renews: bool,
    with_letter: bool,
    format_: str,
    as_json: bool,
    untrusted: bool,
    quiet: bool,
) -> None:
    """Compare a job posting with the page of a variant: what it asks for is printed, left out, or not in the profile.

    POSTING is a text, Markdown, HTML or PDF file; - reads standard input. With several postings, a table shows which
    variant suits which posting.
    """
    _check_usage(postings, write, untrusted)
    _check_writing(write, renews=renews, with_letter=with_letter)
    from cvgen.pipeline.match import Writing
    from cvgen.pipeline.request import Request

    request = Request(profile, variant, theme, engine, pages=pages, untrusted=untrusted)
    with Session(find_passed_host()) as session:
        backend = None if no_fit else session.open(engine)
        if len(postings) > 1:
            _match_several(request, postings, backend, as_json=as_json or format_ == "json", quiet=quiet)
        else:
            writing = Writing(write, date.today(), with_letter, renews) if write is not None else None
            _match_one(request, postings[0], backend, writing, as_json=as_json or format_ == "json", quiet=quiet)


def _check_usage(postings: tuple[Path, ...], write: str | None, untrusted: bool) -> None:
    """Refuse options that cannot be used together."""
    if untrusted and write is not None:
        raise click.UsageError("--untrusted cannot be used with --write: an untrusted profile is not changed")
    if len(postings) > 1 and write is not None:
        raise click.UsageError("--write takes one posting: a variant is made for one reader")
    if len(postings) > 1 and any(str(posting) == "-" for posting in postings):
        raise click.UsageError("standard input is one posting, so give - alone")


def _check_writing(write: str | None, *, renews: bool, with_letter: bool) -> None:
    """Refuse options that say how to write, without one that says to."""
    if with_letter and write is None:
        raise click.UsageError("--letter goes with --write NAME, which names the letter and its variant")
    if renews and write is None:
        raise click.UsageError("--renew goes with --write NAME, which names the variant")
    if renews and with_letter:
        raise click.UsageError("--letter starts a letter for a new variant, so leave out --renew")


def _match_one(
    request: Request, posting: Path, backend: Backend | None, writing: Writing | None, *, as_json: bool, quiet: bool
) -> None:
    from cvgen.cli.match_report import describe_match, format_match, say_replaced
    from cvgen.pipeline.match import match_posting

    source = click.open_file("-", "rb") if str(posting) == "-" else posting
    result = exit_on_error(
        lambda: match_posting(request, source, backend, writing, today=date.today()), writes=bool(writing)
    )
    if as_json:
        echo(json.dumps(describe_match(result), indent=2, ensure_ascii=False))
    else:
        for line in format_match(result):
            echo(line)
    if not quiet:
        print_problems(result.problems)
    if writing:
        for line in say_replaced(result.replaced):
            echo(line, err=as_json)
        profile, name = request.profile, writing.name
        done = "renewed" if writing.renews else "added"
        added = f"the variant and the letter {name!r}" if writing.with_letter else f"the variant {name!r}"
        option = " --with-letter" if writing.with_letter else ""
        where = "in" if writing.renews else "to"
        echo(f"{done} {added} {where} {profile}; next: cvgen render {profile} -v {name}{option}", err=as_json)


def _match_several(
    request: Request, postings: tuple[Path, ...], backend: Backend | None, *, as_json: bool, quiet: bool
) -> None:
    from cvgen.cli.match_report import describe_table, format_table
    from cvgen.pipeline.match import match_postings

    table = exit_on_error(lambda: match_postings(request, postings, backend, today=date.today()))
    if as_json:
        echo(json.dumps(describe_table(table), indent=2, ensure_ascii=False))
    elif table.cells:
        for line in format_table(table):
            echo(line)
    errors = [problem for problem in table.problems if problem.is_error]
    print_problems(errors if quiet else table.problems)
    if errors:
        sys.exit(2)
