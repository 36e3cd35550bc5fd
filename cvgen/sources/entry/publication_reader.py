"""Turns a raw BibTeX entry into a Publication: its kind, people, places, dates, status and links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Literal, TypedDict

from cvgen.diagnostics import BadValueError, Problem, did_you_mean, notice
from cvgen.model.inline import Inlines, Plain, RichText, Text, rich
from cvgen.model.kinds import NUMBERED, Kind
from cvgen.model.marks import Mark
from cvgen.model.metric import Metric, parse_metric
from cvgen.model.publication import Publication, Status
from cvgen.sources.bibtex.known_fields import ENTRY_TYPES, FIELDS, find_meant, is_known, list_unprinted, printed_fields
from cvgen.sources.bibtex.raw_entry import RawEntry
from cvgen.sources.entry.annotations import MarkWords
from cvgen.sources.entry.entry_reader import EntryReader
from cvgen.sources.entry.identifiers import Identifiers
from cvgen.sources.entry.kind_of_entry import FoundKind, find_kind, split_number
from cvgen.sources.entry.link_fields import link_label
from cvgen.sources.entry.numbers import Numbers, read_numbers
from cvgen.sources.entry.people import read_people
from cvgen.sources.entry.publication_date import read_access_date, read_date
from cvgen.sources.entry.servers import is_server
from cvgen.sources.entry.status import StatedStatus, find_stated_status, read_status

_LIKE_AUTHOR_AN = frozenset(
    {"authoran", "authorsan", "authorna", "auhtoran", "autoran", "authorann", "authorannotation"}
)
_READ_OFF_LISTS = frozenset({"first", "second", "third", "sole", "editor", "translator"})
_ROLE_NOISE = re.compile(r"\b(?:author|shared)\b", re.IGNORECASE)
_IN_BEFORE_TITLE = re.compile(
    r"[Ii]n:\s+(?=\S)|[Ii]n\s+(?=(?:(?i:the|proc|proceedings|advances|annual|conference|international|workshop|symposium|"
    r"lecture|acm|ieee)|[A-Z]{3,})\b|\d)"
)
"""Words that some files write before the name of proceedings, and that every style prints itself."""
_COLLABORATION = re.compile(r"^the\s+|\s+collaborations?$", re.IGNORECASE)
_PLACES_OF_PUBLISHERS = ("address", "location")
_PLACES_OF_EVENTS = ("venue", "eventvenue", *_PLACES_OF_PUBLISHERS)
_PREPRINT_KINDS = frozenset({Kind.ARTICLE, Kind.MANUSCRIPT, Kind.WEBPAGE, Kind.OTHER})
"""Kinds that the status ``preprint`` makes a preprint."""


def build_publication(
    entry: RawEntry, marks: Mapping[str, Mark], words: MarkWords | None = None
) -> tuple[Publication, list[Problem]]:
    """Read every field that a list shows or a query uses; return the Publication and its Problems.

    ``words`` reads the words of annotations, and collects those that it does not know for one notice each.
    """
    reader, found = EntryReader(entry), Identifiers(entry)
    publication = _build(reader, found, marks, words or MarkWords())
    return publication, [*found.problems, *reader.problems]


def _build(reader: EntryReader, found: Identifiers, marks: Mapping[str, Mark], words: MarkWords) -> Publication:
    _check_words(reader)
    reader.change(_trim(reader))
    stated = find_stated_status(reader, found)
    reader.change(stated.rest)
    entry = reader.entry
    authors = read_people(reader, "author", marks, words)
    editors = read_people(reader, "editor", marks, words)
    kind = _read_kind(reader, only_editors=bool(editors.authors) and not authors.authors)
    people = entry.get("author", "editor", "collaboration")
    if people is None and kind.kind is not Kind.PROCEEDINGS:
        reader.report_missing("author", f"{entry.key!r} has no author", "add author = {Family, Given and …}")
    places, numbers = _read_places(reader, found, kind.kind), read_numbers(reader, kind.kind)
    named, numbers["number"] = split_number(kind.kind, reader.plain("type"), numbers["number"])
    venue = next((str(place) for place in list(places.values())[:_VENUES] if place), "")
    status, source = read_status(reader, found, stated, kind.kind, venue, str(places["container"]))
    on_server = status is Status.PREPRINT or (status is Status.SUBMITTED and is_server(venue))
    is_preprint = on_server and kind.kind in _PREPRINT_KINDS
    names = [name for name in entry.fields if name not in stated.rest]
    printed_as, unprinted = _drop_unprinted(names, Kind.PREPRINT if is_preprint else kind.kind, places, numbers)
    return Publication(
        key=entry.key,
        type=entry.type,
        title=_read_title(reader),
        authors=authors.authors,
        location=entry.location,
        kind=Kind.PREPRINT if is_preprint else kind.kind,
        kind_text=kind.text or named,
        kind_is_said=kind.said and not (kind.kind in NUMBERED and numbers["number"]),
        authors_location=people.location if people else None,
        truncated=authors.truncated,
        editors=editors.authors,
        editors_truncated=editors.truncated,
        translators=read_people(reader, "translator", marks, words).authors,
        collaboration=_read_collaboration(reader),
        venue_short=reader.plain("abbr", "shortjournal", "shortseries"),
        date=read_date(reader, may_lack=bool(stated.status or entry.get("pubstate"))),
        accessed=read_access_date(reader) if "urldate" in printed_fields(printed_as) else None,
        status=status,
        status_source=source,
        status_text=stated.text,
        topic=reader.plain("topic"),
        note=_read_note(reader, found, stated),
        award=reader.text("award_name", "award"),
        rank=reader.plain("rank", "venue_rank", "ccf"),
        metrics=tuple(_read_metrics(reader)),
        image=reader.plain("preview", "image"),
        badge=reader.plain("badge"),
        eprint=found.arxiv,
        doi=found.doi,
        keywords=tuple(w.strip() for w in re.split(r"[,;]", reader.plain("keywords")) if w.strip()),
        links=found.links(),
        selected=_is_true(reader.plain("selected")),
        hidden=_is_true(reader.plain("hidden")),
        owner_marks=_read_owner_marks(reader, words),
        owner_marks_location=field.location if (field := entry.get("role", "roles")) else None,
        cited=_list_cited(entry),
        unprinted=unprinted,
        **places,
        **numbers,
    )


_CITED = ("title", "subtitle", "journal", "journaltitle", "booktitle", "series", "volume", "number", "issue", "pages",
          "eid", "chapter", "edition", "version", "publisher", "address", "location", "school", "institution",
          "organization", "howpublished", "type", "holder", "eventtitle", "month", "year", "date", "eprint",
          "eprinttype", "archiveprefix", "primaryclass", "doi", "isbn", "issn")  # fmt: skip
"""The fields of a citation, in the order in which they are usually written; none that people keep for themselves."""


def _list_cited(entry: RawEntry) -> tuple[tuple[str, str], ...]:
    return tuple((name, field.value) for name in _CITED if (field := entry.get(name)))


_TRIMMED = ("title", "subtitle", "journal", "journaltitle", "booktitle", "publisher", "address", "location", "school",
            "institution", "organization", "series", "edition")  # fmt: skip


def _trim(reader: EntryReader) -> dict[str, str]:
    """The texts that end with a comma, without it: styles put their own after them."""
    fields = reader.entry.fields
    values = {name: fields[name].value.rstrip() for name in _TRIMMED if name in fields}
    return {
        name: value.rstrip(", ")
        for name, value in values.items()
        if value.endswith(",") and value.rstrip(", ") and not value.rstrip(", ").endswith("\\")
    }


class _VenueFields(TypedDict):
    """The places and publishers of a publication; the first of them that is not empty is the venue."""

    container: RichText
    event: RichText
    institution: RichText
    publisher: RichText
    holder: RichText
    howpublished: RichText
    place: RichText
    series: RichText


_VENUES = 6
"""The number of places, from the first, that can be the venue."""


def _drop_unprinted(
    fields: Iterable[str], kind: Kind, places: _VenueFields, numbers: Numbers
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


def _read_note(reader: EntryReader, found: Identifiers, stated: StatedStatus) -> Text | None:
    """The note, after an unknown ``pubstate``; None for a note that has only identifiers."""
    notes = [reader.rich("pubstate")] if stated.unknown else []
    notes.append(reader.rich(*(("addendum",) if found.note_links else ("note", "addendum"))))
    award = reader.entry.get("award_name", "award")
    kept = [note for note in notes if note and not (award and _comparable(str(note)) == _comparable(award.value))]
    if not kept:
        return None
    nodes = kept[0].nodes if len(kept) == 1 else (*kept[0].nodes, *rich("; ").nodes, *kept[1].nodes)
    return Text((("", RichText(nodes, kept[0].location)),))


def _comparable(text: str) -> str:
    """``text`` in lower case without a full stop, to compare it; an award is not printed again as a note."""
    return text.casefold().strip(". {}\n")


def _check_words(reader: EntryReader) -> None:
    """Report misspelt types and fields, and remember which fields they mean."""
    entry = reader.entry
    if entry.type not in ENTRY_TYPES and (near := find_meant(entry.type, ENTRY_TYPES)):
        reader.warn(f"@{entry.type} is not a known entry type", entry.location, did_you_mean(f"@{near}"))
    for name, field in entry.fields.items():
        if (is_known(name) or link_label(name)) and not _means_author_an(name):
            continue
        near, message = _nearest_field(name), f"the field {name!r} is not read"
        if near and near not in entry.fields:
            reader.warn(message, field.location, did_you_mean(near))
            reader.misspelt.add(near)
        elif not near and field.value.strip():
            reader.add(notice(message, field.location))


def _nearest_field(name: str) -> str:
    """The field that ``name`` is a misspelling of; a misspelt ``author+an`` would drop roles."""
    if not name[:1].isalpha():
        return ""  # an underscore before a name is how people take a field out
    if _means_author_an(name):
        return "author+an"
    return "" if "+an" in name else find_meant(name, FIELDS)


@lru_cache(maxsize=1 << 12)
def _means_author_an(name: str) -> bool:
    return re.sub(r"[^a-z]", "", name) in _LIKE_AUTHOR_AN and not re.fullmatch(r"author[+-]an", name)


def _read_kind(reader: EntryReader, *, only_editors: bool) -> FoundKind:
    entry = reader.entry
    stated = tuple(reader.plain(name) for name in ("howpublished", "note") if entry.get(name))
    kind = find_kind(entry.type, reader.plain("type"), stated, only_editors=only_editors)
    if kind.kind in (Kind.OTHER, Kind.MANUSCRIPT) and entry.get("eventtitle", "event"):
        return FoundKind(Kind.TALK)  # biblatex has no type for talks
    return kind


def _read_title(reader: EntryReader) -> RichText:
    title = reader.rich("title")
    if not title:
        message = f"{reader.entry.key!r} has no title; its key is printed instead"
        reader.report_missing("title", message, "add title = {…}")
        return rich(reader.entry.key, reader.entry.location)
    if subtitle := reader.rich("subtitle"):
        between = " " if str(title).rstrip()[-1:] in ("?", "!", ":", "？", "！", "：") else ": "
        return RichText((*title.nodes, *rich(between).nodes, *subtitle.nodes), title.location)
    return title


def _read_collaboration(reader: EntryReader) -> str:
    """The group's name without words that a document writes in its own language."""
    return _COLLABORATION.sub("", reader.plain("collaboration"))


