"""Runs a check: renders each target, several at a time, examines its PDF, and collects the findings."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from cvgen.backends.backend import Backend, SourceWriter
from cvgen.backends.engines import PDF, find_engine
from cvgen.backends.host import Host
from cvgen.backends.open_engines import OpenEngines
from cvgen.diagnostics import CvgenError, Problem, Severity
from cvgen.examine import Finding, examine_docx, examine_pdf
from cvgen.examine.checks.table_of_checks import CHECKS, NOTES
from cvgen.pipeline.batch import name_letter
from cvgen.pipeline.check.budget import find_missing_pins, find_unshown
from cvgen.pipeline.check.matrix import CheckRequest, CheckTarget, list_targets, own_theme
from cvgen.pipeline.do_tasks import do_tasks
from cvgen.pipeline.file_names import add_letter
from cvgen.pipeline.fitting import choose_job, choose_source_job
from cvgen.pipeline.prepare import Prepared, prepare_career
from cvgen.pipeline.request import Request
from cvgen.sources.career import Career


@dataclass(frozen=True, slots=True)
class CheckedDocument:
    """A document and its findings. ``pages`` is None for one that has no pages, and for one that
    could not be rendered, of which a finding says why.

    ``variant`` is the name of the variant, or ``letter acme``.
    """

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

    @property
    def failed(self) -> bool:
        """Whether some finding is an error."""
        return any(finding.is_error for finding in self.findings)

    def as_strict(self) -> CheckedDocument:
        """The same document, of which every warning is an error."""
        return replace(self, findings=_without_warnings(self.findings))


@dataclass(frozen=True, slots=True)
class CheckResult:
    """Everything that a check found: for each document, and for the profile as a whole."""

    documents: tuple[CheckedDocument, ...]
    profile: tuple[Finding, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, those for the profile first."""
        return (*self.profile, *(finding for document in self.documents for finding in document.findings))

    @property
    def failed(self) -> bool:
        """Whether some finding is an error."""
        return any(finding.is_error for finding in self.findings)


def _without_warnings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """``findings`` with an error for each warning."""
    return tuple(
        replace(one, problem=one.problem.as_error()) if one.problem.severity is Severity.WARNING else one
        for one in findings
    )


def result_for_bad_input(problems: Iterable[Problem]) -> CheckResult:
    """The result for input that cannot be used, in the same shape as any other result."""
    return CheckResult((), tuple(Finding("profile", problem) for problem in problems))


Examine = Callable[[Prepared, SourceWriter], tuple[int | None, tuple[Finding, ...]]]
"""Renders and examines one document: its number of pages, None for a source, and the findings."""


def run_check(
    request: CheckRequest,
    career: Career,
    host: Host,
    examine: Examine,
    on_checked: Callable[[CheckedDocument, int], None],
) -> CheckResult:
    """Check each target, ``request.jobs`` at a time.

    ``on_checked`` is called with each result when it is ready, and with how many there will be.

    Raises InputError if nothing can be checked.
    """
    targets = list_targets(request, career)

    def check(engines: OpenEngines, target: CheckTarget) -> tuple[CheckTarget, CheckedDocument]:
        document = _check_target(target, request, career, engines.open_checked(target.engine), examine)
        return target, document.as_strict() if request.is_strict else document

    done: dict[CheckTarget, CheckedDocument] = {}
    with closing(do_tasks(targets, lambda: OpenEngines(host), check, request.jobs)) as checking:
        for target, document in checking:
            done[target] = document
            on_checked(document, len(targets))
    of_profile = tuple(Finding("profile", problem) for problem in career.problems)
    of_profile = _without_warnings(of_profile) if request.is_strict else of_profile
    unshown = find_unshown(career) if not request.variants else ()
    return CheckResult(tuple(done[target] for target in targets), (*of_profile, *unshown))


def _check_target(
    target: CheckTarget, request: CheckRequest, career: Career, backend: SourceWriter, examine: Examine
) -> CheckedDocument:
    started = time.monotonic()
    letter = name_letter(target.letter) if target.letter else ""
    names = (letter or target.variant or "default", target.theme or own_theme(career, target.variant), target.engine)
    try:
        prepared = prepare_career(_request_one(request, target), career, backend)
        names = (letter or prepared.variant.name, prepared.theme.name, target.engine)
        pages, found = examine(prepared, backend)
    except CvgenError as error:
        findings = tuple(Finding("render", problem) for problem in error.problems)
        return CheckedDocument(*names, None, time.monotonic() - started, findings)
    mine = [problem for problem in prepared.problems if problem not in career.problems]
    of_selection = tuple(Finding("selection", problem) for problem in mine)
    findings = (*of_selection, *find_missing_pins(prepared), *found)
    return CheckedDocument(*names, pages, time.monotonic() - started, findings)


def _request_one(request: CheckRequest, target: CheckTarget) -> Request:
    """The render of one target: a PDF, or the source of an engine that prints none."""
    engine = find_engine(target.engine)
    format_ = PDF if engine.prints else engine.format
    asked = Request(request.profile, target.variant, target.theme, target.engine, format_, untrusted=request.untrusted)
    return replace(asked, letter=target.letter)


@dataclass(frozen=True, slots=True)
class Baseline:
    """The folder of recorded snapshots, and whether to record them again."""

    folder: Path
    update: bool = False


def render_and_examine(
    prepared: Prepared, backend: SourceWriter, baseline: Baseline | None = None, *, as_parser: bool = False
) -> tuple[int | None, tuple[Finding, ...]]:
    """Render the document as ``cvgen render`` does; returns its number of pages, None for a source, and all findings.

    With ``baseline`` the findings include every difference of a PDF from the recorded snapshot, with ``as_parser`` what
    a résumé parser may misread.
    """
    if not isinstance(backend, Backend):
        source_job, source_fitting = choose_source_job(prepared, backend)
        source = backend.write_source(source_job)
        notes = (*source.problems, *(source_fitting.problems if source_fitting else ()))
        read = examine_docx(source.data, source_job)
        return None, (*(Finding("render", problem) for problem in notes), *read)
    job, fitting = choose_job(prepared, backend)
    compiled = backend.compile(job)
    problems = (*compiled.problems, *(fitting.problems if fitting else ()))
    findings = [Finding("render", problem) for problem in problems]
    findings += examine_pdf(compiled.pdf, job, prepared.pages, {**CHECKS, **NOTES} if as_parser else CHECKS)
    if baseline:
        from cvgen.pipeline.check.baseline import compare_with

        name = f"{prepared.variant.name}-{prepared.theme.name}-{prepared.request.engine}"
        if prepared.request.letter:
            name = add_letter(name, prepared.request.letter)
        findings += compare_with(baseline.folder, name, compiled, update=baseline.update)
    return compiled.pages, tuple(findings)
