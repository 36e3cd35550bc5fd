"""``cvgen publications``: lists publications and roles, adds publications by identifier, refreshes counts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from cvgen import api
from cvgen.cli.echo import echo
from cvgen.cli.errors import exit_on_error
from cvgen.cli.groups import SummaryGroup
from cvgen.cli.passed_host import untrusted_option
from cvgen.cli.printing import problems_option

_LIST = "list"
_PROFILE = "profile.yaml"


class _ListingGroup(SummaryGroup):
    """Lists the publications of a profile if its name comes first, and not the name of a command."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take ``cvgen publications profile.yaml`` for ``cvgen publications list profile.yaml``."""
        is_help = args[:1] in (["--help"], ["-h"])
        return super().parse_args(ctx, args if not args or is_help or args[0] in self.commands else [_LIST, *args])


@click.group(cls=_ListingGroup)
def publications() -> None:
    """List your publications and your role in each, add some by identifier, or refresh their counts.

    'cvgen publications profile.yaml' lists them. Only 'add' and 'update' use the network.
    """


@publications.command(_LIST)
@click.argument("profile", type=click.Path(path_type=Path))
@click.option("--role", "roles", multiple=True, help="Only publications in which you had this role; repeatable.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--explain", is_flag=True, help="Explain each role: spelling, rule and marks, with their places.")
@click.option("--strict", is_flag=True, help="Make doubtful matches and unexplained marks errors.")
@click.option("--add-alias", "aliases", multiple=True, metavar="SPELLING",
              help="First add this spelling of your name to the profile; repeatable.")  # fmt: skip
@untrusted_option
@click.option("-q", "--quiet", is_flag=True, help="Print no warnings.")
@problems_option
def list_command(
    profile: Path,
    roles: tuple[str, ...],
    as_json: bool,
    explain: bool,
    strict: bool,
    aliases: tuple[str, ...],
    untrusted: bool,
    quiet: bool,
) -> None:
    """List your publications and your role in each: the same as 'cvgen publications PROFILE'."""
    from cvgen.cli.printing import print_problems, print_rows

    if not all(alias.strip() for alias in aliases):
        raise click.UsageError("--add-alias needs a spelling")
    if aliases and untrusted:
        raise click.UsageError("--untrusted does not go with --add-alias: an untrusted profile is not changed")
    for alias in aliases:
        _add_alias(profile, alias)
    listing = exit_on_error(
        lambda: api.publications(profile, roles=roles, explain=explain, strict=strict, untrusted=untrusted)
    )
    print_rows(listing.rows, as_json=as_json)
    if not quiet:
        print_problems(listing.problems)


def _add_alias(profile: Path, alias: str) -> None:
    from cvgen.pipeline.edit_profile import add_alias

    if exit_on_error(lambda: add_alias(profile, alias), writes=True):
        echo(f"added {alias!r} to the aliases in {profile}", err=True)
    else:
        echo(f"{alias!r} is already a spelling of your name; {profile} is unchanged", err=True)


def _read_services(context: click.Context, _: click.Parameter, typed: tuple[str, ...]) -> dict[str, str]:
    pairs = [part.partition("=") for part in typed]
    if wrong := next((name for name, sign, _ in pairs if not sign), None):
        raise click.BadParameter(f"{wrong!r}: write NAME=URL")
    return {name: address for name, _, address in pairs}


def _online_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say how to ask the services."""
    command = click.option(
        "--service", "services", multiple=True, hidden=True, metavar="NAME=URL", callback=_read_services
    )(command)
    return click.option(
        "--contact", default="", metavar="EMAIL", help="Your e-mail address, which makes some services answer faster."
    )(command)


@publications.command()
@click.argument("words", nargs=-1, metavar="[PROFILE] IDENTIFIER...", required=True)
@click.option("--to", type=click.Path(path_type=Path), metavar="FILE",
              help="The .bib file to add to [default: the last of the profile].")  # fmt: skip
@_online_options
@click.option("-q", "--quiet", is_flag=True, help="Print no warnings, and not what is asked.")
@problems_option
def add(words: tuple[str, ...], to: Path | None, contact: str, services: dict[str, str], quiet: bool) -> None:
    """Add publications to your .bib file: 10.1145/…, arXiv:2401.00001, or orcid:0000-… for all works of a record.

    PROFILE is profile.yaml unless you name another. Entries that are there already are left out; if one identifier
    cannot be fetched, none is added. Asks doi.org, arXiv and ORCID.
    """
    profile, typed = _split_profile(words)
    added = exit_on_error(
        lambda: api.add_publications(
            profile, typed, to=to, contact=contact, services=services, on_request=_say_request(quiet)
        ),
        writes=True,
    )
    for key in added.keys:
        echo(f"added {key}")
    for identifier, key in added.known.items():
        echo(f"{identifier} is there already: {key}")
    echo(f"{added.file}: {len(added.keys)} added" if added.keys else f"{added.file} is unchanged")
    _print_problems(added.problems, quiet)


@publications.command()
@click.argument("profile", type=click.Path(path_type=Path), default=Path(_PROFILE))
@click.option("--source", metavar="NAME", help="Count all citations here: openalex or semantic-scholar.")
@click.option("--all", "adds", is_flag=True, help="Also add counts to the entries of papers that have none.")
@_online_options
@click.option("-q", "--quiet", is_flag=True, help="Print no warnings, and not what is asked.")
@problems_option
def update(profile: Path, source: str | None, adds: bool, contact: str, services: dict[str, str], quiet: bool) -> None:
    """Refresh the counts of citations and stars that you have written down, each with its source and month.

    PROFILE is profile.yaml unless you name another. Citations without a source are counted by OpenAlex, stars by
    GitHub. The counts of services that cannot be asked, such as Google Scholar, stay as they are without --source.
    """
    updated = exit_on_error(
        lambda: api.update_publications(
            profile, source=source, adds=adds, contact=contact, services=services, on_request=_say_request(quiet)
        ),
        writes=True,
    )
    for label, kind, old, new in updated.changes:
        echo(f"{label}: {kind} {old or 'none'} → {new}")
    for path in updated.files:
        echo(f"wrote {path}")
    if not updated.files:
        echo(f"nothing to change ({updated.same} up to date)")
    _print_problems(updated.problems, quiet)


def _split_profile(words: tuple[str, ...]) -> tuple[Path, tuple[str, ...]]:
    """The profile, if the first word names one, and the identifiers."""
    if Path(words[0]).suffix.lower() in (".yaml", ".yml"):
        return Path(words[0]), words[1:]
    return Path(_PROFILE), words


def _say_request(quiet: bool) -> Callable[[str], None]:
    return lambda what: None if quiet else echo(f"asking for {what}", err=True)


def _print_problems(problems: Any, quiet: bool) -> None:
    from cvgen.cli.printing import print_problems

    if not quiet:
        print_problems(problems)
