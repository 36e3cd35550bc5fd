"""A raw BibTeX entry to a Publication: what it is, who made it, where and when it appeared, its status and links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from cvgen.diagnostics import Problem, warn
from cvgen.model.inline import Inlines, Plain, RichText, Text, rich
from cvgen.model.kinds import Kind
from cvgen.model.publication import Mark, Metric, Publication, Status, parse_metric
from cvgen.sources.annotations import MarkWords
from cvgen.sources.bibtex import RawEntry
from cvgen.sources.entry_reader import EntryReader
from cvgen.sources.fields import ENTRY_TYPES, FIELDS, list_unprinted, nearest
from cvgen.sources.identifiers import ARXIV, Identifiers
from cvgen.sources.kinds import FoundKind, find_kind
from cvgen.sources.people import read_people
from cvgen.sources.publication_date import read_access_date, read_date
from cvgen.sources.servers import is_server
from cvgen.sources.status import SaidStatus, find_said_status, read_status

_LIKE_AUTHOR_AN = frozenset(
    {"authoran", "authorsan", "authorna", "auhtoran", "autoran", "authorann", "authorannotation"}
)
_READ_OFF_LISTS = frozenset({"first", "second", "third", "sole", "editor", "translator"})
_ROLE_NOISE = re.compile(r"\b(?:author|shared)\b", re.IGNORECASE)
_IN_BEFORE_TITLE = re.compile(
    r"[Ii]n:\s+(?=\S)|[Ii]n\s+(?=(?:(?i:the|proc|proceedings|advances|annual|conference|international|workshop|symposium|"
    r"lecture|acm|ieee)|[A-Z]{3,})\b|\d)"
)
"""What some files write before the name of proceedings, which every style says itself."""
_ARTICLE_NUMBER = re.compile(r"(?:e|art\.?\s*(?:no\.?)?\s*)\d+", re.IGNORECASE)
_PREPRINT_KINDS = frozenset({Kind.ARTICLE, Kind.MANUSCRIPT, Kind.WEBPAGE, Kind.OTHER})
"""Kinds that the status ``preprint`` makes a preprint."""


def build_publication(
    entry: RawEntry, marks: Mapping[str, Mark], words: MarkWords | None = None
) -> tuple[Publication, list[Problem]]:
    """Read every field that a list shows or a query asks for; gives the Problems beside it.

    ``words`` reads the words of annotations; it keeps those that it does not know, for one notice each.
    """
    reader, found = EntryReader(entry), Identifiers(entry)
    publication = _build(reader, found, marks, words or MarkWords())
    return publication, [*found.problems, *reader.problems]


def _build(reader: EntryReader, found: Identifiers, marks: Mapping[str, Mark], words: MarkWords) -> Publication:
    entry = reader.entry
    _check_words(reader)
    said = find_said_status(reader, found)
    reader.change(said.rest)
    authors = read_people(reader, "author", marks, words)
    editors = read_people(reader, "editor", marks, words)
    if not (authors.authors or editors.authors or entry.get("collaboration")):
        reader.report_missing("author", f"{entry.key!r} has no author", "add author = {Family, Given and …}")
    people = entry.get("author", "editor")
    kind = _read_kind(reader, bool(authors.authors))
    publication = Publication(
        key=entry.key,
        type=entry.type,
        title=_read_title(reader),
        authors=authors.authors,
        location=entry.location,
        kind=kind.kind,
        kind_text=kind.text,
        kind_is_said=kind.said,
        authors_location=people.location if people else None,
        truncated=authors.truncated,
        editors=editors.authors,
        editors_truncated=editors.truncated,
        translators=read_people(reader, "translator", marks, words).authors,
        collaboration=_read_collaboration(reader),
        venue_short=reader.plain("abbr", "shortjournal", "shortseries"),
        date=read_date(reader, may_lack=bool(said.status or entry.get("pubstate"))),
        accessed=read_access_date(reader),
        topic=reader.plain("topic"),
        note=_read_note(reader, said),
        award=reader.text("award_name", "award"),
        rank=reader.plain("rank", "venue_rank", "ccf"),
        metrics=tuple(_read_metrics(reader)),
        image=reader.plain("preview", "image"),
        eprint=found.arxiv,
        doi=found.doi,
        keywords=tuple(w.strip() for w in re.split(r"[,;]", reader.plain("keywords")) if w.strip()),
        links=found.links(),
        selected=reader.plain("selected").casefold() in ("true", "yes", "1"),
        owner_marks=_read_owner_marks(reader, words),
        owner_marks_location=field.location if (field := entry.get("role", "roles")) else None,
    )
    publication = _with_numbers(reader, _with_places(reader, found, publication))
    status, source = read_status(reader, found, said, publication)
    on_server = status in (Status.PREPRINT, Status.SUBMITTED) and is_server(str(publication.venue))
    if (status is Status.PREPRINT or on_server) and publication.kind in _PREPRINT_KINDS:
        publication = replace(publication, kind=Kind.PREPRINT)
    return replace(
        publication,
        status=status,
        status_source=source,
        status_text=said.text,
        unprinted=list_unprinted(publication.kind, [name for name in entry.fields if name not in said.rest]),
    )


def _read_note(reader: EntryReader, said: SaidStatus) -> Text | None:
    """The note, after a ``pubstate`` that nobody knows."""
    notes = [reader.rich("note", "addendum")]
    if said.unknown:
        notes.insert(0, reader.rich("pubstate"))
    kept = [note for note in notes if note]
    if not kept:
        return None
    nodes = kept[0].nodes if len(kept) == 1 else (*kept[0].nodes, *rich("; ").nodes, *kept[1].nodes)
    return Text((("", RichText(nodes, kept[0].location)),))


def _check_words(reader: EntryReader) -> None:
    """Misspelt types and fields: those near a known one that the entry then does not lack."""
    entry = reader.entry
    if entry.type not in ENTRY_TYPES and (near := nearest(entry.type, ENTRY_TYPES)):
        told = f"{entry.key}: @{entry.type} is no entry type known here"
        reader.problems.append(warn(told, entry.location, f"did you mean @{near}?"))
    for name, field in entry.fields.items():
        near = "" if name in FIELDS else _nearest_field(name)
        if near and near not in entry.fields:
            told = f"{entry.key}: the field {name!r} is not read"
            reader.problems.append(warn(told, field.location, f"did you mean {near!r}?"))
            reader.misspelt.add(near)


def _nearest_field(name: str) -> str:
    """The field that ``name`` is a slip of; one that was meant as ``author+an`` would lose roles."""
    if re.sub(r"[^a-z]", "", name) in _LIKE_AUTHOR_AN and not re.fullmatch(r"author[+-]an", name):
        return "author+an"
    return "" if "+an" in name else nearest(name, FIELDS)


def _read_kind(reader: EntryReader, has_authors: bool) -> FoundKind:
    entry = reader.entry
    said = tuple(reader.plain(name) for name in ("howpublished", "note") if entry.get(name))
    kind = find_kind(entry.type, reader.plain("type"), said, has_authors=has_authors)
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
        return RichText((*title.nodes, *rich(": ").nodes, *subtitle.nodes), title.location)
    return title


def _read_collaboration(reader: EntryReader) -> str:
    """The group's name without the words that a document says in its own language."""
    return re.sub(r"^the\s+|\s+collaborations?$", "", reader.plain("collaboration"), flags=re.IGNORECASE)


