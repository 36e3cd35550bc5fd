"""The years of a life that a document explains: no job may vanish and leave a gap between others."""

from __future__ import annotations

from collections.abc import Iterable

from cvgen.model.dates import PartialDate
from cvgen.model.document import Part, Ref

Span = tuple[float, float]
TOLERANCE = 0.5
"""In years: a gap that nobody asks about."""
_OPEN = 10000.0


def span_of(part: Part) -> Span | None:
    """From when to when, in years, a job or degree lasted, at the widest that its dates allow; None without a start."""
    dates = part.dates
    if not part.occupies or dates is None or not (dates.start or dates.end):
        return None
    first = dates.start or dates.end
    last = dates.end or dates.start
    if first is None or last is None or first.is_present:
        return None
    return _first_day(first), _last_day(last)


def _first_day(date: PartialDate) -> float:
    year, month, _ = date.sort_key
    return year + max(0, month - 1) / 12


def _last_day(date: PartialDate) -> float:
    if date.is_present:
        return _OPEN
    year, month, _ = date.sort_key
    return year + (month or 12) / 12


def is_covered(span: Span, others: Iterable[Span]) -> bool:
    """Whether ``others`` together leave no gap worth asking about within ``span``."""
    at, end = span
    for start, stop in sorted(others):
        if start > at + TOLERANCE:
            break
        at = max(at, stop)
    return at >= end - TOLERANCE


def find_gap(parts: Iterable[Part], shown: Iterable[Ref]) -> Part | None:
    """A job that is not shown although an older one is, and whose years nothing shown explains; None if all is well.

    The newest of them is given. Leaving out the oldest jobs leaves no gap.
    """
    listed = [(part, span) for part in parts if (span := span_of(part))]
    kept = set(shown)
    visible = [span for part, span in listed if part.ref in kept]
    oldest_job = min((span[0] for part, span in listed if part.occupies == "work" and part.ref in kept), default=_OPEN)
    lost = [
        (span, part)
        for part, span in listed
        if part.occupies == "work" and part.ref not in kept and span[0] > oldest_job and not is_covered(span, visible)
    ]
    return max(lost, key=lambda pair: (pair[0], pair[1].ref[0], str(pair[1].ref)))[1] if lost else None
