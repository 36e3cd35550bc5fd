"""How much each part is worth when pages are full. ``docs/worth.md`` tells people the rules."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from cvgen.fit.priority_levels import raise_priorities
from cvgen.fit.ranked_mentions import RankedMention, rank_mentions
from cvgen.fit.strength import Strength, describe_signs, judge_words, strength_factor
from cvgen.fit.weakness import CHIEF, Weakness, find_weak
from cvgen.model.dates import DateRange
from cvgen.model.part import Part, PartKind
from cvgen.model.refs import Ref
from cvgen.model.sections import OWN, SECTIONS, Occupies

PRESENCE = 1.5
"""The value of having a section at all, in entries."""
BULLET = 0.5
"""The value of a bullet, in entries of its section."""
POSITION = 0.5
"""The value of one of several positions without its bullets, and of their employer's head, in entries."""
HALF_LIFE = 8.0
"""The years after which an entry has half its value."""
LATER = 0.2
"""The speed at which values fall along a list: the n-th entry after the first has 1 / (1 + LATER n) of its value."""
RANK = 0.2
"""The same along the bullets of an entry, the strongest first."""
FIRST, LAST = 1.2, 0.8
"""The factors for the first and the last section: people put the most important section first."""
SHORTENED = 0.03
"""What a part loses with its short wording: less than leaving anything out, and the same for all parts, so that leaving
out others does not change which wordings are short."""
SHORTENED_SLOPE = 0.003
"""What is added per unit of value: of two wordings that save the same room, that of the lesser part is short."""
DEGREE = 3.0
"""What the highest degree is worth more than others."""
UNKNOWN_DEGREE = 3
"""The level of a degree whose name says nothing: that of a bachelor's."""
CURRENT, STRONGEST = 1.3, 3
"""The factor for the strongest bullets of the current job, and how many there are."""
UNWANTED = 0.6
"""The factor for each point below 0 that a term in ``priorities`` has."""


class WorthCause(StrEnum):
    """What makes a part worth more or less than another of its kind."""

    SECTION = "section"
    """The weight of its section, and the section's place in the document."""
    AGE = "age"
    PLACE = "place"
    """Its place in its list; of the bullets of an entry, the strongest comes first."""
    WORDS = "words"
    """The strength of its words."""
    CURRENT = "current"
    """It is one of the strongest bullets of the current job."""
    DEGREE = "degree"
    """It is the highest degree."""
    ASKED = "asked"
    """It mentions a term of ``priorities``."""
    PRIORITY = "priority"


@dataclass(frozen=True, slots=True)
class WorthReason:
    """One reason of a worth: its cause, how many times as much the part is worth for it, and a text for people."""

    cause: WorthCause
    factor: float
    text: str


@dataclass(frozen=True, slots=True)
class Worth:
    """The worth of a part without the parts inside it, and the reasons for it; those with the factor 1 are left out.

    ``weakness`` is why it leaves a full page before sizes are tightened far; None if it does not. Text gets as small
    as the theme allows only for what ``is_chief``: the best mention of a term with CHIEF points, or the highest degree.
    """

    value: float
    reasons: tuple[WorthReason, ...] = ()
    weakness: Weakness | None = None
    is_chief: bool = False

    @property
    def is_weak(self) -> bool:
        """Whether it leaves a full page before sizes are tightened far."""
        return self.weakness is not None


def lose_by_short(value: float) -> float:
    """What a part of this ``value`` loses with its short wording."""
    return min(SHORTENED + SHORTENED_SLOPE * value, value / 2)


def weigh_parts(parts: Iterable[Part]) -> dict[Ref, Worth]:
    """The worth of each part, without the parts inside it. Ages count from the newest date of all, not from today."""
    return _Scale(tuple(parts)).weigh()


