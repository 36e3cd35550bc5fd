"""Explains why no choice of parts fits on the pages allowed."""

from __future__ import annotations

from cvgen.diagnostics import Problem
from cvgen.fit.choose import Level, Measured


def explain_no_fit(measured: Measured, pages: int) -> Problem:
    """The error that the parts which must stay are too high for ``pages``: those pinned, or the head alone."""
    pinned = sorted(
        (part for part in measured.parts if part.pin), key=lambda part: -round(measured.height(part.ref, Level.SHORT))
    )
    allowed = f"{pages} page{'s' if pages > 1 else ''}"
    if not pinned:
        message = f"the head alone does not fit on {allowed}"
        return Problem(message, hint="remove contacts, or allow one page more")
    named = "; ".join(f"{part.label!r}" for part in pinned[:3]) + (" …" if len(pinned) > 3 else "")
    return Problem(
        f"the pinned parts do not fit on {allowed} even at the highest density",
        pinned[0].location,
        f"unpin a part ({named}), give it a 'short' wording, or allow one page more",
    )
