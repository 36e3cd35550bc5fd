"""Fitting a document to the pages allowed: the draft and the theme's densities in, the job that fits out."""

from __future__ import annotations

from dataclasses import dataclass

from cvgen.backends.backend import Backend, Job
from cvgen.diagnostics import Problem, notice
from cvgen.fit.fit import Densities, Fitted, PageLayouts, fit_pages
from cvgen.pipeline.prepare import Prepared
from cvgen.select.cut import list_short
from cvgen.select.parts import Part, PartKind, list_parts
from cvgen.themes.options import DENSITY, NumberSpec


@dataclass(frozen=True, slots=True)
class Fitting:
    """The job that fits, how it came to be, and the parts that were to choose from."""

    job: Job
    fitted: Fitted
    parts: tuple[Part, ...]
    problems: tuple[Problem, ...]


def fit_document(prepared: Prepared, backend: Backend) -> Fitting:
    """Fit what was selected to ``prepared.pages``; raises RenderError that says what would have to give."""
    draft = prepared.draft
    parts = list_parts(prepared.career, prepared.variant, draft, prepared.selection.credits)
    layouts = PageLayouts(
        lambda cut, density: backend.measure(prepared.make_cut_job(cut, density)),
        lambda cut, density, paper: backend.measure_long(prepared.make_cut_job(cut, density), paper),
        backend.most_layouts,
    )
    fitted = fit_pages(parts, list_short(draft), prepared.pages or 1, _densities(prepared), layouts)
    job = prepared.make_cut_job(fitted.cut, fitted.density)
    return Fitting(job, fitted, parts, tuple(_lost_sections(parts, fitted)))


def _densities(prepared: Prepared) -> Densities:
    """The theme's range, and where the person wants to start; one point for a theme without the option."""
    spec = prepared.theme.options.get(DENSITY)
    value = prepared.options.get(DENSITY, 0)
    start = float(value) if isinstance(value, (int, float)) else 0.0
    if not isinstance(spec, NumberSpec):
        return Densities(start, start, start)
    return Densities(spec.min, start, spec.max)


def _lost_sections(parts: tuple[Part, ...], fitted: Fitted) -> list[Problem]:
    """A section that vanishes is told: its reader would not even know that there is more."""
    return [
        notice(
            f"the section {part.label!r} is left out: nothing of it fits",
            part.location,
            "to keep it, pin one of its entries, raise their 'priority' or the section's 'weight'",
        )
        for part in parts
        if part.kind is PartKind.SECTION and part.ref in fitted.cut.hidden
    ]
