"""How much each part is worth when pages are full. ``docs/worth.md`` explains the rules to people."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from cvgen.model.dates import DateRange
from cvgen.model.document import Part, PartKind, Ref
from cvgen.model.sections import OWN, SECTIONS, Occupies
from cvgen.model.signs import Sign

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
RANK = 0.15
"""The same along the bullets of an entry, the strongest first."""
FIRST, LAST = 1.2, 0.8
"""The factors for the first and the last section: people put the most important section first."""
SHORTENED = 0.02
"""The share of its value that a part loses with its short wording: less than leaving anything out."""
STRENGTHS = (0.03, 0.3, 1.0, 1.4, 1.7)
"""The factors of a bullet's strength: from two weak signs to two strong ones."""
ASKED = 1.0
"""The value of the best mention of a term, for each point that the term has in ``priorities``."""
NEXT_MENTION = 0.3
"""The share of it that each further mention of the term has of the one before."""
LISTED = 0.5
"""The share of it for the best mention in a list of skills or interests, which shows nothing by itself."""
DEGREE = 3.0
"""What the highest degree is worth more."""
CURRENT = 1.3
"""The factor for the strongest bullets of the current job."""
STRONGEST = 3
"""How many of them."""


class WorthCause(StrEnum):
    """What makes a part worth more or less than another of its kind."""

    SECTION = "section"
    """The weight of its section, and the section's place in the document."""
    AGE = "age"
    PLACE = "place"
    """Its place in its list; of bullets the strongest comes first."""
    WORDS = "words"
    """The strength of its words."""
    ASKED = "asked"
    """It mentions a term of ``priorities``."""
    CURRENT = "current"
    DEGREE = "degree"
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


def strength(part: Part) -> int:
    s = {f.sign for f in part.signs}
    good = len(s & {Sign.NUMBER, Sign.OUTCOME, Sign.SCOPE})
    if Sign.WEAK_OPENING in s:
        good = len(s & {Sign.NUMBER, Sign.OUTCOME}) - 2
        if Sign.WEAK_WORDS in s: good -= 1
    elif Sign.WEAK_WORDS in s:
        good -= 1 if good else 2
    return max(-2, min(2, good))


def weigh_parts(parts: Iterable[Part]) -> dict[Ref, Worth]:
    listed = list(parts)
    by_ref = {p.ref: p for p in listed}
    newest = max((_year(part.dates) for part in listed if part.dates and not part.dates.is_open), default=0.0)
    sections = [part.ref for part in listed if part.kind is PartKind.SECTION]
    order = {ref: _order_factor(index, len(sections)) for index, ref in enumerate(sections)}
    plain: dict[Ref, float] = {}
    value: dict[Ref, float] = {}
    reasons: dict[Ref, list[WorthReason]] = defaultdict(list)
    count: Counter[tuple[Ref, PartKind]] = Counter()
    split = {part.parent for part in listed if part.kind is PartKind.POSITION}
    recency = {part.ref: _recency(part.dates, newest) for part in listed}
    strong = {p.ref: strength(p) for p in listed}
    # ranks
    siblings = defaultdict(list)
    for p in listed:
        if p.kind is PartKind.BULLET: siblings[p.parent].append(p)
    rank = {}
    for parent, bs in siblings.items():
        for i, b in enumerate(sorted(bs, key=lambda b: -strong[b.ref] )):
            rank[b.ref] = i
    degree = next((p.ref for p in listed if p.section == "education" and p.kind is PartKind.ENTRY), None)
    current = next((p.ref for p in listed if p.occupies is Occupies.JOB), None)
    for part in listed:
        place = count[part.parent, part.kind]
        count[part.parent, part.kind] += 1
        if part.kind is PartKind.SECTION:
            plain[part.ref] = _weight(part) * order[part.ref]
            value[part.ref] = plain[part.ref] * PRESENCE
            continue
        is_inner = part.kind is PartKind.BULLET or (part.kind is PartKind.PAPER and part.depth > 1)
        share = BULLET if is_inner else recency[part.ref]
        if part.kind is PartKind.POSITION:
            share /= recency[part.parent]
        if part.kind is PartKind.BULLET:
            later = 1 / (1 + RANK * rank[part.ref])
            f = STRENGTHS[2 + strong[part.ref]]
            reasons[part.ref].append(WorthReason(WorthCause.WORDS, f, ""))
            later *= f
            if part.parent == current and rank[part.ref] < STRONGEST: later *= CURRENT
        else:
            later = 1 / (1 + LATER * place)
        plain[part.ref] = plain[part.parent] * share * later
        own = POSITION if part.kind is PartKind.POSITION or part.ref in split else 1.0
        priority = PER_PRIORITY ** max(-20, min(20, part.priority))
        value[part.ref] = own * plain[part.ref] * priority
        if part.ref == degree: value[part.ref] += DEGREE
    # asked
    for lists in (False, True):
        carriers = defaultdict(list)
        for p in listed:
            if (p.section in ("skills", "interests")) is lists:
                for t, n in p.asked: carriers[t, n].append(p)
        for (t, n), ps in carriers.items():
            ps.sort(key=lambda p: (-strong[p.ref], -value[p.ref]))
            for i, p in enumerate(ps):
                bonus = ASKED * n * NEXT_MENTION ** i * (LISTED if lists else 1)
                if p.kind is PartKind.BULLET: bonus *= min(1, STRENGTHS[2 + strong[p.ref]])
                if bonus > 0.05:
                    value[p.ref] += bonus
                    reasons[p.ref].append(WorthReason(WorthCause.ASKED, bonus, t))
    return {p.ref: Worth(value[p.ref], tuple(reasons[p.ref])) for p in listed}


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
