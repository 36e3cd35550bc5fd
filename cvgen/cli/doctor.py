"""``cvgen doctor``: what this machine can print, and what to install."""

from __future__ import annotations

import json
import os
import sys

import click

from cvgen.backends.engines import DEFAULT_ENGINE, PRINTING
from cvgen.cli.echo import echo
from cvgen.cli.passed_host import find_passed_host


@click.command()
@click.option("-e", "--engine", "engines", multiple=True, type=click.Choice(PRINTING),
              help=f"The engine that must work; repeatable [default: {DEFAULT_ENGINE}].")  # fmt: skip
@click.option("--no-warm", is_flag=True, help="Print no test pages; they take seconds, and fill empty caches.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def doctor(engines: tuple[str, ...], no_warm: bool, as_json: bool) -> None:
    """Examine this machine: engines, fonts, caches. Says what to install, and fills empty caches.

    LuaLaTeX's cache of fonts is filled without a time limit. The exit code is 1 if an engine that must work does not.
    """
    from cvgen.backends.host import describe_host
    from cvgen.cli.printing import problem_lines
    from cvgen.pipeline.doctor import examine_machine

    host = find_passed_host() or describe_host(os.environ)
    examined = []
    for part in examine_machine(host, engines or (DEFAULT_ENGINE,), warm=not no_warm):
        examined.append(part)
        if not as_json:
            echo(f"{click.style(part.subject.ljust(15), bold=True)} {part.found}")
            for problem in part.problems:
                for line in problem_lines(problem):
                    echo(f"  {line}")
    if as_json:
        echo(json.dumps([part.as_dict() for part in examined], indent=2, ensure_ascii=False))
    if any(problem.is_error for part in examined for problem in part.problems):
        sys.exit(1)
