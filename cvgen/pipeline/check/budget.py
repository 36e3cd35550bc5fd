"""Finds parts of a profile that are not shown: pinned parts that are missing, and parts that no variant shows."""

from __future__ import annotations

from cvgen.diagnostics import CvgenError, Problem, notice
from cvgen.examine import Finding
from cvgen.model.ledger import INTENDED, Cause, Ledger
from cvgen.pipeline.batch import list_variants
from cvgen.pipeline.prepare import Prepared
from cvgen.select.build_document import select_document
from cvgen.select.variant import resolve_variant
from cvgen.sources.career import Career


def find_missing_pins(prepared: Prepared) -> tuple[Finding, ...]:
    """A Finding for each pinned part that the variant leaves out although it has the part's section.

    The fit never leaves out what is pinned; tags, queries and limits may.
    """
    return tuple(
        Finding(
            "pin",
            Problem(
                f"{decision.part.label!r} is pinned, and the variant {prepared.variant.name!r} does not show it: "
                f"{decision.why}",
                decision.part.location,
                "remove the pin, or change what leaves it out",
            ),
        )
        for decision in prepared.selection.ledger.dropped
        if decision.part.pin and not decision.is_by({*INTENDED, Cause.SECTION})
    )


def find_unshown(career: Career) -> tuple[Finding, ...]:
    """A notice for each entry, bullet and paper that no variant selects; variants with errors do not count."""
    ledgers = [ledger for name in list_variants(career) if (ledger := _select(career, name))]
    if not ledgers:
        return ()
    shown = {decision.part.path for ledger in ledgers for decision in ledger.shown}
    lost = [one.part for one in ledgers[0].dropped if one.part.path not in shown and not one.is_by(INTENDED)]
    outer = {part.path for part in lost}
    return tuple(
        Finding("unshown", notice(f"{part.label!r} is shown in no variant", part.location, "add its section or tag"))
        for part in lost
        if part.path[:-2] not in outer
    )


def _select(career: Career, name: str) -> Ledger | None:
    """The ledger of a variant; None for one with errors, which are reported where it is rendered."""
    try:
        return select_document(career, resolve_variant(career, name if career.profile.variants else None)).ledger
    except CvgenError:
        return None
