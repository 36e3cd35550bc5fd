"""Lists the owner's publications as the rows that ``cvgen publications`` prints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cvgen.diagnostics import Problem, Problems, Severity
from cvgen.model.publication import Credit, Publication, Role
from cvgen.select.build_document import find_credits
from cvgen.select.role_filter import filter_by_roles
from cvgen.sources.bibliography import KeptBibliographies
from cvgen.sources.career import read_career


@dataclass(frozen=True, slots=True)
class Listing:
    """Publications as rows ready for JSON, and the Problems found while reading them."""

    rows: tuple[dict[str, Any], ...]
    problems: tuple[Problem, ...]


def list_rows(
    profile: Path,
    roles: frozenset[Role],
    *,
    explain: bool = False,
    strict: bool = False,
    untrusted: bool = False,
    kept: KeptBibliographies | None = None,
) -> Listing:
    """One row for each publication in which the owner had one of ``roles`` (all without roles), newest first.

    With ``explain`` each row has its reasons as ``why``; with ``strict`` every warning is an error. Bibliographies in
    ``kept`` are not read again.
    Raises InputError if the profile or an entry cannot be read.
    """
    reading = read_career(profile, untrusted=untrusted, kept=kept)
    credits, found = find_credits(reading.career) if reading.career else ([], [])
    problems = Problems((*reading.problems, *found))
    if strict:
        problems = Problems(p.as_error() if p.severity is Severity.WARNING else p for p in problems)
    problems.stop_if_errors()
    filtered = filter_by_roles(credits, roles)
    shown = sorted(filtered.kept, key=lambda credit: -(credit.publication.year or 9999))
    rows = [describe_row(credit) | ({"why": explain_row(credit)} if explain else {}) for credit in shown]
    return Listing(tuple(rows), (*problems, *filtered.problems))


def explain_row(credit: Credit) -> list[str]:
    """The reasons for a row: the owner's place, the spelling and rule that found it, and every mark."""
    publication = credit.publication
    lines = list(_explain_places(credit)) or [_explain_absence(credit)]
    for position, author in enumerate(publication.authors, start=1):
        if author.marks or author.unread:
            read = [f"{mark.value} ({author.source_of(mark)})" for mark in sorted(author.marks)]
            unread = [f"{author.unread!r} not explained"] if author.unread else []
            lines.append(f"author {position} {author.name}: {', '.join(read + unread)}")
    if credit.equal_rank:
        lines.append(f"you are number {credit.equal_rank} of {credit.equal_count} in the run of equal authors")
    lines.append(f"kind {publication.kind.value}: {_explain_kind(publication)}")
    lines.append(f"status {publication.status.value}: {publication.status_source}")
    if publication.merged_keys:
        lines.append(f"entries that are shown with it: {', '.join(publication.merged_keys)}")
    if publication.unprinted:
        lines.append(f"no style prints these fields: {', '.join(publication.unprinted)}")
    return lines


_RULES = {"self": "marked 'self'", "orcid": "by ORCID", "name": "the spelling is your name or an alias"}


def _explain_places(credit: Credit) -> Iterator[str]:
    """The owner's place among the authors, editors and translators, and how it was found."""
    publication = credit.publication
    lists = (
        ("", credit.position, publication.authors),
        ("editor ", credit.editor_position, publication.editors),
        ("translator ", credit.translator_position, publication.translators),
    )
    for noun, position, people in lists:
        if position:
            yield f"you are {people[position - 1].name!r} at {noun}{position} of {len(people)}: {_RULES[credit.rule]}"


def _explain_absence(credit: Credit) -> str:
    if credit.is_found:
        place = credit.publication.owner_marks_location
        return f"you are not in its list; your membership is claimed at {place}"
    return "you are not among its authors or editors: no spelling of yours, no self mark, no ORCID of yours"


def _explain_kind(publication: Publication) -> str:
    said = f", which it calls {publication.kind_text!r}" if publication.kind_text else ""
    return f"@{publication.type}{said}"


def describe_row(credit: Credit) -> dict[str, Any]:
    """The facts of one row, ready for JSON. ``position`` is null if the owner is not listed."""
    publication = credit.publication
    return {
        "key": publication.key,
        "kind": publication.kind.value,
        "title": str(publication.title),
        "position": credit.position,
        "author_count": len(publication.authors),
        "truncated": publication.truncated,
        "editors": [person.name for person in publication.editors],
        "translators": [person.name for person in publication.translators],
        "collaboration": publication.collaboration,
        "roles": sorted(role.value for role in credit.roles),
        "equal_rank": credit.equal_rank,
        "equal_count": credit.equal_count,
        "year": publication.year,
        "status": publication.status.value,
        "venue": str(publication.venue),
        "matched": credit.matched,
        "rule": credit.rule,
    }
