"""A term of a posting: what is asked for, its level, and its kind."""

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
    """Part of the work described, but not of the requirements."""


@dataclass(frozen=True, slots=True)
class PostingTerm:
    """A term of a posting, spelled as the profile's keyword if it is one, else as in the posting."""

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
    """Its level: years; the rank of a degree; the rank of a language's level, 1 (A1) to 7 (native)."""

    own: str = ""
    """The spelling that the profile has, "" if it has none."""

    subjects: tuple[str, ...] = ()
    """What years of work are about; any one of them is enough."""
    choices: tuple[tuple[Keys, ...], ...] = ()
    """For each place that lets one choose, the keys of the terms there; empty if some place asks for it by itself."""
    instead: tuple[str, ...] = ()
    """The terms that it is in place of: ``Rust`` for the ``Go`` of "Go or Rust"."""
    note: str = ""
    """What the profile has instead; empty if nothing is to be said."""

    @property
    def is_required(self) -> bool:
        """Whether an applicant must have it."""
        return self.importance is Importance.MUST

    @property
    def spellings(self) -> tuple[str, ...]:
        """All names under which the term is looked for."""
        return (self.name, *self.others)
