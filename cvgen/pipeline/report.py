"""Reports the choices of a render: the density, the parts shortened or left out, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cvgen.backends.backend import Layout
from cvgen.fit.swaps import Swap
from cvgen.model.ledger import Decision, Outcome
from cvgen.model.part import Part
from cvgen.model.refs import ProfilePath, Ref
from cvgen.pipeline.fitting import Fitting
from cvgen.pipeline.page_costs import PageCosts, WhatIf
from cvgen.pipeline.prepare import Prepared
from cvgen.themes.contract import DENSITY
from cvgen.themes.options import NumberSpec

ALMOST = 5
"""The most parts that are listed as nearly included."""
_FACTS = ("variant", "theme", "engine", "language", "pages_allowed", "pages", "fill", "density", "sizes")
_LISTS = ("shown", "shortened", "left_out", "almost")


@dataclass(frozen=True, slots=True)
class RenderReport:
    """The ledger of a render, the pages that it led to, and what each part costs on them.

    ``costs`` has the worth of each part and, in lines, its cost.

    ``shown``, ``shortened`` and ``left_out`` together name every part of the profile. ``almost`` are the left out
    parts of the highest value. ``sizes`` are the theme's numbers at this density, with their units. ``fill`` is how
    full each page is, 0 to 1. ``section_paths`` are the places of the variant's sections in the profile.
    """

    variant: str
    theme: str
    engine: str
    language: str
    pages_allowed: int | None
    pages: int
    fill: tuple[float, ...]
    density: float | None
    sizes: dict[str, str]
    shown: tuple[Decision, ...]
    shortened: tuple[Decision, ...]
    left_out: tuple[Decision, ...]
    almost: tuple[Decision, ...]
    layouts: int
    section_paths: tuple[ProfilePath, ...]
    costs: PageCosts

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON. A part is a row with its ``path`` in the profile (``work.0.highlights.2``) and ``why``.

        ``by`` has for each reason its cause, and the place of the setting that decided.
        """
        facts = {name: getattr(self, name) for name in _FACTS} | {"fill": [round(share, 3) for share in self.fill]}
        rows = {name: [self._row(decision) for decision in getattr(self, name)] for name in _LISTS}
        what_if = [self._what_if(one) for one in self.costs.what_ifs]
        columns = [list(page) for page in self.costs.columns]
        return {**facts, "columns": columns, **rows, "what_if": what_if, "layouts": self.layouts}

    def _what_if(self, other: WhatIf) -> dict[str, Any]:
        return {
            "pages": other.pages,
            "density": other.density,
            "size": other.size,
            **self._change(other.change),
        }

    def _name(self, part: Part) -> dict[str, Any]:
        """A part with what identifies it, and its cost."""
        return {
            "kind": part.kind.value,
            "label": part.label,
            "path": self._path(part),
            "location": str(part.location or ""),
            "lines": self.costs.lines.get(part.ref),
        }

    def _path(self, part: Part) -> str:
        # A section has no path of its own in the profile's lists: its place is where the variant lists it.
        return ".".join(map(str, part.path or self.section_paths[int(part.ref[0])]))

    def find_swap(self, part: Part) -> Swap | None:
        """What would give way for ``part``, or for the part around it; None if there is no telling."""
        return self.costs.swaps.get(part.ref) or self.costs.swaps.get(part.parent)

    def _displaced_by(self, part: Part) -> dict[str, Any] | None:
        swap = self.find_swap(part)
        return self._change(swap) if swap else None

    def _change(self, change: Swap) -> dict[str, Any]:
        names = ("left_out", "brought_back", "shortened")
        return {name: [self._name(part) for part in getattr(change, name)] for name in names}

    def _row(self, decision: Decision) -> dict[str, Any]:
        part = decision.part
        worth = self.costs.worths.get(part.ref)
        return {
            "kind": part.kind.value,
            "section": part.section,
            "label": part.label,
            "path": self._path(part),
            "location": str(part.location or ""),
            "worth": round(worth.value, 3) if worth else None,
            "worth_by": [
                {"cause": reason.cause.value, "factor": round(reason.factor, 3), "why": reason.text}
                for reason in (worth.reasons if worth else ())
            ],
            "lines": self.costs.lines.get(part.ref),
            "displaced_by": self._displaced_by(part),
            "why": decision.why,
            "by": [
                {"cause": reason.cause.value, "why": reason.text, "location": str(reason.location or "")}
                for reason in decision.reasons
            ],
        }


def make_report(
    prepared: Prepared, fitting: Fitting | None, layout: Layout, costs: PageCosts | None = None
) -> RenderReport:
    """The report of a render that ended in ``layout``."""
    ledger = fitting.ledger if fitting else prepared.selection.ledger
    fitted = fitting.fitted if fitting else None
    density = prepared.options.get(DENSITY)
    return RenderReport(
        variant=prepared.variant.name,
        theme=prepared.theme.name,
        engine=prepared.request.engine,
        language=prepared.variant.language,
        pages_allowed=prepared.pages,
        pages=layout.pages,
        fill=tuple(end / layout.room for end in layout.ends),
        density=fitted.density if fitted else density if isinstance(density, (int, float)) else None,
        sizes=_sizes(prepared, fitting),
        shown=ledger.select(Outcome.KEPT),
        shortened=ledger.select(Outcome.SHORTENED),
        left_out=ledger.dropped,
        almost=tuple(_find_almost(ledger.dropped, [part.ref for part in fitted.almost])) if fitted else (),
        layouts=fitted.layouts if fitted else 1,
        section_paths=tuple(section.path for section in prepared.variant.sections),
        costs=costs or PageCosts(),
    )


def _find_almost(dropped: Iterable[Decision], refs: list[Ref]) -> list[Decision]:
    """The decisions about the first of ``refs``, in their order."""
    rank = {ref: number for number, ref in enumerate(refs[:ALMOST])}
    return sorted((one for one in dropped if one.part.ref in rank), key=lambda one: rank[one.part.ref])


def _sizes(prepared: Prepared, fitting: Fitting | None) -> dict[str, str]:
    """The options that change with density, with the values of this render."""
    options = fitting.job.options if fitting else prepared.options
    return {
        name: f"{options[name]:g}{spec.unit}"
        for name, spec in prepared.theme.options.items()
        if isinstance(spec, NumberSpec) and spec.tight is not None
    }
