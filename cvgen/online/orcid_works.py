"""The works in an ORCID record, from the public API, version 3.0.

https://info.orcid.org/documentation/api-tutorials/api-tutorial-read-data-on-a-record/
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cvgen.convert.orcid_papers import read_work
from cvgen.convert.orcid_record import list_versions
from cvgen.online.doi_entry import read_entry
from cvgen.online.found_entry import FoundEntry
from cvgen.online.http_client import HttpClient
from cvgen.online.json_parts import find_part, list_mappings
from cvgen.sources.entry.doi import read_doi
from cvgen.sources.entry.identifiers import ARXIV

_AT_ONCE = 50
"""ORCID gives at most 100 works in one answer."""


@dataclass(frozen=True, slots=True)
class OrcidWork:
    """A work in a record: its number there, and its own identifiers, empty if there are none."""

    number: str
    doi: str = ""
    arxiv: str = ""


def fetch_works(client: HttpClient, orcid: str) -> list[OrcidWork]:
    """The works of ``orcid``, each once, with the identifiers of all its versions; raises RequestError."""
    answer = client.get_json("orcid", f"/v3.0/{orcid}/works")
    return [_read_summaries(versions) for versions in list_versions(answer) if versions]


def fetch_whole_works(client: HttpClient, orcid: str, works: Sequence[OrcidWork]) -> Iterator[FoundEntry]:
    """What the record says of ``works``: the entry that it holds, else one made of its facts; raises RequestError."""
    for start in range(0, len(works), _AT_ONCE):
        numbers = ",".join(work.number for work in works[start : start + _AT_ONCE])
        answer = client.get_json("orcid", f"/v3.0/{orcid}/works/{numbers}")
        for one in list_mappings(find_part(answer, "bulk")):
            # Each is under the name of its kind; one that cannot be shown is an error without a number.
            yield from (_read_whole(found) for found in list_mappings(list(one.values())) if "put-code" in found)


def _read_whole(work: dict[str, Any]) -> FoundEntry:
    cited = work.pop("citation", None)
    is_bibtex = str(find_part(cited, "citation-type")).casefold() == "bibtex"
    if is_bibtex and (entry := read_entry(str(find_part(cited, "citation-value")))):
        return entry
    paper = read_work([work], "record")
    paper.leftovers.clear()  # what no field holds is in the record, and need not be in the file
    return FoundEntry.of_paper(paper)


def _read_summaries(versions: list[dict[str, Any]]) -> OrcidWork:
    """The work with these versions, the preferred one first."""
    dois: list[str] = []
    arxiv = ""
    for version in versions:
        for one in list_mappings(find_part(version, "external-ids", "external-id")):
            name, value = str(one.get("external-id-type")).casefold(), str(one.get("external-id-value") or "")
            if str(one.get("external-id-relationship")).casefold() not in ("self", "version-of", "none"):
                continue  # the record of a chapter also has the DOI of its book
            if name == "doi" and (doi := read_doi(value)):
                dois.append(doi)
            elif name == "arxiv" and (found := ARXIV.search(f"arxiv:{value}")):
                arxiv = arxiv or found[1]
    published = [doi for doi in dois if not doi.casefold().startswith("10.48550/arxiv.")]
    arxiv = arxiv or next((doi[15:] for doi in dois if doi not in published), "")
    return OrcidWork(str(versions[0].get("put-code")), next(iter(published), ""), arxiv)
