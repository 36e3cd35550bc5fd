"""Turns a raw BibTeX entry into a Publication: its kind, people, places, dates, status and links."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TypedDict

from cvgen.diagnostics import Location, Problem, did_you_mean, notice
from cvgen.model.inline import RichText, Text, rich
from cvgen.model.kinds import NUMBERED, Kind
from cvgen.model.marks import Mark
from cvgen.model.publication import Author, Publication, Status
from cvgen.sources.bibtex.known_fields import ENTRY_TYPES, FIELDS, find_meant, is_known, printed_fields
from cvgen.sources.bibtex.raw_entry import RawEntry
from cvgen.sources.entry.annotations import MarkWords
from cvgen.sources.entry.entry_reader import EntryReader
from cvgen.sources.entry.identifiers import Identifiers
from cvgen.sources.entry.kind_of_entry import FoundKind, find_kind, find_thesis, split_number
from cvgen.sources.entry.link_fields import link_label
from cvgen.sources.entry.numbers import read_numbers
from cvgen.sources.entry.owner_fields import read_owner_fields
from cvgen.sources.entry.patent_sites import PLACES_OF_SITES, names_patent_site
from cvgen.sources.entry.people import read_people
from cvgen.sources.entry.publication_date import read_access_date, read_date
from cvgen.sources.entry.servers import is_server
from cvgen.sources.entry.status import StatedStatus, find_stated_status, read_status
from cvgen.sources.entry.venue import drop_kind, drop_unprinted, find_venue, read_places, says_kind

_LIKE_AUTHOR_AN = frozenset(
    {"authoran", "authorsan", "authorna", "auhtoran", "autoran", "authorann", "authorannotation"}
)
_COLLABORATION = re.compile(r"^the\s+|\s+collaborations?$", re.IGNORECASE)
_PREPRINT_KINDS = frozenset({Kind.ARTICLE, Kind.MANUSCRIPT, Kind.WEBPAGE, Kind.OTHER})
"""Kinds that the status ``preprint`` makes a preprint."""
_OF_MANUSCRIPTS = frozenset({Status.SUBMITTED, Status.IN_PREPARATION, Status.UNPUBLISHED})
"""Statuses that only a manuscript has."""


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
    people = _read_people(reader, marks, words)
    only_editors = bool(people["editors"]) and not people["authors"]
    kind = _read_kind(reader, stated.text, only_editors=only_editors)
    if people["authors_location"] is None and kind.kind is not Kind.PROCEEDINGS:
        reader.report_missing("author", f"{entry.key!r} has no author", "add author = {Family, Given and …}")
    places, numbers = read_places(reader, found, kind.kind), read_numbers(reader, kind.kind)
    drop_kind(places, kind)
    named, numbers["number"] = split_number(kind.kind, reader.plain("type"), numbers["number"])
    venue = find_venue(places)
    status, source = read_status(reader, found, stated, kind.kind, venue, str(places["container"]))
    printed_kind = _choose_kind(kind, status, on_server=is_server(venue))
    names = [name for name in entry.fields if name not in stated.rest]
    printed_as, unprinted = drop_unprinted(names, printed_kind, places, numbers)
    note = _read_note(reader, found, stated)
    is_said = kind.said or says_kind(places, str(note or ""), kind)
    return Publication(
        key=entry.key,
        type=entry.type,
        location=entry.location,
        title=_read_title(reader),
        kind=printed_kind,
        kind_text=kind.text or named,
        kind_is_said=is_said and not named and not (kind.kind in NUMBERED and numbers["number"]),
        venue_short=reader.plain("abbr", "shortjournal", "shortseries"),
        date=read_date(reader, may_lack=bool(stated.status or entry.get("pubstate"))),
        accessed=read_access_date(reader) if "urldate" in printed_fields(printed_as) else None,
        status=status,
        status_source=source,
        status_text=stated.text,
        note=note,
        eprint=found.arxiv,
        doi=found.doi,
        links=found.links(),
        cited=_list_cited(entry),
        unprinted=unprinted,
        **people,
        **places,
        **numbers,
        **read_owner_fields(reader, words),
    )


def _choose_kind(kind: FoundKind, status: Status, *, on_server: bool) -> Kind:
    """The kind to print: a preprint and a manuscript are what their status says, whatever the type of the entry."""
    if kind.kind in _PREPRINT_KINDS and (status is Status.PREPRINT or (status is Status.SUBMITTED and on_server)):
        return Kind.PREPRINT
    is_manuscript = kind.kind is Kind.OTHER and not kind.text and status in _OF_MANUSCRIPTS
    return Kind.MANUSCRIPT if is_manuscript else kind.kind


class _PeopleFields(TypedDict):
    """The people of a publication, and the place of its authors or of the editors used instead."""

    authors: tuple[Author, ...]
    authors_location: Location | None
    truncated: bool
    editors: tuple[Author, ...]
    editors_truncated: bool
    translators: tuple[Author, ...]
    collaboration: str


def _read_people(reader: EntryReader, marks: Mapping[str, Mark], words: MarkWords) -> _PeopleFields:
    authors, editors = (read_people(reader, name, marks, words) for name in ("author", "editor"))
    field = reader.entry.get("author", "editor", "collaboration")
    return _PeopleFields(
        authors=authors.authors,
        authors_location=field.location if field else None,
        truncated=authors.truncated,
        editors=editors.authors,
        editors_truncated=editors.truncated,
        translators=read_people(reader, "translator", marks, words).authors,
        collaboration=_read_collaboration(reader),
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


def _read_kind(reader: EntryReader, status: str, *, only_editors: bool) -> FoundKind:
    """The kind of the entry; ``status`` are its own words for its status."""
    entry = reader.entry
    stated = tuple(reader.plain(name) for name in ("howpublished", "note") if entry.get(name))
    typed = reader.plain("type")
    kind = find_kind(entry.type, typed, (*stated, status), only_editors=only_editors)
    if kind.kind is Kind.BOOK and (thesis := find_thesis(typed, reader.plain("publisher"), stated)):
        return thesis
    if kind.kind is Kind.OTHER and names_patent_site(reader.plain(*PLACES_OF_SITES)):
        return FoundKind(Kind.PATENT)
    if kind.kind in (Kind.OTHER, Kind.MANUSCRIPT) and entry.get("eventtitle", "event"):
        return FoundKind(Kind.TALK)  # biblatex has no type for talks
    return kind


def _read_title(reader: EntryReader) -> RichText:
    title = reader.rich("title")
    if not title:
        message = f"{reader.entry.key!r} has no title; its key is printed instead"
        reader.report_missing("title", message, "add title = {…}")
        return rich(reader.entry.key, reader.entry.location)
    if title.location and _is_in_capitals(str(title)):
        message, kind = "the title is in capitals, and is printed so", "a title is in capitals, and is printed so"
        reader.add(notice(message, title.location, _WRITE_TITLE, kind=kind))
    if subtitle := reader.rich("subtitle"):
        between = " " if str(title).rstrip()[-1:] in ("?", "!", ":", "？", "！", "：") else ": "
        return RichText((*title.nodes, *rich(between).nodes, *subtitle.nodes), title.location)
    return title


_WRITE_TITLE = "write it as it should be printed, such as title = {A benchmark of {GPT-4}}; braces keep capitals"
_LONG_WORD, _LONGEST_ACRONYM = 4, 6
"""The letters of a word that can be long, and of an acronym at most."""


def _is_in_capitals(title: str) -> bool:
    """Whether ``title`` is in capitals, with two long words at least, of which one is too long for an acronym."""
    words = re.findall(r"[^\W\d_]{2,}", title)
    if not all(map(str.isupper, words)):
        return False
    lengths = [len(word) for word in words if len(word) >= _LONG_WORD]
    return len(lengths) > 1 and max(lengths) > _LONGEST_ACRONYM


def _read_collaboration(reader: EntryReader) -> str:
    """The group's name without words that a document writes in its own language."""
    return _COLLABORATION.sub("", reader.plain("collaboration"))
