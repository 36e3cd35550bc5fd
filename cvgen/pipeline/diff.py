"""Compares two variants as their readers see them: the differences that ``cvgen diff`` prints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from cvgen.backends.backend import Backend
from cvgen.diagnostics import Location, Problem, Problems, Severity
from cvgen.model.document import Document
from cvgen.model.printed import Section
from cvgen.model.refs import ProfilePath
from cvgen.pipeline.batch import read_whole
from cvgen.pipeline.fitting import fit_document
from cvgen.pipeline.prepare import Prepared, prepare_career
from cvgen.pipeline.request import Request
from cvgen.select.compare import SECTION, Difference, compare_documents, compare_states
from cvgen.sources.career import Career


@dataclass(frozen=True, slots=True)
class ComparedVariant:
    """One of the two variants that are compared, and the pages that it was fitted to, if any."""

    variant: str
    theme: str
    language: str
    pages: int | None


@dataclass(frozen=True, slots=True)
class Diff:
    """All differences between ``a`` and ``b``, none if their readers see the same."""

    a: ComparedVariant
    b: ComparedVariant
    rows: tuple[Difference, ...]
    problems: tuple[Problem, ...]

    def as_rows(self) -> list[dict[str, Any]]:
        """Ready for JSON; ``path`` is dotted (``work.0.highlights.2``), ``location`` is ``file:line:column``."""
        return [
            {
                **asdict(row),
                "path": ".".join(str(step) for step in row.path),
                "location": str(row.location) if row.location else None,
            }
            for row in self.rows
        ]


def diff_variants(request: Request, a: str, b: str, backend: Backend) -> Diff:
    """Compare the variants ``a`` and ``b`` of ``request.profile``, each as it is printed: after fitting to its pages.

    Raises InputError with all that is wrong in either, RenderError if one cannot be fitted.
    """
    career = read_whole(request.profile, untrusted=request.untrusted)
    first, second = _prepare_both([replace(request, variant=name) for name in (a, b)], career, backend)
    documents = _final_document(first, backend), _final_document(second, backend)
    rows = compare_prepared(first, second, documents)
    # Notices name the parts that a variant leaves out, as the rows do already.
    problems = dict.fromkeys(p for p in (*first.problems, *second.problems) if p.severity is not Severity.NOTICE)
    return Diff(_describe_variant(first), _describe_variant(second), rows, tuple(problems))


def compare_prepared(first: Prepared, second: Prepared, documents: tuple[Document, Document]) -> tuple[Difference, ...]:
    """The differences between the ``documents`` of two variants, with their places in the person's files."""
    places = {**_find_places(second), **_find_places(first)}
    return tuple(replace(found, location=places.get(_key(found))) for found in compare_documents(*documents))


@dataclass(frozen=True, slots=True)
class PlacedDifference:
    """A difference, with its place in the files of each document."""

    found: Difference
    place_a: Location | None
    place_b: Location | None


def place_differences(
    first: Prepared, second: Prepared, documents: tuple[Document, Document]
) -> tuple[PlacedDifference, ...]:
    """The differences between the ``documents`` of two variants, perhaps of two states of the files."""
    places_a, places_b = _find_places(first), _find_places(second)
    paths: Mapping[ProfilePath, ProfilePath] = {}
    if first.career.folder == second.career.folder:
        rows = compare_documents(*documents)
    else:
        rows, paths = compare_states(*documents)
    return tuple(
        PlacedDifference(row, places_a.get(_key(row)), places_b.get(paths.get(row.path) or _key(row))) for row in rows
    )


def _prepare_both(requests: list[Request], career: Career, backend: Backend) -> list[Prepared]:
    prepared: list[Prepared] = []
    problems = Problems()
    for request in requests:
        with problems.collect():
            prepared.append(prepare_career(request, career, backend))
    problems.stop_if_errors()
    return prepared


def _final_document(prepared: Prepared, backend: Backend) -> Document:
    return fit_document(prepared, backend).job.document if prepared.pages else prepared.selection.document


def _find_places(prepared: Prepared) -> dict[ProfilePath, Location | None]:
    """The place of each part of a variant. The key of a section is its name and title, since it has no path."""
    found: dict[ProfilePath, Location | None] = {}
    for part in (decision.part for decision in prepared.selection.ledger.shown):
        if isinstance(part.shown, Section):
            written = prepared.variant.sections[int(part.ref[0])].path
            place = part.shown.title.location or prepared.career.places.value(written)
            found[(SECTION, part.section, str(part.shown.title))] = place
        else:
            found[part.path] = part.location
    return found


def _key(found: Difference) -> ProfilePath:
    """The key of a difference in the result of ``_find_places``."""
    return (SECTION, *found.path, found.label) if found.kind == SECTION else found.path


def _describe_variant(prepared: Prepared) -> ComparedVariant:
    return ComparedVariant(prepared.variant.name, prepared.theme.name, prepared.variant.language, prepared.pages)
