"""Refreshes the counts of citations and stars in a profile and its .bib files, with their source and date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from cvgen.diagnostics import FetchError, InputError, Location, Problem, notice, one_of
from cvgen.edit.bib_text import with_fields
from cvgen.edit.scalar import with_scalar
from cvgen.model.metric import Metric, parse_metric
from cvgen.model.publication import Publication
from cvgen.model.sections import row_of
from cvgen.online.http_client import HttpClient, RequestError
from cvgen.online.service_counts import CITATION_COUNTERS, GITHUB, count_stars
from cvgen.online.services import ServiceAccess
from cvgen.pipeline.bib_files import BibText, ReadProfile, open_bib, read_profile_with_bib
from cvgen.pipeline.edit_profile import save_profile
from cvgen.sources.bibtex.bib_file import parse_bibtex

CITATIONS, STARS = "citations", "stars"
DEFAULT_SOURCE = "openalex"
_REPOSITORY = re.compile(r"https?://(?:www\.)?github\.com/([\w.-]+)/([\w.-]+?)(?:\.git)?/?(?:[?#].*)?")


@dataclass(frozen=True, slots=True)
class WrittenCount:
    """A count that is written somewhere: what it counts, where it is, and what is there now.

    It is in the field of an entry in ``file``, or at ``path`` in the profile.
    """

    kind: str
    label: str
    """The key of the paper, or the name of the project."""
    asked: str
    """The DOI, or the repository as ``owner/name``."""
    source: str
    """The name of the service that counts, as it is printed."""
    location: Location
    old: str = ""
    file: Path | None = None
    path: tuple[str | int, ...] = ()


@dataclass(slots=True)
class Updated:
    """The files that were changed, the counts that changed, and what could not be refreshed."""

    files: list[Path] = field(default_factory=list)
    changes: list[tuple[str, str, str, str]] = field(default_factory=list)
    """Label, kind, old and new text of each count."""
    same: int = 0
    problems: list[Problem] = field(default_factory=list)


def update_counts(
    profile: Path, network: ServiceAccess, month: tuple[int, int], *, source: str | None = None, adds: bool = False
) -> Updated:
    """Ask for each count that ``profile`` and its .bib files have, and write what is new with the ``month``.

    Citations without a source are counted by OpenAlex. With ``source`` it counts all, also those that name a service
    that cannot be asked, such as Google Scholar. With ``adds``, papers and repositories without a count get one. Raises
    InputError for files that cannot be used, and FetchError if a service cannot be asked; no file is changed then.
    """
    if source is not None and source not in CITATION_COUNTERS:
        raise InputError([Problem(f"{source!r} counts no citations", None, one_of(CITATION_COUNTERS))])
    read = read_profile_with_bib(profile)
    bibs = {file: open_bib(file) for file in read.bib_files if file.exists()}
    updated = Updated()
    counts = list(_choose_counts(_list_counts(read, bibs, adds=adds), source, updated))
    with HttpClient(network) as client:
        numbers = _ask(client, counts)
    new: dict[WrittenCount, str] = {}
    for count in counts:
        if (number := numbers.get((count.source, count.asked.casefold()))) is None:
            message = f"{count.label}: {count.source} does not know {count.asked}"
            kind = f"{count.source} does not know a paper"
            updated.problems.append(notice(message, count.location, "look for a typing mistake", kind=kind))
            continue
        text = f"{number} ({count.source}, {month[0]}-{month[1]:02})"
        if text == count.old:
            updated.same += 1
        else:
            new[count] = text
            updated.changes.append((count.label, count.kind, count.old, text))
    _write(read, bibs, new, updated)
    return updated


def _list_counts(read: ReadProfile, bibs: dict[Path, BibText], *, adds: bool) -> Iterator[WrittenCount]:
    """Every count of the profile and its files; with ``adds`` also those that could be there."""
    publications = {publication.key: publication for publication in read.publications}
    overlays = read.profile.bibliography.entries
    for key, overlay in overlays.items():
        if publication := publications.get(key):
            for kind in (CITATIONS, STARS):
                if old := getattr(overlay, kind):
                    path: tuple[str | int, ...] = ("bibliography", "entries", key, kind)
                    yield _count(kind, publication, read.places.value(path), str(old), path=path)
    for file, bib in bibs.items():
        for entry in parse_bibtex(bib.text, str(file))[0]:
            publication = publications.pop(entry.key, None)
            for kind in (CITATIONS, STARS):
                if publication is None or (entry.key in overlays and getattr(overlays[entry.key], kind)):
                    continue
                there = entry.get(kind)
                count = _count(kind, publication, entry.location, there.value if there else "", file=file)
                if there or (adds and count.asked and kind not in entry.fields):
                    yield count
    yield from _list_entry_counts(read)


def _list_entry_counts(read: ReadProfile) -> Iterator[WrittenCount]:
    """The stars of entries of the profile, such as projects."""
    for section in read.profile.entry_sections:
        for index, entry in enumerate(read.profile.entries(section)):
            if STARS in row_of(entry).fields.metrics.split() and (old := getattr(entry, STARS)):
                path = (*read.profile.path_of(section, index), STARS)
                label = str(getattr(entry, row_of(entry).fields.heading))
                repository = find_repository([entry.url or ""])
                place = read.places.value(path)
                yield WrittenCount(STARS, label, repository, GITHUB, place, old, path=read.places.path_in_file(path))


def _count(
    kind: str,
    publication: Publication,
    location: Location,
    old: str,
    *,
    file: Path | None = None,
    path: tuple[str | int, ...] = (),
) -> WrittenCount:
    if kind == STARS:
        asked = find_repository(link.url for link in publication.links if link.label in ("code", "link", "github"))
        return WrittenCount(kind, publication.key, asked, GITHUB, location, old, file, path)
    doi = publication.doi or (f"10.48550/arXiv.{publication.eprint}" if publication.eprint else "")
    return WrittenCount(kind, publication.key, doi, "", location, old, file, path)


def find_repository(addresses: Iterable[str]) -> str:
    """The repository on GitHub, as ``owner/name``, that one of ``addresses`` leads to; empty if none does."""
    found = (_REPOSITORY.fullmatch(str(address)) for address in addresses)
    return next((f"{one[1]}/{one[2]}" for one in found if one), "")


def _choose_counts(counts: Iterable[WrittenCount], source: str | None, updated: Updated) -> Iterator[WrittenCount]:
    """The counts that can be asked for, each with its source; the others are reported."""
    default = CITATION_COUNTERS[source or DEFAULT_SOURCE][0]
    names = {name.casefold(): name for name, _ in CITATION_COUNTERS.values()}
    for count in counts:
        if not count.asked:
            what = "address on GitHub" if count.kind == STARS else "DOI or arXiv identifier"
            message = f"{count.label}: the {count.kind} stay as they are, since there is no {what}"
            kind = f"there is no {what} to count {count.kind}"
            updated.problems.append(notice(message, count.location, f"add the {what}", kind=kind))
            continue
        named = _read_source(count)
        if count.kind == STARS:
            known = named.casefold() in ("", GITHUB.casefold())
            chosen = GITHUB
        else:
            known = not named or named.casefold() in names or source is not None
            chosen = default if source or not named else names.get(named.casefold(), "")
        if known:
            yield replace(count, source=chosen)
            continue
        message = f"{count.label}: {named} cannot be asked; its count of {count.kind} stays as it is"
        hint = "count them elsewhere: --source openalex, or semantic-scholar" if count.kind == CITATIONS else None
        updated.problems.append(
            notice(message, count.location, hint, kind=f"{named} cannot be asked; its counts stay as they are")
        )


def _read_source(count: WrittenCount) -> str:
    try:
        metric: Metric = parse_metric(count.kind, count.old or "0")
    except ValueError:
        return ""
    return metric.source


def _ask(client: HttpClient, counts: Sequence[WrittenCount]) -> dict[tuple[str, str], int]:
    """Source and what was asked, in small letters → the number; raises FetchError."""
    numbers: dict[tuple[str, str], int] = {}
    problems: list[Problem] = []
    for name, ask in CITATION_COUNTERS.values():
        dois = list(dict.fromkeys(count.asked for count in counts if count.source == name))
        if dois:
            client.network.on_request(name)
            try:
                numbers |= {(name, doi.casefold()): number for doi, number in ask(client, dois).items()}
            except RequestError as error:
                problems.append(Problem(f"{name}: {error.message}", None, error.hint))
    for repository in dict.fromkeys(count.asked for count in counts if count.source == GITHUB):
        client.network.on_request(f"{GITHUB}: {repository}")
        try:
            numbers[GITHUB, repository.casefold()] = count_stars(client, repository)
        except RequestError as error:
            if error.status != 404:
                problems.append(Problem(f"{GITHUB}: {repository}: {error.message}", None, error.hint))
    if problems:
        raise FetchError(problems)
    return numbers


def _write(read: ReadProfile, bibs: dict[Path, BibText], new: dict[WrittenCount, str], updated: Updated) -> None:
    """Write all files, after all new texts were made."""
    text = read.text
    for count, value in new.items():
        if count.path:
            text = with_scalar(text, str(read.path), count.path, value)
    changed: list[tuple[BibText, str]] = []
    for file, bib in bibs.items():
        values = {(count.label, count.kind): value for count, value in new.items() if count.file == file}
        if values:
            changed.append((bib, with_fields(bib.text, str(file), values)))
    if text != read.text:
        save_profile(read.path, text)
        updated.files.append(read.path)
    for bib, new_text in changed:
        bib.write(new_text)
        updated.files.append(bib.path)
