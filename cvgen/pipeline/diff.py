"""Two variants as their readers see them, side by side: what ``cvgen diff`` prints."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

from cvgen.backends.backend import Backend
from cvgen.diagnostics import Location, Problem, Problems, Severity
from cvgen.model.document import Document, Ref
from cvgen.pipeline.batch import read_whole
from cvgen.pipeline.fitting import fit_document
from cvgen.pipeline.prepare import Prepared, Request, prepare_career
from cvgen.select.compare import SECTION, Difference, compare_documents
from cvgen.select.parts import PartKind, list_parts
from cvgen.sources.career import Career


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: which variant, how it looks, and the pages that it was fitted to, if any."""

    variant: str
    theme: str
    language: str
    pages: int | None


@dataclass(frozen=True, slots=True)
class DiffRow:
    """A difference and where in the person's files the part stands."""

    difference: Difference
    location: Location | None

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON; ``path`` is dotted (``work.0.highlights.2``), ``location`` is ``file:line:column``."""
        told = asdict(self.difference)
        told["path"] = ".".join(str(step) for step in self.difference.path)
        return {**told, "location": str(self.location) if self.location else None}


@dataclass(frozen=True, slots=True)
class Diff:
    """All differences between ``a`` and ``b``, none where their readers see the same."""

    a: Side
    b: Side
    rows: tuple[DiffRow, ...]
    problems: tuple[Problem, ...]


def diff_variants(request: Request, a: str, b: str, backend: Backend) -> Diff:
    """Compare the variants ``a`` and ``b`` of ``request.profile``, each as it is printed: after fitting to its pages.

    Raises InputError with all that is wrong in either, RenderError where one cannot be fitted.
    """
    career = read_whole(request.profile)
    first, second = _prepare_both([replace(request, variant=name) for name in (a, b)], career, backend)
    documents = _final_document(first, backend), _final_document(second, backend)
    places = {**_find_places(second, documents[1]), **_find_places(first, documents[0])}
    rows = tuple(DiffRow(found, places.get(_key(found))) for found in compare_documents(*documents))
    # A notice names what a variant leaves out, which the rows tell already.
    problems = dict.fromkeys(p for p in (*first.problems, *second.problems) if p.severity is not Severity.NOTICE)
    return Diff(_side(first), _side(second), rows, tuple(problems))


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


def _find_places(prepared: Prepared, document: Document) -> dict[Ref, Location | None]:
    """Where each part of ``document`` is written; a section, whose path is not its own, by its name and title."""
    parts = list_parts(prepared.career, prepared.variant, document, prepared.selection.credits)
    found = {part.path: part.location for part in parts if part.kind is not PartKind.SECTION}
    for section in document.sections:
        written = prepared.variant.sections[int(section.ref[0])].path
        place = section.title.location or prepared.career.places.value(written)
        found[(SECTION, section.name, str(section.title))] = place
    return found


def _key(found: Difference) -> Ref:
    """What ``_find_places`` knows a difference by."""
    return (SECTION, *found.path, found.label) if found.kind == SECTION else found.path


def _side(prepared: Prepared) -> Side:
    return Side(prepared.variant.name, prepared.theme.name, prepared.variant.language, prepared.pages)
