"""Merges a preprint with its published version, and two entries for one paper, which are then shown once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from cvgen.diagnostics import Problem, notice
from cvgen.model.kinds import Kind
from cvgen.model.owner import fold
from cvgen.model.publication import Publication, Status
from cvgen.select.merge_entries import merge_entry
from cvgen.select.same_people import have_same_people, is_same_person
from cvgen.sources.entry.servers import PREPRINT_DOI, is_server

_RANKS = (Status.PUBLISHED, Status.IN_PRESS, Status.FORTHCOMING, Status.SUBMITTED, Status.PREPRINT,
          Status.UNPUBLISHED, Status.IN_PREPARATION)  # fmt: skip
"""The order of preference: the entry whose status comes first is kept."""
_DRAFTS = frozenset({Status.PREPRINT, Status.SUBMITTED, Status.IN_PREPARATION, Status.UNPUBLISHED})
_LATER_WORK = frozenset({Status.SUBMITTED, Status.IN_PREPARATION})
_PAPERS = frozenset({Kind.ARTICLE, Kind.CONFERENCE_PAPER, Kind.PREPRINT, Kind.MANUSCRIPT, Kind.CHAPTER, Kind.BOOK,
                     Kind.REFERENCE_ENTRY, Kind.REPORT, Kind.WEBPAGE, Kind.OTHER})  # fmt: skip
"""Kinds that may be versions of one paper: software and talks of the same name are works of their own."""
_MOST_COMPARED = 100
"""A paper is compared with so many others of the same title and first author."""
_PART = re.compile(r"(?:part|teil|partie|parte|vol|volume|no|number|chapter)?(?:\d+|[ivx]+)", re.IGNORECASE)


def merge_twins(publications: Iterable[Publication]) -> tuple[list[Publication], list[Problem]]:
    """``publications`` without those that are also there in a later version or under another key; their facts are kept.

    A draft is the twin of a paper with the same DOI or arXiv identifier and the same title or first author, or with
    the same title and first author. Two papers, or two drafts, are the same only if they agree in everything that
    both say: a wrong merge would lose a paper.
    """
    listed = list(publications)
    kept: dict[str, Publication] = {}
    by_sign: dict[str, list[str]] = {}
    crowded: dict[str, Publication] = {}
    problems: list[Problem] = []
    for publication in sorted(listed, key=lambda p: _RANKS.index(p.status)):
        signs = list(_signs(publication))
        keys = (key for sign in signs for key in by_sign.get(sign, ())[:_MOST_COMPARED])
        twin = next((kept[key] for key in keys if _are_twins(kept[key], publication, signs)), None)
        if twin is None:
            kept[publication.key] = publication
            for sign in signs:
                by_sign.setdefault(sign, []).append(publication.key)
                if len(by_sign[sign]) == _MOST_COMPARED + 1:
                    crowded.setdefault(publication.key, publication)
            continue
        kept[twin.key], more = merge_entry(twin, publication, is_draft=_is_draft_of(publication, twin))
        problems += [_report_twin(twin, publication), *more]
    problems += map(_report_crowd, crowded.values())
    return [kept[p.key] for p in listed if p.key in kept], problems


def _report_crowd(publication: Publication) -> Problem:
    message = f"more than {_MOST_COMPARED} papers have the title of {publication.key!r}; papers are compared with these"
    return notice(message, publication.location, "if papers are shown twice, delete one of the two entries")


def drop_hidden(publications: Sequence[Publication], *, merges: bool) -> list[Publication]:
    """``publications`` without those that are hidden.

    If preprints are merged with their papers (``merges``), a hidden paper hides its preprint too.
    """
    hidden = {publication.key for publication in publications if publication.hidden}
    if hidden and merges:
        merged, _ = merge_twins(publications)
        hidden |= {key for kept in merged if kept.key in hidden for key in kept.merged_keys}
    return [publication for publication in publications if publication.key not in hidden]


def _report_twin(kept: Publication, other: Publication) -> Problem:
    if _is_draft_of(other, kept):
        message = f"{other.key!r} is the preprint of {kept.key!r}: shown once, with the preprint as a link"
        kind = "a preprint is shown once, with its published paper"
    else:
        message = f"{other.key!r} is the same paper as {kept.key!r} ({kept.location}): shown once"
        kind = "a paper that is there twice is shown once"
    hint = "to show both: bibliography: {merge_twins: false}"
    return notice(message, other.location, hint, kind=kind, entry=other.key)


def _is_draft_of(other: Publication, kept: Publication) -> bool:
    return other.status in _DRAFTS and kept.status not in _DRAFTS


def _signs(publication: Publication) -> Iterator[str]:
    """The signs by which two versions of one paper are recognized, the surest first."""
    if publication.doi and not publication.doi.casefold().startswith("10.48550/arxiv"):
        yield f"doi:{publication.doi.casefold()}"
    if publication.eprint:
        yield f"arxiv:{publication.eprint.casefold()}"
    letters = title_letters(publication)
    if len(letters) >= (13 if letters.isascii() else 8) and publication.authors:
        yield f"title:{letters}/{_first_author(publication)}"


def title_letters(publication: Publication) -> str:
    """The letters and digits of the title, without case and accents, to compare it with others."""
    title = str(publication.title).casefold()
    if title.isascii():
        return re.sub(r"[\W_]+", "", title)
    title = unicodedata.normalize("NFKD", title)
    return re.sub(r"[\W_]+", "", "".join(c for c in title if not unicodedata.combining(c)))


def _first_author(publication: Publication) -> str:
    """The first author's family name; the whole name if no part of it is known to be the family name."""
    author = publication.authors[0]
    return re.sub("([aou])e", r"\1", "".join(fold(author.family.replace("-", " "))))


