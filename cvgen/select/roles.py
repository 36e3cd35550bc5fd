"""Finds the owner's roles in a publication from the author list and its marks; a note never gives a role."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from cvgen.diagnostics import Problem, warn
from cvgen.model.marks import Mark
from cvgen.model.owner import Owner, OwnerMatch, find_among, find_owner
from cvgen.model.publication import Author, Credit, Publication, Role, is_ideographic
from cvgen.select.language import ordinal

Run = range
"""Positions (from 1) of neighbouring authors who are all marked ``equal``."""

_MARKED = {
    Mark.LEAD: Role.LEAD,
    Mark.CORRESPONDING: Role.CORRESPONDING,
    Mark.CORE: Role.CORE,
    Mark.CONTRIBUTOR: Role.CONTRIBUTOR,
    Mark.MEMBER: Role.MEMBER,
}
"""Roles that are marked and need no place in the list."""


def find_credit(publication: Publication, owner: Owner) -> tuple[Credit, list[Problem]]:
    """The owner's place and roles in ``publication``, and what is doubtful about them.

    A Problem is an error if two authors could be the owner, or if the owner claims to be a member of a collaboration
    that the publication does not have.
    """
    match = find_owner(publication, owner)
    others = [find_among(publication, people, owner) for people in (publication.editors, publication.translators)]
    problems = [found.problem for found in (match, *others) if found.problem]
    named = {role for role, found in zip((Role.EDITOR, Role.TRANSLATOR), others, strict=True) if found.position}
    if match.position is None:
        best = next((found for found in others if found.position), OwnerMatch())
        credit = Credit(publication, None, best.spelling, best.rule, frozenset(named))
        credit, problems = _with_membership(credit, problems, owner)
        return _with_places(credit, others), problems
    publication = _with_owner_marks(publication, match.position)
    runs = find_equal_runs(publication.authors)
    problems += _lone_equals(publication, runs)
    own_run = next((run for run in runs if match.position in run and len(run) > 1), None)
    if _has_no_place(publication, match.position):
        own_run = None
    credit = Credit(
        publication,
        match.position,
        match.spelling,
        match.rule,
        find_roles(publication, match.position) | named,
        publication.authors[match.position - 1].marks,
        own_run.index(match.position) + 1 if own_run else None,
        len(own_run) if own_run else None,
    )
    return _with_places(credit, others), problems


def _with_places(credit: Credit, others: list[OwnerMatch]) -> Credit:
    """``credit`` with the owner's places among editors and translators."""
    editor, translator = others
    if editor.position is None and translator.position is None:
        return credit
    return replace(credit, editor_position=editor.position, translator_position=translator.position)


def _with_membership(credit: Credit, problems: list[Problem], owner: Owner) -> tuple[Credit, list[Problem]]:
    """``credit`` of an owner who is not listed, with the membership that the profile or the ``role`` field claims.

    The claim is valid if the list is cut, or if a collaboration is among the authors: then the owner need not be
    listed. Otherwise it is an error.
    """
    publication = credit.publication
    if Mark.MEMBER not in publication.owner_marks or any(problem.is_error for problem in problems):
        return credit, problems
    if not (publication.truncated or publication.collaboration or _find_organisation(publication)):
        message = (
            f"{publication.key}: {owner.name} cannot be a member: the author list is complete, names no collaboration "
            "and does not have that name"
        )
        hint = "add collaboration = {…} to the entry, or end the list with 'and others'; or delete 'member'"
        return credit, [*problems, Problem(message, publication.owner_marks_location or publication.location, hint)]
    marked = {_MARKED[mark] for mark in publication.owner_marks if mark in _MARKED}
    return replace(credit, roles=credit.roles | marked, marks=publication.owner_marks), [
        problem for problem in problems if problem.is_error
    ]


def _find_organisation(publication: Publication) -> Author | None:
    """The author that is a group rather than a person: one name without a given name."""
    groups = [a for a in publication.authors if not a.given and not (is_ideographic(a.family) and len(a.family) < 5)]
    named = [group for group in groups if _COLLABORATION.search(group.family)]
    return next(iter([*named, *groups]), None)


_COLLABORATION = re.compile(r"\s*\b[ck]ollabora(?:tions?|cion|cao|zione)\b\s*", re.IGNORECASE)


def find_equal_runs(authors: tuple[Author, ...]) -> list[Run]:
    """The unbroken runs of authors marked ``equal``, lone ones included."""
    runs: list[Run] = []
    for position, author in enumerate(authors, start=1):
        if Mark.EQUAL not in author.marks:
            continue
        if runs and runs[-1].stop == position:
            runs[-1] = range(runs[-1].start, position + 1)
        else:
            runs.append(range(position, position + 1))
    return runs


def find_roles(publication: Publication, position: int) -> frozenset[Role]:
    """The roles of the author at ``position``, by the table of roles (``docs/publications.md``)."""
    marks = publication.authors[position - 1].marks
    parts = {role for mark, role in _MARKED.items() if mark in marks}
    if _has_no_place(publication, position):
        return frozenset(parts)
    return frozenset(parts | _find_places(publication, position))


