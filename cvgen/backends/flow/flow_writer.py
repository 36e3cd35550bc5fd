"""Runs the writer of a format on a job: in a process with limits, since citation styles are templates."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import replace

from cvgen.backends.backend import Job, Source
from cvgen.backends.bounded import LimitError, run_bounded
from cvgen.backends.cache import Cache
from cvgen.backends.flow.document_flow import DocumentFlow
from cvgen.backends.flow.styled_papers import NodeCiter
from cvgen.backends.fontconfig import is_installed
from cvgen.backends.host import Host
from cvgen.diagnostics import InputError, Problem

MOST_PICTURES = 2**27
"""The most bytes of the pictures inside a document."""


class FlowWriter:
    """Writes documents with ``write``, which makes the file of a flow."""

    def __init__(self, host: Host, write: Callable[[DocumentFlow], str | bytes]) -> None:
        self._host, self._write, self._cache = host, write, Cache(host.cache)

    def write_source(self, job: Job) -> Source:
        """The document; raises InputError for a fault in a citation style of the theme."""
        limits = self._host.template_limits
        if job.pictures:
            limits = replace(limits, result=limits.result + MOST_PICTURES)
        try:
            is_text, data = run_bounded(lambda: self._write_data(job), limits)
        except LimitError as error:
            message = f"a citation style of the theme {job.theme.name!r} {error}"
            hint = "look for an endless loop or a text that keeps growing"
            raise InputError([Problem(message, hint=hint)]) from None
        return Source(data if is_text else base64.b64decode(data))

    @property
    def today(self) -> tuple[int, int] | None:
        """The year and the month now; None if another time is to be printed in place of it."""
        return self._host.today

    def has_font(self, family: str) -> bool:
        """Whether fontconfig has a font of this family."""
        return is_installed(family, self._host)

    def close(self) -> None:
        """Delete what could not be kept in the cache."""
        self._cache.close()

    def _write_data(self, job: Job) -> tuple[bool, str]:
        """The file as plain data: whether it is text, and the text, or its bytes in base64."""
        written = self._write(DocumentFlow(job, NodeCiter(job, self._cache)))
        return (True, written) if isinstance(written, str) else (False, base64.b64encode(written).decode())
