"""A publication as an item of CSL (CSL 1.0.2, appendices III and IV): the reverse of ``sources.bibtex.csl``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cvgen.backends.citations import say_title, text, unstop
from cvgen.backends.csl.marked_text import MarkedNodes
from cvgen.model.inline import RichText
from cvgen.model.kinds import NUMBERED, THESES, Kind
from cvgen.model.shown_paper import PublicationItem, ShownAuthor

TYPES: Mapping[Kind, str] = {
    Kind.ARTICLE: "article-journal",
    Kind.CONFERENCE_PAPER: "paper-conference",
    Kind.PREPRINT: "article",
    Kind.MANUSCRIPT: "manuscript",
    Kind.CHAPTER: "chapter",
    Kind.REFERENCE_ENTRY: "entry-encyclopedia",
    **dict.fromkeys((Kind.BOOK, Kind.EDITED_VOLUME, Kind.PROCEEDINGS, Kind.SPECIAL_ISSUE), "book"),
    **dict.fromkeys(sorted(THESES), "thesis"),
    Kind.REPORT: "report",
    Kind.MANUAL: "report",
    Kind.STANDARD: "standard",
    Kind.PATENT: "patent",
    Kind.SOFTWARE: "software",
    Kind.DATASET: "dataset",
    Kind.TALK: "speech",
    Kind.POSTER: "speech",
    Kind.WEBPAGE: "webpage",
    Kind.VIDEO: "motion_picture",
    Kind.AUDIO: "song",
    Kind.ARTWORK: "graphic",
    Kind.OTHER: "document",
}
"""The type of each kind. Few styles know ``collection`` and ``periodical``, so a volume is a book."""
_TEXTS = {
    "container-title-short": "venue_short",
    "collection-title": "series",
    "publisher-place": "place",
    "event-title": "event",
    "event": "event",
    "version": "version",
    "authority": "holder",
}
_PLAIN = {
    "volume": "volume",
    "issue": "number_in_volume",
    "page": "pages",
    "chapter-number": "chapter",
    "edition": "edition",
    "DOI": "doi",
}
"""Numbers and addresses, which citeproc-py takes apart: they carry no nodes."""
PEOPLE = ("author", "editor", "translator")
DATES = ("issued", "accessed")
_CLEAR = frozenset(
    {
        Kind.CHAPTER,
        Kind.REFERENCE_ENTRY,
        Kind.BOOK,
        Kind.EDITED_VOLUME,
        Kind.PROCEEDINGS,
        Kind.SPECIAL_ISSUE,
        Kind.STANDARD,
        Kind.PATENT,
        Kind.SOFTWARE,
        Kind.DATASET,
        Kind.WEBPAGE,
    }
)
"""Kinds that styles name, or show, themselves; others are named by ``genre``."""
_IN_EVENTS = frozenset({Kind.TALK, Kind.POSTER})


def list_variables(item: PublicationItem, language: str, nodes: MarkedNodes, title_url: str = "") -> dict[str, Any]:
    """The variables of CSL that ``item`` has, with ``type``; texts carry their ``nodes``.

    People are lists of ShownAuthor; dates are ``(year, month, day)``, as far as known.
    """
    found: dict[str, Any] = {"type": TYPES[Kind(item.kind)], "language": language}
    title = nodes.mark_nodes(unstop(item.title).nodes)
    found["title"] = nodes.mark(lambda inner: say_title(title_url, RichText(inner)).nodes, title) if title else ""
    found |= {name: _mark_text(getattr(item, field), nodes) for name, field in _TEXTS.items()}
    found |= {name: str(getattr(item, field)) for name, field in _PLAIN.items()}
    found["genre"] = _mark_text(item.kind_text if Kind(item.kind) in _CLEAR else item.kind_label, nodes)
    found["status"] = _mark_text("" if item.is_arxiv else item.status_inside, nodes)
    found |= {name: _mark_text(value, nodes) for name, value in _list_places(item).items()}
    if item.article_number and not item.pages:
        found["page"] = item.article_number
    found["number"] = item.kind_number or (f"arXiv:{item.eprint}" if item.is_arxiv else "")
    found["URL"] = item.cited_url if not item.doi else ""
    names = "editor" if item.people_note else "author"
    group = (ShownAuthor(item.collaboration, "", item.collaboration),) if item.collaboration else ()
    found |= {"editor": item.editors, "translator": item.translators, names: item.authors or group}
    found |= {"issued": _read_date(item.date_iso or item.year), "accessed": _read_date(item.accessed_iso)}
    return {name: value for name, value in found.items() if value}


def _list_places(item: PublicationItem) -> dict[str, Any]:
    """Where ``item`` appeared: the container, and who published it."""
    kind = Kind(item.kind)
    published = item.publisher or item.institution or item.howpublished
    if kind in THESES or kind in NUMBERED:
        published = item.institution or item.holder or published
    places = {"container-title": item.container, "publisher": "arXiv" if item.is_arxiv else published}
    if kind in _IN_EVENTS:
        places |= {"event-place": item.place}
    return places


def _mark_text(value: object, nodes: MarkedNodes) -> str:
    return nodes.mark_nodes(text(value).nodes)


def _read_date(iso: str) -> tuple[int, ...]:
    """The year, month and day of ``2024-05-01``; nothing for another text."""
    parts = iso.split("-")
    return tuple(map(int, parts)) if all(part.isdecimal() for part in parts) else ()
