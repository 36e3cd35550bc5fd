"""A term of a posting: what is asked for, how much, and of what kind it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cvgen.posting.term_kinds import TermKind
from cvgen.select.term_search import Keys


class Importance(StrEnum):
    """How much a posting wants a term."""

    MUST = "must"
    NICE = "nice"
    TASK = "task"
    """It belongs to the work described; nobody says that an applicant has to know it."""


@dataclass(frozen=True, slots=True)
class PostingTerm:
    """A term of a posting, spelled as in the posting, or as the keyword of the profile that it is."""

    name: str
    count: int
    importance: Importance
    keys: Keys
    first: int
    """The index of its first token."""
    kind: TermKind = TermKind.SKILL
    others: tuple[str, ...] = ()
    """Other spellings that count as the same, such as an abbreviation that the posting or the profile explains."""
    level: float | None = None
    """How much of it: years; the rank of a degree; the rank of a language's level, 1 (A1) to 7 (native)."""

    own: str = ""
    """The spelling that the profile has, "" if it has none."""

    @property
    def is_required(self) -> bool:
        """Whether an applicant must have it."""
        return self.importance is Importance.MUST

    @property
    def spellings(self) -> tuple[str, ...]:
        """All names under which the term is looked for."""
        return (self.name, *self.others)
