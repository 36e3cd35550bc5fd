"""The owner's publications as rows: what ``cvgen publications`` prints."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cvgen.diagnostics import InputError, Problem
from cvgen.model.publication import Credit, Role
from cvgen.select.document import find_credits
from cvgen.select.publications import filter_by_roles
from cvgen.sources.career import read_career


def list_rows(profile: Path, roles: frozenset[Role]) -> tuple[list[dict[str, Any]], list[Problem]]:
    """One row for each publication in which the owner had one of ``roles`` (all without), newest first.

    Raises InputError where the profile or an entry cannot be read.
    """
    reading = read_career(profile)
    problems = list(reading.problems)
    credits: list[Credit] = []
    if reading.career:
        credits, found = find_credits(reading.career)
        problems += found
    if any(problem.is_error for problem in problems) or not reading.career:
        raise InputError(problems)
    kept, told = filter_by_roles(credits, roles)
    kept.sort(key=lambda credit: -(credit.publication.year or 9999))
    return [describe_row(credit) for credit in kept], [*problems, *told]


def describe_row(credit: Credit) -> dict[str, Any]:
    """The facts of one row, ready for JSON. ``position`` is null where the owner is not listed."""
    publication = credit.publication
    return {
        "key": publication.key,
        "title": str(publication.title),
        "position": credit.position,
        "author_count": len(publication.authors),
        "truncated": publication.truncated,
        "roles": sorted(role.value for role in credit.roles),
        "equal_rank": credit.equal_rank,
        "equal_count": credit.equal_count,
        "year": publication.year,
        "status": publication.status.value,
        "venue": str(publication.venue),
        "matched": credit.matched,
        "rule": credit.rule,
    }
