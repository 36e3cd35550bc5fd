"""The years of a life that a document explains: leaving out a job must not leave a gap between others."""

from __future__ import annotations

from collections.abc import Iterable

from cvgen.model.dates import PartialDate
from cvgen.model.part import Part
from cvgen.model.refs import Ref
from cvgen.model.sections import Occupies

YearRange = tuple[float, float]
TOLERANCE = 0.5
"""The longest gap, in years, that readers do not notice."""
EARLY_TOLERANCE = 1.0
"""The longest time, in years, from a degree to a first job that needs no explanation."""
_OPEN = 10000.0


def span_of(part: Part) -> YearRange | None:
    """The start and end of a job or degree in years, the longest span that its dates allow; None without a start."""
    dates = part.dates
    if not part.occupies or dates is None or not (dates.start or dates.end):
        return None
    first = dates.start or dates.end
    last = dates.end or dates.start
    if first is None or last is None or first.is_present:
        return None
    return _first_day(first), _last_day(last)


def _first_day(date: PartialDate) -> float:
    return date.sort_key[0] + (date.months[0] - 1) / 12


def _last_day(date: PartialDate) -> float:
    if date.is_present:
        return _OPEN
    return date.sort_key[0] + date.months[1] / 12


def is_covered(span: YearRange, others: Iterable[YearRange]) -> bool:
    """Whether ``others`` together cover ``span``, apart from short gaps."""
    at, end = span
    for start, stop in sorted(others):
        if start > at + TOLERANCE:
            break
        at = max(at, stop)
    return at >= end - TOLERANCE


def find_gap(parts: Iterable[Part], shown: Iterable[Ref]) -> Part | None:
    """The newest hidden job that leaves a gap: an older job is shown, and no shown part explains its years; else None.

    Leaving out the oldest jobs leaves no gap.
    """
    spans = [(span, part) for part in parts if (span := span_of(part))]
    jobs = [(span, part) for span, part in spans if part.occupies is Occupies.JOB]
    kept = set(shown)
    visible = [span for span, part in spans if part.ref in kept]
    oldest = min((span[0] for span, part in jobs if part.ref in kept), default=_OPEN)
    lost = [
        (span, part)
        for span, part in jobs
        if part.ref not in kept and span[0] > oldest and not is_covered(span, visible)
    ]
    return max(reversed(lost), key=lambda pair: pair[0])[1] if lost else None  # of equal years, the last one


def find_early_gap(parts: Iterable[Part], shown: Iterable[Ref]) -> tuple[Part, Part] | None:
    """The last degree shown before the first job shown, and a hidden job between the two; None if no years are lost.

    Such a gap is allowed, but the person should know of it.
    """
    spans = [(span, part) for part in parts if (span := span_of(part))]
    kept = set(shown)
    start = min((span[0] for span, part in spans if part.occupies is Occupies.JOB and part.ref in kept), default=_OPEN)
    degrees = [(span, part) for span, part in spans if part.occupies is Occupies.YEARS and part.ref in kept]
    before = [(span[1], part) for span, part in degrees if span[1] < start - EARLY_TOLERANCE]
    if start == _OPEN or not before:
        return None
    end, degree = max(before, key=lambda pair: pair[0])
    hidden = [part for span, part in spans if part.occupies is Occupies.JOB and part.ref not in kept and span[1] > end]
    return (degree, hidden[0]) if hidden else None