class _Scale:
    """Weighs the parts of one draft."""

    def __init__(self, parts: tuple[Part, ...]) -> None:
        self.parts = parts
        self.strengths = {part.ref: judge_words(part.signs) for part in parts}
        self.places = _count_places(parts)
        self.ranks = _rank_bullets(parts, self.strengths)
        self.newest = max((_year(part.dates) for part in parts if part.dates and not part.dates.is_open), default=0.0)
        self.recency = {part.ref: self._recency(part.dates) for part in parts}
        self.split = {part.parent for part in parts if part.kind is PartKind.POSITION}
        self.current = next((part.ref for part in parts if part.occupies is Occupies.JOB), None)
        self.degree = _find_highest_degree(parts)
        self.reasons: dict[Ref, list[WorthReason]] = defaultdict(list)

    def weigh(self) -> dict[Ref, Worth]:
        values = self._weigh_alone()
        mentions = rank_mentions(self.parts, values)
        wanted = {part.ref: self._add_mentions(part, values[part.ref], mentions[part.ref]) for part in self.parts}
        final = raise_priorities(self.parts, wanted)
        for part in self.parts:
            self._explain(part, WorthCause.PRIORITY, final[part.ref] / wanted[part.ref], f"priority {part.priority}")
        weak = find_weak(self.parts, self.strengths, mentions, self._list_ages())
        chief = {part.ref for part in self.parts if part.ref == self.degree or _is_chief(part, mentions[part.ref])}
        return {
            part.ref: Worth(final[part.ref], tuple(self.reasons[part.ref]), weak.get(part.ref), part.ref in chief)
            for part in self.parts
        }

    def _list_ages(self) -> dict[Ref, float]:
        """The years since the end of each part with dates; 0 for the current job."""
        return {
            part.ref: max(0.0, self.newest - _year(part.dates))
            for part in self.parts
            if part.dates and not part.dates.is_open and not self._is_current(part.ref)
        }

    def _is_current(self, ref: Ref) -> bool:
        """Whether ``ref`` is the current job, or inside it."""
        return bool(self.current) and ref[: len(self.current or ())] == self.current

    def _weigh_alone(self) -> dict[Ref, float]:
        """The values without terms and priorities; those inside a part follow from its value for its place and age."""
        sections = [part.ref for part in self.parts if part.kind is PartKind.SECTION]
        plain: dict[Ref, float] = {}
        values: dict[Ref, float] = {}
        for part in self.parts:
            if part.kind is PartKind.SECTION:
                place = _place_factor(sections.index(part.ref), len(sections))
                plain[part.ref] = weight = _weight(part) * place
                values[part.ref] = weight * PRESENCE
                self._explain(part, WorthCause.SECTION, weight, f"a section with the weight {_weight(part):g}")
                continue
            plain[part.ref] = plain[part.parent] * self._share(part)
            values[part.ref] = plain[part.ref] * self._factor(part)
            if part.ref == self.degree:
                self._explain(part, WorthCause.DEGREE, 1 + DEGREE / values[part.ref], "the highest degree")
                values[part.ref] += DEGREE
        return values

    def _share(self, part: Part) -> float:
        """The share that ``part`` has of the value of the part around it, by its age and its place."""
        is_bullet = part.kind is PartKind.BULLET
        # a paper below an entry counts as one of its bullets
        is_inner = is_bullet or (part.kind is PartKind.PAPER and part.depth > 1)
        age = 1.0 if is_inner else self.recency[part.ref]
        self._explain(part, WorthCause.AGE, age, "older than the newest entry")
        if part.kind is PartKind.POSITION:
            age /= self.recency[part.parent]  # its employer's value has this factor already
        place = self.ranks[part.ref] if is_bullet else self.places[part.ref]
        later = 1 / (1 + (RANK if is_bullet else LATER) * place)
        listed = "by strength among the bullets of its entry" if is_bullet else "of its list"
        self._explain(part, WorthCause.PLACE, later, f"number {place + 1} {listed}")
        return age * later * (BULLET if is_inner else 1.0)

    def _factor(self, part: Part) -> float:
        """The factor for ``part`` that the parts inside it do not share."""
        if part.kind is not PartKind.BULLET:
            return POSITION if part.kind is PartKind.POSITION or part.ref in self.split else 1.0
        strength = self.strengths[part.ref]
        words = strength_factor(strength)
        self._explain(part, WorthCause.WORDS, words, describe_signs(part.signs, strength))
        is_chief = self._is_current(part.parent) and self.ranks[part.ref] < STRONGEST
        current = CURRENT if is_chief and strength >= Strength.PLAIN else 1.0
        self._explain(part, WorthCause.CURRENT, current, "among the strongest bullets of the current job")
        return words * current

    def _add_mentions(self, part: Part, value: float, mentions: Iterable[RankedMention]) -> float:
        """``value`` with what the terms add that ``part`` mentions."""
        for term, points in part.asked:
            if points < 0:
                factor = UNWANTED ** min(-points, 20)
                self._explain(part, WorthCause.ASKED, factor, f"{term} has {points} in priorities")
                value *= factor
        for mention in mentions:
            which = "the best mention" if mention.rank == 0 else "mentioned better elsewhere"
            self._explain(part, WorthCause.ASKED, 1 + mention.added / value, f"asked for: {mention.term} ({which})")
            value += mention.added
        return value

    def _explain(self, part: Part, cause: WorthCause, factor: float, text: str) -> None:
        if factor != 1:
            self.reasons[part.ref].append(WorthReason(cause, factor, text))

    def _recency(self, dates: DateRange | None) -> float:
        """1 for what is ongoing, newest or without a date; half after HALF_LIFE years."""
        if dates is None or dates.is_open:
            return 1.0
        return float(0.5 ** (max(0.0, self.newest - _year(dates)) / HALF_LIFE))


