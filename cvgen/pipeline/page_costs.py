"""What each part of a page is worth and costs, what would give way for it, and what other choices there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from cvgen.backends.backend import Backend, Layout
from cvgen.diagnostics import RenderError
from cvgen.fit.choose import Level, Measured, PageSpace, choose_levels, measure_parts, rank_hidden
from cvgen.fit.fit import cut_of
from cvgen.fit.swaps import Swap, compare_levels, find_swap, levels_of
from cvgen.fit.value import Worth, weigh_parts
from cvgen.model.refs import Ref
from cvgen.pipeline.fitting import Fitting
from cvgen.pipeline.prepare import Prepared
from cvgen.select.cut import Cut, shorten_all
from cvgen.sources.pdf_file import open_pdf
from cvgen.themes.contract import DENSITY, LEADING, SIZE

MOST_SWAPS = 8
"""For so many parts that are left out, the best first, it is found what would give way."""
_LINE = 12.0
"""The height in pt of a line of a theme that has no options for it."""
_ATTEMPTS = 7
NOTHING = Cut()


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Another choice that fits: with the text as large as at ``density``, or on ``pages``, and what changes by it."""

    density: float | None
    size: str
    pages: int
    change: Swap


@dataclass(frozen=True, slots=True)
class PageCosts:
    """The costs of all parts of a draft at one density, in lines; a part's own, without those inside it.

    ``swaps`` has for parts that were left out what would give way for them, None if nothing could. ``columns`` is how
    full each column of each page is, 0 to 1, from the left; empty for a page of one column.
    """

    worths: Mapping[Ref, Worth] = field(default_factory=dict)
    lines: Mapping[Ref, float] = field(default_factory=dict)
    swaps: Mapping[Ref, Swap | None] = field(default_factory=dict)
    columns: tuple[tuple[float, ...], ...] = ()
    what_ifs: tuple[WhatIf, ...] = ()


def find_costs(prepared: Prepared, fitting: Fitting | None, layout: Layout, backend: Backend, pdf: bytes) -> PageCosts:
    """The costs of the parts of the page ``pdf``, which has this ``layout``.

    A theme whose parts cannot be measured gives worths only.
    """
    parts = prepared.draft.parts
    worths = fitting.fitted.worths if fitting and fitting.fitted.worths else weigh_parts(parts)
    density = fitting.fitted.density if fitting else None
    try:
        return _Costs(prepared, fitting, layout, backend, worths).find(density, pdf)
    except RenderError:  # a theme for LaTeX alone
        return PageCosts(worths)


def find_swaps(
    prepared: Prepared, fitting: Fitting, layout: Layout, backend: Backend, refs: Sequence[Ref]
) -> dict[Ref, Swap | None]:
    """What would give way for each of ``refs``, which were left out; empty for a theme that cannot be measured."""
    worths = fitting.fitted.worths or weigh_parts(prepared.draft.parts)
    costs = _Costs(prepared, fitting, layout, backend, worths)
    try:
        return costs.find_swaps(costs.measure(fitting.fitted.density), refs)
    except RenderError:  # a theme for LaTeX alone
        return {}


