"""One render from the files to the file: the steps of the design, each a line of ``render``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cvgen.backends.base import Backend
from cvgen.diagnostics import Problem, notice
from cvgen.pipeline.files import copy_whole, write_whole
from cvgen.pipeline.fitting import Fitting, fit_document
from cvgen.pipeline.prepare import Prepared, Request, prepare


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a render: the file, its pages (None for a source), what to tell, and every file read.

    ``fitting`` is there where a number of pages was asked for.
    """

    output: Path
    variant: str
    theme: str
    pages: int | None
    problems: tuple[Problem, ...]
    files: tuple[Path, ...]
    prepared: Prepared
    fitting: Fitting | None = None


def render(request: Request, backend: Backend) -> Outcome:
    """Render one variant to one file.

    Raises InputError with all that is wrong in the person's files, RenderError for a run that failed; the file of
    an earlier render is then left as it was.
    """
    return render_prepared(prepare(request, backend), backend)


def render_prepared(prepared: Prepared, backend: Backend) -> Outcome:
    """Render what has been read and chosen; raises what ``render`` raises."""
    request, variant, theme = prepared.request, prepared.variant.name, prepared.theme.name
    output = request.output or _default_output(prepared)
    files = prepared.career.files
    if request.format != "pdf":
        problems = (*prepared.problems, *_unfitted(prepared))
        source = backend.write_source(prepared.make_job())
        for name, path in source.assets:
            copy_whole(path, output.parent / name)
        write_whole(output, source.text.encode())
        return Outcome(output, variant, theme, None, problems, files, prepared)
    fitting = fit_document(prepared, backend) if prepared.pages else None
    compiled = backend.compile(fitting.job if fitting else prepared.make_job())
    write_whole(output, compiled.pdf)
    problems = (*prepared.problems, *compiled.problems, *(fitting.problems if fitting else ()))
    return Outcome(output, variant, theme, compiled.pages, problems, files, prepared, fitting)


def _unfitted(prepared: Prepared) -> list[Problem]:
    if prepared.pages is None:
        return []
    return [notice(f"'pages' is for PDFs: the {prepared.request.format} shows all that was selected")]


def _default_output(prepared: Prepared) -> Path:
    """``profile.pdf`` beside the profile; a variant that was asked for is part of the name."""
    request = prepared.request
    name = request.profile.stem + (f"-{prepared.variant.name}" if request.variant else "")
    return request.profile.with_name(f"{name}.{request.format}")
