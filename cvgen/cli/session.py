"""Shared by the commands: an open backend, the settings of this machine, and how errors end a command."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from cvgen.backends.backend import SourceWriter
    from cvgen.backends.host import Host
    from cvgen.pipeline.prepare import Request
    from cvgen.pipeline.render import Outcome

_MEMORY_BYTES = 8 * 2**30


class Session:
    """The backend of one command, and the settings of this machine."""

    def __init__(self, engine: str, *, compiles: bool) -> None:
        self.engine, self.compiles = engine, compiles

    def __enter__(self) -> Session:
        from cvgen.backends.engines import open_backend, open_source_writer

        start = open_backend if self.compiles else open_source_writer
        self.backend: SourceWriter = start(self.engine, make_host())
        return self

    def __exit__(self, *_: object) -> None:
        self.backend.close()

    def render(self, request: Request, quiet: bool, report: str | None = None) -> Outcome:
        """Render once and print the outcome; ``report`` is ``text`` or ``json``, or None for no report."""
        from cvgen.pipeline.render import render as run

        outcome = run(request, self.backend, report=report is not None)
        self.print_outcome(outcome, quiet, report)
        return outcome

    def print_outcome(self, outcome: Outcome, quiet: bool, report: str | None) -> None:
        """Print the outcome of a render. With a JSON report, stdout has nothing but JSON."""
        from cvgen.cli.printing import print_outcome, print_problems, print_report

        if not quiet:
            print_problems(outcome.problems)
            print_outcome(outcome, err=report == "json")
        if report and outcome.report:
            print_report(outcome.report, as_json=report == "json")

    def watch(self, request: Request, quiet: bool) -> None:
        """Render now and after every change, until interrupted."""
        import gc
        import signal

        from cvgen.pipeline.watch import watch_files

        gc.enable()
        files = [request.profile]

        def attempt() -> None:
            from cvgen.cli.printing import print_problems
            from cvgen.diagnostics import CvgenError

            try:
                files[:] = self.render(request, quiet).files
            except CvgenError as error:
                print_problems(error.problems)

        # A shell starts background jobs with this signal ignored, but a process that sends it wants an end.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            for number, _ in enumerate(watch_files(lambda: files)):
                attempt()
                if number == 0:
                    click.echo("watching; Ctrl-C ends it")
        except KeyboardInterrupt:
            click.echo("")


def make_host() -> Host:
    """The settings of this machine, from the environment."""
    from cvgen.api import describe_host

    return describe_host(os.environ)


def limit_memory() -> None:
    """Limit this process and its children to 8 GB of memory, in case a template grows its text without end."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or hard > _MEMORY_BYTES:
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, hard))


def reporting(step: Callable[[], Any]) -> Any:
    """Run ``step``; a CvgenError is printed and ends the program with its exit code."""
    from cvgen.cli.printing import print_problems
    from cvgen.diagnostics import CvgenError

    try:
        return step()
    except CvgenError as error:
        print_problems(error.problems)
        sys.exit(error.exit_code)
