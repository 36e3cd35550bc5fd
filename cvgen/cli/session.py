"""What the commands share: a backend that stays open, facts about this machine, and how errors end a run."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from cvgen.backends.backend import Backend
    from cvgen.backends.host import Host
    from cvgen.pipeline.prepare import Request
    from cvgen.pipeline.render import Outcome
    from cvgen.sources.files_read import FilesRead

_MEMORY_BYTES = 8 * 2**30


class Session:
    """A backend that stays open for one command."""

    def __init__(self, engine: str, *, compiles: bool) -> None:
        self.engine, self.compiles = engine, compiles

    def __enter__(self) -> Session:
        from cvgen.pipeline.backends import open_backend

        self.backend: Backend = open_backend(self.engine, make_host(), compiles=self.compiles)
        return self

    def __exit__(self, *_: object) -> None:
        self.backend.close()

    def render(self, request: Request, quiet: bool, report: str | None = None, files: FilesRead | None = None) -> None:
        """Render once and print the result; ``report`` is ``text`` or ``json``, ``files`` records what is read."""
        from cvgen.pipeline.render import render as run

        self.tell(run(request, self.backend, report=report is not None, files=files), quiet, report)

    def tell(self, outcome: Outcome, quiet: bool, report: str | None) -> None:
        """Print the result of a render. JSON is the only output on stdout."""
        from cvgen.cli.printing import print_outcome, print_problems, print_report

        if not quiet:
            print_problems(outcome.problems)
            print_outcome(outcome, err=report == "json")
        if report and outcome.report:
            print_report(outcome.report, as_json=report == "json")

    def watch(self, request: Request, quiet: bool) -> None:
        """Render, and again whenever a file that the render depends on changes, until interrupted."""
        import gc
        import signal

        gc.enable()
        # A shell starts background jobs with SIGINT ignored; a SIGINT that is sent all the same must end this one.
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
    """This machine as the environment describes it."""
    from cvgen.backends.host import Host

    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "cvgen"
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return Host(os.environ.get("PATH", os.defpath), cache, int(epoch) if epoch.isdigit() else None)


def limit_memory() -> None:
    """Limit this process, and those that it starts, to 8 GB: a template whose text keeps doubling must end."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or hard > _MEMORY_BYTES:
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, hard))


def reporting(step: Callable[[], Any]) -> Any:
    """Run ``step``; if it raises a CvgenError, print its Problems and exit with its code."""
    from cvgen.cli.printing import print_problems
    from cvgen.diagnostics import CvgenError

    try:
        return step()
    except CvgenError as error:
        print_problems(error.problems)
        sys.exit(error.exit_code)
