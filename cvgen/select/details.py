"""The details of a publication that a list prints after its venue: volume, pages, edition, editors and so on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from cvgen.model.inline import Inline, Link, Plain, RichText, rich
from cvgen.model.kinds import EDITED, NUMBERED, THESES, Kind
from cvgen.model.publication import Author, Publication
from cvgen.select.language import english_tail

_IN_JOURNALS = frozenset({Kind.ARTICLE, Kind.PREPRINT, Kind.MANUSCRIPT, Kind.OTHER})
_IN_BOOKS = frozenset({Kind.CHAPTER, Kind.REFERENCE_ENTRY})
_PUBLISHED = _IN_BOOKS | EDITED | THESES | {Kind.BOOK, Kind.REPORT, Kind.MANUAL, Kind.STANDARD, Kind.SOFTWARE,
                                            Kind.DATASET, Kind.VIDEO, Kind.AUDIO, Kind.ARTWORK}  # fmt: skip
"""Kinds whose publisher is printed as well as the venue."""
_WHERE = frozenset({Kind.TALK, Kind.POSTER, Kind.BOOK, *_IN_BOOKS, *EDITED})
"""Kinds whose place is printed."""
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def list_lead(publication: Publication, label: str, words: Mapping[str, str]) -> tuple[str, ...]:
    """The parts before the venue: ``label`` for the kind, the number, and the edition or version of a whole work."""
    number = publication.number if publication.kind in NUMBERED else ""
    parts = [
        " ".join(filter(None, (label, number))),
        *(() if publication.container else _say_state(publication, words)),
    ]
    return tuple(part for part in parts if part)


def list_details(publication: Publication, words: Mapping[str, str]) -> tuple[RichText, ...]:
    """The known details in order, in the language of ``words``, without those that the venue already says."""
    said = str(publication.venue)
    parts = (part if isinstance(part, RichText) else rich(part) for part in _parts(publication, words))
    named = {str(part): part for part in reversed([part for part in parts if part and str(part) != said])}
    return tuple(reversed(named.values()))


def _parts(publication: Publication, words: Mapping[str, str]) -> Iterator[str | RichText]:
    kind = publication.kind
    edition, version = _say_state(publication, words) if publication.container else ("", "")
    yield edition
    if publication.authors and publication.editors and kind not in _IN_JOURNALS:
        yield _say_people("edited_by", publication.editors, publication.editors_truncated, words)
    if publication.translators:
        yield _say_people("translated_by", publication.translators, False, words)
    yield _say_volume(publication)
    yield words["chapter"].format(n=publication.chapter) if publication.chapter and kind in _IN_BOOKS else ""
    yield from (publication.pages, publication.article_number)
    yield version
    if kind in _PUBLISHED:
        yield from (str(publication.institution), str(publication.publisher))
    yield str(publication.place) if kind in _WHERE else ""
    yield str(publication.howpublished) if kind not in (Kind.ARTICLE, Kind.PREPRINT, Kind.CONFERENCE_PAPER) else ""


def _say_state(publication: Publication, words: Mapping[str, str]) -> tuple[str, str]:
    """The edition and the version."""
    version = words["version"].format(version=publication.version) if publication.version else ""
    return say_edition(publication.edition, words) if publication.kind not in _IN_JOURNALS else "", version


def _say_volume(publication: Publication) -> str:
    """``12(3)`` for a journal; for anything else the series and the volume in it (``LNCS 123``)."""
    volume, number = publication.volume, publication.number
    if publication.kind in NUMBERED:
        return str(publication.series)
    if publication.kind in _IN_JOURNALS or not publication.series:
        return f"{volume}({number})" if volume and number else volume or number
    return " ".join(filter(None, (str(publication.series), volume or number)))


def _say_people(key: str, people: tuple[Author, ...], truncated: bool, words: Mapping[str, str]) -> RichText:
    """``edited by Ada Long and Tom Kemp``, each name a link if the person has a home page."""
    before, _, after = words[key].partition("{names}")
    nodes: list[Inline] = [Plain(before)] if before else []
    for index, person in enumerate(people):
        if index:
            is_last = index + 1 == len(people) and not truncated
            nodes.append(Plain(words["list_and" if is_last else "list_comma"]))
        name = Plain(person.name)
        nodes.append(Link(person.url, (name,)) if person.url else name)
    rest = (f" {words['others']}" if truncated else "") + after
    return RichText((*nodes, Plain(rest)) if rest else tuple(nodes))


def say_edition(edition: str, words: Mapping[str, str]) -> str:
    """``2nd ed.`` for ``2``, ``2nd`` or ``second``; other wordings as typed, with the word added if it is missing."""
    bare = re.sub(r"\s*\b(?:ed\.?|edition)$", "", edition.strip(), flags=re.IGNORECASE)
    if not bare:
        return ""
    if found := re.fullmatch(r"(\d+)\s*(?:st|nd|rd|th|er?|re|ème|\.)?", bare):
        number = int(found[1])
    elif bare.casefold() in _ORDINALS:
        number = _ORDINALS.index(bare.casefold()) + 1
    else:
        has_word = re.search(r"aufl|\b[ée]d(?:[it]|\b)|版|판|изд|طبعة|מהדורה", edition, re.IGNORECASE)
        return re.sub(r"\bed$", "ed.", edition) if has_word else words["edition_named"].format(name=bare)
    return words["edition"].format(n=number, th=english_tail(number))
