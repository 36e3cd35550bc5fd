"""Fits a document to the pages allowed: from the draft and the theme's densities to the job that fits."""

from __future__ import annotations

from dataclasses import dataclass

from cvgen.backends.backend import Backend, Job, Layout, Measurer, SourceWriter
from cvgen.diagnostics import Location, Problem, notice
from cvgen.fit import last_page
from cvgen.fit.densities import Densities
from cvgen.fit.fit import Fitted, PageLayouts, fit_pages
from cvgen.fit.fit_reasons import record_fit
from cvgen.fit.years import find_early_gap
from cvgen.model.draft import Draft
from cvgen.model.ledger import Ledger
from cvgen.model.part import PartKind
from cvgen.model.variant_settings import Comfort
from cvgen.pipeline.prepare import Prepared
from cvgen.select.ledger_writer import find_setting
from cvgen.themes.contract import DENSITY
from cvgen.themes.options import NumberSpec


@dataclass(frozen=True, slots=True)
class Fitting:
    """The job that fits, and what was chosen for it."""

    job: Job
    fitted: Fitted
    ledger: Ledger
    """The ledger of the selection, with the parts that were shortened or left out to fit the pages."""
    problems: tuple[Problem, ...]


def fit_document(prepared: Prepared, backend: Measurer) -> Fitting:
    """Fit the selected parts to ``prepared.pages``; raises RenderError with what to change if they do not fit."""
    draft = prepared.draft
    layouts = PageLayouts(
        lambda cut, density: backend.measure(prepared.make_cut_job(cut, density)),
        lambda cut, density, paper: backend.measure_long(prepared.make_cut_job(cut, density), paper),
        backend.most_layouts,
    )
    fitted = fit_pages(draft.parts, tuple(draft.short), prepared.pages or 1, _densities(prepared), layouts)
    job = prepared.make_cut_job(fitted.cut, fitted.density)
    ledger = record_fit(prepared.selection.ledger, fitted, prepared.pages or 1, _find_pages(prepared))
    problems = (*_find_lost_sections(ledger), *_find_lost_years(draft, fitted))
    return Fitting(job, fitted, ledger, problems)


_COMFORTS = {Comfort.ROOMY: (0.0, 0.5, 0.5), Comfort.NORMAL: (0.45, 0.7, 1.0), Comfort.TIGHT: (1.0, 1.0, 1.0)}
"""How far, from the comfortable density to the theme's highest, weak parts are kept, others, and chief ones."""


def choose_job(prepared: Prepared, backend: Backend) -> tuple[Job, Fitting | None]:
    """The job to print: fitted to the pages allowed or, without a limit, with a last page of more than a few lines.

    A letter is printed as it is.
    """
    if prepared.request.letter:
        return prepared.make_job(), None
    if prepared.is_fitted:
        fitting = fit_document(prepared, backend)
        return fitting.job, fitting
    return _lengthen_last_page(prepared, backend), None


def choose_source_job(prepared: Prepared, writer: SourceWriter) -> tuple[Job, Fitting | None]:
    """The job of a source: fitted to the pages allowed if ``writer`` can measure, else with everything selected."""
    if prepared.is_fitted and isinstance(writer, Measurer):
        fitting = fit_document(prepared, writer)
        return fitting.job, fitting
    return prepared.make_job(), None


def _lengthen_last_page(prepared: Prepared, backend: Backend) -> Job:
    """The job at the theme's density, or at one near it if its last page has a few lines only.

    A density that the person has set is not changed.
    """
    job = prepared.make_job()
    densities = _densities(prepared)
    if densities.airy == densities.tight or DENSITY in prepared.given:
        return job
    base = backend.measure(job)
    if not last_page.is_short(base):
        return job

    def measure(density: float) -> Layout:
        return backend.measure(prepared.make_dense_job(density))

    density = last_page.find_density(base, densities.start, densities.airy, densities.tight, measure)
    return job if density == densities.start else prepared.make_dense_job(density)


def _densities(prepared: Prepared) -> Densities:
    """The range in which the document may be set: the theme's, up to the variant's comfort or the density set by hand.

    A single point for a theme without the option.
    """
    spec = prepared.theme.options.get(DENSITY)
    value = prepared.options.get(DENSITY, 0)
    start = float(value) if isinstance(value, (int, float)) else 0.0
    if not isinstance(spec, NumberSpec):
        return Densities(start, start, start)
    if DENSITY in prepared.given:
        return Densities(spec.min, start, start)
    soft, firm, tight = (start + share * (spec.max - start) for share in _COMFORTS[prepared.variant.comfort])
    return Densities(spec.min, start, tight, soft, firm)


def _find_pages(prepared: Prepared) -> Location | None:
    """The place where the number of pages is set; None if the command line sets it."""
    return None if prepared.request.pages else find_setting(prepared.career, prepared.variant, "pages")


def _find_lost_sections(ledger: Ledger) -> list[Problem]:
    """A notice for each section that is left out, since the document itself does not show this."""
    return [
        notice(
            f"the section {decision.part.label!r} is left out: nothing of it fits",
            decision.part.location,
            "to keep it, pin one of its entries, raise their 'priority' or the section's 'weight'",
        )
        for decision in ledger.dropped
        if decision.part.kind is PartKind.SECTION
    ]


def _find_lost_years(draft: Draft, fitted: Fitted) -> list[Problem]:
    """A notice if the years between the last degree and the first job shown are not explained."""
    gap = find_early_gap(draft.parts, (part.ref for part in draft.parts if part.ref not in fitted.cut.hidden))
    if gap is None:
        return []
    degree, job = gap
    message = f"the years between {degree.label!r} and the first job shown are a gap: {job.label!r} is left out"
    return [notice(message, job.location, "to show it, pin it or raise its 'priority'")]
