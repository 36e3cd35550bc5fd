"""Adds publications to a profile's .bib file by their identifiers: all of them, or none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cvgen.convert.write_bib import lay_out, make_key
from cvgen.diagnostics import FetchError, InputError, Location, Problem, notice
from cvgen.edit.bib_text import with_entries
from cvgen.model.owner import find_owner, find_spellings
from cvgen.model.publication import Publication
from cvgen.online.asked_paper import AskedPaper, read_asked
from cvgen.online.fetch_entries import Fetched, fetch_entries
from cvgen.online.found_entry import FoundEntry
from cvgen.online.http_client import HttpClient
from cvgen.online.services import ServiceAccess
from cvgen.pipeline.bib_files import ReadProfile, choose_bib_file, open_bib, read_profile_with_bib
from cvgen.select.known_papers import KnownPapers
from cvgen.sources.bibtex.bib_file import parse_bibtex
from cvgen.sources.entry.publication_reader import build_publication

_LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class Added:
    """The file, the keys that were added to it, and what was there already."""

    file: Path
    keys: tuple[str, ...]
    known: Mapping[str, str]
    """Identifier or title → the key of the entry that was there."""
    problems: tuple[Problem, ...]
    """What a person should look at: papers that do not name them, and preprints that have appeared."""


def add_publications(profile: Path, typed: Sequence[str], network: ServiceAccess, *, to: Path | None = None) -> Added:
    """Fetch the entries of the identifiers ``typed`` and add those that are new to a .bib file of ``profile``.

    Raises InputError for a word that is no identifier and for files that cannot be used, FetchError if one of the
    identifiers cannot be fetched; no file is changed then.
    """
    asked = _read_all(typed)
    read = read_profile_with_bib(profile)
    target = choose_bib_file(read, to)
    known = KnownPapers(read.publications)
    with HttpClient(network) as client:
        fetched = fetch_entries(client, asked, known.find_identifier)
    if fetched.problems:
        raise FetchError(fetched.problems)
    new = _choose_new(fetched, known, {publication.key for publication in read.publications})
    if new:
        bib = open_bib(target)
        texts = [lay_out(entry.kind, publication.key, entry.fields) for publication, entry in new]
        bib.write(with_entries(bib.text, str(target), texts))
    keys = tuple(publication.key for publication, _ in new)
    return Added(target, keys, fetched.known, tuple(_list_problems(new, read, target)))


def _read_all(typed: Sequence[str]) -> list[AskedPaper]:
    if not typed:
        raise InputError([Problem("no identifier is given", None, "write: cvgen publications add 10.1145/…")])
    read = list(map(read_asked, typed))
    if problems := [one for one in read if isinstance(one, Problem)]:
        raise InputError(problems)
    return [one for one in read if isinstance(one, AskedPaper)]


def _choose_new(fetched: Fetched, known: KnownPapers, taken: Iterable[str]) -> list[tuple[Publication, FoundEntry]]:
    """The entries that the person does not have, each under a key of its own; the others are noted in ``known``."""
    keys = {key.casefold() for key in taken}
    new = []
    for typed, entry in fetched.entries:
        draft = _as_publication("new", entry)
        if key := known.find(draft):
            title = str(draft.title)[:_LONGEST_TITLE]
            fetched.known[typed if typed not in fetched.known else title] = key
            continue
        publication = _as_publication(_free_key(draft, keys), entry)
        keys.add(publication.key.casefold())
        known.add(publication)
        new.append((publication, entry))
    return new


def _as_publication(key: str, entry: FoundEntry) -> Publication:
    (raw,), _ = parse_bibtex(lay_out(entry.kind, key, entry.fields), "answer")
    return build_publication(raw, {})[0]


def _free_key(publication: Publication, taken: set[str]) -> str:
    people = publication.authors or publication.editors
    stem = make_key(people[0].family if people else "", str(publication.year or ""), str(publication.title))
    stem = re.sub(r"[^a-z0-9]", "", stem)
    number = 1
    key = stem
    while key in taken:
        number += 1
        key = f"{stem}-{number}"
    return key


def _list_problems(new: Sequence[tuple[Publication, FoundEntry]], read: ReadProfile, target: Path) -> Iterable[Problem]:
    owner = find_spellings(read.profile)
    for publication, entry in new:
        if problem := find_owner(publication, owner).problem:
            yield replace(problem, location=Location(str(target)))
        if entry.published:
            message = f"{publication.key}: this preprint has appeared as {entry.published}"
            yield notice(message, Location(str(target)), f"cvgen publications add {entry.published}")