def _are_twins(kept: Publication, other: Publication, signs: list[str]) -> bool:
    """Whether two publications that share a sign are versions of one paper."""
    if not {kept.kind, other.kind} <= _PAPERS and not (kept.kind is other.kind and kept.doi == other.doi != ""):
        return False
    common = {sign.split(":", 1)[0] for sign in _signs(kept) if sign in signs}
    if _is_draft_of(other, kept):
        return _is_draft_twin(kept, other, common)
    return _is_repetition(kept, other, common)


def _is_draft_twin(kept: Publication, draft: Publication, common: set[str]) -> bool:
    if common & {"doi", "arxiv"}:
        return _have_like_titles(kept, draft) or _have_one_first_author(kept, draft)
    if _differ(kept.eprint, draft.eprint) or _differ(_own_doi(kept), _own_doi(draft)):
        return False
    named = str(draft.container)
    if named and not is_server(named) and _differ(_comparable(named), _comparable(str(kept.container))):
        return False  # an extended version for another journal is another paper
    if kept.year and draft.year:
        return draft.year - kept.year <= (0 if draft.status in _LATER_WORK else 1)
    return not (draft.status is Status.IN_PREPARATION and kept.status is Status.PUBLISHED and kept.year)


def _is_repetition(kept: Publication, other: Publication, common: set[str]) -> bool:
    """Whether two papers, or two drafts, are one work in two entries."""
    if not _have_like_titles(kept, other) or not _agree_on_numbers(kept, other):
        return False
    if "doi" in common:
        return True
    if not kept.authors or not have_same_people(kept, other) or _differ(_own_doi(kept), _own_doi(other)):
        return False
    if "arxiv" in common and kept.status in _DRAFTS:
        return True
    if kept.kind is not other.kind and not {kept.status, other.status} <= _DRAFTS:
        return False
    return _agree_on_time(kept, other) and _agree_on_places(kept, other)


def _agree_on_time(kept: Publication, other: Publication) -> bool:
    if kept.year is None or other.year is None:
        return kept.status is not other.status or kept.year == other.year
    return abs(kept.year - other.year) <= (1 if kept.status is not other.status else 0)


def _agree_on_places(kept: Publication, other: Publication) -> bool:
    """Whether both name the same places, as far as both name any; a preprint server does not exclude another place."""
    if not {kept.status, other.status} <= _DRAFTS and _comparable(str(kept.venue)) != _comparable(str(other.venue)):
        return False
    places = ("container", "event", "institution", "publisher", "howpublished", "series", "place")
    pairs = [(str(getattr(kept, name)), str(getattr(other, name))) for name in places]
    return not any(_differ(_comparable(a), _comparable(b)) for a, b in pairs if not (is_server(a) or is_server(b)))


def _agree_on_numbers(kept: Publication, other: Publication) -> bool:
    names = ("volume", "number", "chapter", "edition", "version", "eprint")
    if any(_differ(getattr(kept, name), getattr(other, name)) for name in names):
        return False
    return not _differ(_first_page(kept), _first_page(other)) and not _differ(kept.article_number, other.article_number)


def _first_page(publication: Publication) -> str:
    return re.split("[–, ]", publication.pages)[0]


def _have_one_first_author(kept: Publication, other: Publication) -> bool:
    return bool(kept.authors and other.authors) and is_same_person(kept.authors[0], other.authors[0])


def _have_like_titles(kept: Publication, other: Publication) -> bool:
    """Whether the titles are the same, or one lacks the other's subtitle; "Part II" is no subtitle."""
    short, long = sorted((title_letters(kept), title_letters(other)), key=len)
    if short == long:
        return bool(short)
    whole = max((str(kept.title), str(other.title)), key=len)
    heads = {
        re.sub(r"[\W_]+", "", unicodedata.normalize("NFKD", head).casefold()) for head in re.split(r"[:–—]", whole)[:1]
    }
    return len(short) >= 13 and short in heads and not _PART.match(long[len(short) :])


def _own_doi(publication: Publication) -> str:
    return "" if PREPRINT_DOI.match(publication.doi) else publication.doi.casefold()


def _comparable(text: str) -> str:
    return re.sub(r"\b(?:the|proc|proceedings|of|in)\b|[\W_]+", "", text.casefold())


def _differ(one: str, other: str) -> bool:
    """Whether both have a value, and the values differ."""
    return bool(one and other and one != other)
