"""Finds the status of a publication: by ``pubstate``, else by other fields that contain only a status."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache

from cvgen.diagnostics import did_you_mean, suggest
from cvgen.model.kinds import THESES, Kind
from cvgen.model.publication import Status
from cvgen.sources.bibtex.raw_entry import RawField
from cvgen.sources.entry.entry_reader import EntryReader
from cvgen.sources.entry.identifiers import ARXIV, Identifiers
from cvgen.sources.entry.kind_of_entry import TYPE_KINDS
from cvgen.sources.entry.servers import PREPRINT_DOI, find_misspelt_server, is_server
from cvgen.sources.entry.status_words import (
    PUBSTATES,
    StatusWords,
    begins_with_status,
    read_misspelt,
    read_status_words,
    split_status,
    weakest,
)
from cvgen.sources.inline.tex_text import latex_to_plain

_CONTAINERS = ("journal", "journaltitle", "booktitle")
_VENUES = (*_CONTAINERS, "howpublished", "publisher")
_SAYING = ("note", "addendum", "howpublished", *_CONTAINERS, "year", "date", "publisher", "organization", "institution",
           "volume", "number", "pages")  # fmt: skip
"""Fields that people use to state a status, in the order in which they are read."""
_MISSPELT = ("note", "addendum", "howpublished", *_CONTAINERS)
_TEX = re.compile(r"[\\{}$~%&^_#\n]|--|``|''")
_ACCEPTED_ON = re.compile(r"accepted:?\s*\d{4}", re.IGNORECASE)
"""The words that repositories of universities write in the entry of a thesis."""
_WORD = re.compile(r"[^\W\d_]")
_MAX_LENGTH = 300
_PREPRINT = StatusWords(Status.PREPRINT)


@dataclass(frozen=True, slots=True)
class StatedStatus:
    """The status that the fields of an entry state.

    ``rest`` maps those fields to the rest of their text, which a list prints.
    """

    status: Status | None = None
    source: str = ""
    text: str = ""
    rest: dict[str, str] = field(default_factory=dict)
    unknown: RawField | None = None
    """An unknown ``pubstate``; it is printed as a note."""


@dataclass(frozen=True, slots=True)
class _FieldStatus:
    """The status that one field states, and the rest of its text."""

    name: str
    field: RawField
    text: str
    words: StatusWords
    rest: str = ""


def find_stated_status(reader: EntryReader, found: Identifiers) -> StatedStatus:
    """The status in ``pubstate``, else in a field that contains only a status. Reports what is uncertain."""
    stated = _find_stated(reader)
    if stated.status is Status.PREPRINT and found.arxiv:
        return replace(stated, text="")  # the venue is "arXiv:2301.00001"
    return stated


def _find_stated(reader: EntryReader) -> StatedStatus:
    entry = reader.entry
    unknown: RawField | None = None
    if state := entry.get("pubstate"):
        found = _read_pubstate(reader, state)
        if found.status:
            return _without_repetition(reader, found)
        unknown = state
    stated = [one for name in _SAYING if name in entry.fields and (one := _read_field(reader, name))]
    stated = [one for one in stated if _is_meant(reader, one)]
    if not stated:
        return StatedStatus(unknown=unknown)
    status = weakest([one.words.status for one in stated])
    chosen = next(one for one in stated if one.words.status is status)
    _report_contradiction(reader, stated, chosen)
    gone = [
        one for one in stated if one is chosen or (one.words.is_plain and one.words.status in (status, Status.PREPRINT))
    ]
    source = f"{chosen.name} = {chosen.field.value.strip()!r}, line {chosen.field.location.line}"
    if chosen.words.meant:
        source += f", read as {chosen.words.meant!r}"
    text = "" if chosen.words.is_plain else chosen.text
    return StatedStatus(status, source, text, {one.name: one.rest for one in gone}, unknown)


def _read_pubstate(reader: EntryReader, state: RawField) -> StatedStatus:
    source = f"pubstate, line {state.location.line}"
    text = _plain(state)
    squeezed = "".join(char for char in text.casefold() if char.isalnum())
    if squeezed in PUBSTATES:
        return StatedStatus(PUBSTATES[squeezed], source)
    if found := read_status_words(text):
        return StatedStatus(found.status, source, "" if found.is_plain else text)
    if found := read_status_words(split_status(text)[1]):
        return StatedStatus(found.status, source, text)
    near = read_misspelt(text)
    if near:
        message = f"{text!r} is not a known pubstate; it is read as {near.meant!r}"
        hint = suggest(squeezed, PUBSTATES, otherwise=did_you_mean(near.meant))
        reader.warn(message, state.location, hint)
        return StatedStatus(near.status, f"{source}, read as {near.meant!r}")
    message = f"{text!r} is not a known pubstate; it is printed as a note"
    reader.warn(
        message, state.location, suggest(squeezed, PUBSTATES), "a pubstate is not known; it is printed as a note"
    )
    return StatedStatus(unknown=state)


def _without_repetition(reader: EntryReader, found: StatedStatus) -> StatedStatus:
    """``found``, with fields that say the same status again left out."""
    stated = [one for name in _SAYING if (one := _read_field(reader, name))]
    again = [one for one in stated if one.words.status in (found.status, Status.PREPRINT)]
    fuller = next((one for one in again if one.words.status is found.status and not one.words.is_plain), None)
    gone = {one.name: one.rest for one in again if one.words.is_plain or one is fuller}
    text = found.text or (fuller.text if fuller else "")
    return StatedStatus(found.status, found.source, text, gone)


def _read_field(reader: EntryReader, name: str) -> _FieldStatus | None:
    raw = reader.entry.get(name)
    if raw is None or len(raw.value) > _MAX_LENGTH or not _may_say(name, raw.value):
        return None
    text = _plain(raw)
    found = read_status_words(text)
    if found and not (found.is_plain and name in _VENUES and is_server(text)):  # a server called "Preprints"
        year = re.search(r"(?:19|20)\d\d", text) if name in ("year", "date") else None
        return _FieldStatus(name, raw, text, found, year[0] if year else "")
    if name in ("note", "addendum") and ARXIV.search(text) and is_server(text):
        return _FieldStatus(name, raw, text, StatusWords(Status.PREPRINT, is_plain=False))
    if name in (*_CONTAINERS, "year", "date", "volume", "number", "pages"):
        rest, stated = split_status(raw.value)
        if rest and (found := read_status_words(stated)):
            return _FieldStatus(name, raw, stated, StatusWords(found.status, found.is_plain), rest)
    elif name in ("note", "addendum", "howpublished"):
        _, stated = split_status(text)
        found = read_status_words(stated) if stated else None
        if found and found.status is not Status.PREPRINT and len(text) < 100:
            return _FieldStatus(name, raw, text, StatusWords(found.status, is_plain=False, names_place=True))
    return _read_misspelt(reader, name, raw, text) if name in _MISSPELT else None


@lru_cache(maxsize=1 << 14)
def _may_say(name: str, value: str) -> bool:
    """Whether the field ``name`` can state a status; most values do not, and journals and years often repeat."""
    if not _WORD.search(value):
        return False
    if _TEX.search(value) or name in ("note", "addendum", "howpublished"):
        return True
    text = value.strip()
    is_misspelt = name in _MISSPELT and bool(find_misspelt_server(text) or read_misspelt(text))
    return is_misspelt or bool(read_status_words(text)) or bool(split_status(value)[1])


def _read_misspelt(reader: EntryReader, name: str, raw: RawField, text: str) -> _FieldStatus | None:
    """A misspelt status or server, which is reported and read as it was meant: never as something published."""
    server, found = find_misspelt_server(text), read_misspelt(text)
    meant = server or (found.meant if found else "")
    if not meant:
        return None
    status = found.status if found and not server else Status.PREPRINT
    message = f"{name} = {text!r} is read as {meant!r}, so its status is {status.value}"
    reader.warn(message, raw.location, did_you_mean(meant))
    plain = bool(server) or bool(found and found.is_plain)
    return _FieldStatus(name, raw, text, StatusWords(status, plain, meant), text if server else "")


def _is_meant(reader: EntryReader, stated: _FieldStatus) -> bool:
    """Whether a text can be the status of this entry rather than of something else."""
    words, place = stated.words, _plain_venue(reader)
    if words.status is Status.PREPRINT and not words.is_plain and stated.name not in _VENUES:
        return not place  # "arXiv preprint arXiv:2301.00001" as the note of a paper in a journal
    if words.status is Status.FORTHCOMING and " as " in stated.text.casefold() and place:
        return False  # "Accepted as oral presentation" says how a paper was presented
    if stated.name in ("organization", "institution", "number", "publisher", "pages", "volume"):
        return words.status is not Status.UNPUBLISHED and not words.names_place
    if words.status is Status.FORTHCOMING and stated.name == "note" and _ACCEPTED_ON.match(stated.text):
        return TYPE_KINDS.get(reader.entry.type) not in THESES  # when a library took a thesis in
    return not (words.status is Status.UNPUBLISHED and reader.entry.type in ("techreport", "report"))


def _plain_venue(reader: EntryReader) -> str:
    """The journal or book that the entry names, if it is one and not a status or a server."""
    texts = [_plain(raw) for name in _CONTAINERS if (raw := reader.entry.get(name))]
    return next((text for text in texts if not is_server(text) and not read_status_words(text)), "")


def _report_contradiction(reader: EntryReader, stated: list[_FieldStatus], chosen: _FieldStatus) -> None:
    others = [one for one in stated if one.words.status not in (chosen.words.status, Status.PREPRINT)]
    if others:
        other = others[0]
        message = (
            f"{chosen.name} says {chosen.text!r}, but {other.name} says {other.text!r}; "
            f"the status is {chosen.words.status.value}"
        )
        hint = "delete one of the two, or write pubstate = {submitted}"
        reader.warn(message, other.field.location, hint, "two fields of an entry say different statuses")


def read_status(
    reader: EntryReader, found: Identifiers, stated: StatedStatus, kind: Kind, venue: str, container: str
) -> tuple[Status, str]:
    """The status, and the reason for it; ``stated`` is the status in the fields.

    ``venue`` is where the publication appeared, ``container`` the journal or book among that.
    """
    if stated.status:
        return stated.status, stated.source
    entry = reader.entry
    container = "" if is_server(container) else container
    if not venue and found.claims_arxiv:
        return Status.PREPRINT, "its eprint is said to be arXiv's"
    if not container and (match := PREPRINT_DOI.match(found.doi)):
        owner = "arXiv's" if match[0].casefold().startswith("10.48550") else "that of a preprint"
        return Status.PREPRINT, f"its DOI is {owner}"
    if is_server(venue):
        return Status.PREPRINT, f"its venue is {venue!r}"
    if not venue and (note := _find_server_note(reader)):
        return Status.PREPRINT, f"its note is {note!r}"
    if entry.type == "unpublished" and kind not in (Kind.TALK, Kind.POSTER):
        return Status.UNPUBLISHED, "its type is @unpublished"
    if kind is Kind.PREPRINT and not container:
        return Status.PREPRINT, "its type is that of a preprint"
    _report_more_than_status(reader)
    if stated.unknown:
        return (
            Status.PUBLISHED,
            f"the pubstate {stated.unknown.value.strip()!r} is not known, and nothing else says otherwise",
        )
    return Status.PUBLISHED, "nothing says otherwise"


def _find_server_note(reader: EntryReader) -> str:
    notes = (_plain(raw) for name in ("note", "addendum") if (raw := reader.entry.get(name)))
    return next(filter(is_server, notes), "")


def _report_more_than_status(reader: EntryReader) -> None:
    """Report a note that begins with a status and says more, since no status is read from it."""
    for name in ("note", "addendum", "howpublished"):
        raw = reader.entry.get(name)
        begin = begins_with_status(_plain(raw)) if raw else ""
        if raw and begin and not (_plain_venue(reader) and read_status_words(begin) == _PREPRINT):
            message = f"{name} begins with {begin!r} but says more, so no status is read from it"
            kind = "a note begins with a status but says more, so no status is read from it"
            reader.warn(message, raw.location, "add pubstate = {submitted}, or the right status", kind)


def _plain(raw: RawField) -> str:
    if not _TEX.search(raw.value):
        return raw.value.strip()
    return latex_to_plain(raw.value.strip(), lambda message, hint, kind="": None).strip()