def _find_places(publication: Publication, position: int) -> set[Role]:
    """The roles that follow from where the author at ``position`` is listed."""
    authors, count = publication.authors, len(publication.authors)
    shared = [run for run in find_equal_runs(authors) if len(run) > 1 and position in run]
    ends_known = not publication.truncated
    places = {
        Role.FIRST: position == 1,
        Role.CO_FIRST: any(run.start == 1 for run in shared),
        Role.FIRST_STUDENT: _is_first_student(authors, position),
        Role.SENIOR: ends_known and count > 1 and position == count,
        Role.CO_SENIOR: ends_known and any(run.stop == count + 1 for run in shared),
        Role.SOLE: ends_known and count == 1,
    }
    found = {role for role, true in places.items() if true} or {Role.MIDDLE}
    return found | ({Role.SUPERVISED} if position != 1 and Mark.STUDENT in authors[0].marks else set())


def _has_no_place(publication: Publication, position: int) -> bool:
    """Whether the author at ``position`` is named only as one of many: right before the cut, as a contributor."""
    is_last_named = publication.truncated and position == len(publication.authors)
    return is_last_named and bool(publication.authors[position - 1].marks & {Mark.CORE, Mark.CONTRIBUTOR})


def _is_first_student(authors: tuple[Author, ...], position: int) -> bool:
    before = authors[: position - 1]
    if Mark.ADVISOR in authors[position - 1].marks:
        return False
    return bool(before) and all(Mark.ADVISOR in author.marks for author in before)


def _with_owner_marks(publication: Publication, position: int) -> Publication:
    """``publication`` with the roles of its ``role`` field as marks of the author they refer to."""
    if not publication.owner_marks:
        return publication
    authors = list(publication.authors)
    own = authors[position - 1]
    authors[position - 1] = own.with_marks(
        sorted(publication.owner_marks), "role field or profile", publication.owner_marks_location
    )
    return replace(publication, authors=tuple(authors))


def _lone_equals(publication: Publication, runs: list[Run]) -> list[Problem]:
    """A warning for each author who is marked equal without a neighbour who is; none for a sole author."""
    if len(publication.authors) == 1 and not publication.truncated:
        return []
    lone = [publication.authors[run.start - 1] for run in runs if len(run) == 1]
    is_only = len(runs) == 1
    return [
        warn(
            f"{publication.key}: "
            f"{'only' if is_only else 'no author next to'} {author.name} is marked 'equal', so the mark is ignored",
            author.place_of(Mark.EQUAL) or publication.authors_location or publication.location,
            "mark everybody who shares the place, side by side: author+an = {1=equal; 2=equal}; or delete the mark",
            kind="a mark 'equal' that no author next to it shares is ignored",
            entry=publication.key,
        )
        for author in lone
    ]


_POSITIONS = (
    Role.SOLE,
    Role.CO_FIRST,
    Role.FIRST,
    Role.FIRST_STUDENT,
    Role.CO_SENIOR,
    Role.SENIOR,
    Role.MIDDLE,
)
_PARTS = (
    Role.LEAD,
    Role.CORRESPONDING,
    Role.CORE,
    Role.CONTRIBUTOR,
    Role.SUPERVISED,
    Role.EDITOR,
    Role.TRANSLATOR,
    Role.MEMBER,
)


def describe_roles(credit: Credit, words: Mapping[str, str]) -> str:
    """The owner's part as a phrase: ``co-first author (second), project leader and corresponding author``."""
    phrases: list[str] = []
    place = next((role for role in _POSITIONS if role in credit.roles), None)
    if place and credit.position:
        rank = credit.equal_rank if place is Role.CO_FIRST and credit.equal_rank else credit.position
        phrases = [
            words[f"role_{place}"].format(ordinal=ordinal(rank, words, "" if place is Role.CO_FIRST else "author"))
        ]
    phrases += [_say_part(role, credit.publication, words) for role in _PARTS if role in credit.roles]
    if len(phrases) < 2:
        return "".join(phrases)
    return words["list_comma"].join(phrases[:-1]) + words["list_and"] + phrases[-1]


def _say_part(role: Role, publication: Publication, words: Mapping[str, str]) -> str:
    if role is not Role.MEMBER:
        return words[f"role_{role}"]
    name = _name_collaboration(publication)
    return words["role_member"].format(name=name) if name else words["role_member_unnamed"]


def _name_collaboration(publication: Publication) -> str:
    """``ATLAS`` for the ATLAS Collaboration; empty for a group that does not call itself one."""
    if publication.collaboration:
        return publication.collaboration
    group = _find_organisation(publication)
    if group is None or not _COLLABORATION.search(group.family):
        return ""
    return re.sub(r"^the\s+", "", _COLLABORATION.sub("", group.family), flags=re.IGNORECASE)
