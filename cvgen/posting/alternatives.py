"""Terms of which one is enough: ``Go``, ``Rust`` and ``Java`` of "either Go, Rust or Java"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from cvgen.posting.coverage import TermCoverage, TermStatus
from cvgen.posting.posting import Posting
from cvgen.posting.term_kinds import Asked, TermKind
from cvgen.select.term_search import Keys

_KINDS = (TermKind.SKILL, TermKind.LANGUAGE)
_OR_WORDS = "and/or|or|und/oder|oder|et/ou|ou|y/o|o|u|e/o|или|或者|或"
_AND_WORDS = "and|und|et|y|e|и|和"
_ARTICLE = r"(?:(?:an?|the|eine?[nrms]?|une?|el|la|un[oa]?)\s+)?"
_SIMILAR = (
    "(?:equivalent|similar|related|comparable|other|vergleichbar|ähnlich|équivalent|similaire|equivalente|simile)"
)
_OR = re.compile(rf"\s*[,、，]?\s*(?:{_OR_WORDS})\s*(?:else\s+)?{_ARTICLE}(?:{_SIMILAR}\w*\s+)?", re.IGNORECASE)
_OR_SIMILAR = re.compile(rf"\s*[,、，]?\s*(?:{_OR_WORDS})\s*{_ARTICLE}(?:{_SIMILAR}|аналогич|类似|相关)", re.IGNORECASE)
_COMMA = re.compile(r"\s*[,、，]\s*")
_AND = re.compile(rf"\s*,?\s*(?:{_AND_WORDS})\s+", re.IGNORECASE)
_EXAMPLES = re.compile(
    r"\s*[,(]?\s*(?:such as|for example|for instance|like|e\.?\s?g\.?|wie(?: etwa)?|z\.\s?B\.|etwa|beispielsweise|"
    r"tel(?:le)?s? que|comme|par exemple|p\.\s?ex\.|como|por ejemplo|come|ad esempio|zoals|bijv\.|например|如)[\s,:]*",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\s*\(\s*")
_ONE_OF = re.compile(
    r"(?:\b(?:one(?: or more)? of|any of|some of|eine[rs]? (?:der|von)|un[ea]? (?:des|de los|de las))\W{1,3}(?:the\s+)?"
    r"(?:following)?\W{0,3})$",
    re.IGNORECASE,
)
_MOST = 20
"""The most terms of a choice: a longer list is one of all kinds of things."""
_ONE_OF_WITHIN = 40
"""The most characters before the first term in which "one of" may be."""


def add_alternatives(found: Sequence[Asked], posting: Posting) -> list[Asked]:
    """``found``; each skill and language that is one of several to choose from gets the keys of all of them."""
    skills = sorted((one for one in found if one.kind in _KINDS), key=lambda one: one.start)
    choices: dict[int, tuple[Keys, ...]] = {}
    at = 0
    while at < len(skills):
        size, is_choice = _find_list(skills, at, posting)
        if is_choice and size <= _MOST:
            choices |= dict.fromkeys((skill.start for skill in skills[at : at + size]), _keys(skills[at : at + size]))
        # Its last term may begin the next list: "Python, databases such as …"
        at += size if is_choice else max(1, size - 1)
    return [replace(one, choices=choices[one.start]) if _is_in(one, choices) else one for one in found]


def _is_in(one: Asked, choices: Mapping[int, object]) -> bool:
    return one.kind in _KINDS and one.start in choices


def _keys(skills: Iterable[Asked]) -> tuple[Keys, ...]:
    return tuple(dict.fromkeys(skill.keys for skill in skills))


def _find_list(skills: Sequence[Asked], at: int, posting: Posting) -> tuple[int, bool]:
    """How many of ``skills`` from ``at`` on are one list, and whether one of them is enough."""
    gap = _gap(skills, at, posting)
    if _EXAMPLES.fullmatch(gap):
        return 1 + _measure_list(skills, at + 1, posting, is_open=True)[0], True
    if _IN_BRACKETS.fullmatch(gap):
        size, is_choice = _measure_list(skills, at + 1, posting, is_open=False)
        return (1 + size, True) if is_choice else (1, False)
    start = posting.tokens[skills[at].start].start
    before = posting.text[max(0, start - _ONE_OF_WITHIN) : start]
    return _measure_list(skills, at, posting, is_open=bool(_ONE_OF.search(before)))


def _measure_list(skills: Sequence[Asked], at: int, posting: Posting, *, is_open: bool) -> tuple[int, bool]:
    """How many skills from ``at`` on are a list, and whether it has "or"; if it ``is_open``, it needs none."""
    size, has_or = 1, is_open
    while gap := _gap(skills, at + size - 1, posting):
        if _OR.fullmatch(gap):
            has_or = True
        elif not (_COMMA.fullmatch(gap) or (is_open and _AND.fullmatch(gap))):
            break
        size += 1
    last = posting.tokens[skills[at + size - 1].end - 1]
    has_or = has_or or bool(_OR_SIMILAR.match(posting.text, last.start + len(last.text)))
    return size, has_or and size > 1


def _gap(skills: Sequence[Asked], at: int, posting: Posting) -> str:
    """The text between a skill and the next one; empty after the last one."""
    if at + 1 >= len(skills):
        return ""
    last = posting.tokens[skills[at].end - 1]
    return posting.text[last.start + len(last.text) : posting.tokens[skills[at + 1].start].start]


def join_alternatives(covered: Iterable[TermCoverage]) -> tuple[TermCoverage, ...]:
    """``covered`` without the terms in whose place another one is enough; that one names them as its ``instead``.

    Of terms to choose from, those that are printed stay, else those that the profile has, else the first.
    """
    by_keys = {one.term.keys: one for one in covered}
    kept = [one for one in by_keys.values() if _is_needed(one, by_keys)]
    names = {one.term.name for one in kept}
    return tuple(
        replace(one, term=replace(one.term, instead=tuple(dict.fromkeys(_list_left(one, by_keys, names)))))
        for one in kept
    )


def _is_needed(one: TermCoverage, by_keys: Mapping[Keys, TermCoverage]) -> bool:
    groups = _list_groups(one, by_keys)
    return not groups or any(one in _choose(group) for group in groups)


def _list_left(one: TermCoverage, by_keys: Mapping[Keys, TermCoverage], kept: Collection[str]) -> Iterator[str]:
    """The names of the terms that ``one`` is in place of."""
    for group in _list_groups(one, by_keys):
        if one in _choose(group):
            yield from (other.term.name for other in group if other.term.name not in kept)


def _list_groups(one: TermCoverage, by_keys: Mapping[Keys, TermCoverage]) -> list[list[TermCoverage]]:
    """The terms of each choice that ``one`` belongs to."""
    return [[by_keys[keys] for keys in choice if keys in by_keys] for choice in one.term.choices]


def _choose(group: Sequence[TermCoverage]) -> list[TermCoverage]:
    for status in (TermStatus.PRINTED, TermStatus.DROPPED):
        if stay := [one for one in group if one.status is status]:
            return stay
    return [min(group, key=lambda one: one.term.first)]


def list_choices(places: Iterable[Asked]) -> tuple[tuple[Keys, ...], ...]:
    """The choices that ``places`` of a term belong to; none if one of them asks for the term by itself."""
    choices = [place.choices for place in places]
    return tuple(dict.fromkeys(choices)) if all(choices) else ()
