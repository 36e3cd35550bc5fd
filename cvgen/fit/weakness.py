"""Which bullets leave a page first, and which stay out although there is room."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from enum import StrEnum

from cvgen.fit.ranked_mentions import RankedMention
from cvgen.fit.strength import Strength
from cvgen.model.part import Part, PartKind
from cvgen.model.refs import Ref
from cvgen.model.sections import Occupies

LONG_PAST = 5.0
"""The years after which plain bullets of a job are weak, if nothing that is asked for is in them."""
FEWEST_TERMS = 4
"""The fewest terms asked for and mentioned that tell which jobs are on another subject."""


class Weakness(StrEnum):
    """Why a bullet leaves a page before all others."""

    PRIORITY = "priority"
    """Its priority is below 0."""
    WORDS = "words"
    """Its words are weak, and it is not the best mention of a term; of empty words, not the only mention."""
    OLD = "old"
    """It is a plain bullet of a job long past, and mentions nothing that is asked for."""
    OTHER_SUBJECT = "other subject"
    """It is in a past job that mentions nothing asked for: any bullet of a job long past, a plain one of others."""


def is_tailored(parts: Iterable[Part]) -> bool:
    """Whether the variant asks for terms that the parts mention."""
    return any(points > 0 for part in parts for _, points in part.asked)


def find_weak(
    parts: tuple[Part, ...],
    strengths: Mapping[Ref, Strength],
    mentions: Mapping[Ref, Iterable[RankedMention]],
    ages: Mapping[Ref, float],
) -> dict[Ref, Weakness]:
    """The weak bullets; none that is pinned or has others below.

    ``ages`` has the years since the end of each entry and position; the current job is 0 years old. Without a variant
    that asks for terms, and if words do not count, no bullet is weak for its age.
    """
    above = {part.parent for part in parts}
    sections = {part.ref for part in parts if part.kind is PartKind.SECTION}
    carriers = Counter(term for part in parts for term, points in part.asked if points > 0)
    knows_age = is_tailored(parts) and any(part.signs for part in parts)
    others = _find_other_jobs(parts) if knows_age and len(carriers) >= FEWEST_TERMS else frozenset()

    def judge(part: Part) -> Weakness | None:
        if part.kind is not PartKind.BULLET or part.pin or part.ref in above or part.parent in sections:
            return None
        if part.priority:
            return Weakness.PRIORITY if part.priority < 0 else None
        ranks = [mention.rank for mention in mentions.get(part.ref, ())]
        best = [mention.term for mention in mentions.get(part.ref, ()) if mention.rank == 0]
        if strengths[part.ref] is Strength.EMPTY:
            return None if any(carriers[term] == 1 for term in best) else Weakness.WORDS
        if strengths[part.ref] is Strength.WEAK:
            return None if best else Weakness.WORDS
        age = ages.get(part.parent, 0.0) if knows_age else 0.0
        is_plain = strengths[part.ref] is Strength.PLAIN
        if part.parent in others and (age >= LONG_PAST or (age and is_plain)):
            return Weakness.OTHER_SUBJECT
        return Weakness.OLD if age >= LONG_PAST and is_plain and not ranks else None

    return {part.ref: weakness for part in parts if (weakness := judge(part))}


def _find_other_jobs(parts: Iterable[Part]) -> frozenset[Ref]:
    """The jobs and positions of which neither the head nor a bullet mentions a term asked for."""
    jobs: dict[Ref, bool] = {}
    job_of: dict[Ref, Ref] = {}
    for part in parts:
        if part.occupies is Occupies.JOB or (part.kind is PartKind.POSITION and part.parent in jobs):
            job_of[part.ref] = part.ref
            jobs[part.ref] = False
        elif part.parent in job_of:
            job_of[part.ref] = job_of[part.parent]
        if part.ref in job_of and any(points > 0 for _, points in part.asked):
            jobs[job_of[part.ref]] = True
    return frozenset(ref for ref, is_asked in jobs.items() if not is_asked)


def keep_other_subjects(filler: Iterable[Ref], weak: Mapping[Ref, Weakness]) -> frozenset[Ref]:
    """``filler`` without the bullets on other subjects: for a page that would be too empty without these."""
    return frozenset(ref for ref in filler if weak[ref] is not Weakness.OTHER_SUBJECT)


def find_filler(parts: tuple[Part, ...], weak: Mapping[Ref, Weakness], values: Mapping[Ref, float]) -> frozenset[Ref]:
    """The weak bullets that stay out of a page which is full without them: none without a variant that asks for terms.

    Where all bullets of an entry are in weak words, the best one is no filler: a person may write like that. Bullets
    with a priority below 0 go with the others of their section, since they are left out before these.
    """
    if not is_tailored(parts):
        return frozenset()
    beside: dict[Ref, list[Ref]] = defaultdict(list)
    for part in parts:
        if part.kind is PartKind.BULLET:
            beside[part.parent].append(part.ref)
    spared = {
        max(refs, key=lambda ref: values[ref])
        for refs in beside.values()
        if len(refs) > 1 and all(weak.get(ref) is Weakness.WORDS for ref in refs)
    }
    filler = {ref for ref, weakness in weak.items() if weakness is not Weakness.PRIORITY} - spared
    sections = {ref[0] for ref in filler}
    return frozenset(filler | {ref for ref in weak if ref[0] in sections and ref not in spared})
