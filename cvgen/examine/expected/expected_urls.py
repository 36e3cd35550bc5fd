"""The addresses that the links of a document must open."""

from __future__ import annotations

from collections.abc import Iterator

from cvgen.backends.backend import Job
from cvgen.diagnostics import Location
from cvgen.model.inline import list_links
from cvgen.model.part import Part
from cvgen.model.printed import Item
from cvgen.model.shown_paper import PublicationItem
from cvgen.model.texts import find_texts


def list_urls(job: Job) -> Iterator[tuple[str, Location | None]]:
    """The addresses that links of the document must open, each once, with the place in the profile."""
    document = job.document
    found: dict[str, Location | None] = {}
    for contact in document.contacts:
        found.update({url: document.name.location for url in contact.urls if url not in found})
    for part in document.walk():
        for url in _part_urls(part):
            found.setdefault(url, part.location)
    optional = list_optional_urls(job)
    for url, place in _inline_urls(document):
        if url not in optional:
            found.setdefault(url, place)
    found.pop("", None)
    yield from found.items()


def _part_urls(part: Part) -> Iterator[str]:
    match part.shown:
        case Item() as item:
            yield from (item.url, *(url for contact in item.contacts for url in contact.urls))
        case PublicationItem() as paper:
            yield from (*(link.url for link in paper.links), *(author.url for author in paper.authors))


def list_optional_urls(job: Job) -> frozenset[str]:
    """The home pages of editors and translators, whom not every style prints."""
    papers = [part.shown for part in job.document.walk() if isinstance(part.shown, PublicationItem)]
    return frozenset(person.url for paper in papers for person in (*paper.editors, *paper.translators) if person.url)


def _inline_urls(value: object) -> Iterator[tuple[str, Location | None]]:
    for text in find_texts(value):
        yield from ((link.url, text.location) for link in list_links(text.nodes) if link.url[:1] != "#")
