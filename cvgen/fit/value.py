"""How much each part is worth: section weight × recency × priority."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from cvgen.model.dates import DateRange
from cvgen.model.document import Part, PartKind, Ref
from cvgen.model.sections import OWN, SECTIONS

PRESENCE = 1.5
"""The value of having a section at all, in entries."""
BULLET = 0.5
"""The value of a bullet, in entries of its section."""
POSITION = 0.5
"""The value of one of several positions without its bullets, and of their employer's head, in entries."""
PER_PRIORITY = 1.5
"""The factor for each point of priority."""
HALF_LIFE = 8.0
"""The years after which an entry has half its value."""
LATER = 0.2
"""The speed at which values fall along a list: the n-th entry after the first has 1 / (1 + LATER n) of its value."""
FIRST, LAST = 1.2, 0.8
"""The factors for the first and the last section: people put the most important section first."""
SHORTENED = 0.02
"""The share of its value that a part loses with its short wording: less than leaving anything out."""


def value_parts(parts: Iterable[Part]) -> dict[Ref, float]:
    """The value of each part, without the parts inside it. Ages count from the newest date of all, not from today."""
    listed = list(parts)
    newest = max((_year(part.dates) for part in listed if part.dates and not part.dates.is_open), default=0.0)
    sections = [part.ref for part in listed if part.kind is PartKind.SECTION]
    order = {ref: _order_factor(index, len(sections)) for index, ref in enumerate(sections)}
    values: dict[Ref, float] = {}
    plain: dict[Ref, float] = {}
    """The values without priorities: a bullet does not inherit the priority of its entry."""
    count: Counter[tuple[Ref, PartKind]] = Counter()
    split = {part.parent for part in listed if part.kind is PartKind.POSITION}
    recency = {part.ref: _recency(part.dates, newest) for part in listed}
    for part in listed:
        place = count[part.parent, part.kind]
        count[part.parent, part.kind] += 1
        if part.kind is PartKind.SECTION:
            plain[part.ref] = _weight(part) * order[part.ref]
            values[part.ref] = plain[part.ref] * PRESENCE
            continue
        # a paper below an entry counts as one of its bullets
        is_inner = part.kind is PartKind.BULLET or (part.kind is PartKind.PAPER and part.depth > 1)
        share = BULLET if is_inner else recency[part.ref]
        if part.kind is PartKind.POSITION:
            share /= recency[part.parent]  # its employer's value has this factor already
        plain[part.ref] = plain[part.parent] * share / (1 + LATER * place)
        own = POSITION if part.kind is PartKind.POSITION or part.ref in split else 1.0
        values[part.ref] = own * plain[part.ref] * PER_PRIORITY ** max(-20, min(20, part.priority))
    return values


def _order_factor(index: int, count: int) -> float:
    return FIRST - (FIRST - LAST) * index / max(1, count - 1)


def _weight(part: Part) -> float:
    return part.weight if part.weight is not None else SECTIONS.get(part.section, OWN).weight


def _recency(dates: DateRange | None, newest: float) -> float:
    """1 for what is ongoing, newest or without a date; half after HALF_LIFE years."""
    if dates is None or dates.is_open:
        return 1.0
    return float(0.5 ** (max(0.0, newest - _year(dates)) / HALF_LIFE))


def _year(dates: DateRange) -> float:
    """The end as a number of years."""
    (year, month, _), _ = dates.sort_key
    return year + max(0, month - 1) / 12
