"""What a render chose, for whoever wants to know: how dense, what in its short wording, what not, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from cvgen.backends.backend import Layout
from cvgen.model.document import Ref
from cvgen.pipeline.fitting import Fitting
from cvgen.pipeline.prepare import Prepared
from cvgen.select.hidden import Hidden, list_hidden
from cvgen.select.parts import Part, list_parts
from cvgen.themes.options import NumberSpec

ALMOST = 5
"""How many of what nearly made it are told."""


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One part of the profile; ``path`` is its place there (``work.0.highlights.2``), ``why`` it is left out."""

    kind: str
    section: str
    label: str
    path: str
    location: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class RenderReport:
    """All of it; ``shown``, ``shortened`` and ``left_out`` together name every part of the profile once.

    ``sizes`` are the theme's numbers at this density, with their units. ``fill`` is how full each page is, 0 to 1.
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
    shown: tuple[ReportRow, ...]
    shortened: tuple[ReportRow, ...]
    left_out: tuple[ReportRow, ...]
    almost: tuple[ReportRow, ...]
    layouts: int

    def as_dict(self) -> dict[str, object]:
        """Ready for JSON."""
        return asdict(self)


def make_report(prepared: Prepared, fitting: Fitting | None, layout: Layout) -> RenderReport:
    """The Report of a render that ended in ``layout``."""
    career, variant, credits = prepared.career, prepared.variant, prepared.selection.credits
    parts = fitting.parts if fitting else list_parts(career, variant, prepared.draft, credits)
    fitted = fitting.fitted if fitting else None
    hidden = fitted.cut.hidden if fitted else frozenset()
    shortened = fitted.cut.shortened if fitted else frozenset()
    full = f"does not fit on {prepared.pages} page{'s' if prepared.pages != 1 else ''}"
    density = prepared.options.get("density")
    return RenderReport(
        variant=variant.name,
        theme=prepared.theme.name,
        engine=prepared.request.engine,
        language=variant.language,
        pages_allowed=prepared.pages,
        pages=layout.pages,
        fill=tuple(round(end / layout.room, 3) for end in layout.ends),
        density=fitted.density if fitted else density if isinstance(density, (int, float)) else None,
        sizes=_sizes(prepared, fitting),
        shown=_rows(prepared, (part for part in parts if part.ref not in hidden | shortened)),
        shortened=_rows(prepared, (part for part in parts if part.ref in shortened - hidden)),
        left_out=(
            *_rows(prepared, (part for part in parts if part.ref in hidden), full),
            *map(_hidden_row, list_hidden(career, variant, parts, credits)),
        ),
        almost=_rows(prepared, fitted.almost[:ALMOST], full) if fitted else (),
        layouts=fitted.layouts if fitted else 1,
    )


def _sizes(prepared: Prepared, fitting: Fitting | None) -> dict[str, str]:
    """The options that go along with density, as they were printed with."""
    options = fitting.job.options if fitting else prepared.options
    return {
        name: f"{options[name]:g}{spec.unit}"
        for name, spec in prepared.theme.options.items()
        if isinstance(spec, NumberSpec) and spec.tight is not None
    }


def _rows(prepared: Prepared, parts: Iterable[Part], why: str = "") -> tuple[ReportRow, ...]:
    """A section has no path of its own in the profile's lists: it is named where the variant asks for it."""
    sections = prepared.variant.sections
    return tuple(
        ReportRow(
            part.kind.value,
            part.section,
            part.label,
            _path(part.path or sections[int(part.ref[0])].path),
            _place(part.location),
            why,
        )
        for part in parts
    )


def _hidden_row(hidden: Hidden) -> ReportRow:
    section = str(hidden.path[1] if hidden.path[0] == "sections" else hidden.path[0])
    place = _place(hidden.location)
    return ReportRow(hidden.kind.value, section, hidden.label, _path(hidden.path), place, hidden.reason)


def _path(path: Ref) -> str:
    return ".".join(str(step) for step in path)


def _place(location: object) -> str:
    return str(location) if location else ""
