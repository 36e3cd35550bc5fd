"""How much each part is worth: section weight × recency × priority."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

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


class WorthCause(StrEnum):
    """What makes a part worth more or less than another of its kind."""

    SECTION = "section"
    """The weight of its section, and the section's place in the document."""
    AGE = "age"
    PLACE = "place"
    """Its place in its list."""
    PRIORITY = "priority"


@dataclass(frozen=True, slots=True)
class WorthReason:
    """One reason of a worth: its cause, the factor by which it multiplies the value, and a text for people."""

    cause: WorthCause
    factor: float
    text: str


@dataclass(frozen=True, slots=True)
class Worth:
    """The worth of a part without the parts inside it, and the reasons for it; those with the factor 1 are left out."""

    value: float
    reasons: tuple[WorthReason, ...] = ()


def value_parts(parts: Iterable[Part]) -> dict[Ref, float]:
    """The value of each part, without the parts inside it."""
    return {ref: worth.value for ref, worth in weigh_parts(parts).items()}


def weigh_parts(parts: Iterable[Part]) -> dict[Ref, Worth]:
    """The worth of each part, without the parts inside it. Ages count from the newest date of all, not from today."""
    listed = list(parts)
    newest = max((_year(part.dates) for part in listed if part.dates and not part.dates.is_open), default=0.0)
    sections = [part.ref for part in listed if part.kind is PartKind.SECTION]
    order = {ref: _order_factor(index, len(sections)) for index, ref in enumerate(sections)}
    worths: dict[Ref, Worth] = {}
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
            reason = WorthReason(WorthCause.SECTION, plain[part.ref], f"section with the weight {_weight(part):g}")
            worths[part.ref] = Worth(plain[part.ref] * PRESENCE, (reason,))
            continue
        # a paper below an entry counts as one of its bullets
        is_inner = part.kind is PartKind.BULLET or (part.kind is PartKind.PAPER and part.depth > 1)
        share = BULLET if is_inner else recency[part.ref]
        if part.kind is PartKind.POSITION:
            share /= recency[part.parent]  # its employer's value has this factor already
        later = 1 / (1 + LATER * place)
        plain[part.ref] = plain[part.parent] * share * later
        own = POSITION if part.kind is PartKind.POSITION or part.ref in split else 1.0
        priority = PER_PRIORITY ** max(-20, min(20, part.priority))
        reasons = (
            WorthReason(WorthCause.AGE, recency[part.ref], "older than the newest entry"),
            WorthReason(WorthCause.PLACE, later, f"number {place + 1} of its list"),
            WorthReason(WorthCause.PRIORITY, priority, f"priority {part.priority}"),
        )
        worths[part.ref] = Worth(own * plain[part.ref] * priority, tuple(one for one in reasons if one.factor != 1))
    return worths


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
