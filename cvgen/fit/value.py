"""What the loss of each part would cost: section weight × recency × priority."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cvgen.model.dates import DateRange
from cvgen.model.document import Part, PartKind, Ref

SECTION_WEIGHTS: Mapping[str, float] = {
    "work": 4,
    "education": 4,
    "summary": 3,
    "skills": 3,
    "publications": 2,
    "projects": 2,
    "awards": 1,
    "grants": 1,
    "teaching": 1,
    "languages": 1,
    "certificates": 1,
    "competitions": 1,
    "talks": 0.7,
    "service": 0.7,
    "volunteer": 0.7,
    "news": 0.5,
    "interests": 0.4,
    "referees": 0.4,
}
"""What an entry of a section is worth, where the variant sets no ``weight``."""
OWN_SECTION = 1.5
"""That of an entry of a section that is the person's own."""
PRESENCE = 1.5
"""What it is worth that a section is there at all, in entries."""
BULLET = 0.5
"""A bullet's worth, in entries of its section."""
PER_PRIORITY = 1.5
"""How much more each point of priority counts."""
HALF_LIFE = 8.0
"""After how many years an entry is worth half."""
LATER = 0.2
"""How fast the worth falls along a list: the n-th after the first is worth 1 / (1 + LATER n)."""
FIRST, LAST = 1.2, 0.8
"""How the sections' order counts: whoever puts one first means it."""
SHORTENED = 0.02
"""The share of its worth that a short wording costs: less than leaving anything out."""


def value_parts(parts: Iterable[Part]) -> dict[Ref, float]:
    """Each part's worth, without that of the parts inside it. No clock: ages count from the newest date there is."""
    listed = list(parts)
    newest = max((_year(part.dates) for part in listed if part.dates and not _is_open(part.dates)), default=0.0)
    sections = [part.ref for part in listed if part.kind is PartKind.SECTION]
    order = {ref: _order_factor(index, len(sections)) for index, ref in enumerate(sections)}
    values: dict[Ref, float] = {}
    plain: dict[Ref, float] = {}
    """Without priorities: those of an entry are not those of its bullets."""
    count: dict[Ref, int] = {}
    for part in listed:
        place = count.get(part.parent, 0)
        count[part.parent] = place + 1
        if part.kind is PartKind.SECTION:
            plain[part.ref] = _weight(part) * order[part.ref]
            values[part.ref] = plain[part.ref] * PRESENCE
            continue
        share = BULLET if part.kind is PartKind.BULLET else _recency(part.dates, newest)
        plain[part.ref] = plain[part.parent] * share / (1 + LATER * place)
        values[part.ref] = plain[part.ref] * PER_PRIORITY ** max(-20, min(20, part.priority))
    return values


def _order_factor(index: int, count: int) -> float:
    return FIRST - (FIRST - LAST) * index / max(1, count - 1)


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
