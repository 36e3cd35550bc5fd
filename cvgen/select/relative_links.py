"""Relative links, which open something beside a web page: found in a document, and left out of one for paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cvgen.diagnostics import Location, Problem, suggest, warn
from cvgen.model.addresses import is_relative
from cvgen.model.changed_parts import PartChange, change_parts
from cvgen.model.document import Document
from cvgen.model.inline import Break, Code, Inline, Inlines, Link, Plain
from cvgen.model.printed import Item
from cvgen.model.shown_paper import PublicationItem
from cvgen.model.texts import change_texts, find_texts


def report_relative_links(document: Document) -> list[Problem]:
    """A warning for each relative link of a document that becomes a PDF or LaTeX."""
    kind = "a relative link works in web pages only"
    hint = "write the full address, with https://, to have the link in PDFs too"
    return [
        warn(
            f"the link {url!r} works in web pages only, so its words are printed without a link", place, hint, kind=kind
        )
        for url, place in dict.fromkeys(_find_relative(document))
    ]


def report_missing_places(document: Document) -> list[Problem]:
    """A warning for each link of a web page to a section that the page does not have."""
    names = [name_place(section.name) for section in document.sections]
    return [
        warn(f"the page has no section {url[1:]!r} to link to", place, suggest(url[1:], names))
        for url, place in dict.fromkeys(_find_relative(document))
        if url.startswith("#") and url[1:] not in names
    ]


def name_place(section: str) -> str:
    """The name of a section in links to it: ``#news``."""
    return section.replace(" ", "-")


def drop_relative_links(document: Document) -> Document:
    """``document`` with the words of relative links, and without the links."""
    if not any(_find_relative(document)):
        return document
    changed = change_texts(document, lambda text: replace(text, nodes=_drop(text.nodes)))
    return change_parts(changed, PartChange(_drop_paper_links, _drop_url))


def _find_relative(document: Document) -> Iterator[tuple[str, Location | None]]:
    for part in document.walk():
        match part.shown:
            case Item(url=url, heading=heading) if is_relative(url):
                yield url, heading.location
            case PublicationItem(links=links, title=title):
                yield from ((link.url, title.location) for link in links if is_relative(link.url))
    for text in find_texts(document):
        yield from ((url, text.location) for url in _urls(text.nodes))


def _urls(nodes: Inlines) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Link) and is_relative(node.url):
            yield node.url
        yield from _urls(getattr(node, "children", ()))


def _drop(nodes: Inlines) -> Inlines:
    kept: list[Inline] = []
    for node in nodes:
        if isinstance(node, (Plain, Code, Break)):
            kept.append(node)
        elif isinstance(node, Link) and is_relative(node.url):
            kept += _drop(node.children)
        else:
            kept.append(replace(node, children=_drop(node.children)))
    return tuple(kept)


def _drop_url(item: Item) -> Item:
    return replace(item, url="") if is_relative(item.url) else item


def _drop_paper_links(paper: PublicationItem) -> PublicationItem:
    return replace(paper, links=tuple(link for link in paper.links if not is_relative(link.url)))
