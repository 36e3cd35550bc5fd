"""The WeasyPrint backend: makes PDFs from HTML, and measures pages, in a worker process."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from markupsafe import Markup

from cvgen.backends.backend import Box, Compiled, Job, Layout, Source, missing_glyph
from cvgen.backends.bounded import say_size
from cvgen.backends.columns import Columns, PageRange, arrange_columns, end_columns
from cvgen.backends.host import Host
from cvgen.backends.html.faces import describe_faces, list_faces
from cvgen.backends.html.page import PageWriter
from cvgen.backends.leftovers import TEMPORARY_HINT
from cvgen.backends.paper_edge import report_cut
from cvgen.backends.pdf_refusal import refuse_active_content
from cvgen.backends.weasyprint.css_faults import HTML, explain_messages
from cvgen.backends.weasyprint.page_boxes import MARK
from cvgen.backends.weasyprint.separate_boxes import separate_boxes
from cvgen.backends.weasyprint.worker_process import Worker
from cvgen.diagnostics import InputError, Problem, RenderError
from cvgen.model.metadata import info_entries
from cvgen.themes.contract import ARCHIVAL
from cvgen.themes.own_templates import find_in_templates
from cvgen.themes.theme import Theme, shipped_folder

_LOST = re.compile(r"WeasyPrint: (?:Failed to (?:load|render)|Font-face .* cannot be loaded)")
"""WeasyPrint goes on without a picture, style or font of the theme, so the page would be another one."""
LONG_PAGE = 60000.0
"""Height in pt of the page on which parts are measured: seventy pages of A4."""
_NAME_ITS_PATH = "name a theme's file by its path from the profile's folder; pictures of a person are in the profile"


class WeasyPrintBackend:
    """Renders pages in ``worker``, which it closes."""

    most_layouts = 12

    def __init__(self, worker: Worker, host: Host) -> None:
        self._worker, self._pages = worker, PageWriter(host)
        self._job: Job | None = None
        self._written: list[tuple[Columns | None, str]] = []
        """The pages of this job."""
        self._limits = {
            "memory": f"needs more memory than {say_size(host.layout_memory)}",
            "depth": "has too many boxes inside each other",
            "size": "makes a PDF that is too large",
        }
        """What the worker finds too much of."""

    def compile(self, job: Job) -> Compiled:
        """The PDF of ``job``; raises InputError for a fault of the theme, RenderError for a failed run."""
        archival = bool(job.options.get(ARCHIVAL))
        settings = {"pdf": True, "archival": archival, "info": info_entries(job.metadata)}
        reply, pdf = self._lay_out(job, settings, self._arrange(job))
        refuse_active_content(pdf, job.theme)
        problems = tuple(explain_messages(reply["warnings"], job.theme)) if reply["warnings"] else ()
        if lost := [warning.message for warning in problems if _LOST.match(warning.message)]:
            hint = "replace this file of the theme, or correct its name"
            raise RenderError([Problem(message, hint=hint) for message in lost])
        cut = report_cut(reply["beyond"], job.document)
        return Compiled(pdf, len(reply["ends"]), (*problems, *cut), reply["tools"])

    def measure(self, job: Job) -> Layout:
        """How ``job`` fills its pages; raises what ``compile`` raises."""
        columns = self._arrange(job)
        reply, _ = self._lay_out(job, {}, columns)
        width, height = reply["paper"]
        lines = reply["last_lines"]
        return Layout(tuple(reply["ends"]), reply["room"], width, height, last_lines=lines, columns=columns)

    def measure_long(self, job: Job, paper: Layout) -> Layout:
        """``job`` on one long page, with the boxes of all parts that its theme's templates mark."""
        size = [paper.width, LONG_PAGE]
        # With whole sections, so that each has the width that it will have on most pages
        reply, _ = self._lay_out(job, {"paper": size}, self._arrange(job, may_cut=False))
        parts = list(job.document.walk())
        boxes = {parts[int(number)].ref: Box(*edges) for number, edges in reply["boxes"].items()}
        boxes = separate_boxes(parts, boxes)
        room = paper.height - (LONG_PAGE - reply["room"])
        return Layout(tuple(reply["ends"]), room, paper.width, paper.height, boxes)

    def write_source(self, job: Job) -> Source:
        """The page with all that it needs inside."""
        return self._pages.write_source(job)

    @property
    def today(self) -> tuple[int, int] | None:
        """The year and the month now; None if another time is to be printed in place of it."""
        return self._pages.today

    def has_font(self, family: str) -> bool:
        """Whether fontconfig, which WeasyPrint asks, has a font of this family."""
        return self._pages.has_font(family)

    def close(self) -> None:
        """End the worker."""
        self._worker.close()

    def _arrange(self, job: Job, *, may_cut: bool = True) -> Columns | None:
        """The columns of ``job``, which end where the side bar does: for this, it is laid out once without an end.

        If it turns out to be as the first layout takes it, a side bar on a single page, it is not laid out again.
        """
        columns = arrange_columns(job.document, job.options)
        if columns is None:
            return None
        reply, _ = self._lay_out(job, {}, replace(columns, tinted=0 if columns.below else 1))
        refs = [part.ref for part in job.document.walk()]
        spans = {refs[int(number)]: PageRange(*span) for number, span in reply["spans"].items()}
        return end_columns(columns, spans, may_cut=may_cut)

    def _lay_out(
        self, job: Job, settings: Mapping[str, object], columns: Columns | None
    ) -> tuple[dict[str, Any], bytes]:
        """The worker's reply for the page of ``job`` under ``settings``, and the PDF if they ask for it."""
        page = self._write_page(job, columns)
        roots = [str(shipped_folder()), *(str(folder) for _, folder in job.theme.folders)]
        roots += [str(path) for *_, path in list_faces(job)]
        base_url = job.folder.resolve().as_uri() + "/"
        request = {"html": page, "base_url": base_url, "roots": roots, "files": job.files_digest}
        reply, pdf = self._ask({**request, **settings}, job.theme)
        if missing := reply["missing"]:
            raise RenderError([missing_glyph(chr(code), job.document) for code in missing])
        return reply, pdf

    def _write_page(self, job: Job, columns: Columns | None) -> str:
        """The page of ``job``; it is written once for each arrangement of the job that was laid out last."""
        if self._job is not job:
            self._job, self._written = job, []
        for arrangement, written in self._written:
            if arrangement == columns:
                return written
        numbers = {part.ref: number for number, part in enumerate(job.document.walk())}
        page = self._pages.write_page(
            replace(job, metadata={}),  # a PDF has its own place for it
            describe_faces(job, lambda path: path.as_uri()),
            columns=columns,
            mark=lambda part: (
                Markup(' {}="{}"').format(Markup(MARK), numbers[part.ref]) if part.ref in numbers else Markup("")
            ),
            for_print=True,
        )
        self._written.append((columns, page))
        return page

    def _ask(self, request: Mapping[str, object], theme: Theme) -> tuple[dict[str, Any], bytes]:
        reply, pdf = self._worker.ask(request)
        if reply["ok"]:
            return reply, pdf
        if limit := reply.get("limit"):
            message = f"the page of the theme {theme.name!r} {self._limits[limit]}"
            more = "; for a long document, allow more with cvgen render --memory GB" if limit == "memory" else ""
            raise RenderError([Problem(message, hint=f"simplify the theme's templates and styles, or show less{more}")])
        if refused := reply.get("refused"):
            place = find_in_templates(PurePosixPath(unquote(urlsplit(refused).path)).name, theme, HTML)
            raise InputError([Problem(reply["error"], place, _NAME_ITS_PATH)])
        hint = TEMPORARY_HINT if reply.get("is_disk") else None
        raise RenderError([Problem(f"WeasyPrint failed: {reply['error']} ({reply['kind']})", hint=hint)])