class _Costs:
    """Measures the parts of one page, and tries other choices out."""

    def __init__(
        self,
        prepared: Prepared,
        fitting: Fitting | None,
        layout: Layout,
        backend: Backend,
        worths: Mapping[Ref, Worth],
    ) -> None:
        self.prepared, self.fitting, self.layout, self.backend, self.worths = prepared, fitting, layout, backend, worths
        self.values = {ref: worth.value for ref, worth in worths.items()}
        self.weak = frozenset(ref for ref, worth in worths.items() if worth.is_weak)
        self.long: Layout | None = None

    def find(self, density: float | None, pdf: bytes) -> PageCosts:
        measured = self.measure(density)
        line = self.line_height(density)
        cut = self.fitting.fitted.cut if self.fitting else NOTHING
        lines = {
            ref: round((unit.gap + measured.height(ref, Level.SHORT if ref in cut.shortened else Level.LONG)) / line, 1)
            for ref, unit in measured.units.items()
        }
        columns = tuple(_read_columns(pdf, self.layout, self.column_edges(measured))) if measured.columns else ()
        if self.fitting is None or density is None or self.prepared.pages is None:
            return PageCosts(self.worths, lines, columns=columns)
        levels = levels_of(measured, cut)
        hidden = [part.ref for part in rank_hidden(measured, levels) if part.ref not in measured.away]
        best = hidden[:MOST_SWAPS]
        swaps = self.find_swaps(measured, best)
        what_ifs = tuple(self.list_what_ifs(measured, levels, density)) if best or cut.shortened else ()
        return PageCosts(self.worths, lines, swaps, columns, what_ifs)

    def find_swaps(self, measured: Measured, refs: Sequence[Ref]) -> dict[Ref, Swap | None]:
        """What would give way for each of ``refs``. The first is tried out on real pages, which may hold less."""
        if self.fitting is None:
            return {}
        fitted, pages = self.fitting.fitted, self.prepared.pages or 1
        levels = levels_of(measured, fitted.cut)
        space = PageSpace(pages, measured.page)
        for _ in range(_ATTEMPTS if refs else 0):
            first = find_swap(measured, levels, space, refs[0])
            if first is None or self.fits(first, fitted.density, pages):
                break
            space = replace(space, spare=space.spare + max(4.0, space.spare))
        found = {ref: find_swap(measured, levels, space, ref) for ref in refs}
        return {ref: compare_levels(measured, levels, swap) if swap else None for ref, swap in found.items()}

    def fits(self, levels: Mapping[Ref, Level], density: float, pages: int) -> bool:
        """Whether real pages hold ``levels``."""
        return self.backend.measure(self.prepared.make_cut_job(cut_of(levels), density)).pages <= pages

    def measure(self, density: float | None) -> Measured:
        """All parts of the draft in both wordings, as high as they are at ``density``; filler stays out."""
        prepared, draft = self.prepared, self.prepared.draft
        job = prepared.make_job() if density is None else prepared.make_cut_job(NOTHING, density)
        self.long = self.backend.measure_long(job, self.layout)
        filler = self.fitting.fitted.filler if self.fitting else frozenset()
        measured = replace(measure_parts(draft.parts, self.values, self.long, self.weak), away=filler)
        if draft.short and density is not None:
            short = prepared.make_cut_job(shorten_all(draft), density)
            measured = measured.with_short(self.backend.measure_long(short, self.layout))
        return measured

    def line_height(self, density: float | None) -> float:
        """The height of a line in pt, from the theme's options for the size of the text and its leading."""
        options = self.prepared.options if density is None else self.prepared.make_cut_job(NOTHING, density).options
        size, leading = options.get(SIZE), options.get(LEADING)
        if isinstance(size, (int, float)) and isinstance(leading, (int, float)):
            return float(size) * float(leading)
        return _LINE

    def column_edges(self, measured: Measured) -> list[tuple[float, float]]:
        """The left and right edge of each column, in pt, from the left."""
        boxes = self.long.boxes if self.long else {}
        edges = []
        for column in measured.columns:
            known = [boxes[root.ref] for root in column if root.ref in boxes]
            edges.append((min(box.left for box in known), max(box.right for box in known)))
        return sorted(edges)

    def list_what_ifs(self, measured: Measured, levels: Mapping[Ref, Level], density: float) -> Iterator[WhatIf]:
        """Larger text at the density that the person set, with what would have to go; smaller text; one page more."""
        pages = self.prepared.pages or 1
        tighter = self.fitting.fitted.tighter if self.fitting else None
        start = self.prepared.options.get(DENSITY)
        if isinstance(start, (int, float)) and start < density and (change := self.find_change(levels, start, pages)):
            yield WhatIf(start, self.say_size(start), pages, change)
        if tighter is not None and (change := self.find_change(levels, tighter, pages)):
            yield WhatIf(tighter, self.say_size(tighter), pages, change)
        more = choose_levels(measured, PageSpace(pages + 1, measured.page), may_hide=True)
        if more is not None:
            yield WhatIf(density, self.say_size(density), pages + 1, compare_levels(measured, levels, more))

    def find_change(self, levels: Mapping[Ref, Level], density: float, pages: int) -> Swap | None:
        """What changes if ``density`` is used, tried out on real pages; None if nothing fits."""
        measured = self.measure(density)
        spare = 0.0
        for _ in range(_ATTEMPTS):
            found = choose_levels(measured, PageSpace(pages, measured.page, spare), may_hide=True)
            if found is None:
                return None
            if self.fits(found, density, pages):
                return compare_levels(measured, levels, found)
            spare += max(4.0, spare)
        return None

    def say_size(self, density: float) -> str:
        size = self.prepared.make_cut_job(NOTHING, density).options.get(SIZE)
        return f"{size:.3g} pt" if isinstance(size, (int, float)) else ""


def _read_columns(pdf: bytes, layout: Layout, edges: list[tuple[float, float]]) -> Iterator[tuple[float, ...]]:
    """For each page how full each column is, from the text between its edges."""
    margin = (layout.height - layout.room) / 2
    with open_pdf(pdf) as document:
        for page in document:
            text = page.get_textpage()
            rects = [text.get_rect(index) for index in range(text.count_rects())]
            text.close()
            inside = [(left, bottom) for left, bottom, _, top in rects if bottom >= margin - 4 and top > bottom]
            yield tuple(
                round(min(1.0, (layout.height - margin - min(lowest)) / layout.room), 3)
                if (lowest := [bottom for start, bottom in inside if left - 2 <= start < right])
                else 0.0
                for left, right in edges
            )
