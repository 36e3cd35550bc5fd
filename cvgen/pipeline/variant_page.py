"""What a variant prints, fitted to its pages, and on which page each part is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from cvgen.backends.backend import Backend, Job, Layout
from cvgen.diagnostics import Problem
from cvgen.examine.comparable_text import squeeze
from cvgen.model.document import Document
from cvgen.model.ledger import Cause, Ledger
from cvgen.pipeline.fitting import Fitting, fit_document
from cvgen.pipeline.page_costs import MOST_SWAPS, find_swaps
from cvgen.pipeline.prepare import Prepared, prepare_career
from cvgen.pipeline.request import Request
from cvgen.posting.coverage import DroppedPlace, PrintedPlace, TermCoverage
from cvgen.select.build_document import select_document
from cvgen.select.variant import resolve_variant
from cvgen.sources.career import Career
from cvgen.sources.pdf_file import open_pdf

_ENOUGH = 30
"""The characters by which a text is found on a page: a longer one may go on on the next page."""


@dataclass(frozen=True, slots=True)
class VariantPage:
    """The document of a variant as it is printed, and the decisions about all other parts.

    ``prepared``, ``fitting`` and ``layout`` are None if nothing was laid out, ``fitting`` also if the variant has no
    number of pages. ``texts`` are the texts of the pages without white space; empty for a document of one page.
    """

    variant: str
    document: Document
    ledger: Ledger
    problems: tuple[Problem, ...]
    prepared: Prepared | None = None
    fitting: Fitting | None = None
    layout: Layout | None = None
    texts: tuple[str, ...] = ()


def print_variant(request: Request, career: Career, backend: Backend | None) -> VariantPage:
    """The variant of ``request`` as it is rendered; without a ``backend``, all that it selects.

    Raises InputError for what is wrong in the variant, RenderError if it does not fit its pages.
    """
    if backend is None:
        selection = select_document(career, resolve_variant(career, request.variant), request.roles)
        name = resolve_variant(career, request.variant).name
        return VariantPage(name, selection.document, selection.ledger, selection.problems)
    prepared = prepare_career(request, career, backend)
    fitting = fit_document(prepared, backend) if prepared.is_fitted else None
    job = fitting.job if fitting else prepared.make_job()
    layout = fitting.fitted.layout if fitting else backend.measure(job)
    texts = _read_pages(job, backend) if layout.pages > 1 else ()
    ledger = fitting.ledger if fitting else prepared.selection.ledger
    problems = (*prepared.problems, *(fitting.problems if fitting else ()))
    return VariantPage(prepared.variant.name, job.document, ledger, problems, prepared, fitting, layout, texts)


def find_displacing(
    page: VariantPage, covered: Iterable[TermCoverage], backend: Backend | None
) -> tuple[TermCoverage, ...]:
    """``covered``; the first few dropped places get the parts that take their room on the page."""
    terms = tuple(covered)
    if backend is None or page.prepared is None or page.fitting is None or page.layout is None:
        return terms
    hidden = {part.path: part.ref for part in page.prepared.draft.parts if part.ref in page.fitting.fitted.cut.hidden}
    paths = [place.mention.path for one in terms for place in one.dropped if place.is_by(Cause.PAGES)]
    refs = list(dict.fromkeys(hidden[path] for path in paths if path in hidden))[:MOST_SWAPS]
    if not refs:
        return terms
    swaps = find_swaps(page.prepared, page.fitting, page.layout, backend, refs)

    def explain(place: DroppedPlace) -> DroppedPlace:
        swap = swaps.get(hidden.get(place.mention.path, ()))
        return replace(place, displaced_by=(*swap.left_out, *swap.shortened)) if swap else place

    return tuple(replace(one, dropped=tuple(map(explain, one.dropped))) for one in terms)


def _read_pages(job: Job, backend: Backend) -> tuple[str, ...]:
    with open_pdf(backend.compile(job).pdf) as document:
        return tuple(squeeze(page.get_textpage().get_text_bounded()) for page in document)


def find_pages(page: VariantPage, covered: Iterable[TermCoverage]) -> tuple[TermCoverage, ...]:
    """``covered`` with the page of each place that prints a term."""

    def find(place: PrintedPlace) -> PrintedPlace:
        return replace(place, page=find_page(page, place.text))

    return tuple(replace(one, printed=tuple(map(find, one.printed))) for one in covered)


def find_page(page: VariantPage, text: str) -> int | None:
    """The number of the page on which ``text`` begins, the first if it is on several; None if it is not known."""
    if page.layout is None:
        return None
    if page.layout.pages == 1:
        return 1
    start = squeeze(text)[:_ENOUGH]
    return next((number for number, there in enumerate(page.texts, 1) if start in there), None)
