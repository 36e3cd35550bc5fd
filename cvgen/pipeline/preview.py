"""Renders a document to be shown while it is edited: at once with the choices of the last fit, then fitted again."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cvgen.backends.backend import Backend, Job, Layout
from cvgen.backends.engines import PDF
from cvgen.diagnostics import Problem
from cvgen.fit import last_page
from cvgen.pipeline.fitting import Fitting, choose_job
from cvgen.pipeline.prepare import Prepared, prepare
from cvgen.pipeline.report import RenderReport, make_report
from cvgen.pipeline.request import Request
from cvgen.select.cut import Cut
from cvgen.sources.bibliography import KeptBibliographies
from cvgen.sources.files_read import FilesRead
from cvgen.themes.contract import DENSITY


@dataclass(frozen=True, slots=True)
class Settled:
    """The choices of the last fit: what was cut, and the density."""

    cut: Cut | None
    density: float | None


@dataclass(frozen=True, slots=True)
class PageView:
    """The pages of a document. ``is_final`` is false for a first view, whose choices are not those of a fit."""

    prepared: Prepared
    job: Job
    pdf: bytes
    report: RenderReport
    problems: tuple[Problem, ...]
    is_final: bool
    settled: Settled


@dataclass(frozen=True, slots=True)
class WebView:
    """A document as a web page, whose ``html`` has all that it needs inside."""

    prepared: Prepared
    html: bytes
    problems: tuple[Problem, ...]


def prepare_view(request: Request, backend: Backend, files: FilesRead, kept: KeptBibliographies) -> Prepared:
    """Read and choose everything for the pages of ``request``; raises InputError."""
    return prepare(replace(request, format=PDF, output=None), backend, files, kept)


def view_at_once(prepared: Prepared, backend: Backend, settled: Settled | None) -> PageView:
    """The pages after a single layout, with the choices of an earlier fit, if there was one."""
    job = _job_like(prepared, settled)
    layout = backend.measure(job)
    is_final = not prepared.is_fitted and not settled and not _may_be_lengthened(prepared, layout)
    return _print(prepared, job, layout, backend, None, is_final=is_final)


def view_fitted(prepared: Prepared, backend: Backend) -> PageView:
    """The pages as ``cvgen render`` prints them."""
    job, fitting = choose_job(prepared, backend)
    return _print(prepared, job, backend.measure(job), backend, fitting, is_final=True)


def find_settled(view: PageView) -> Settled | None:
    """What the next first view is made with; None where nothing was chosen."""
    return view.settled if view.settled != Settled(None, None) else None


def write_web_page(request: Request, backend: Backend, files: FilesRead, kept: KeptBibliographies) -> WebView:
    """The document as a web page; raises InputError."""
    prepared = prepare(replace(request, format="html", output=None, pages=None), backend, files, kept)
    source = backend.write_source(prepared.make_job())
    return WebView(prepared, source.data, (*prepared.problems, *source.problems))


def _job_like(prepared: Prepared, settled: Settled | None) -> Job:
    if settled and settled.density is not None:
        if prepared.is_fitted and settled.cut is not None:
            return prepared.make_cut_job(settled.cut, settled.density)
        if DENSITY in prepared.theme.options:
            return prepared.make_dense_job(settled.density)
    return prepared.make_job()


def _may_be_lengthened(prepared: Prepared, layout: Layout) -> bool:
    """Whether a fit could change the density of a document without a number of pages."""
    return prepared.request.letter is None and DENSITY not in prepared.given and last_page.is_short(layout)


def _print(
    prepared: Prepared, job: Job, layout: Layout, backend: Backend, fitting: Fitting | None, *, is_final: bool
) -> PageView:
    compiled = backend.compile(job)
    report = make_report(replace(prepared, options=job.options), fitting, layout)
    problems = (*prepared.problems, *compiled.problems, *(fitting.problems if fitting else ()))
    if fitting:
        settled = Settled(fitting.fitted.cut, fitting.fitted.density)
    else:
        density = job.metadata.get(DENSITY)
        settled = Settled(None, float(density) if density else None)
    return PageView(prepared, job, compiled.pdf, report, tuple(dict.fromkeys(problems)), is_final, settled)
