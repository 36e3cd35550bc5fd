"""What the commands share: a backend that stays open, what the machine is like, and how errors end a run."""

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
    """A backend for one command, and what this machine is like."""

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
        """Render once and say what came of it; ``report`` is ``text`` or ``json``."""
        from cvgen.pipeline.render import render as run

        outcome = run(request, self.backend, report=report is not None)
        self.tell(outcome, quiet, report)
        return outcome

    def tell(self, outcome: Outcome, quiet: bool, report: str | None) -> None:
        """Print what came of a render. JSON stands alone on stdout."""
        from cvgen.cli.printing import print_outcome, print_problems, print_report

        if not quiet:
            print_problems(outcome.problems)
            print_outcome(outcome, err=report == "json")
        if report and outcome.report:
            print_report(outcome.report, as_json=report == "json")

    def watch(self, request: Request, quiet: bool) -> None:
        """Render, and again at every change, until interrupted."""
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

        # A shell starts background jobs with the signal ignored; whoever sends it means it.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            for number, _ in enumerate(watch_files(lambda: files)):
                attempt()
                if number == 0:
                    click.echo("watching; Ctrl-C ends it")
        except KeyboardInterrupt:
            click.echo("")


def make_host() -> Host:
    """This machine as the environment describes it."""
    from cvgen.api import describe_host

    return describe_host(os.environ)


def limit_memory() -> None:
    """Let this process and those that it starts have no more than 8 GB: a theme's text that doubles must end."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or hard > _MEMORY_BYTES:
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, hard))


def reporting(step: Callable[[], Any]) -> Any:
    """Run ``step``; what is wrong is printed, and the error's code ends the program."""
    from cvgen.cli.printing import print_problems
    from cvgen.diagnostics import CvgenError

    try:
        return step()
    except CvgenError as error:
        print_problems(error.problems)
        sys.exit(error.exit_code)
