"""Opens the writer of Word files, which measures pages through the HTML of the same theme."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib.util import find_spec

from cvgen.backends.backend import Backend, Job, Layout
from cvgen.backends.flow.flow_writer import FlowWriter
from cvgen.backends.host import Host
from cvgen.diagnostics import InputError, Problem, RenderError

INSTALL = "pip install python-docx"


class WordWriter(FlowWriter):
    """Writes DOCX. A document that is fitted to pages is measured as the PDF through ``open_measurer`` would be."""

    def __init__(self, host: Host, open_measurer: Callable[[], Backend]) -> None:
        from cvgen.backends.word.word_document import write_document

        super().__init__(host, partial(write_document, epoch=host.epoch))
        self._open_measurer = open_measurer
        self._measurer: Backend | None = None

    @property
    def most_layouts(self) -> int:
        """The number of layouts that a fit may use."""
        return self._measure_with().most_layouts

    def measure(self, job: Job) -> Layout:
        """How the PDF of ``job`` fills its pages; raises what the engine raises."""
        _check_templates(job)
        return self._measure_with().measure(job)

    def measure_long(self, job: Job, paper: Layout) -> Layout:
        """The PDF of ``job`` on one long page."""
        _check_templates(job)
        return self._measure_with().measure_long(job, paper)

    def close(self) -> None:
        """End the engine that measured, if it was started."""
        super().close()
        if self._measurer:
            self._measurer.close()

    def _measure_with(self) -> Backend:
        self._measurer = self._measurer or self._open_measurer()
        return self._measurer


def _check_templates(job: Job) -> None:
    """Raise RenderError for a theme without templates for HTML."""
    if "html" not in job.theme.backends:
        message = f"the theme {job.theme.name!r} has no html templates, which are needed to measure parts"
        raise RenderError([Problem(message, hint="leave 'pages' out, or add templates for html")])


def open_word_writer(host: Host, open_measurer: Callable[[], Backend]) -> WordWriter:
    """The writer of Word files; raises InputError if python-docx is not installed."""
    if find_spec("docx") is None:
        raise InputError([Problem("Word files need the package python-docx, which is not installed", None, INSTALL)])
    return WordWriter(host, open_measurer)
