"""``cvgen batch``: renders the CVs of many people."""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cvgen.backends.engines import FOLDER_FORMATS, FORMATS, PDF, PRINTING
from cvgen.backends.host import PASSED_ON
from cvgen.cli.echo import echo, make_printable
from cvgen.cli.errors import exit_on_error
from cvgen.cli.passed_host import trust_option, untrusted_option
from cvgen.cli.printing import count, problems_option, wants_all_problems
from cvgen.cli.settings import read_setting
from cvgen.diagnostics import MAX_LINES, InputError

if TYPE_CHECKING:
    from cvgen.pipeline.roster.listed_people import Person
    from cvgen.pipeline.roster.order import PersonRender, RosterOrder

_NAMES = PASSED_ON | {"PATH", "SOURCE_DATE_EPOCH"}
"""The environment variables that the processes see."""


@click.command()
@click.argument("sources", nargs=-1, metavar="SOURCE...")
@click.option("--from", "table", type=click.Path(path_type=Path), metavar="CSV",
              help="Make a profile for each row of a table: name, orcid, aliases, position …")  # fmt: skip
@click.option("--bib", "bibs", type=click.Path(path_type=Path), multiple=True,
              help="With --from: a bibliography that all share; repeatable.")  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), required=True,
              help="The folder to write.")  # fmt: skip
@click.option("-t", "--theme", help="Name of a theme, or a folder [default: each profile's].")
@click.option("-v", "--variant", help="Variant of each profile [default: its own].")
@click.option("-e", "--engine", type=click.Choice(PRINTING), help="Engine for the PDFs.")
@click.option("-f", "--format", "format_", type=click.Choice(FORMATS), default=PDF, show_default=True,
              help="PDF, its source, or a file for other programs.")  # fmt: skip
@click.option("--pages", type=click.IntRange(min=1), help="Fill at most this number of pages.")
@click.option("--role", "roles", multiple=True, help="Only publications in which the owner had this role; repeatable.")
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", help="A theme option; repeatable.")
@click.option("--jobs", type=click.IntRange(1, 256), help="Processes at a time [default: the machine's cores].")
@click.option("--scheduler", metavar="ADDRESS",
              help="Render on a Dask cluster, such as tcp://host:8786; docs/batch.md.")  # fmt: skip
@click.option("--force", is_flag=True, help="Render also what is up to date.")
@click.option("--report", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="A summary for people, or every outcome for programs.")  # fmt: skip
@trust_option
@untrusted_option
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
@problems_option
def batch(
    sources: tuple[str, ...],
    table: Path | None,
    bibs: tuple[Path, ...],
    output: Path,
    theme: str | None,
    variant: str | None,
    engine: str | None,
    format_: str,
    pages: int | None,
    roles: tuple[str, ...],
    settings: tuple[str, ...],
    jobs: int | None,
    scheduler: str | None,
    force: bool,
    report: str,
    trusts_themes: bool,
    untrusted: bool,
    quiet: bool,
) -> None:
    """Render the CVs of many people, several at a time.

    SOURCE is a profile, a folder with a profile.yaml for each person, a pattern such as 'people/*/profile.yaml', or a
    text file with one of these on each line. With --from, people come from a table. A PDF that is up to date is not
    rendered again, so that a run that was stopped goes on where it ended. The error of one person does not stop the
    others; the exit code is then 1.
    """
    if not sources and not table:
        raise click.UsageError("name people: a folder, a profile, a pattern or a list, or a table with --from")
    if bibs and not table:
        raise click.UsageError("--bib goes with --from; a profile names its own files")
    if scheduler and jobs:
        raise click.UsageError("--jobs is for this machine; the cluster has as many processes as its workers")
    if scheduler and format_ in FOLDER_FORMATS:
        raise click.UsageError(f"--scheduler does not write {format_}, which needs other files beside it")
    from cvgen.backends.engines import choose_engine
    from cvgen.pipeline.request import read_roles
    from cvgen.pipeline.roster.listed_people import find_people
    from cvgen.pipeline.roster.order import RosterOrder

    chosen = exit_on_error(lambda: choose_engine(engine, format_))
    exit_on_error(lambda: read_roles(roles))
    profiles = _write_profiles(table, bibs, output, quiet=quiet) if table else ()
    people = exit_on_error(lambda: find_people([*sources, *profiles]))
    order = RosterOrder(
        output,
        {name: value for name, value in os.environ.items() if name in _NAMES},
        variant,
        theme,
        chosen,
        format_,
        roles,
        dict(map(read_setting, settings)),
        pages,
        untrusted,
        trusts_themes,
        force,
        str(Path.cwd()),
    )
    started = time.monotonic()
    running = _render_on(scheduler, people, order) if scheduler else _render_here(people, order, jobs)
    outcomes = _collect(people, running, hidden=quiet or not sys.stderr.isatty())
    _print_outcomes(outcomes, time.monotonic() - started, quiet=quiet, as_json=report == "json")
    if any(outcome.is_failed for outcome in outcomes):
        sys.exit(1)


