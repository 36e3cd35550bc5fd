"""Renders again whenever a file that the render depends on has changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cvgen.backends.backend import SourceWriter
from cvgen.diagnostics import CvgenError
from cvgen.pipeline.batch import Attempt
from cvgen.pipeline.render import render
from cvgen.pipeline.request import Request
from cvgen.sources.bibliography import KeptBibliographies
from cvgen.sources.files_read import FilesRead


def render_on_change(request: Request, writer: SourceWriter, kept: KeptBibliographies) -> Iterator[Attempt]:
    """Render ``request`` now, and again after each change; never ends.

    After a render that failed, the files of the one before it are watched too: the failed one may have stopped before
    it read them. Bibliographies in ``kept`` are read again only after a change.
    """
    earlier = FilesRead()
    changed: tuple[Path, ...] = ()
    while True:
        files = FilesRead()
        try:
            attempt = Attempt(request.variant or "", render(request, writer, files=files, kept=kept), changed=changed)
        except CvgenError as error:
            files.keep(earlier)
            attempt = Attempt(request.variant or "", None, error, changed=changed)
        yield attempt
        from cvgen.pipeline.wait_for_change import wait_for_change  # slow to load; the first render comes before it

        wait_for_change(files)
        changed = tuple(dict.fromkeys(files.list_changed()))
        earlier = files
