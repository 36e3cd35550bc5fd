"""Formats what ``cvgen match`` finds: for people as lines, for programs as values ready for JSON."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import Any

import click

from cvgen.cli.printing import count
from cvgen.diagnostics import Location
from cvgen.model.part import Part
from cvgen.model.sections import SECTIONS, Occupies
from cvgen.pipeline.match import MatchTable, PostingMatch, PostingText, ReplacedPriority
from cvgen.posting.coverage import DroppedPlace, PrintedPlace, TermCoverage, TermStatus, say_cure
from cvgen.posting.posting_term import Importance, PostingTerm
from cvgen.posting.term_kinds import TermKind
from cvgen.select.language import find_locale

_MAX_PLACES = 2
_WIDTH = 100
_LABEL = 50
_WORD = 30
"""The most letters of a word or name in a list; longer texts are known by the label of their part."""
_BY_LEVEL = (TermKind.YEARS, TermKind.DEGREE)
"""Kinds that a profile may express differently: "5+ years" in its dates, "Bachelor's" in a higher degree."""
_TITLES = {
    Importance.MUST: "Must-haves",
    Importance.NICE: "Nice-to-haves",
    Importance.TASK: "Tasks",
}


def format_match(match: PostingMatch) -> Iterator[str]:
    """The lines of the report: the printed, dropped and absent terms of each importance."""
    yield _headline(match)
    if remark := _compare_languages(match):
        yield from textwrap.wrap(remark, _WIDTH)
    for importance, title in _TITLES.items():
        terms = [one for one in match.terms if one.term.importance is importance]
        if terms:
            printed = sum(one.status is TermStatus.PRINTED for one in terms)
            yield ""
            yield f"{click.style(title, bold=True)}: {printed} of {len(terms)} printed"
            yield from _format_terms(terms)
    if match.suggested.priorities and not match.written:
        yield ""
        title = click.style("Suggested priorities", bold=True)
        yield f"{title} ({len(match.suggested.priorities)}); --write NAME adds a variant with them"
        yield from _wrap(f"{term}: {number}" for term, number in match.suggested.priorities.items())
    if match.suggested.unusable:
        yield ""
        title = click.style("Priorities cannot show", bold=True)
        yield f"{title} ({len(match.suggested.unusable)}), because the variant's other settings leave them out"
        yield from _wrap(one.term.name for one in match.suggested.unusable)


def say_replaced(replaced: Iterable[ReplacedPriority]) -> Iterator[str]:
    """The lines that name the priorities which renewing a variant has changed or taken out."""
    listed = list(replaced)
    changed = [f"{one.term}: {one.before} → {one.now}" for one in listed if one.now is not None]
    gone = [f"{one.term}: {one.before}" for one in listed if one.now is None]
    for title, terms in (("other priorities", changed), ("priorities taken out", gone)):
        if terms:
            yield f"{click.style(title, bold=True)}; to keep one as it is, write a comment beside it"
            yield from _wrap(terms)


def _headline(match: PostingMatch) -> str:
    page = match.page
    facts = [click.style(page.variant, bold=True)]
    if page.prepared and page.layout:
        allowed = f" of {page.prepared.pages} allowed" if page.prepared.pages else ""
        facts += [page.prepared.theme.name, f"{count(page.layout.pages, 'page')}{allowed}"]
        facts += [f"last page {page.layout.fill:.0%} full"]
    else:
        facts.append("all that the variant selects, not fitted to pages")
    return f"{', '.join(facts)}; posting: {match.posting.title} ({match.language})"


def _compare_languages(match: PostingMatch) -> str:
    """A note for a posting in another language than the document; "" for the same language."""
    asked, written = match.language.split("-")[0], match.page.document.language.split("-")[0]
    if asked == written:
        return ""
    asked, written = (find_locale(code).english_name or code for code in (asked, written))
    return (
        f"The posting is in {asked}, and the variant in {written}. cvgen finds names that are the same in both, texts "
        f"that the profile also has in {asked}, and about 110 common terms; check the other terms yourself."
    )


def _format_terms(terms: list[TermCoverage]) -> Iterator[str]:
    for one in terms:
        if one.status is TermStatus.PRINTED:
            yield f"  {click.style('+', fg='green')} {_counted(one.term)}  {_say_where(_put_jobs_first(one))}"
    for one in terms:
        if one.status is TermStatus.DROPPED:
            yield from _format_dropped(one)
    absent = [one.term for one in terms if one.status is TermStatus.ABSENT]
    groups = (
        ("not in the profile", [term for term in absent if term.kind not in _BY_LEVEL]),
        ("not clear from the profile; check these yourself", [term for term in absent if term.kind in _BY_LEVEL]),
    )
    for title, group in groups:
        if group:
            yield f"  {click.style('?', fg='yellow')} {title}:"
            yield from _wrap((_counted(term) + (f" ({term.note})" if term.note else "") for term in group), "      ")


def _put_jobs_first(one: TermCoverage) -> tuple[PrintedPlace, ...]:
    """The places that print a term; for years of work, only jobs count."""
    if one.term.kind is not TermKind.YEARS:
        return one.printed
    return tuple(sorted(one.printed, key=lambda place: not _is_job(place)))


def _is_job(place: PrintedPlace) -> bool:
    row = SECTIONS.get(str(place.part.path[0])) if place.part and place.part.path else None
    return row is not None and row.occupies is Occupies.JOB


def _say_where(places: tuple[PrintedPlace, ...]) -> str:
    first = places[0]
    more = f" (+{len(places) - 1})" if len(places) > 1 else ""
    page = f"page {first.page}," if first.page else ""
    name = _name_place(first.part, first.text) if first.part else "the head"
    label = textwrap.shorten(name, _LABEL, placeholder=" …")
    place = _short_place(first.part.location) if first.part else ""
    return " ".join(part for part in (page, place, label) if part) + more


def _name_place(part: Part, text: str) -> str:
    """The label of ``part``, and the word of a list in it that has the term: ``Programming: Go``."""
    is_listed = len(text) <= _WORD and text not in part.label
    return f"{part.label}: {text}" if is_listed else part.label


def _short_place(place: Location | None) -> str:
    return f"{place.file}:{place.line}:" if place else ""


def _format_dropped(one: TermCoverage) -> Iterator[str]:
    yield f"  {click.style('−', fg='red')} {_counted(one.term)}"
    for place in one.dropped[:_MAX_PLACES]:
        yield f"      {_short_place(place.mention.location) or 'profile:'} {_excerpt(place)}"
        cure = place_cure(place)
        yield f"        {place.why}" + (f" → {cure}" if cure else "")
    if len(one.dropped) > _MAX_PLACES:
        yield f"      and {len(one.dropped) - _MAX_PLACES} more"


def place_cure(place: DroppedPlace) -> str:
    """What to change so that a place is printed, in words."""
    return say_cure(place, place.mention.tags)


def _excerpt(place: DroppedPlace) -> str:
    mention = place.mention
    text = " ".join(mention.text.split())
    tags = f" [{', '.join(mention.tags)}]" if mention.tags else ""
    entry = f"{mention.entry} · " if mention.entry and mention.entry != text else ""
    return textwrap.shorten(f"{entry}{text}", _WIDTH - 20, placeholder=" …") + tags


def _counted(term: PostingTerm) -> str:
    others = f" (or {', '.join(term.instead)})" if term.instead else ""
    return term.name + (f" ×{term.count}" if term.count > 1 else "") + others


def _wrap(words: Iterable[str], indent: str = "  ") -> Iterator[str]:
    """``words`` with commas between them, each kept on one line."""
    text = ", ".join(word.replace(" ", "\u00a0") for word in words)
    lines = textwrap.wrap(text, _WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)
    return (line.replace("\u00a0", " ") for line in lines)


def describe_match(match: PostingMatch) -> dict[str, Any]:
    """The whole result, ready for JSON; ``docs/tailoring.md`` describes it."""
    page, prepared = match.page, match.page.prepared
    return {
        "posting": {"file": match.posting.file, "title": match.posting.title, "language": match.language},
        "variant": page.variant,
        "language": page.document.language,
        "remark": _compare_languages(match) or None,
        "theme": prepared.theme.name if prepared else None,
        "engine": prepared.request.engine if prepared else None,
        "pages_allowed": prepared.pages if prepared else None,
        "pages": page.layout.pages if page.layout else None,
        "fitted": page.fitting is not None,
        "found": [
            {**_describe_term(one.term), "where": [_describe_printed(place) for place in one.printed]}
            for one in match.select(TermStatus.PRINTED)
        ],
        "hidden": [_describe_dropped(one) for one in match.select(TermStatus.DROPPED)],
        "missing": [_describe_term(one.term) for one in match.select(TermStatus.ABSENT)],
        "priorities": match.suggested.priorities,
        "settings": match.suggested.variant.model_dump(exclude_none=True, mode="json"),
        "unusable": [_describe_dropped(one) for one in match.suggested.unusable],
        "written": match.written,
        "replaced": [{"term": one.term, "before": one.before, "now": one.now} for one in match.replaced],
    }


def _describe_term(term: PostingTerm) -> dict[str, Any]:
    return {
        "term": term.name,
        "spellings": list(term.spellings),
        "count": term.count,
        "required": term.is_required,
        "importance": term.importance.value,
        "kind": term.kind.value,
        "instead": list(term.instead),
        "note": term.note,
    }


def _describe_printed(place: PrintedPlace) -> dict[str, Any]:
    part = place.part
    return {
        "page": place.page,
        "kind": part.kind.value if part else "head",
        "section": part.section if part else None,
        "path": _dotted(part.path) if part else None,
        "text": place.text,
        **_describe_location(part.location if part else None),
    }


def _describe_dropped(one: TermCoverage) -> dict[str, Any]:
    return {**_describe_term(one.term), "places": [_describe_place(place) for place in one.dropped]}


def _describe_place(place: DroppedPlace) -> dict[str, Any]:
    mention = place.mention
    return {
        **_describe_location(mention.location),
        "entry": mention.entry,
        "text": mention.text,
        "tags": list(mention.tags),
        "path": _dotted(mention.path),
        "why": place.why,
        "causes": list(dict.fromkeys(reason.cause.value for reason in place.reasons)),
        "cure": place_cure(place),
        "displaced_by": [
            {"kind": part.kind.value, "label": part.label, "path": _dotted(part.path)} for part in place.displaced_by
        ],
    }


def _describe_location(place: Location | None) -> dict[str, Any]:
    return {"file": place.file if place else None, "line": place.line if place else None}


def _dotted(path: Iterable[str | int]) -> str:
    return ".".join(str(step) for step in path)


def format_table(table: MatchTable) -> Iterator[str]:
    """A row for each posting, a column for each variant: the must-haves and the nice-to-haves that it prints."""
    yield "Must-haves + nice-to-haves that each variant prints; * marks the best variant for the posting"
    names = [posting.file for posting in table.postings]
    first = max(len("posting"), *(len(name) for name in names))
    cells = [[_say_cell(table, posting, name) for name in table.variants] for posting in table.postings]
    widths = [max(len(name), *(len(row[at]) for row in cells)) for at, name in enumerate(table.variants)]
    yield "  ".join(["posting".ljust(first), *(n.rjust(w) for n, w in zip(table.variants, widths, strict=True))])
    for number, posting in enumerate(table.postings):
        row = "  ".join(cell.rjust(width) for cell, width in zip(cells[number], widths, strict=True))
        yield f"{names[number].ljust(first)}  {row}  {posting.title}"


def _say_cell(table: MatchTable, posting: PostingText, variant: str) -> str:
    must, nice = (_share(table.cells[posting, variant], one) for one in (Importance.MUST, Importance.NICE))
    return f"{'* ' if find_best(table, posting) == variant else ''}{must} + {nice}"


def _share(terms: Iterable[TermCoverage], importance: Importance) -> str:
    asked = [one for one in terms if one.term.importance is importance]
    return f"{sum(one.status is TermStatus.PRINTED for one in asked)}/{len(asked)}"


def find_best(table: MatchTable, posting: PostingText) -> str:
    """The variant that prints most must-haves of a posting, then most nice-to-haves, then most of the rest."""

    def rank(variant: str) -> list[int]:
        terms = table.cells[posting, variant]
        return [
            sum(one.term.importance is importance and one.status is TermStatus.PRINTED for one in terms)
            for importance in _TITLES
        ]

    return max(table.variants, key=rank)


def describe_table(table: MatchTable) -> dict[str, Any]:
    """The whole table, ready for JSON."""
    return {
        "postings": [
            {
                "file": posting.file,
                "title": posting.title,
                "best": find_best(table, posting) if table.variants else None,
            }
            for posting in table.postings
        ],
        "variants": list(table.variants),
        "cells": [
            {
                "posting": posting.file,
                "variant": variant,
                **{importance.value: _describe_cell(terms, importance) for importance in _TITLES},
            }
            for (posting, variant), terms in table.cells.items()
        ],
    }


def _describe_cell(terms: Iterable[TermCoverage], importance: Importance) -> dict[str, list[str]]:
    asked = [one for one in terms if one.term.importance is importance]
    return {status.value: [one.term.name for one in asked if one.status is status] for status in TermStatus}
