"""The person and the papers of a page in the words of schema.org, for search engines; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cvgen.backends.backend import Job
from cvgen.model.document import Document
from cvgen.model.kinds import THESES, Kind
from cvgen.model.printed import Contact
from cvgen.model.shown_paper import PublicationItem, ShownAuthor

_TYPES: Mapping[str, str] = {
    **dict.fromkeys(THESES, "Thesis"),
    **dict.fromkeys((Kind.BOOK, Kind.EDITED_VOLUME, Kind.PROCEEDINGS), "Book"),
    **dict.fromkeys((Kind.REPORT, Kind.STANDARD), "Report"),
    Kind.CHAPTER: "Chapter",
    Kind.DATASET: "Dataset",
    Kind.SOFTWARE: "SoftwareSourceCode",
    Kind.SPECIAL_ISSUE: "PublicationIssue",
    Kind.WEBPAGE: "WebPage",
    Kind.VIDEO: "VideoObject",
    Kind.AUDIO: "AudioObject",
    **dict.fromkeys((Kind.PATENT, Kind.TALK, Kind.POSTER, Kind.ARTWORK, Kind.MANUAL), "CreativeWork"),
}
"""The types of kinds that are no articles (https://schema.org/CreativeWork)."""
_PERSON = "#person"


def describe_page(job: Job) -> dict[str, Any]:
    """The JSON-LD of the page: a ``ProfilePage``, its ``Person``, and each paper that it prints.

    It says nothing that the page does not print.
    Source: https://developers.google.com/search/docs/appearance/structured-data/profile-page
    """
    document = job.document
    page = {
        "@type": "ProfilePage",
        "name": str(document.name),
        "url": job.address,
        "inLanguage": document.language,
        "mainEntity": {"@id": f"{job.address}{_PERSON}"},
    }
    papers = {
        part.shown.key: part.shown for part in document.walk() if isinstance(part.shown, PublicationItem)
    }  # a paper in two lists is one paper
    works = (_describe_paper(paper, job.address) for paper in papers.values())
    graph = [_keep_known(one) for one in (page, _describe_person(job), *works)]
    return {"@context": "https://schema.org", "@graph": graph}


def _keep_known(facts: Mapping[str, object]) -> dict[str, Any]:
    """``facts`` without those that are empty; a list of one fact is the fact itself."""
    return {
        name: value[0] if isinstance(value, list) and len(value) == 1 else value
        for name, value in facts.items()
        if value
    }


def _describe_person(job: Job) -> dict[str, Any]:
    document = job.document
    addresses = list(_list_addresses(document.contacts))
    return {
        "@type": "Person",
        "@id": f"{job.address}{_PERSON}",
        "name": str(document.name),
        "alternateName": str(document.native_name),
        "jobTitle": str(document.label),
        "description": _find_summary(document),
        "url": job.address or next(iter(addresses), ""),
        "image": job.photo_url,
        "email": [contact.url for contact in document.contacts if contact.kind == "email"],
        "sameAs": addresses,
    }


def _find_summary(document: Document) -> str:
    """The first paragraph of the summary."""
    texts = (section.text.paragraphs for section in document.sections if section.name == "summary")
    return next((" ".join(str(found[0]).split()) for found in texts if found), "")


def _list_addresses(contacts: Iterable[Contact]) -> Iterable[str]:
    """The person's own pages: web addresses and accounts."""
    return (c.url for c in contacts if c.url.startswith("http") and (c.label or c.kind == "url"))


def _describe_paper(paper: PublicationItem, address: str) -> dict[str, Any]:
    venue = {"@type": "Periodical" if paper.kind == Kind.ARTICLE else "CreativeWork", "name": str(paper.container)}
    return {
        "@type": _TYPES.get(paper.kind, "ScholarlyArticle"),
        "name": str(paper.title),
        "author": [_describe_author(author, address) for author in paper.authors if not paper.people_note],
        "editor": [_describe_author(one, address) for one in (paper.authors if paper.people_note else paper.editors)],
        "datePublished": paper.year if paper.year.isdigit() else "",
        "isPartOf": venue if paper.container else None,
        "pagination": paper.pages,
        "url": paper.title_url if paper.title_url.startswith("http") else "",
        "identifier": f"https://doi.org/{paper.doi}" if paper.doi else "",
        "sameAs": f"https://arxiv.org/abs/{paper.eprint}" if paper.eprint else "",
        "award": str(paper.award),
    }


def _describe_author(author: ShownAuthor, address: str) -> dict[str, Any]:
    if author.is_owner:
        return {"@id": f"{address}{_PERSON}"}
    return _keep_known({"@type": "Person" if author.given else "Organization", "name": author.name, "url": author.url})
