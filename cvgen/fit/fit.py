"""Fills the pages allowed, as a person would: tighten, shorten, leave out, then increase the spacing again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from cvgen.backends.backend import Layout
from cvgen.diagnostics import Problem, RenderError
from cvgen.fit.choice_by_pages import Room, choose_for_pages
from cvgen.fit.choose import (
    Level,
    Levels,
    Measured,
    PageSpace,
    measure_parts,
    overflow,
    rank_hidden,
    show_all,
)
from cvgen.fit.densities import Densities
from cvgen.fit.density_search import SLOPE, TARGET, find_airiest_density
from cvgen.fit.measured_parts import total_height
from cvgen.fit.no_fit import explain_no_fit
from cvgen.fit.value import Worth, weigh_parts
from cvgen.fit.weakness import find_filler, is_judged, keep_other_subjects
from cvgen.model.part import Part
from cvgen.model.refs import Ref
from cvgen.select.cut import Cut

SOFT_MARGIN = 0.99
"""The share of the space at the density ``soft`` that weak parts may fill, since heights at it are estimated."""
WHOLE_MARGIN = 1.02
"""How many times what others may fill a page may hold if nothing is left out, since heights are estimated."""
CHIEF_STEPS = 3
"""The steps in which text gets smaller for chief parts."""
STEP = 0.05
"""The step between two densities."""
LAST_STEPS = 2
"""How often the last step is halved."""
LAST_CHOICES = 2
"""How many choices are tried beyond the limit of layouts before the fit fails: an error helps nobody."""
NEARLY_FULL = 0.97
"""A page that is at least this full at the highest density is not loosened."""
FULL = 0.9
"""A last page that is at least this full is not changed."""
CALM = 0.72
"""Filler stays out of pages that are at least this full without it: with airy spacing they are full."""


@dataclass(frozen=True, slots=True)
class PageLayouts:
    """Lays out a cut at a density, on real pages or on one long page, and limits how often on real ones."""

    lay_out: Callable[[Cut, float], Layout]
    lay_out_long: Callable[[Cut, float, Layout], Layout]
    limit: int


@dataclass(frozen=True, slots=True)
class Fitted:
    """The result of a fit: what is shown and how densely. ``layouts`` counts how often real pages were laid out.

    ``almost`` are the left out parts of the highest value, the best first. ``worths`` has the worth of each part.
    ``filler`` are the weak parts that stay out although there may be room. ``tighter`` is a higher
    density at which more would fit, if parts were left out to keep the text larger; else None.
    """

    cut: Cut
    density: float
    layout: Layout
    layouts: int
    almost: tuple[Part, ...] = ()
    worths: Mapping[Ref, Worth] = field(default_factory=dict)
    filler: frozenset[Ref] = frozenset()
    tighter: float | None = None


NOTHING = Cut()
BEND = 0.8
"""Heights fall a little more slowly at first: with (1 - t) to this power (nine themes, three profiles)."""


def fit_pages(
    parts: tuple[Part, ...], short: tuple[Ref, ...], pages: int, densities: Densities, layouts: PageLayouts
) -> Fitted:
    """Choose what is shown of ``parts``, and how densely, on at most ``pages`` pages.

    ``short`` are the refs with a short wording. Filler stays out if the pages are full without it; if they are only
    full with what is on other subjects, the rest of it does. If nothing fits, raises RenderError, which says what could
    be changed.
    """
    worths = weigh_parts(parts)
    densities = densities if is_judged(parts) else replace(densities, firm=None)
    weak = {ref: worth.weakness for ref, worth in worths.items() if worth.weakness}
    filler = find_filler(parts, weak, {ref: worth.value for ref, worth in worths.items()})
    for left in dict.fromkeys((filler, keep_other_subjects(filler, weak))):
        if not left:
            continue
        rest = tuple(part for part in parts if part.ref not in left)
        calm = _Fitter(rest, pages, densities, layouts, worths, left)
        if calm.fullness(NOTHING, pages)(densities.start) >= CALM:
            return calm.fit(tuple(ref for ref in short if ref not in left))
        layouts = replace(layouts, limit=layouts.limit - len(calm.known))
    return _Fitter(parts, pages, densities, layouts, worths).fit(short)


class _Fitter:
    """One fit of ``parts``, with ``filler`` left out. It keeps every layout, and so lays out nothing twice."""

    def __init__(
        self,
        parts: tuple[Part, ...],
        pages: int,
        densities: Densities,
        layouts: PageLayouts,
        worths: Mapping[Ref, Worth],
        filler: frozenset[Ref] = frozenset(),
    ) -> None:
        self.parts, self.pages, self.densities, self.layouts = parts, pages, densities, layouts
        self.worths, self.filler = worths, filler
        self.weak = frozenset(part.ref for part in parts if worths[part.ref].is_weak)
        self.known: dict[tuple[Cut, float], Layout] = {}

    def fit(self, short: tuple[Ref, ...]) -> Fitted:
        """The best choice that fits; ``short`` are the refs with a short wording."""
        densities = self.densities
        base = self.lay_out(NOTHING, densities.start)
        if base.pages <= self.pages:
            return self.open_up(NOTHING, base)
        measured = self.measure(base)
        shrunk = self.page_at(densities.share(densities.soft), measured, base)
        if overflow(measured, show_all(measured), PageSpace(self.pages, shrunk)) == 0:
            fitted = self.tighten(measured, show_all(measured), base)
            if fitted:
                return fitted
        if short:
            measured = self.measure_short(measured, short, base)
        return self.choose(measured, base)

    def measure(self, base: Layout) -> Measured:
        """The parts in their long wordings at the highest density."""
        long = self.layouts.lay_out_long(self.without_filler(NOTHING), self.densities.tight, base)
        return measure_parts(
            self.parts, {part.ref: self.worths[part.ref].value for part in self.parts}, long, self.weak
        )

    def measure_short(self, measured: Measured, short: tuple[Ref, ...], base: Layout) -> Measured:
        """``measured`` with the heights of the wordings of ``short``, also at the highest density.

        Sections without one are not laid out again. Beside a side bar all are: the room of one depends on the others.
        """
        needed = {ref[:1] for ref in short}
        others = () if measured.columns else (part.ref for part in self.parts if part.ref[:1] not in needed)
        cut = self.without_filler(Cut(frozenset(others), frozenset(short)))
        return measured.with_short(self.layouts.lay_out_long(cut, self.densities.tight, base))

    def without_filler(self, cut: Cut) -> Cut:
        return replace(cut, hidden=cut.hidden | self.filler) if self.filler else cut

    def lay_out(self, cut: Cut, density: float) -> Layout:
        key = (cut, density)
        if key not in self.known:
            self.known[key] = self.layouts.lay_out(self.without_filler(cut), density)
        return self.known[key]

    def fullness(self, cut: Cut, pages: int) -> Callable[[float], float]:
        """How full ``pages`` are with ``cut`` at a density; more than 1 if it needs more pages."""

        def measure(density: float) -> float:
            layout = self.lay_out(cut, density)
            if layout.pages <= pages:
                return min(1.0, _height_of(layout) / (pages * layout.room))
            # What is kept together may have left space at the foot of a page: count the text alone
            return max(1.001, sum(layout.ends) / (pages * layout.room))

        return measure

    @property
    def left(self) -> int:
        """How many more layouts there may be."""
        return self.layouts.limit - len(self.known)

    def done(self, cut: Cut, density: float, almost: tuple[Part, ...] = ()) -> Fitted:
        layout, full = self.lay_out(cut, density), self.without_filler(cut)
        densities = self.densities
        is_firm = bool(full.hidden - self.filler) and densities.share(densities.firm) < 1 and density < densities.tight
        tighter = densities.tight if is_firm else None
        return Fitted(full, density, layout, len(self.known), almost, self.worths, self.filler, tighter)

    # --- everything fits at the comfortable density

    def open_up(self, cut: Cut, base: Layout) -> Fitted:
        """Use up free space: as airy as the pages allow, or on one page less, if that fills the pages."""
        densities = self.densities
        if base.fill >= FULL:
            return self.done(cut, densities.start)
        steps = _steps(densities.airy, densities.start)
        guess = _guess_opening(base, steps)
        found = find_airiest_density(steps, self.fullness(cut, base.pages), guess, max_layouts=self.left - 1)
        opened = self.done(cut, densities.start if found is None else steps[found])
        if opened.layout.fill >= FULL or base.pages == 1 or self.left < 1:
            return opened
        return self.save_page(cut, base.pages - 1) or opened

    def save_page(self, cut: Cut, pages: int) -> Fitted | None:
        """The lowest density that needs no more than ``pages``; None if there is none."""
        steps = _steps(self.densities.start, self.densities.tight)
        if self.lay_out(cut, steps[-1]).pages > pages:
            return None
        found = find_airiest_density(steps, self.fullness(cut, pages), len(steps) // 2, max_layouts=self.left)
        return None if found is None else self.done(cut, steps[found])

    # --- it does not

    def tighten(self, measured: Measured, levels: Levels, base: Layout, *, is_close: bool = False) -> Fitted | None:
        """The lowest density at which ``levels`` fit on real pages; None if there is none.

        If it ``is_close``, the highest density is tried first. One layout is left for a choice of less.
        """
        cut = cut_of(levels)
        steps = _steps(self.densities.start, self.densities.tight)
        guess, slope = self.guess_density(measured, levels, base, len(steps))
        guess = len(steps) - 1 if is_close else guess
        most = max(1, self.left - 1)
        found = find_airiest_density(steps, self.fullness(cut, self.pages), guess, max_layouts=most, slope=slope)
        if found is None:
            return None
        density = self.loosen(cut, steps[found - 1], steps[found]) if 0 < found == len(steps) - 1 else steps[found]
        return self.done(cut, density, tuple(rank_hidden(measured, levels)))

    def loosen(self, cut: Cut, loose: float, tight: float) -> float:
        """A density between the last two steps, if the pages have room at the last one: gaps change most there."""
        for _ in range(LAST_STEPS):
            if self.left < 1 or self.fullness(cut, self.pages)(tight) >= NEARLY_FULL:
                break
            middle = round((loose + tight) / 2, 4)
            if self.lay_out(cut, middle).pages <= self.pages:
                tight = middle
            else:
                loose = middle
        return tight

    def guess_density(self, measured: Measured, levels: Levels, base: Layout, count: int) -> tuple[int, float]:
        """The index of the step out of ``count`` that is likely to fit, and how much each step changes the fullness.

        Heights fall from one end to the other; with everything shown, they are known at both ends.
        """
        whole = _height(measured, show_all(measured))
        share = _height(measured, levels) / whole if whole else 1.0
        loose = share * sum(base.ends) / (self.pages * base.room)
        tight = share * whole / (self.pages * measured.page)  # margins are smaller there, and pages higher
        if loose <= tight or count < 2:
            return 0, SLOPE
        missing = max(0.0, min(1.0, (TARGET - tight) / (loose - tight)))
        return round((1 - missing ** (1 / BEND)) * (count - 1)), (loose - tight) / (count - 1)

    def page_at(self, share: float, measured: Measured, base: Layout) -> float:
        """The height of a page at the highest density that holds as much as one ``share`` of the way to it."""
        tight = _height(measured, show_all(measured)) / measured.page
        loose = sum(base.ends) / base.room
        if share >= 1 or loose <= tight:
            return measured.page
        return measured.page * tight / (tight + (loose - tight) * float((1 - share) ** BEND))

    def find_room(self, measured: Measured, base: Layout) -> Room:
        """How much a page may hold: weak parts, all others, and in steps from there the chief ones."""
        soft, firm = (self.densities.share(density) for density in (self.densities.soft, self.densities.firm))
        shares = (firm + (1 - firm) * step / CHIEF_STEPS for step in range(CHIEF_STEPS + 1))
        steps = tuple(dict.fromkeys(self.page_at(share, measured, base) for share in shares))
        whole = min(measured.page, WHOLE_MARGIN * steps[0])
        chief = frozenset(part.ref for part in self.parts if self.worths[part.ref].is_chief)
        return Room(SOFT_MARGIN * self.page_at(soft, measured, base), whole, steps, chief)

    def choose(self, measured: Measured, base: Layout) -> Fitted:
        """Shorten, then leave out parts; if the choice does not fit on real pages, choose again for less space."""
        spare, room = 0.0, self.find_room(measured, base)
        while True:
            levels = choose_for_pages(measured, self.weak, self.pages, room, spare)
            if levels is None:
                raise RenderError([explain_no_fit(measured, self.pages)])
            if fitted := self.tighten(measured, levels, base, is_close=spare > 0):
                return fitted
            real = self.lay_out(cut_of(levels), self.densities.tight)
            # Double it each time: empty space at the foot of a page hides how much too high the content is
            spare += max(2.0, spare, sum(real.ends) - self.pages * real.room, _overflow(real, self.pages))
            if self.left < 1 - LAST_CHOICES:
                message = f"no layout that fits was found in {len(self.known)} attempts"
                raise RenderError([Problem(message, hint="allow one page more")])


def cut_of(levels: Levels) -> Cut:
    """The Cut that shows ``levels``."""
    return Cut(
        frozenset(ref for ref, level in levels.items() if level is Level.HIDDEN),
        frozenset(ref for ref, level in levels.items() if level is Level.SHORT),
    )


def _steps(low: float, high: float) -> list[float]:
    """The densities from ``low`` to ``high``, each STEP tighter than the one before."""
    count = max(0, round((high - low) / STEP))
    return [round(low + (high - low) * index / count, 3) for index in range(count + 1)] if count else [low]


def _guess_opening(base: Layout, steps: list[float]) -> int:
    """The index in ``steps`` at which a page that is now ``base.fill`` full may be full: a step adds about 2 %."""
    missing = base.pages * base.room / max(_height_of(base), base.room / 5) - 1
    return max(0, len(steps) - 1 - int(missing / 0.022))


def _overflow(layout: Layout, pages: int) -> float:
    """How much too high the content of the last of ``pages`` and of those after it is for that page, in pt."""
    return sum(layout.ends[pages - 1 :]) - layout.room


def _height_of(layout: Layout) -> float:
    """The height of the text on all pages together."""
    return (layout.pages - 1) * layout.room + layout.ends[-1]


def _height(measured: Measured, levels: Levels) -> float:
    def shown(ref: Ref) -> bool:
        return levels[ref] > Level.HIDDEN

    heights: Mapping[Ref, float] = {ref: measured.height(ref, level) for ref, level in levels.items()}
    return measured.head + max(total_height(lane, shown, lambda unit: heights[unit.ref]) for lane in measured.lanes)
