"""How many papers in which role: a sentence for the head of a list."""

from __future__ import annotations

from collections.abc import Iterable

from cvgen.model.publication import Credit, Role
from cvgen.select.entries import Voice
from cvgen.select.language import choose_plural

_COUNTED = (
    ("count_first", frozenset({Role.FIRST, Role.CO_FIRST})),
    ("count_corresponding", frozenset({Role.CORRESPONDING})),
    ("count_lead", frozenset({Role.LEAD})),
    ("count_senior", frozenset({Role.SENIOR, Role.CO_SENIOR})),
    ("count_supervised", frozenset({Role.SUPERVISED})),
)


def count_publications(credits: Iterable[Credit], venues: tuple[str, ...], voice: Voice) -> str:
    """``23 papers: 9 first or co-first, 3 corresponding, 4 as project lead; 6 CVPR/ICLR``; empty for no papers.

    A role is counted once per paper, whichever of its names applies; roles that never occur are not named.
    """
    listed, words = list(credits), voice.words
    if not listed:
        return ""
    head = choose_plural("count_papers", len(listed), voice.language, words).format(n=len(listed))
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


def _is_at(credit: Credit, venues: tuple[str, ...]) -> bool:
    """Whether the venue's abbreviation starts with one of ``venues`` (``CVPR 2025``, ``CVPR, CCF A``)."""
    short = credit.publication.venue_short.casefold()
    return any(
        short == venue.casefold() or short.startswith(venue.casefold() + end) for venue in venues for end in " ,"
    )
