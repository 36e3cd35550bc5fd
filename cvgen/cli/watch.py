"""``cvgen render --watch``: renders again whenever a file that the render depends on changes."""

from __future__ import annotations

import gc
import signal
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from cvgen.sources.files_read import FilesRead

Render = Callable[["FilesRead"], None]
"""Renders once, prints the outcome, and records every file that the render depends on."""


def watch(render: Render) -> None:
    """Render now and after every change, until interrupted."""
    gc.enable()
    # A shell starts background jobs with this signal ignored, but a process that sends it wants an end.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        files = _attempt(render, None)
        click.echo("watching; Ctrl-C ends it")
        from cvgen.pipeline.watch import wait_for_change  # slow to load; the first render comes before it

        while True:
            wait_for_change(files)
            files = _attempt(render, files)
    except KeyboardInterrupt:
        click.echo("")


def _attempt(render: Render, earlier: FilesRead | None) -> FilesRead:
    """Render, and print the Problems if it fails; the files read, after a failure with those read ``earlier``."""
    from cvgen.cli.printing import print_problems
    from cvgen.diagnostics import CvgenError
    from cvgen.sources.files_read import FilesRead

    files = FilesRead()
    try:
        render(files)
    except CvgenError as error:
        if earlier:
            files.keep(earlier)
        print_problems(error.problems)
    return files
