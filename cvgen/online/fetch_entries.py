"""Fetches the entries of all identifiers that a person asks for, except those that they have already."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from cvgen.diagnostics import Problem
from cvgen.online.arxiv_feed import fetch_arxiv
from cvgen.online.asked_paper import ARXIV_ID, DOI, ORCID, AskedPaper
from cvgen.online.doi_entry import NO_BIBTEX, fetch_doi
from cvgen.online.found_entry import FoundEntry
from cvgen.online.http_client import HttpClient, RequestError
from cvgen.online.orcid_works import OrcidWork, fetch_whole_works, fetch_works

_UNKNOWN = frozenset({404, 410, NO_BIBTEX})
"""The status of an answer that says that there is no entry."""


@dataclass(slots=True)
class Fetched:
    """What was found for each identifier, as it was typed; and a Problem for each that has no answer."""

    entries: list[tuple[str, FoundEntry]] = field(default_factory=list)
    known: dict[str, str] = field(default_factory=dict)
    """Identifier → the key of the entry that the person has."""
    problems: list[Problem] = field(default_factory=list)
    recorded: dict[str, tuple[str, OrcidWork]] = field(default_factory=dict)
    """DOI → the ORCID iD and the work that name it."""


def fetch_entries(client: HttpClient, asked: Sequence[AskedPaper], find_known: Callable[[str], str | None]) -> Fetched:
    """Fetch the entries of ``asked``; ``find_known`` gives the key of an entry with a DOI or arXiv identifier."""
    fetched = Fetched()
    rest = list(_leave_known(_expand(client, asked, fetched), find_known, fetched))
    _fetch_arxiv_papers(client, [one for one in rest if one.kind == ARXIV_ID], fetched)
    for one in rest:
        if one.kind == DOI:
            client.network.on_request(one.typed)
            try:
                fetched.entries.append((one.typed, _with_doi(_fetch_doi(client, one.value, fetched), one.value)))
            except RequestError as error:
                fetched.problems.append(_explain(one, error))
    order = {one.typed: number for number, one in enumerate(rest)}
    fetched.entries.sort(key=lambda entry: order.get(entry[0], len(order)))
    return fetched


def _expand(client: HttpClient, asked: Sequence[AskedPaper], fetched: Fetched) -> Iterable[AskedPaper]:
    """``asked``, in which the works of each ORCID iD take its place."""
    for one in asked:
        if one.kind != ORCID:
            yield one
            continue
        client.network.on_request(one.typed)
        try:
            works = fetch_works(client, one.value)
            fetched.recorded |= {work.doi: (one.value, work) for work in works if work.doi}
            yield from filter(None, map(_as_asked, works))
            bare = [work for work in works if not _as_asked(work)]
            entries = fetch_whole_works(client, one.value, bare)
            fetched.entries += [(one.typed, entry) for entry in entries if entry.fields.get("title")]
        except RequestError as error:
            fetched.problems.append(_explain(one, error))


def _as_asked(work: OrcidWork) -> AskedPaper | None:
    if work.doi:
        return AskedPaper(DOI, work.doi, work.doi)
    return AskedPaper(ARXIV_ID, work.arxiv, f"arXiv:{work.arxiv}") if work.arxiv else None


def _leave_known(
    asked: Iterable[AskedPaper], find_known: Callable[[str], str | None], fetched: Fetched
) -> Iterable[AskedPaper]:
    """Each of ``asked`` once, without those that the person has."""
    seen: set[str] = set()
    for one in asked:
        if key := find_known(one.value):
            fetched.known[one.typed] = key
        elif one.value.casefold() not in seen:
            seen.add(one.value.casefold())
            yield one


def _fetch_arxiv_papers(client: HttpClient, asked: Sequence[AskedPaper], fetched: Fetched) -> None:
    if not asked:
        return
    client.network.on_request(", ".join(one.typed for one in asked))
    try:
        found = fetch_arxiv(client, [one.value for one in asked])
    except RequestError as error:
        fetched.problems += [_explain(one, error) for one in asked]
        return
    for one in asked:
        if entry := found.get(one.value.casefold()):
            fetched.entries.append((one.typed, entry))
        else:
            fetched.problems.append(_explain(one, RequestError("arXiv does not know it", "look for a typing mistake")))


def _fetch_doi(client: HttpClient, doi: str, fetched: Fetched) -> FoundEntry:
    """The entry of ``doi``; if its agency has none, that of the ORCID record that names it."""
    try:
        return fetch_doi(client, doi)
    except RequestError as error:
        if error.status not in _UNKNOWN or doi not in fetched.recorded:
            raise
        orcid, work = fetched.recorded[doi]
        if entry := next(fetch_whole_works(client, orcid, [work]), None):
            return entry
        raise


def _with_doi(entry: FoundEntry, doi: str) -> FoundEntry:
    """``entry`` with the DOI that was asked for, if it names none."""
    return entry if entry.fields.get("doi") else replace(entry, fields={**entry.fields, "doi": doi})


def _explain(one: AskedPaper, error: RequestError) -> Problem:
    return Problem(f"{one.typed}: {error.message}", None, error.hint)
