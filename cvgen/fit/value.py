"""What the loss of each part would cost: section weight × recency × priority."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cvgen.model.dates import DateRange
from cvgen.model.document import Ref
from cvgen.select.parts import Part, PartKind

SECTION_WEIGHTS: Mapping[str, float] = {
    "summary": 3,
    "work": 3,
    "education": 3,
    "skills": 3,
    "publications": 2,
    "projects": 2,
    "grants": 1.5,
    "awards": 1.5,
    "teaching": 1.5,
    "languages": 1.5,
    "talks": 1,
    "service": 1,
    "competitions": 1,
    "certificates": 1,
    "volunteer": 1,
    "news": 0.7,
    "interests": 0.5,
    "referees": 0.5,
}
"""What an entry of a section is worth, where the variant sets no ``weight``."""
OWN_SECTION = 1.5
BULLET = 0.5
"""A bullet's worth, as a share of that of what it stands under."""
HEADING = 0.1
"""That of a section that has parts of its own: they carry its worth."""
PER_PRIORITY = 1.5
"""How much more each point of priority counts."""
HALF_LIFE = 8.0
"""After how many years an entry is worth half."""
LATER = 0.97
"""How much less each entry or bullet is worth than the one before it in its list."""
SHORTENED = 0.02
"""The share of its worth that a short wording costs: less than leaving anything out."""


def value_parts(parts: Iterable[Part]) -> dict[Ref, float]:
    """Each part's worth, without that of the parts inside it. No clock: ages count from the newest date there is."""
    listed = list(parts)
    newest = max((_year(part.dates) for part in listed if part.dates and not _is_open(part.dates)), default=0.0)
    parents = {part.parent for part in listed}
    values: dict[Ref, float] = {}
    unprioritised: dict[Ref, float] = {}
    count: dict[Ref, int] = {}
    for part in listed:
        place = count.get(part.parent, 0)
        count[part.parent] = place + 1
        if part.kind is PartKind.SECTION:
            base = _weight(part) * (HEADING if part.ref in parents else 1)
        elif part.kind is PartKind.BULLET:
            above = unprioritised[part.parent] if len(part.parent) > 1 else _weight(part)
            base = above * BULLET * LATER**place
        else:
            base = _weight(part) * _recency(part.dates, newest) * LATER**place
        unprioritised[part.ref] = base
        values[part.ref] = base * PER_PRIORITY ** max(-20, min(20, part.priority))
    return values


def _weight(part: Part) -> float:
    return part.weight if part.weight is not None else SECTION_WEIGHTS.get(part.section, OWN_SECTION)


def _recency(dates: DateRange | None, newest: float) -> float:
    """1 for what goes on, is newest or has no date; half after HALF_LIFE years."""
    if dates is None or _is_open(dates):
        return 1.0
    return float(0.5 ** (max(0.0, newest - _year(dates)) / HALF_LIFE))


def _is_open(dates: DateRange) -> bool:
    return bool(dates.end and dates.end.is_present)


def _year(dates: DateRange) -> float:
    """The end as a number of years."""
    (year, month, _), _ = dates.sort_key
    return year + max(0, month - 1) / 12
