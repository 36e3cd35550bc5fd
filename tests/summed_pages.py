"""Documents whose pages are sums of heights: what a fit makes of them can be worked out by hand, or tried out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product

from cvgen.backends.backend import Box, Layout
from cvgen.fit.densities import Densities
from cvgen.fit.fit import Fitted, PageLayouts, fit_pages
from cvgen.fit.value import lose_by_short, weigh_parts
from cvgen.fit.years import find_gap
from cvgen.model.part import Part, PartKind
from cvgen.model.refs import Ref
from cvgen.select.cut import Cut

ROOM = 400.0
DENSITIES = Densities(-1, 0, 1)
COMFORT = Densities(-1, 0, 1, 0.45, 0.7)
"""Those of a variant of normal comfort."""


def value_parts(parts: Iterable[Part]) -> dict[Ref, float]:
    """The value of each part, without the parts inside it."""
    return {ref: worth.value for ref, worth in weigh_parts(parts).items()}


@dataclass
class Paper:
    """A document as heights in pt, laid out by adding them up.

    ``wobble`` says by how much everything is higher on real pages than where it was measured.
    """

    parts: tuple[Part, ...]
    long: dict[Ref, float]
    short: dict[Ref, float]
    wobble: float = 0.0
    densities: Densities = DENSITIES
    asked: list[tuple[Cut, float]] = field(default_factory=list)

    @cached_property
    def children(self) -> dict[Ref, list[Ref]]:
        found: dict[Ref, list[Ref]] = {(): []}
        for part in self.parts:
            found[part.ref] = []
            found[part.parent].append(part.ref)
        return found

    def height(self, ref: Ref, cut: Cut, density: float) -> float:
        high = self.short[ref] if ref in cut.shortened else self.long[ref]
        return high * (1 - 0.22 * density)

    def lines(self, cut: Cut, density: float) -> list[tuple[float, bool]]:
        """Heights in order; whether each is the head of what follows and must not be parted from it."""
        return [
            (self.height(ref, cut, density), any(child not in cut.hidden for child in self.children[ref]))
            for ref in self.walk(cut)
        ]

    def walk(self, cut: Cut, above: Ref = ()) -> Iterator[Ref]:
        for ref in self.children[above]:
            if ref not in cut.hidden:
                yield ref
                yield from self.walk(cut, ref)

    def lay_out(self, cut: Cut, density: float) -> Layout:
        self.asked.append((cut, density))
        ends, held = [0.0], 0.0
        for high, is_head in self.lines(cut, density):
            held += high * (1 + self.wobble)
            if is_head:
                continue
            if ends[-1] + held > ROOM and ends[-1]:
                ends.append(0.0)
            ends[-1] += held
            held = 0.0
            while ends[-1] > ROOM:
                ends[-1:] = [ROOM, ends[-1] - ROOM]
        return Layout(tuple(ends), ROOM, 600, ROOM)

    def lay_out_long(self, cut: Cut, density: float, paper: Layout) -> Layout:
        boxes: dict[Ref, Box] = {}
        end = self._place((), 0.0, cut, density, boxes)
        return Layout((end,), ROOM, 600, ROOM, boxes)

    def _place(self, above: Ref, top: float, cut: Cut, density: float, boxes: dict[Ref, Box]) -> float:
        for ref in self.children[above]:
            if ref not in cut.hidden:
                end = self._place(ref, top + self.height(ref, cut, density), cut, density, boxes)
                boxes[ref] = Box(0, top, 500, end)
                top = end
        return top

    def fit(self, pages: int, limit: int = 12) -> Fitted:
        shorts = tuple(part.ref for part in self.parts if part.has_short)
        layouts = PageLayouts(self.lay_out, self.lay_out_long, limit)
        return fit_pages(self.parts, shorts, pages, self.densities, layouts)

    def fits(self, cut: Cut, pages: int, density: float = DENSITIES.tight) -> bool:
        return self.lay_out(cut, density).pages <= pages

    def lost(self, cut: Cut) -> float:
        values = value_parts(self.parts)
        return sum(values[ref] for ref in cut.hidden) + sum(lose_by_short(values[ref]) for ref in cut.shortened)

    def shown(self, cut: Cut) -> set[Ref]:
        return {part.ref for part in self.parts} - cut.hidden

    def every_cut(self) -> Iterator[Cut]:
        """All that a person could choose."""
        choices = [_choices(part) for part in self.parts]
        for levels in product(*choices):
            cut = Cut(
                frozenset(part.ref for part, level in zip(self.parts, levels, strict=True) if level == "hidden"),
                frozenset(part.ref for part, level in zip(self.parts, levels, strict=True) if level == "short"),
            )
            if self.is_whole(cut):
                yield cut

    def is_whole(self, cut: Cut) -> bool:
        """Whether each part has its section and entry, no head is alone, and no pinned part and no year is missing."""
        shown = self.shown(cut)
        by_ref = {part.ref: part for part in self.parts}
        for part in self.parts:
            below = self.children[part.ref]
            if part.ref in shown and part.parent and part.parent not in shown:
                return False
            if part.ref in shown and part.kind is PartKind.SECTION and below and not shown & set(below):
                return False
            is_bare = below and part.kind is PartKind.ENTRY and not (part.occupies or part.pin)
            if part.ref in shown and is_bare and not shown & set(below):
                return False
            if part.pin and part.ref not in shown:
                return False
        return find_gap(by_ref.values(), shown) is None


def _choices(part: Part) -> list[str]:
    return [*([] if part.pin else ["hidden"]), *(["short"] if part.has_short else []), "long"]