def _is_chief(part: Part, mentions: Iterable[RankedMention]) -> bool:
    """Whether ``part`` is the best mention of a term with at least CHIEF points."""
    chief = {term for term, points in part.asked if points >= CHIEF}
    return any(mention.rank == 0 and mention.term in chief for mention in mentions)


def _find_highest_degree(parts: Iterable[Part]) -> Ref | None:
    """The ref of the highest degree; of equal ones, the first in the list."""
    degrees = (part for part in parts if part.occupies is Occupies.YEARS)
    highest = max(degrees, key=lambda part: part.degree or UNKNOWN_DEGREE, default=None)
    return highest.ref if highest else None


def _count_places(parts: Iterable[Part]) -> dict[Ref, int]:
    """The place of each part among those of its kind in its list, from 0."""
    count: Counter[tuple[Ref, PartKind]] = Counter()
    places: dict[Ref, int] = {}
    for part in parts:
        places[part.ref] = count[part.parent, part.kind]
        count[part.parent, part.kind] += 1
    return places


def _rank_bullets(parts: Iterable[Part], strengths: Mapping[Ref, Strength]) -> dict[Ref, int]:
    """The rank of each bullet among those beside it, from 0: the strongest first, else in their order."""
    beside: dict[Ref, list[Ref]] = defaultdict(list)
    for part in parts:
        if part.kind is PartKind.BULLET:
            beside[part.parent].append(part.ref)
    ranked = (sorted(refs, key=lambda ref: -strengths[ref]) for refs in beside.values())
    return {ref: rank for refs in ranked for rank, ref in enumerate(refs)}


def _place_factor(index: int, count: int) -> float:
    return FIRST - (FIRST - LAST) * index / max(1, count - 1)


def _weight(part: Part) -> float:
    return part.weight if part.weight is not None else SECTIONS.get(part.section, OWN).weight


def _year(dates: DateRange) -> float:
    """The end as a number of years."""
    (year, month, _), _ = dates.sort_key
    return year + max(0, month - 1) / 12
