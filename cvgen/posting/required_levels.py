"""Compares the levels that a posting asks for with the profile: years of work, degrees, languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from cvgen.model.letter_case import fold_capitals
from cvgen.model.profile import Profile
from cvgen.posting.mentions import Mention
from cvgen.posting.posting_term import PostingTerm
from cvgen.posting.term_kinds import TermKind
from cvgen.posting.years_of_work import judge_years
from cvgen.select.degree_levels import find_asked_level, find_levels, has_no_spaces, list_degree_levels, load_levels

_CEFR = ("", "A1", "A2", "B1", "B2", "C1", "C2", "C2")
_NO_DEGREE_WORDS = frozenset(
    (
        *("s", "in", "a", "an", "or", "of", "de", "the", "und", "oder", "ou", "et", "o", "y"),
        *("university", "college", "academic", "honours", "hons", "good", "higher"),
        *("universitaire", "universitario", "universitária", "universitário"),
        *("abgeschlossenes", "abgeschlossene", "abgeschlossener"),
    )
)
"""Words beside one for a degree that name no subject."""


def judge_levels(
    terms: Iterable[PostingTerm], profile: Profile, mentions: Sequence[Mention], today: date | None
) -> list[PostingTerm]:
    """``terms``; those whose level the profile reaches get the wordings that show it as other names.

    A language that the profile has at a lower level gets the level in its name, so that it is not found. Jobs that
    go on count up to ``today``; years are not compared without it.
    """
    return [_judge(term, profile, mentions, today) for term in terms]


def _judge(term: PostingTerm, profile: Profile, mentions: Sequence[Mention], today: date | None) -> PostingTerm:
    match term.kind:
        case TermKind.YEARS if today and term.level:
            return judge_years(term, profile, mentions, today)
        case TermKind.DEGREE:
            return _with_names(term, _list_degrees(term, profile))
        case TermKind.LANGUAGE:
            return _judge_language(term, profile)
    return term


def _with_names(term: PostingTerm, names: Iterable[str]) -> PostingTerm:
    return replace(term, others=tuple(dict.fromkeys((*term.others, *names))))


def _list_degrees(term: PostingTerm, profile: Profile) -> Iterator[str]:
    """The degrees of the profile that are as high as ``term``; none for a degree in something particular."""
    asked = find_asked_level(term.name)
    if not asked or _names_subject(term.name):
        return
    for entry in profile.education:
        for _, wording in entry.study_type.wordings if entry.study_type else ():
            if max(list_degree_levels(str(wording)), default=0) >= asked:
                yield str(wording)


def _names_subject(text: str) -> bool:
    words = re.findall(r"[\w+'-]+", text.casefold().replace("\u2019", "'"))
    return not has_no_spaces(text) and any(
        word not in _NO_DEGREE_WORDS and not list_degree_levels(word) for word in words
    )


def _judge_language(term: PostingTerm, profile: Profile) -> PostingTerm:
    names = {fold_capitals(name) for name in term.spellings}
    for entry in profile.languages:
        spoken = [str(wording) for _, wording in entry.language.wordings]
        if not any(fold_capitals(name) in names for name in spoken):
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
