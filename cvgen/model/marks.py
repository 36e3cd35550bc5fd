"""The marks of authors: their words in files, and what each means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

from cvgen.diagnostics import nearest


class Mark(StrEnum):
    """A mark of an author in the file; read, never inferred."""

    SELF = "self"
    EQUAL = "equal"
    CORRESPONDING = "corresponding"
    LEAD = "lead"
    STUDENT = "student"
    ADVISOR = "advisor"
    CORE = "core"
    SENIOR = "senior"
    CONTRIBUTOR = "contributor"
    MEMBER = "member"


MARK_ALIASES: Mapping[str, Mark] = {
    **{mark.value: mark for mark in Mark},
    **dict.fromkeys(("highlight", "me", "owner"), Mark.SELF),
    **dict.fromkeys(
        (
            "eq",
            "equalcontrib",
            "equal contribution",
            "equal contributor",
            "equally",
            "equally contributed",
            "contributed equally",
            "equal-contrib",
            "cofirst",
            "co-first",
            "cofirstauthor",
            "co-first author",
            "joint first",
            "joint first author",
            "shared first",
            "shared first author",
        ),
        Mark.EQUAL,
    ),
    **dict.fromkeys(("corr", "corresp", "corresponding author"), Mark.CORRESPONDING),
    **dict.fromkeys(("leader", "projectlead", "project-lead", "project leader", "project lead"), Mark.LEAD),
    **dict.fromkeys(
        (
            "phd",
            "ms",
            "under",
            "graduate",
            "undergrad",
            "undergraduate",
            "trainee",
            "advisee",
            "phd student",
            "doctoral student",
            "graduate student",
            "undergraduate student",
            "master student",
        ),
        Mark.STUDENT,
    ),
    **dict.fromkeys(("adviser", "supervisor"), Mark.ADVISOR),
    **dict.fromkeys(
        ("core contributor", "core contributors", "core author", "core member", "core team", "core-contrib"), Mark.CORE
    ),
    **dict.fromkeys(
        ("contrib", "contribs", "contributors", "contributing", "contributing author", "contributed"), Mark.CONTRIBUTOR
    ),
    **dict.fromkeys(("members", "collaboration member", "member of the collaboration"), Mark.MEMBER),
    "last": Mark.SENIOR,
}
"""Every keyword found in real files, in lower case, and its mark."""

_SQUEEZED = {re.sub(r"[\s_-]", "", word): mark for word, mark in MARK_ALIASES.items()}


def squeeze_keyword(word: str) -> str:
    """``word`` as keywords are compared: ``Co-First`` and ``co first`` are the same keyword."""
    return re.sub(r"[\s_-]", "", word.casefold().strip().strip('"'))


def find_mark(word: str) -> Mark | None:
    """The mark for the keyword ``word``, ignoring case, spaces and hyphens."""
    return _SQUEEZED.get(squeeze_keyword(word))


def nearest_mark(word: str, *others: str) -> str | None:
    """The mark, the word of ``others`` or the alias that ``word`` is most likely a misspelling of."""
    return nearest(word, [*Mark, *others]) or nearest(word, MARK_ALIASES)
