"""The papers in which the owner had a role that the person asked for; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cvgen.diagnostics import Problem, notice
from cvgen.model.ledger import Cause, Reason
from cvgen.model.publication import Credit, Role


@dataclass(frozen=True, slots=True)
class RoleFilter:
    """The papers in which the owner had a role that was asked for, and the others."""

    kept: tuple[Credit, ...]
    dropped: Mapping[str, Reason]
    """Key → why the paper is left out."""
    problems: tuple[Problem, ...]
    """A notice with the number of papers dropped for each reason."""


def filter_by_roles(credits: Iterable[Credit], roles: frozenset[Role]) -> RoleFilter:
    """The papers in which the owner had one of ``roles``; all of them where no role is asked for."""
    if not roles:
        return RoleFilter(tuple(credits), {}, ())
    kept: list[Credit] = []
    dropped: dict[str, Reason] = {}
    counts: Counter[str] = Counter()
    asked = "--role " + " or ".join(sorted(role.value.replace("_", "-") for role in roles))
    for credit in credits:
        if credit.roles & roles:
            kept.append(credit)
            continue
        text = "you had another role" if credit.is_found else "you were not found among the authors"
        dropped[credit.publication.key] = Reason(Cause.ROLE, f"excluded by {asked}: {text}")
        counts[text] += 1
    problems = (notice(f"{asked}: {count} left out in which {text}") for text, count in counts.items())
    return RoleFilter(tuple(kept), dropped, tuple(problems))
