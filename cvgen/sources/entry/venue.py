"""Reads where an entry appeared: its container, event, institution, publisher, holder, place and series."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Literal, TypedDict, get_args

from cvgen.model.inline import Inlines, Plain, RichText, rich
from cvgen.model.kinds import Kind
from cvgen.sources.bibtex.known_fields import list_unprinted, printed_fields
from cvgen.sources.entry.entry_reader import EntryReader
from cvgen.sources.entry.identifiers import Identifiers
from cvgen.sources.entry.kind_of_entry import FoundKind, begins_with_kind, has_kind, is_name_of
from cvgen.sources.entry.numbers import Numbers
from cvgen.sources.entry.patent_sites import names_patent_site
from cvgen.sources.entry.servers import name_server

_IN_BEFORE_TITLE = re.compile(
    r"[Ii]n:\s+(?=\S)|[Ii]n\s+(?=(?:(?i:the|proc|proceedings|advances|annual|conference|international|workshop|symposium|"
    r"lecture|acm|ieee)|[A-Z]{3,})\b|\d)"
)
"""Words that some files write before the name of proceedings, and that every style prints itself."""
_PLACES_OF_PUBLISHERS = ("address", "location")
_PLACES_OF_EVENTS = ("venue", "eventvenue", *_PLACES_OF_PUBLISHERS)


_Venue = Literal["container", "event", "institution", "publisher", "holder", "howpublished"]
_VENUES: tuple[_Venue, ...] = get_args(_Venue)
"""The places that can be the venue, the first before the others."""


_ORGANISATIONS: tuple[_Venue, ...] = ("institution", "publisher")


class VenueFields(TypedDict):
    """The places and publishers of a publication; the first of them that is not empty is the venue."""

    container: RichText
    event: RichText
    institution: RichText
    publisher: RichText
    holder: RichText
    howpublished: RichText
    place: RichText
    series: RichText


def find_venue(places: VenueFields) -> str:
    """The first of the places that is not empty; empty if all are."""
    name = _find_venue_name(places)
    return str(places[name]) if name else ""


def _find_venue_name(places: VenueFields) -> _Venue | None:
    return next((name for name in _VENUES if places[name]), None)


def read_places(reader: EntryReader, found: Identifiers, kind: Kind) -> VenueFields:
    """All places that the entry names, none of them twice."""
    container = _read_container(reader, kind)
    event = reader.rich("eventtitle", "event")
    if not container and kind is Kind.CONFERENCE_PAPER:
        container, event = event, RichText()
    places = VenueFields(
        container=container,
        event=event,
        institution=reader.rich("school", "institution", "organization"),
        publisher=reader.rich("publisher"),
        holder=reader.rich("holder", "assignee") if kind is Kind.PATENT else RichText(),
        howpublished=RichText() if found.address_in_howpublished() else reader.rich("howpublished"),
        place=reader.rich(*_PLACES_OF_EVENTS if kind in (Kind.TALK, Kind.POSTER) else _PLACES_OF_PUBLISHERS),
        series=reader.rich("series"),
    )
    if kind is Kind.PATENT:
        _drop_sites(places)
    _drop_repeated(places)
    _name_server(places, found.arxiv)
    if not find_venue(places) and found.arxiv:
        places["container"] = rich(f"arXiv:{found.arxiv}", reader.entry.location)
    return places


def _name_server(places: VenueFields, arxiv: str) -> None:
    """Where the venue is a server for preprints, write its name alone, with the number ``arxiv`` if it has one."""
    name = _find_venue_name(places)
    if name and (named := name_server(str(places[name]), arxiv)) != str(places[name]):
        places[name] = rich(named, places[name].location)


_NAME_BEFORE = re.compile(r"(?P<name>[^,:;–—]+?)\s*(?:[,:;–—]\s*(?=\S)|$)")
"""The first of several names, and what is between it and the next."""


def drop_kind(places: VenueFields, kind: FoundKind) -> None:
    """Drop ``kind`` from the start of ``Technical report, EuroEye``, since every style says it before the place."""
    for name in _ORGANISATIONS:
        first = places[name].nodes[0] if places[name] else None
        found = _NAME_BEFORE.match(first.text) if isinstance(first, Plain) else None
        if isinstance(first, Plain) and found and is_name_of(found["name"], kind):
            rest = first.text[found.end() :]
            before: Inlines = (Plain(rest),) if rest else ()
            places[name] = replace(places[name], nodes=(*before, *places[name].nodes[1:]))


def says_kind(places: VenueFields, note: str, kind: FoundKind) -> bool:
    """Whether a text that is printed anyway says ``kind``."""
    texts = (note, str(places["howpublished"]), str(places["holder"]))
    names = [places[name] for name in _ORGANISATIONS] + [places["series"]]
    return any(begins_with_kind(text, kind) for text in texts) or any(has_kind(str(name), kind) for name in names)


def _drop_sites(places: VenueFields) -> None:
    """Empty the places of a patent that name a web site."""
    for name in _VENUES:
        if names_patent_site(str(places[name])):
            places[name] = RichText()


def _drop_repeated(places: VenueFields) -> None:
    """Empty repeated places: ACM as organization and publisher, or a conference with the name of its book."""
    container, publisher = (str(places[name]).casefold() for name in ("container", "publisher"))
    if publisher and str(places["institution"]).casefold() == publisher:
        places["institution"] = RichText()
    if container and str(places["series"]).casefold() == container:
        places["series"] = RichText()
    if container and str(places["event"]).casefold() in container:
        places["event"] = RichText()


def _read_container(reader: EntryReader, kind: Kind) -> RichText:
    names = ("journal", "journaltitle", "booktitle", "issuetitle", "maintitle")
    container = reader.rich(*names) if kind not in (Kind.BOOK, Kind.EDITED_VOLUME) else reader.rich(*names[:-1])
    first = container.nodes[0] if container else None
    if isinstance(first, Plain) and (stated := _IN_BEFORE_TITLE.match(first.text)):
        rest: Inlines = (Plain(first.text[stated.end() :]), *container.nodes[1:])
        return replace(container, nodes=rest)
    return container


def drop_unprinted(
    fields: Iterable[str], kind: Kind, places: VenueFields, numbers: Numbers
) -> tuple[Kind, tuple[str, ...]]:
    """Empty the fields that no style prints for ``kind``; return the kind to print, and the ``fields`` not printed.

    An article without a journal is printed as ``other``, which prints the place that it names instead of a journal.
    """
    is_bare = kind in (Kind.ARTICLE, Kind.PREPRINT) and not places["container"]
    printed_as = Kind.OTHER if is_bare else kind
    printed = printed_fields(printed_as)
    for name, field in _PLACE_FIELDS.items():
        if field not in printed and places[name]:
            places[name] = RichText()
    for number in _NUMBER_FIELDS:
        if number not in printed:
            numbers[number] = ""
    return printed_as, list_unprinted(printed_as, fields)


_PLACE_FIELDS: Mapping[Literal["series", "event", "place", "institution", "publisher", "howpublished"], str] = {
    "series": "series",
    "event": "eventtitle",
    "place": "address",
    "institution": "institution",
    "publisher": "publisher",
    "howpublished": "howpublished",
}
_NUMBER_FIELDS: tuple[Literal["edition", "chapter"], ...] = ("edition", "chapter")
"""Values that are printed for some kinds only, and the field of each."""
