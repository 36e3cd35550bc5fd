"""Years of work: what a posting wants them to be about, and how long the jobs of a profile have lasted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from cvgen.model.dates import DateRange
from cvgen.model.entries import Work
from cvgen.model.entry import list_positions
from cvgen.model.profile import Profile
from cvgen.model.sections import SECTIONS, find_span
from cvgen.posting.mentions import Mention
from cvgen.posting.posting import Posting
from cvgen.posting.posting_term import PostingTerm
from cvgen.posting.term_kinds import Asked, TermKind
from cvgen.select.term_search import TermMatcher, names_like

_JOBS = next(name for name, row in SECTIONS.items() if row.entry is Work)
_SUBJECT_WITHIN = 8
"""The most words between the years and their subject."""
_STOP = re.compile(r"[,;.:()]")
_LIST_GAP = re.compile(r"[\s,/]*(?:(?:and|or|und|oder|et|ou|y|o|e|и|или|和|或)\b)?[\s,/]*")


def add_subjects(found: Sequence[Asked], posting: Posting) -> list[Asked]:
    """``found``; years get what they are about: ``Python`` and ``Go`` of "5 years of Python or Go"."""
    skills = sorted((one for one in found if one.kind is TermKind.SKILL), key=lambda one: one.start)
    return [
        replace(one, subjects=tuple(_list_subjects(one, skills, posting))) if one.kind is TermKind.YEARS else one
        for one in found
    ]


def _list_subjects(years: Asked, skills: Iterable[Asked], posting: Posting) -> Iterator[str]:
    end, is_list = years.end, False
    for skill in skills:
        if skill.start < end:
            continue
        between = _text_between(posting, end, skill.start)
        is_near = skill.start - end <= _SUBJECT_WITHIN and not _STOP.search(between)
        if posting.spans[skill.start] is not posting.spans[years.start]:
            return
        if not (_LIST_GAP.fullmatch(between) if is_list else is_near):
            return
        yield skill.name
        end, is_list = skill.end, True


def _text_between(posting: Posting, end: int, start: int) -> str:
    last = posting.tokens[end - 1]
    return posting.text[last.start + len(last.text) : posting.tokens[start].start]


def judge_years(term: PostingTerm, profile: Profile, mentions: Sequence[Mention], today: date) -> PostingTerm:
    """``term``; with the names of the jobs that show it if they have lasted long enough, else with a note.

    If jobs mention what the years are about, only those count. If none does, the field of the jobs does not matter.
    """
    about = _list_mentioning(term.subjects, profile, mentions)
    jobs = about or list(profile.work)
    years = count_years(jobs, today)
    if years >= (term.level or 0):
        return replace(term, others=tuple(dict.fromkeys((*term.others, *_name_jobs(jobs)))))
    what = f"the jobs that mention {' or '.join(term.subjects)}" if about else "your jobs"
    return replace(term, note=f"{what}: {years:.1f} years".replace(".0 ", " "))


def _list_mentioning(subjects: Iterable[str], profile: Profile, mentions: Sequence[Mention]) -> list[Work]:
    names = {one: names_like(one, profile.synonym_groups) for one in subjects}
    if not names:
        return []
    matcher = TermMatcher(names, profile.language)
    paths = {profile.path_of(_JOBS, index): entry for index, entry in enumerate(profile.work) if not entry.hidden}
    found = {mention.path[:2] for mention in mentions if mention.path[:2] in paths and matcher.count(mention.text)}
    return [entry for path, entry in paths.items() if path in found]


def count_years(jobs: Iterable[Work], today: date) -> float:
    """The years of work in ``jobs``; jobs at the same time count once."""
    now, total, reached = today.year * 12 + today.month, 0, 0
    for start, end in sorted(_list_months(jobs, now)):
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total / 12


def _list_months(jobs: Iterable[Work], now: int) -> Iterator[tuple[int, int]]:
    """The first and the last month of each job, counted from year 0; a year alone counts from January to December."""
    for entry in jobs:
        for dates in map(find_span, (entry, *list_positions(entry))):
            if dates and dates.start and dates.start.year is not None:
                first = _month(dates.start.year, dates.start.month or 1)
                yield first, _last_month(dates, now)


def _last_month(dates: DateRange, now: int) -> int:
    end = dates.end or dates.start
    if end is None or end.year is None:
        return now
    return min(now, _month(end.year, end.month or 12) + 1)


def _month(year: int, month: int) -> int:
    return year * 12 + month


def _name_jobs(jobs: Iterable[Work]) -> Iterator[str]:
    for entry in jobs:
        for named in (entry.position, *(position.position for position in list_positions(entry)), entry.name):
            if named is not None:
                yield from (str(wording) for _, wording in named.wordings)
