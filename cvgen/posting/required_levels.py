"""Compares the levels that a posting asks for with the profile: years of work, degrees, languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from cvgen.model.dates import DateRange
from cvgen.model.entry import list_positions
from cvgen.model.profile import Profile
from cvgen.posting.posting_term import PostingTerm
from cvgen.posting.term_kinds import TermKind
from cvgen.select.degree_levels import find_levels, has_no_spaces, list_degree_levels, load_levels

_CEFR = ("", "A1", "A2", "B1", "B2", "C1", "C2", "C2")
_NO_DEGREE_WORDS = frozenset({"s", "in", "a", "an", "or", "of", "de", "the", "und", "oder", "ou", "et", "o", "y"})


def judge_levels(terms: Iterable[PostingTerm], profile: Profile, today: date | None) -> list[PostingTerm]:
    """``terms``; those whose level the profile reaches get the wordings that show it as other names.

    A language that the profile has at a lower level gets the level in its name, so that it is not found. Jobs that
    go on count up to ``today``; years are not compared without it.
    """
    return [_judge(term, profile, today) for term in terms]


def _judge(term: PostingTerm, profile: Profile, today: date | None) -> PostingTerm:
    match term.kind:
        case TermKind.YEARS if today and term.level and count_years(profile, today) >= term.level:
            return _with_names(term, _list_jobs(profile))
        case TermKind.DEGREE:
            return _with_names(term, _list_degrees(term, profile))
        case TermKind.LANGUAGE:
            return _judge_language(term, profile)
    return term


def _with_names(term: PostingTerm, names: Iterable[str]) -> PostingTerm:
    return replace(term, others=tuple(dict.fromkeys((*term.others, *names))))


def count_years(profile: Profile, today: date) -> float:
    """The years of work in ``profile``; jobs at the same time count once."""
    now, total, reached = today.year * 12 + today.month, 0, 0
    for start, end in sorted(_list_months(profile, now)):
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total / 12


def _list_months(profile: Profile, now: int) -> Iterator[tuple[int, int]]:
    """The first and the last month of each job, counted from year 0; a year alone counts from January to December."""
    for entry in profile.work:
        for dates in (entry.dates, *(position.dates for position in list_positions(entry))):
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


def _list_jobs(profile: Profile) -> Iterator[str]:
    for entry in profile.work:
        for named in (entry.position, *(position.position for position in list_positions(entry)), entry.name):
            if named is not None:
                yield from (str(wording) for _, wording in named.wordings)


def _list_degrees(term: PostingTerm, profile: Profile) -> Iterator[str]:
    """The degrees of the profile that are as high as ``term``; none for a degree in something particular."""
    asked = list_degree_levels(term.name)
    if not asked or _names_subject(term.name):
        return
    for entry in profile.education:
        for _, wording in entry.study_type.wordings if entry.study_type else ():
            if max(list_degree_levels(str(wording)), default=0) >= min(asked):
                yield str(wording)


def _names_subject(text: str) -> bool:
    table = load_levels()["degree"]
    words = re.findall(r"[\w+'-]+", text.casefold().replace("\u2019", "'"))
    return not has_no_spaces(text) and any(word not in table and word not in _NO_DEGREE_WORDS for word in words)


def _judge_language(term: PostingTerm, profile: Profile) -> PostingTerm:
    names = {name.casefold() for name in term.spellings}
    for entry in profile.languages:
        spoken = [str(wording) for _, wording in entry.language.wordings]
        if not any(name.casefold() in names for name in spoken):
            continue
        own = [_language_level(str(wording)) for _, wording in entry.fluency.wordings] if entry.fluency else []
        level = max(own, default=0)
        if term.level and level and level < term.level:
            asked = _CEFR[int(term.level)]
            name = term.name if asked in term.name else f"{term.name} {asked}"
            return replace(term, name=name, others=(), own="")
        return _with_names(term, spoken)
    return term


def _language_level(fluency: str) -> int:
    """The level of a fluency as people write it, 0 if it is not known."""
    table, folded = load_levels()["fluency"], fluency.casefold()
    return max(find_levels(folded, re.findall(r"\w[\w-]*", folded), table), default=0)
