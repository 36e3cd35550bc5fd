"""Compares two author lists: whether they name the same people, and what one list adds to the other."""

from __future__ import annotations

import re
from dataclasses import replace

from cvgen.model.marks import Mark
from cvgen.model.owner import fold
from cvgen.model.publication import Author, Publication


def have_same_people(first: Publication, second: Publication) -> bool:
    """Whether both list the same people in the same order, as far as a list that is cut goes.

    Initials agree with full names, and a middle name may be missing.
    """
    ours, theirs = first.authors, second.authors
    if len(ours) > len(theirs):
        first, second, ours, theirs = second, first, theirs, ours
    if len(ours) < len(theirs) and not first.truncated:
        return False
    return all(is_same_person(one, other) for one, other in zip(ours, theirs, strict=False))


def is_same_person(one: Author, other: Author) -> bool:
    """Whether two spellings can be the same person's: ``W. Lin`` and ``Wei Lin``."""
    if fold(one.name) == fold(other.name):
        return True
    if _fold_family(one) != _fold_family(other):
        return False
    return all(
        mine.startswith(theirs) or theirs.startswith(mine)
        for mine, theirs in zip(_given_names(one), _given_names(other), strict=False)
    )


def _fold_family(author: Author) -> tuple[str, ...]:
    return tuple(
        re.sub("([aou])e", r"\1", word) for word in fold(f"{author.particle} {author.family}".replace("-", " "))
    )


def _given_names(author: Author) -> list[str]:
    """Given names one by one, without case and diacritics, in their order."""
    return ["".join(fold(name)) for name in re.split(r"[\s.‐-]+", author.given) if name]


def find_contradiction(kept: Publication, other: Publication) -> str:
    """A mark or an ORCID that differs between the lists for the same person; empty if they agree."""
    pairs = list(zip(kept.authors, other.authors, strict=False))
    for mark in Mark:
        ours, theirs = ({index for index, pair in enumerate(pairs) if mark in pair[side].marks} for side in (0, 1))
        if ours and theirs and ours != theirs:
            return f"mark {mark.value!r}"
    if any(a.orcid and b.orcid and _digits(a.orcid) != _digits(b.orcid) for a, b in pairs):
        return "ORCID of an author"
    return ""


def _digits(orcid: str) -> str:
    return re.sub(r"[^\dX]", "", orcid.upper())[-16:]


def add_marks(authors: tuple[Author, ...], others: tuple[Author, ...], key: str) -> tuple[Author, ...]:
    """``authors`` with what ``others``, the same people in the entry ``key``, add: marks, ORCIDs, CRediT, names."""
    added = list(authors)
    for index, (author, other) in enumerate(zip(authors, others, strict=False)):
        for mark in sorted(other.marks):
            author = author.with_marks([mark], f"{key!r}, {other.source_of(mark)}")
        added[index] = replace(
            author,
            given=_fuller(author.given, other.given),
            orcid=author.orcid or other.orcid,
            credit=author.credit or other.credit,
        )
    return tuple(added)


def list_rest(kept: Publication, other: Publication) -> tuple[Author, ...]:
    """The authors of ``other`` after those of ``kept``, whose list is cut; both name the same people up to there."""
    rest = other.authors[len(kept.authors) :] if kept.truncated else ()
    return tuple(
        replace(author, sources=tuple((mark, f"{other.key!r}, {source}") for mark, source in author.sources))
        for author in rest
    )


def _fuller(given: str, other: str) -> str:
    """The other spelling of a given name if this one has only initials, which are not enough to find the owner."""
    only_initials = bool(given) and all(len(name) == 1 for name in re.split(r"[\s.‐-]+", given) if name)
    return other if only_initials and len(other.replace(".", "")) > len(given.replace(".", "")) else given


def has_marks(publication: Publication) -> bool:
    """Whether anything but their names is known about the authors."""
    return bool(publication.owner_marks) or any(a.marks or a.orcid or a.credit for a in publication.authors)
