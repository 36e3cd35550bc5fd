"""One render, from the person's files to the output file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from cvgen.backends.backend import Backend, KeepsRun, SourceWriter
from cvgen.backends.engines import find_engine, find_page_format, has_pages
from cvgen.diagnostics import Location, Problem, notice, warn
from cvgen.pipeline.fitting import Fitting, choose_job, choose_source_job
from cvgen.pipeline.output_place import find_place
from cvgen.pipeline.page_costs import find_costs
from cvgen.pipeline.prepare import Prepared, prepare
from cvgen.pipeline.report import RenderReport, make_report
from cvgen.pipeline.request import Request
from cvgen.select.letter import LETTERS
from cvgen.sources.bibliography import KeptBibliographies
from cvgen.sources.files_read import FilesRead

STREAM = Path("-")
"""The output of a RenderResult that went to an open stream."""


@dataclass(frozen=True, slots=True)
class RenderResult:
    """The result of a render: the file, its pages (None for a source) and its Problems.

    ``fitting`` is set if the request limits the pages, ``report`` if a report was asked for.
    """

    output: Path
    """The file that was written, or the first of several; ``-`` for a stream."""
    variant: str
    theme: str
    pages: int | None
    problems: tuple[Problem, ...]
    files: tuple[Path, ...]
    """Every file that the render depends on: profile, bibliographies, pictures, the theme's files, font files."""
    fitting: Fitting | None = None
    report: RenderReport | None = None


def render(
    request: Request,
    backend: SourceWriter,
    *,
    report: bool = False,
    files: FilesRead | None = None,
    kept: KeptBibliographies | None = None,
) -> RenderResult:
    """Render one variant to one file, with a report of the choices if ``report`` is true.

    Every file that the render depends on is recorded in ``files``, also if the render fails. Bibliographies in ``kept``
    are not read again. Raises InputError with everything that is wrong in the person's files, RenderError if the run
    failed; both leave the file of an earlier render as it was.
    """
    return render_prepared(prepare(request, backend, files, kept), backend, report=report)


def render_prepared(prepared: Prepared, backend: SourceWriter, *, report: bool = False) -> RenderResult:
    """Render prepared input; raises the errors of ``render``."""
    request, variant, theme = prepared.request, prepared.variant.name, prepared.theme.name
    place = find_place(prepared)
    files = tuple(prepared.files.blobs)
    if not has_pages(request.format):
        job, fitting = choose_source_job(prepared, backend)
        source = backend.write_source(job)
        fitted = fitting.problems if fitting else _unfitted(prepared)
        others = [_warn_of_shared(file) for file in place.find_other_sources(source.assets)]
        place.write(source.data, source.assets, source.from_theme)
        problems = (*prepared.problems, *fitted, *source.problems, *others)
        return RenderResult(place.file or STREAM, variant, theme, None, problems, files, fitting)
    if not isinstance(backend, Backend):
        raise TypeError(f"{request.engine} was opened for sources only")
    with _keep_run(prepared, backend):
        job, fitting = choose_job(prepared, backend)
        layout = backend.measure(job) if report else None
        compiled = backend.compile(job)
    as_printed = replace(prepared, options=job.options)
    made_report = None
    if layout:
        # A fit has densities of its own; the person's is where its other choices start.
        costs = find_costs(prepared if fitting else as_printed, fitting, layout, backend, compiled.pdf)
        made_report = make_report(as_printed, fitting, layout, costs)
    page_format = find_page_format(request.format)
    output = place.write_files(page_format.convert(compiled.pdf, job.options), is_numbered=page_format.is_numbered)
    found = fitting.problems if fitting else _find_long(prepared, compiled.pages)
    older = place.find_older_files(compiled.pages) if page_format.is_numbered else []
    problems = (*prepared.problems, *compiled.problems, *found, *map(_warn_of_older, older))
    return RenderResult(output or STREAM, variant, theme, compiled.pages, problems, files, fitting, made_report)


@contextmanager
def _keep_run(prepared: Prepared, backend: Backend) -> Iterator[None]:
    """Write the source and the log of the last run in the block to the folder asked for, also if it fails."""
    try:
        yield
    finally:
        folder, run = prepared.request.keep_tex, backend.last_run if isinstance(backend, KeepsRun) else None
        if folder and run:
            place = find_place(prepared)
            stem = place.file.stem if place.file else prepared.request.profile.stem
            kept = replace(place, file=folder / f"{stem}.tex", stream=None, within=folder)
            kept.write(run.source.data, [*run.source.assets, (f"{stem}.{run.ending}", run.log.encode())])


def _find_long(prepared: Prepared, pages: int) -> list[Problem]:
    """A warning that a letter has more pages than it may have; for a CV, the notice that nothing was fitted."""
    name, allowed = prepared.request.letter, prepared.pages or 1
    if name is None:
        return _unfitted(prepared)
    if pages <= allowed:
        return []
    message = f"the letter {name!r} has {pages} pages, more than {allowed}"
    hint = f"shorten it, or write pages: {pages} in the letter"
    return [warn(message, prepared.career.places.key((LETTERS, name)), hint)]


def _warn_of_shared(file: Path) -> Problem:
    """A warning of another source in the folder, which now has fonts, pictures or the look of this one."""
    message = "this source uses files of this folder that were replaced by others of the same name"
    return warn(message, Location(str(file)), "render each source to a folder of its own: -o folder/cv.tex")


def _warn_of_older(file: Path) -> Problem:
    """A warning of a picture that follows those of this render, which nobody should send with them."""
    message = f"{file.name} is not a page of this document: an earlier render may have had more pages"
    return warn(message, Location(str(file)), "delete it, or move it away")


def _unfitted(prepared: Prepared) -> list[Problem]:
    """The notice that a number of pages has no effect on this format or engine."""
    if prepared.pages is None or prepared.request.letter:
        return []
    message = f"'pages' has no effect on .{prepared.request.format} files, which show everything selected"
    programs = find_engine(prepared.request.engine).programs if prepared.is_fitted else ()
    hint = f"install {' and '.join(programs)}, which lay out the pages" if programs else None
    return [notice(message, hint=hint)]
