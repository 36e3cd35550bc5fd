"""Which parts may only be shown together with which others."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from cvgen.fit.measured_parts import Unit
from cvgen.fit.years import YearRange, is_covered
from cvgen.model.part import Part, PartKind
from cvgen.model.printed import Item
from cvgen.model.refs import Ref
from cvgen.model.sections import Occupies


def is_hollow(unit: Unit) -> bool:
    """Whether ``unit`` would be a head with nothing below it if none of the parts inside it is shown.

    This is so for a section without a text, and for an entry with positions, which is not shown without one of them.
    """
    is_section = unit.part.kind is PartKind.SECTION
    return has_positions(unit) or (is_section and bool(unit.children) and not unit.part.has_text)


def find_proven(parts: Iterable[Part], weak: Collection[Ref] = ()) -> frozenset[Ref]:
    """The entries that say nothing without one of their bullets, such as a project: not shown with none of these.

    A job or a degree says something by itself, and so does an entry with a paragraph, or one that is pinned.
    """
    entries = {part.ref for part in parts if part.kind is PartKind.ENTRY and not _says_something(part)}
    bullets = (part for part in parts if part.kind is PartKind.BULLET and part.ref not in weak)
    return frozenset(part.parent for part in bullets if part.parent in entries)


def _says_something(part: Part) -> bool:
    return bool(part.occupies or part.pin or (isinstance(part.shown, Item) and part.shown.summary))


def has_positions(unit: Unit) -> bool:
    """Whether ``unit`` is an entry with positions."""
    return any(child.part.kind is PartKind.POSITION for child in unit.children)


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit, with the units that may only be shown together with it."""

    unit: Unit
    below: list[Branch]


def list_branches(
    values: Mapping[Ref, float], unit: Unit, spans: Mapping[Ref, YearRange], older: Iterable[Branch] = ()
) -> list[Branch]:
    """The units that depend on ``unit``: its children, and the ``older`` job.

    Of an entry with positions, all else depends on the position of the highest value, which comes first: one of the
    positions must be shown.
    """
    if not has_positions(unit):
        return [*_chain_jobs(values, unit.children, spans), *older]
    positions = [child for child in unit.children if child.part.kind is PartKind.POSITION]
    best = max(positions, key=lambda position: values[position.ref])
    rest = [Branch(child, list_branches(values, child, spans)) for child in unit.children if child not in positions]
    first = Branch(best, [*list_branches(values, best, spans), *rest, *older])
    return [first, *(Branch(other, list_branches(values, other, spans)) for other in positions if other is not best)]


def _chain_jobs(values: Mapping[Ref, float], units: Iterable[Unit], spans: Mapping[Ref, YearRange]) -> list[Branch]:
    """``units`` with all that depends on them: of two consecutive jobs the older depends on the newer."""
    free: list[Branch] = []
    chain: list[Unit] = []
    for child in units:
        span = spans.get(child.ref)
        others = [other for ref, other in spans.items() if ref != child.ref]
        if child.part.occupies is Occupies.JOB and span and not is_covered(span, others):
            chain.append(child)
        else:
            free.append(Branch(child, list_branches(values, child, spans)))
    older: list[Branch] = []
    for job in sorted(chain, key=lambda job: spans[job.ref][0]):
        older = [Branch(job, list_branches(values, job, spans, older))]
    return [*free, *older]