def _is_true(word: str) -> bool:
    return word.casefold() in ("true", "yes", "1")


def _read_owner_marks(reader: EntryReader, words: MarkWords) -> frozenset[Mark]:
    """The marks of the ``role`` field; words such as ``first`` are ignored, since the lists show who is first."""
    field = reader.entry.get("role", "roles")
    marks: set[Mark] = set()
    for word in re.split(r"[;,]", field.value) if field else ():
        bare = " ".join(_ROLE_NOISE.sub("", word).strip(" {}\n\t-").split())
        if field is None or not bare or bare.casefold() in _READ_OFF_LISTS:
            continue
        if mark := words.read(bare, reader.entry.key, field.place_of(bare)):
            marks.add(mark)
    return frozenset(marks)


def _read_places(reader: EntryReader, found: Identifiers, kind: Kind) -> _VenueFields:
    container = _read_container(reader, kind)
    event = reader.rich("eventtitle", "event")
    if not container and kind is Kind.CONFERENCE_PAPER:
        container, event = event, RichText()
    places = _VenueFields(
        container=container,
        event=event,
        institution=reader.rich("school", "institution", "organization"),
        publisher=reader.rich("publisher"),
        holder=reader.rich("holder", "assignee") if kind is Kind.PATENT else RichText(),
        howpublished=RichText() if found.address_in_howpublished() else reader.rich("howpublished"),
        place=reader.rich(*_PLACES_OF_EVENTS if kind in (Kind.TALK, Kind.POSTER) else _PLACES_OF_PUBLISHERS),
        series=reader.rich("series"),
    )
    _drop_repeated(places)
    if not any(list(places.values())[:_VENUES]) and found.arxiv:
        places["container"] = rich(f"arXiv:{found.arxiv}", reader.entry.location)
    return places


def _drop_repeated(places: _VenueFields) -> None:
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


def _read_metrics(reader: EntryReader) -> Iterator[Metric]:
    for kind in ("citations", "stars"):
        if field := reader.entry.get(kind):
            try:
                yield parse_metric(kind, field.value)
            except BadValueError as error:
                mistake = error.mistake
                reader.warn(mistake.message, field.location, mistake.hint, f"a count of {kind} cannot be read")
