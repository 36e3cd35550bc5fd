"""The BibTeX entry of a DOI, by content negotiation (https://citation.doi.org/docs.html)."""

from __future__ import annotations

from urllib.parse import quote

from cvgen.online.found_entry import FoundEntry
from cvgen.online.http_client import HttpClient, RequestError
from cvgen.sources.bibtex.bib_file import parse_bibtex

_BIBTEX = "application/x-bibtex"
NO_BIBTEX = 406
"""The status of an answer in another format: agencies may also answer with success, and a page for people."""


def fetch_doi(client: HttpClient, doi: str) -> FoundEntry:
    """The entry that the agency of ``doi`` (Crossref, DataCite, …) has for it; raises RequestError."""
    text = client.get("doi", f"/{quote(doi, safe='/:;().')}", _BIBTEX).decode("utf-8", "replace")
    if entry := read_entry(text):
        return entry
    raise RequestError("the agency of this DOI does not answer with BibTeX", "add the entry by hand", NO_BIBTEX)


def read_entry(text: str) -> FoundEntry | None:
    """The one entry in ``text`` that has a title; None if there is none, or several."""
    if "@" not in text or text.lstrip().startswith("<"):
        return None
    entries, _ = parse_bibtex(text, "answer")
    return FoundEntry.of_entry(entries[0]) if len(entries) == 1 and entries[0].get("title") else None
