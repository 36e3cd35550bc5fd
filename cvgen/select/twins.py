"""A preprint and the published version of the same paper, recognised and shown once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace

from cvgen.diagnostics import Problem, notice
from cvgen.model.publication import Publication, PublicationLink, Status

_DRAFTS = frozenset({Status.PREPRINT, Status.SUBMITTED, Status.IN_PREPARATION, Status.UNPUBLISHED})


def merge_twins(publications: Iterable[Publication]) -> tuple[list[Publication], list[Problem]]:
    """``publications`` without the preprints that are there as published papers too; their links are kept.

    Two entries are twins when one is a draft and the other is not, and they share the DOI, the arXiv identifier,
    or the title (letters and digits only) with the first author's family name.
    """
    listed = list(publications)
    published: dict[str, Publication] = {}
    for publication in listed:
        if publication.status not in _DRAFTS:
            for sign in _signs(publication):
                published.setdefault(sign, publication)
    kept: dict[str, Publication] = {p.key: p for p in listed}
    problems: list[Problem] = []
    for draft in listed:
        if draft.status not in _DRAFTS:
            continue
        twin = next((published[sign] for sign in _signs(draft) if sign in published), None)
        if twin is not None:
            kept[twin.key] = _joined(kept[twin.key], draft)
            del kept[draft.key]
            told = f"{draft.key!r} is the preprint of {twin.key!r}: shown once, with the preprint as a link"
            hint = "to show both: bibliography: {merge_twins: false}"
            kind = "a preprint is shown once, with its published paper"
            problems.append(notice(told, draft.location, hint, kind=kind, entry=draft.key))
    return list(kept.values()), problems


def _signs(publication: Publication) -> Iterator[str]:
    """What two versions of one paper have in common."""
    if publication.doi and "arxiv" not in publication.doi.casefold():
        yield f"doi:{publication.doi.casefold()}"
    if publication.eprint:
        yield f"arxiv:{publication.eprint}"
    title = unicodedata.normalize("NFKD", str(publication.title)).casefold()
    letters = re.sub(r"[\W_]+", "", title)
    if len(letters) >= (13 if letters.isascii() else 8) and publication.authors:
        yield f"title:{letters}/{publication.authors[0].family.casefold()}"


def _joined(published: Publication, draft: Publication) -> Publication:
    labels = {link.label for link in published.links}
    added = [link for link in draft.links if link.label not in labels and link.label != "link"]
    if not any(link.label == "arxiv" for link in (*published.links, *added)):
        added += [PublicationLink("preprint", link.url) for link in draft.links if link.label == "link"]
    return replace(published, links=(*published.links, *added), eprint=published.eprint or draft.eprint)
