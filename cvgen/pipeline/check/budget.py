"""Finds parts of a profile that are not shown: pinned parts that are missing, and parts that no variant shows."""

from __future__ import annotations

from cvgen.diagnostics import CvgenError, Problem, notice
from cvgen.examine import Finding
from cvgen.model.document import list_refs
from cvgen.pipeline.batch import list_variants
from cvgen.pipeline.prepare import Prepared
from cvgen.select.build_document import find_credits, select_document
from cvgen.select.hidden import NOT_IN_VARIANT, list_hidden
from cvgen.select.variant import resolve_variant
from cvgen.sources.career import Career


def find_missing_pins(prepared: Prepared) -> tuple[Finding, ...]:
    """A Finding for each pinned part that the variant leaves out although it has the part's section.

    The fit never leaves out what is pinned; tags, queries and limits may.
    """
    career, variant, selection = prepared.career, prepared.variant, prepared.selection
    shown = {ref[1:] for ref in list_refs(selection.draft)}
    return tuple(
        Finding(
            "pin",
            Problem(
                f"{part.label!r} is pinned, and the variant {variant.name!r} does not show it: {part.reason}",
                part.location,
                "take the pin away, or change what leaves it out",
            ),
        )
        for part in list_hidden(career, variant, (), selection.credits)
        if part.pin and part.path not in shown and part.reason != NOT_IN_VARIANT
    )


def find_unshown(career: Career) -> tuple[Finding, ...]:
    """A notice for each entry, bullet and paper that no variant selects; variants with errors do not count."""
    selections = []
    for name in list_variants(career):
        try:
            variant = resolve_variant(career, name if career.profile.variants else None)
            selections.append(select_document(career, variant))
        except CvgenError:
            continue  # reported when it is rendered
    if not selections:
        return ()
    shown = {ref[1:] for selection in selections for ref in list_refs(selection.draft)}
    credits, _ = find_credits(career)
    everything = list_hidden(career, resolve_variant(career, None), (), credits)
    lost = [part for part in everything if part.path not in shown]
    outer = {part.path for part in lost}
    return tuple(
        Finding("unshown", notice(f"{part.label!r} is shown in no variant", part.location, "add its section or tag"))
        for part in lost
        if part.path[:-2] not in outer
    )