def _write_profiles(table: Path, bibs: tuple[Path, ...], output: Path, *, quiet: bool) -> list[str]:
    """The profiles made from the rows of ``table``."""
    from cvgen.cli.printing import print_problems
    from cvgen.pipeline.roster.people_table import write_profiles

    made = exit_on_error(lambda: write_profiles(table, bibs, output / "profiles"), writes=True)
    if not quiet:
        print_problems(made.problems)
    return [str(profile) for profile in made.profiles]


def _render_here(people: Sequence[Person], order: RosterOrder, jobs: int | None) -> Generator[PersonRender]:
    from cvgen.backends.programs import LocalRunner
    from cvgen.pipeline.roster.render_roster import render_roster

    runner = LocalRunner(order.environ.get("PATH", os.defpath))
    return render_roster(people, order, runner, jobs or os.cpu_count() or 1)


def _render_on(scheduler: str, people: Sequence[Person], order: RosterOrder) -> Generator[PersonRender]:
    """The outcomes from a cluster, whose machines have an environment of their own; only the time is this one's."""
    from cvgen.backends.host import describe_host
    from cvgen.cli.cluster import render_parcel
    from cvgen.pipeline.roster.render_on_cluster import render_on_cluster

    host = exit_on_error(lambda: describe_host(order.environ))
    time_only = {name: value for name, value in order.environ.items() if name == "SOURCE_DATE_EPOCH"}
    return render_on_cluster(people, replace(order, environ=time_only), host, scheduler, render_parcel)


def _collect(people: Sequence[Person], rendering: Generator[PersonRender], *, hidden: bool) -> list[PersonRender]:
    """The outcomes in the order of ``people``; Ctrl-C waits for the documents that are being rendered here."""
    started = time.monotonic()
    outcomes: dict[Person, PersonRender] = {}

    def show(outcome: PersonRender | None) -> str:
        rate = len(outcomes) / max(time.monotonic() - started, 0.001)
        return f"{rate:.1f}/s {make_printable(outcome.person.name)}" if outcome else ""

    def collect(running: Iterator[PersonRender]) -> None:
        with click.progressbar(
            running, length=len(people), file=sys.stderr, hidden=hidden, show_pos=True, item_show_func=show
        ) as bar:
            for outcome in bar:
                outcomes[outcome.person] = outcome

    with closing(rendering) as running:
        try:
            exit_on_error(lambda: collect(running))
        except SystemExit as stop:  # a signal, or a cluster that is not there
            if stop.code != InputError.exit_code:
                echo(f"stopped after {len(outcomes)} of {len(people)}; the same command goes on from here", err=True)
            raise
    return [outcomes[person] for person in people]


def _print_outcomes(outcomes: Sequence[PersonRender], seconds: float, *, quiet: bool, as_json: bool) -> None:
    """Print what became of the people: everything as JSON, or the failures and a summary."""
    if as_json:
        documents = [outcome.as_message() for outcome in outcomes]
        whole = {"seconds": round(seconds, 3), "documents": documents}
        echo(json.dumps(whole, indent=2, ensure_ascii=False))
        return
    _print_failures([outcome for outcome in outcomes if outcome.is_failed])
    states = Counter(outcome.state.value for outcome in outcomes)
    if not quiet:
        rate = f", {len(outcomes) / seconds:.1f} per second" if seconds else ""
        counts = ", ".join(f"{number} {state}" for state, number in states.items())
        echo(f"{count(len(outcomes), 'document')} in {seconds:.1f} s{rate}: {counts}")


def _print_failures(failed: Sequence[PersonRender]) -> None:
    """A table with each person that failed: the name, and the first error with its place."""
    shown = failed if wants_all_problems() or len(failed) <= MAX_LINES else failed[: MAX_LINES - 1]
    width = max((len(outcome.person.name) for outcome in shown), default=0)
    for outcome in shown:
        if outcome.bug:
            echo(f"{outcome.person.name:{width}}  a fault of cvgen, please report it:\n{outcome.bug}", err=True)
            continue
        errors = [problem for problem in outcome.problems if problem.is_error]
        shown_errors = errors if wants_all_problems() else errors[:1]
        for problem in shown_errors:
            more = f" (and {count(len(errors) - 1, 'more error')})" if len(shown_errors) < len(errors) else ""
            place = f"{problem.location}: " if problem.location else ""
            echo(f"{outcome.person.name:{width}}  {place}{problem.message}{more}", err=True)
    if len(shown) < len(failed):
        echo(f"… {len(failed) - len(shown)} more failed; --all-problems shows them", err=True)
