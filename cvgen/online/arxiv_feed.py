"""Papers of arXiv, from its API (https://info.arxiv.org/help/api/user-manual.html), which answers with Atom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from xml.etree import ElementTree

from cvgen.convert.write_bib import write_person
from cvgen.online.found_entry import FoundEntry, tidy_latex
from cvgen.online.http_client import HttpClient, RequestError

_AT_ONCE = 50
_PAUSE = 3.0
"""Seconds between two requests, as arXiv's terms of use ask for."""
_ATOM = "{http://www.w3.org/2005/Atom}"
_OWN = "{http://arxiv.org/schemas/atom}"
_ID = re.compile(r"/abs/(?P<id>.+?)(?:v\d+)?$")


def fetch_arxiv(client: HttpClient, ids: Sequence[str]) -> dict[str, FoundEntry]:
    """The entry of each identifier, in small letters, that arXiv knows; raises RequestError."""
    found: dict[str, FoundEntry] = {}
    for start in range(0, len(ids), _AT_ONCE):
        if start:
            client.network.sleep(_PAUSE)
        some = ids[start : start + _AT_ONCE]
        query = {"id_list": ",".join(some), "max_results": str(len(some))}
        found |= _read_feed(client.get("arxiv", "/api/query", "application/atom+xml", query))
    return found


def _read_feed(data: bytes) -> dict[str, FoundEntry]:
    message = "the answer of arXiv is not an Atom feed"
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:  # no feed has one, and entities could grow without a limit
        raise RequestError(message, "try again later")
    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError):
        raise RequestError(message, "try again later") from None
    return dict(_read_entries(root))


def _read_entries(root: ElementTree.Element) -> Iterator[tuple[str, FoundEntry]]:
    """Identifier without version, and entry of ours, for each entry; an error of arXiv is an entry with another id."""
    for entry in root.iter(f"{_ATOM}entry"):
        found = _ID.search(_text(entry, f"{_ATOM}id"))
        title = _text(entry, f"{_ATOM}title")
        if not found or not title:
            continue
        names = (_text(author, f"{_ATOM}name") for author in entry.findall(f"{_ATOM}author"))
        fields = {
            "author": " and ".join(write_person(name) for name in names if name),
            "title": tidy_latex("title", title),
            "date": _text(entry, f"{_ATOM}published")[:10],  # of the first version
            "eprint": found["id"],
            "eprinttype": "arxiv",
        }
        if (category := entry.find(f"{_OWN}primary_category")) is not None:
            fields["eprintclass"] = category.get("term", "")
        yield (
            found["id"].casefold(),
            FoundEntry(
                "online",
                {name: text for name, text in fields.items() if text},
                published=_text(entry, f"{_OWN}doi").split(" ")[0],
            ),
        )


def _text(element: ElementTree.Element, name: str) -> str:
    """The text of a part, on one line; empty if there is none."""
    return " ".join((element.findtext(name) or "").split())
