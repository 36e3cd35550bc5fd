"""Which bullets and certificates leave a page first, and which stay out although there is room."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from enum import StrEnum

from cvgen.fit.ranked_mentions import RankedMention
from cvgen.fit.strength import Strength
from cvgen.model.part import Part, PartKind
from cvgen.model.refs import Ref
from cvgen.model.sections import SECTIONS, Occupies

INNER = 6
"""The fewest letters of a stem that may be a part of a longer word."""
LONG_PAST = 5.0
"""The years after which plain bullets of a job, and certificates, may be weak if they mention nothing asked for."""
CHIEF = 2
"""The fewest points of a term for which even an empty bullet stays, if nothing else mentions it."""
FEWEST_TERMS = 4
"""The fewest terms asked for and mentioned that tell which jobs are on another subject."""


class Weakness(StrEnum):
    """Why a part leaves a page before all others."""

    PRIORITY = "priority"
    """Its priority is below 0."""
    WORDS = "words"
    """Its words are weak, and it is not the best mention of a term; if empty, not the only mention of a chief one."""
    OLD = "old"
    """It is a plain bullet of a job long past, and mentions nothing that is asked for."""
    OTHER_SUBJECT = "other subject"
    """It is in a past job on another subject than what is asked for: any bullet if long past, else a plain one."""
    STRAY = "stray"
    """It mentions nothing asked for, and has no word in common with what does: a certificate in another field."""


def is_tailored(parts: Iterable[Part]) -> bool:
    """Whether the variant asks for terms that the parts mention."""
    return any(points > 0 for part in parts for _, points in part.asked)


def is_judged(parts: Iterable[Part]) -> bool:
    """Whether the variant asks for terms, and words count: only then parts may be weak for their age or subject."""
    parts = tuple(parts)
    return is_tailored(parts) and any(part.signs for part in parts)


def find_weak(
    parts: tuple[Part, ...],
    strengths: Mapping[Ref, Strength],
    mentions: Mapping[Ref, Iterable[RankedMention]],
    ages: Mapping[Ref, float],
) -> dict[Ref, Weakness]:
    """The weak bullets and certificates, and sections with nothing else; none that is pinned or has a priority.

    A bullet with others below is not weak. ``ages`` has the years since the end of each entry and position; the current
    job is 0 years old. Without a variant that asks for terms, and if words do not count, nothing is weak for its age.
    """
    above = {part.parent for part in parts}
    sections = {part.ref for part in parts if part.kind is PartKind.SECTION}
    carriers = Counter(term for part in parts for term, points in part.asked if points > 0)
    knows_age = is_judged(parts)
    knows_subject = knows_age and len(carriers) >= FEWEST_TERMS
    others = _find_other_jobs(parts, strengths) if knows_subject else frozenset()

    def judge(part: Part) -> Weakness | None:
        if part.kind is not PartKind.BULLET or part.pin or part.ref in above or part.parent in sections:
            return None
        if part.priority:
            return Weakness.PRIORITY if part.priority < 0 else None
        ranks = [mention.rank for mention in mentions.get(part.ref, ())]
        if strengths[part.ref] is Strength.EMPTY:
            chief = (term for term, points in part.asked if points >= CHIEF)
            return None if any(carriers[term] == 1 for term in chief) else Weakness.WORDS
        if strengths[part.ref] is Strength.WEAK:
            return None if 0 in ranks else Weakness.WORDS
        age = ages.get(part.parent, 0.0) if knows_age else 0.0
        is_plain = strengths[part.ref] is Strength.PLAIN
        if part.parent in others and (age >= LONG_PAST or (age and is_plain)):
            return Weakness.OTHER_SUBJECT
        return Weakness.OLD if age >= LONG_PAST and is_plain and not ranks else None

    weak = {part.ref: weakness for part in parts if (weakness := judge(part))}
    return weak | _find_strays(parts, ages) if knows_subject else weak


def _find_strays(parts: tuple[Part, ...], ages: Mapping[Ref, float]) -> dict[Ref, Weakness]:
    """The past certificates on which the rest of the document says nothing, and sections with only such."""
    words = _list_subject_words(parts)

    def strays(part: Part) -> bool:
        is_past = ages.get(part.ref, 0.0) >= LONG_PAST and not (part.pin or part.priority)
        return _may_stray(part) and is_past and not part.asked and not _is_on_subject(part, words)

    found = {part.ref for part in parts if strays(part)}
    above = {part.ref for part in parts if part.kind is PartKind.SECTION and not part.has_text}
    kept = {part.parent for part in parts if part.ref not in found}
    emptied = {ref[:1] for ref in found} & above - kept
    return dict.fromkeys((*found, *emptied), Weakness.STRAY)


def _may_stray(part: Part) -> bool:
    row = SECTIONS.get(part.section)
    return bool(row and row.may_stray) and part.kind is PartKind.ENTRY


def _is_on_subject(part: Part, words: frozenset[str]) -> bool:
    """Whether a word of ``part`` is one of ``words``, or one is in the other, as in a German compound."""
    inner = [word for word in words if len(word) >= INNER]
    return any(
        word in words or any(other in word or (len(word) >= INNER and word in other) for other in inner)
        for word in part.words
    )


def _list_subject_words(parts: Iterable[Part]) -> frozenset[str]:
    """The words of the summary, of degrees, and of all entries that mention a term asked for, but for certificates."""
    groups: dict[Ref, list[Part]] = defaultdict(list)
    entry_of: dict[Ref, Ref] = {}
    for part in parts:
        entry = entry_of.get(part.parent, part.ref)
        groups[entry].append(part)
        if part.kind is not PartKind.SECTION:
            entry_of[part.ref] = entry

    def tells(group: list[Part]) -> bool:
        is_asked = any(points > 0 for part in group for _, points in part.asked)
        return is_asked or group[0].kind is PartKind.SECTION or group[0].occupies is Occupies.YEARS

    telling = (group for group in groups.values() if tells(group) and not _may_stray(group[0]))
    return frozenset(word for group in telling for part in group for word in part.words)


def _find_other_jobs(parts: Iterable[Part], strengths: Mapping[Ref, Strength]) -> frozenset[Ref]:
    """The jobs and positions on another subject.

    Neither their heads nor their bullets mention a term asked for, weak bullets aside, and their heads share no word
    with those of jobs that mention one: an electrician's earlier jobs as an electrician do.
    """
    jobs: dict[Ref, Part] = {}
    job_of: dict[Ref, Ref] = {}
    asked: set[Ref] = set()
    for part in parts:
        if part.occupies is Occupies.JOB or (part.kind is PartKind.POSITION and part.parent in jobs):
            job_of[part.ref] = part.ref
            jobs[part.ref] = part
        elif part.parent in job_of:
            job_of[part.ref] = job_of[part.parent]
        if part.ref in job_of and strengths[part.ref] >= Strength.PLAIN and any(points > 0 for _, points in part.asked):
            asked.add(job_of[part.ref])
    words = frozenset(word for part in parts if part.ref in asked for word in part.words)
    return frozenset(ref for ref, job in jobs.items() if ref not in asked and not job.words & words)


def keep_other_subjects(filler: Iterable[Ref], weak: Mapping[Ref, Weakness]) -> frozenset[Ref]:
    """``filler`` without what is on other subjects: for a page that would be too empty without these."""
    return frozenset(ref for ref in filler if weak[ref] not in (Weakness.OTHER_SUBJECT, Weakness.STRAY))


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