def _read_owner_marks(reader: EntryReader, words: MarkWords) -> frozenset[Mark]:
    """The marks of the ``role`` field; who is first, or an editor, is read off the lists, never off a claim."""
    field = reader.entry.get("role", "roles")
    marks: set[Mark] = set()
    for word in re.split(r"[;,]", field.value) if field else ():
        bare = " ".join(_ROLE_NOISE.sub("", word).strip(" {}\n\t-").split())
        if field is None or not bare or bare.casefold() in _READ_OFF_LISTS:
            continue
        if mark := words.read(bare, reader.entry.key, field.place_of(bare)):
            marks.add(mark)
    return frozenset(marks)


def _with_places(reader: EntryReader, found: Identifiers, publication: Publication) -> Publication:
    """``publication`` with where it appeared and who stands behind it."""
    kind = publication.kind
    howpublished = RichText() if found.address_in_howpublished() else reader.rich("howpublished")
    container = _read_container(reader, kind)
    event = reader.rich("eventtitle", "event")
    if not container and kind is Kind.CONFERENCE_PAPER:
        container, event = event, RichText()
    institution, publisher = reader.rich("school", "institution", "organization"), reader.rich("publisher")
    holder = reader.rich("holder", "assignee") if kind is Kind.PATENT else RichText()
    if not (container or event or institution or publisher or holder or howpublished) and found.arxiv:
        container = rich(f"arXiv:{found.arxiv}", reader.entry.location)
    return replace(
        publication,
        container=container,
        event=event,
        institution=institution,
        publisher=publisher,
        holder=holder,
        howpublished=howpublished,
        place=reader.rich("venue", "eventvenue", "address", "location")
        if kind in (Kind.TALK, Kind.POSTER)
        else reader.rich("address", "location"),
        series=reader.rich("series"),
    )


def _read_container(reader: EntryReader, kind: Kind) -> RichText:
    names = ("journal", "journaltitle", "booktitle", "issuetitle", "maintitle")
    container = reader.rich(*names) if kind not in (Kind.BOOK, Kind.EDITED_VOLUME) else reader.rich(*names[:-1])
    first = container.nodes[0] if container else None
    if isinstance(first, Plain) and (said := _IN_BEFORE_TITLE.match(first.text)):
        rest: Inlines = (Plain(first.text[said.end() :]), *container.nodes[1:])
        return replace(container, nodes=rest)
    return container


def _with_numbers(reader: EntryReader, publication: Publication) -> Publication:
    """``publication`` with volume, number, pages and what else is counted."""
    pages = re.sub(r"\s*(?:-{1,3}|[–—])\s*", "–", _unless_arxiv(reader, "pages"))
    pages = re.sub(r"\s*,\s*", ", ", pages)
    first, _, last = pages.partition("–")
    pages = first if first == last else pages
    article_number = _unless_arxiv(reader, "eid", "articleno", "article-number", "articlenumber")
    if pages == article_number or (not article_number and _ARTICLE_NUMBER.fullmatch(pages)):
        pages, article_number = "", pages
    return replace(
        publication,
        volume=_unless_arxiv(reader, "volume"),
        number=_unless_arxiv(reader, "number", "issue"),
        pages=pages,
        article_number=article_number,
        chapter=reader.plain("chapter"),
        edition=reader.plain("edition"),
        version=reader.plain("version"),
    )


def _unless_arxiv(reader: EntryReader, *names: str) -> str:
    text = reader.plain(*names)
    return "" if ARXIV.search(text) else text


def _read_metrics(reader: EntryReader) -> Iterator[Metric]:
    for kind in ("citations", "stars"):
        if field := reader.entry.get(kind):
            try:
                yield parse_metric(kind, field.value)
            except ValueError as error:
                message, _, hint = str(error).partition("; ")
                reader.problems.append(warn(f"{reader.entry.key}: {message}", field.location, hint))
