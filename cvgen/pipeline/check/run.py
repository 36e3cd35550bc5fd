"""The matrix of a check: each variant with each theme through each engine, side by side, and what was found."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

from cvgen.backends.backend import Backend
from cvgen.backends.host import Host
from cvgen.diagnostics import CvgenError, Problem
from cvgen.examine import Finding, examine_pdf
from cvgen.pipeline.backends import open_backend
from cvgen.pipeline.check.budget import find_missing_pins, find_unshown
from cvgen.pipeline.check.matrix import CheckRequest, CheckTarget, list_targets, own_theme
from cvgen.pipeline.fitting import fit_document
from cvgen.pipeline.prepare import Prepared, Request, prepare_career
from cvgen.sources.career import Career


@dataclass(frozen=True, slots=True)
class CheckedDocument:
    """A cell that was rendered and examined, or that could not be: then ``pages`` is None and findings say why."""

    variant: str
    theme: str
    engine: str
    pages: int | None
    seconds: float
    findings: tuple[Finding, ...]

    @property
    def name(self) -> str:
        """``industry · modern · weasyprint``."""
        return f"{self.variant} · {self.theme} · {self.engine}"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """Everything that a check found: cell by cell, and of the profile as a whole."""

    cells: tuple[CheckedDocument, ...]
    profile: tuple[Finding, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All of them, the profile's first."""
        return (*self.profile, *(finding for cell in self.cells for finding in cell.findings))

    @property
    def failed(self) -> bool:
        """Whether something must be mended."""
        return any(finding.is_error for finding in self.findings)


def refuse(problems: Iterable[Problem]) -> CheckResult:
    """The result where the input cannot be used, for formats that programs read."""
    return CheckResult((), tuple(Finding("profile", problem) for problem in problems))


Examine = Callable[[Prepared, Backend], tuple[int, tuple[Finding, ...]]]
"""Renders one document and looks at it: how many pages, and what was found."""


def run_check(
    request: CheckRequest, career: Career, host: Host, examine: Examine, tell: Callable[[CheckedDocument], None]
) -> CheckResult:
    """Check each cell of the matrix, ``wish.jobs`` at a time; ``tell`` hears of each when it is done.

    Raises InputError where there is nothing that could be checked.
    """
    cells = list_targets(request, career)
    done: dict[CheckTarget, CheckedDocument] = {}
    with ExitStack() as stack:
        backends = _Backends(host, stack)
        pool = stack.enter_context(ThreadPoolExecutor(max_workers=request.jobs))
        waiting = {pool.submit(_check_target, cell, request, career, backends, examine): cell for cell in cells}
        for future in as_completed(waiting):
            done[waiting[future]] = future.result()
            tell(done[waiting[future]])
    told = tuple(Finding("profile", problem) for problem in career.problems)
    unshown = find_unshown(career) if not request.variants else ()
    return CheckResult(tuple(done[cell] for cell in cells), (*told, *unshown))


class _Backends:
    """One open backend for each thread and engine."""

    def __init__(self, host: Host, stack: ExitStack) -> None:
        self._host, self._stack, self._lock = host, stack, threading.Lock()
        self._open: dict[tuple[int, str], Backend] = {}

    def get(self, engine: str) -> Backend:
        key = (threading.get_ident(), engine)
        with self._lock:
            if key not in self._open:
                self._open[key] = self._stack.enter_context(closing(open_backend(engine, self._host)))
            return self._open[key]


def _check_target(
    cell: CheckTarget, request: CheckRequest, career: Career, backends: _Backends, examine: Examine
) -> CheckedDocument:
    started = time.monotonic()
    backend = backends.get(cell.engine)
    names = (cell.variant or "default", cell.theme or own_theme(career, cell.variant), cell.engine)
    try:
        prepared = prepare_career(Request(request.profile, cell.variant, cell.theme, cell.engine), career, backend)
        names = (prepared.variant.name, prepared.theme.name, cell.engine)
        pages, found = examine(prepared, backend)
    except CvgenError as error:
        findings = tuple(Finding("render", problem) for problem in error.problems)
        return CheckedDocument(*names, None, time.monotonic() - started, findings)
    mine = [problem for problem in prepared.problems if problem not in career.problems]
    told = tuple(Finding("selection", problem) for problem in mine)
    findings = (*told, *find_missing_pins(prepared), *found)
    return CheckedDocument(*names, pages, time.monotonic() - started, findings)


@dataclass(frozen=True, slots=True)
class Baseline:
    """The folder of kept pictures, and whether they are to be made anew."""

    folder: Path
    update: bool = False


def render_and_examine(
    prepared: Prepared, backend: Backend, baseline: Baseline | None = None
) -> tuple[int, tuple[Finding, ...]]:
    """The document as ``cvgen render`` would write it, what is wrong with its PDF, and how it differs from before."""
    fitting = fit_document(prepared, backend) if prepared.pages else None
    job = fitting.job if fitting else prepared.make_job()
    compiled = backend.compile(job)
    told = (*compiled.problems, *(fitting.problems if fitting else ()))
    findings = [Finding("render", problem) for problem in told]
    findings += examine_pdf(compiled.pdf, job, prepared.pages)
    if baseline:
        from cvgen.pipeline.check.baseline import compare_with

        name = f"{prepared.variant.name}-{prepared.theme.name}-{prepared.request.engine}"
        findings += compare_with(baseline.folder, name, compiled, update=baseline.update)
    return compiled.pages, tuple(findings)
