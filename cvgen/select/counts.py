"""Counts papers by kind and role, in a sentence for the head of a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from cvgen.model.kinds import KINDS
from cvgen.model.publication import Credit, Role
from cvgen.select.entry_items import WordingChoice
from cvgen.select.language import choose_plural

_COUNTED = (
    ("count_first", frozenset({Role.FIRST, Role.CO_FIRST})),
    ("count_corresponding", frozenset({Role.CORRESPONDING})),
    ("count_lead", frozenset({Role.LEAD})),
    ("count_senior", frozenset({Role.SENIOR, Role.CO_SENIOR})),
    ("count_supervised", frozenset({Role.SUPERVISED})),
    ("count_editor", frozenset({Role.EDITOR})),
    ("count_translator", frozenset({Role.TRANSLATOR})),
)


def count_publications(credits: Iterable[Credit], venues: tuple[str, ...], choice: WordingChoice) -> str:
    """``23 papers, 2 patents: 9 first or co-first, 3 corresponding; 6 CVPR/ICLR``; empty for no publications.

    Each kind is counted separately. A role is counted once per publication, under any of its names; roles that never
    occur are left out.
    """
    listed, words = list(credits), choice.words
    if not listed:
        return ""
    head = words["comma"].join(_count_kinds(listed, choice))
    parts = []
    for key, roles in _COUNTED:
        number = sum(bool(credit.roles & roles) for credit in listed)
        if number:
            parts.append(words[key].format(n=number))
    sentence = words["colon"].join(filter(None, (head, words["comma"].join(parts))))
    at_venues = sum(_is_at(credit, venues) for credit in listed) if venues else 0
    if at_venues:
        sentence += words["semicolon"] + words["count_venues"].format(n=at_venues, venues="/".join(venues))
    return sentence


def _count_kinds(credits: list[Credit], choice: WordingChoice) -> Iterator[str]:
    numbers = Counter(KINDS[credit.publication.kind].count for credit in credits)
    nouns = dict.fromkeys(row.count for row in KINDS.values())
    for noun in sorted(nouns, key=lambda noun: noun == "others"):
        if number := numbers[noun]:
            yield choose_plural(f"count_{noun}", number, choice.language, choice.words).format(n=number)


def _is_at(credit: Credit, venues: tuple[str, ...]) -> bool:
    """Whether the venue's abbreviation starts with one of ``venues`` (``CVPR 2025``, ``CVPR, CCF A``)."""
    short = credit.publication.venue_short.casefold()
    return any(
        short == venue.casefold() or short.startswith(venue.casefold() + end) for venue in venues for end in " ,"
    )
