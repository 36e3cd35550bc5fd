"""Merges two entries for one paper: the kept entry takes over the facts that only the other one has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, TypeVar

from cvgen.diagnostics import Problem, notice, warn
from cvgen.model.publication import Publication, PublicationLink
from cvgen.select.same_people import add_marks, find_contradiction, has_marks, have_same_people, list_rest
from cvgen.sources.entry.servers import PREPRINT_DOI, is_server
from cvgen.sources.entry.status_words import read_status_words

T = TypeVar("T")
_FACTS = ("title_short", "topic", "note", "award", "image", "collaboration")
"""Facts that are true of every version of a paper."""
_OF_VERSION = ("editors", "translators", "container", "event", "institution", "publisher", "howpublished", "place",
               "series", "venue_short", "date", "accessed", "volume", "number", "pages", "article_number", "chapter",
               "edition", "version", "rank", "doi", "status_text")  # fmt: skip
"""Facts that are true of one version of a paper only: those of a preprint do not apply to the paper."""


def merge_entry(kept: Publication, other: Publication, *, is_draft: bool) -> tuple[Publication, list[Problem]]:
    """``kept`` with the facts that only ``other`` has; ``is_draft`` says whether ``other`` is an earlier version.

    If both lists name the same authors in the same order, their marks are merged, and a list that is cut is completed
    from the other. If not, or if the marks contradict each other, a warning names both places and the marks of ``kept``
    stay.
    """
    facts = _FACTS if is_draft else (*_FACTS, *_OF_VERSION)
    added: dict[str, Any] = {name: getattr(kept, name) or getattr(other, name) for name in facts}
    if is_draft:
        added["venue_short"] = kept.venue_short or _venue_of_paper(other)
    merged = replace(
        kept,
        **added,
        metrics=(*kept.metrics, *(m for m in other.metrics if m.kind not in {known.kind for known in kept.metrics})),
        keywords=_union(kept.keywords, other.keywords),
        tags=_union(kept.tags, other.tags),
        highlights=_union(kept.highlights, other.highlights),
        selected=kept.selected or other.selected,
        eprint=kept.eprint or other.eprint,
        links=(*kept.links, *_list_new_links(kept, other, is_draft=is_draft)),
        merged_keys=(*kept.merged_keys, other.key, *other.merged_keys),
    )
    merged, problems = _with_marks(merged, other)
    return merged, [*problems, *_report_other_facts(kept, other)]


def _union(ours: tuple[T, ...], theirs: tuple[T, ...]) -> tuple[T, ...]:
    return (*ours, *(one for one in theirs if one not in ours))


def _venue_of_paper(draft: Publication) -> str:
    """The short venue that a draft names; empty for a server or a status, which applies to the draft only."""
    short = draft.venue_short
    return "" if is_server(short) or read_status_words(short) else short


def _with_marks(kept: Publication, other: Publication) -> tuple[Publication, list[Problem]]:
    places = f"{kept.key!r} ({kept.authors_location or kept.location}) and {other.key!r}"
    if not have_same_people(kept, other):
        message = f"the author lists of {places} differ"
        message += f"; the marks of {other.key!r} are not used" if has_marks(other) else ""
        hint = "correct one of the two lists" + (", or mark the authors in the kept entry" if has_marks(other) else "")
        return kept, [warn(message, other.authors_location or other.location, hint)]
    if contradiction := find_contradiction(kept, other):
        message = f"the marks of {places} contradict each other ({contradiction}); those of {kept.key!r} are used"
        hint = "give the same people the same marks in both entries"
        return kept, [warn(message, other.authors_location or other.location, hint)]
    rest = list_rest(kept, other)
    merged = replace(
        kept,
        authors=(*add_marks(kept.authors, other.authors, other.key), *rest),
        truncated=other.truncated if rest else kept.truncated,
        owner_marks=kept.owner_marks | other.owner_marks,
        owner_marks_location=kept.owner_marks_location or other.owner_marks_location,
    )
    return merged, [_report_completed(kept, other)] if rest else []


def _report_completed(kept: Publication, other: Publication) -> Problem:
    """The list of ``kept`` ends in "and others", and that of ``other``, which may be an earlier version, goes on."""
    message = f"the authors of {kept.key!r} end in 'and others': those of {other.key!r} follow"
    kind = "an author list that ends in 'and others' is completed from another entry for the paper"
    place = kept.authors_location or kept.location
    return notice(message, place, "if that is wrong, write the whole list there", kind=kind, entry=kept.key)


def _list_new_links(kept: Publication, other: Publication, *, is_draft: bool) -> Iterator[PublicationLink]:
    """The links of ``other`` with labels that fit ``kept``: a preprint's DOI is not that of the paper."""
    labels = {link.label for link in kept.links}
    known = {link.url.casefold() for link in kept.links}
    on_arxiv = bool(kept.eprint or other.eprint)
    for link in other.links:
        own = link.label == "link" and (link.label in labels or not on_arxiv)
        is_preprint = is_draft and (own or (link.label == "doi" and bool(PREPRINT_DOI.match(other.doi))))
        label = "preprint" if is_preprint else link.label
        if label in labels or link.url.casefold() in known:
            continue
        labels.add(label)
        known.add(link.url.casefold())
        yield PublicationLink(label, link.url)


def _report_other_facts(kept: Publication, other: Publication) -> list[Problem]:
    """Report, in a notice, the facts that differ between the entries: those of ``kept`` are printed."""
    names = [
        name.replace("_", " ")
        for name in ("title_short", "topic", "note", "award", "image")
        if getattr(kept, name) and getattr(other, name) and _say(kept, name) != _say(other, name)
    ]
    if not names:
        return []
    message = (
        f"{other.key!r} differs from {kept.key!r} in {' and '.join(names)}; the values of {kept.key!r} are printed"
    )
    return [notice(message, other.location, f"write it in the entry {kept.key!r}")]


def _say(publication: Publication, name: str) -> str:
    value = getattr(publication, name)
    wordings = getattr(value, "wordings", None)
    return str([(language, str(words)) for language, words in wordings] if wordings else value)
