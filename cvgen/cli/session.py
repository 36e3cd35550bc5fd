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
    from cvgen.sources.files_read import FilesRead

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

    def render(self, request: Request, quiet: bool, report: str | None = None, files: FilesRead | None = None) -> None:
        """Render once and print the outcome; ``report`` is ``text`` or ``json``, or None for no report.

        Every file that the render depends on is recorded in ``files``, also if the render fails.
        """
        from cvgen.pipeline.render import render as run

        self.print_outcome(run(request, self.backend, report=report is not None, files=files), quiet, report)

    def print_outcome(self, outcome: Outcome, quiet: bool, report: str | None) -> None:
        """Print the outcome of a render. With a JSON report, stdout has nothing but JSON."""
        from cvgen.cli.printing import print_outcome, print_problems, print_report

        if not quiet:
            print_problems(outcome.problems)
            print_outcome(outcome, err=report == "json")
        if report and outcome.report:
            print_report(outcome.report, as_json=report == "json")

    def watch(self, request: Request, quiet: bool) -> None:
        """Render now and whenever a file that the render depends on changes, until interrupted."""
        import gc
        import signal

        gc.enable()
        # A shell starts background jobs with this signal ignored, but a process that sends it wants an end.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            files = self._attempt(request, quiet)
            click.echo("watching; Ctrl-C ends it")
            from cvgen.pipeline.watch import wait_for_change  # slow to load; the first render comes before it

            while True:
                wait_for_change(files)
                files = self._attempt(request, quiet, files)
        except KeyboardInterrupt:
            click.echo("")

    def _attempt(self, request: Request, quiet: bool, earlier: FilesRead | None = None) -> FilesRead:
        """Render, and print the Problems if it fails; the files read, after a failure with those read ``earlier``."""
        from cvgen.cli.printing import print_problems
        from cvgen.diagnostics import CvgenError
        from cvgen.sources.files_read import FilesRead

        files = FilesRead()
        try:
            self.render(request, quiet, files=files)
        except CvgenError as error:
            if earlier:
                files.keep(earlier)
            print_problems(error.problems)
        return files


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
