"""The decision about each part of a profile, and its reason: selection and fitting write it, reports read it."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from cvgen.diagnostics import Location
from cvgen.model.part import Part
from cvgen.model.refs import Ref


class Outcome(StrEnum):
    """The outcome of the decision about a part."""

    KEPT = "kept"
    SHORTENED = "shortened"
    """Shown in its short wording."""
    DROPPED = "dropped"


class Cause(StrEnum):
    """The causes for dropping or shortening a part: settings by their names, and causes without a setting."""

    SECTION = "section"
    """The variant does not have its section."""
    HIDDEN = "hidden"
    """The person hides it in every variant."""
    TAGS = "tags"
    EXCLUDE_TAGS = "exclude_tags"
    EXCLUDE = "exclude"
    WHERE = "where"
    LIMIT = "limit"
    GROUP_BY = "group_by"
    ONLY_COUNTS = "only_counts"
    ROLE = "role"
    TWIN = "twin"
    """Another entry of the same paper is shown in its place."""
    VOLUME = "volume"
    """An entry that only gives its title to the papers in it."""
    SHORT = "short"
    LANGUAGE = "language"
    """Only a wording in another language says it."""
    PAGES = "pages"
    WEAK = "weak"
    """A weak bullet, and the pages are full without it."""
    SUBJECT = "subject"
    """A bullet of a past job on another subject than the posting, and the pages are full without it."""


MERGED = frozenset({Cause.TWIN, Cause.VOLUME})
"""Causes that lose nothing: the content of the part is shown elsewhere."""
INTENDED = MERGED | {Cause.HIDDEN}
"""Causes of which no notice is needed: nothing is lost, or the person wants it so in every variant."""


@dataclass(frozen=True, slots=True)
class Reason:
    """The reason that a part was dropped or shortened: the cause, a text for people, and the place in the files."""

    cause: Cause
    text: str
    location: Location | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """The decision about one part. A part that several sections drop has the reason of each."""

    part: Part
    outcome: Outcome = Outcome.KEPT
    reasons: tuple[Reason, ...] = ()

    @property
    def why(self) -> str:
        """All reasons in words, empty for a part that is kept."""
        return "; ".join(dict.fromkeys(reason.text for reason in self.reasons))

    def is_by(self, causes: Container[Cause]) -> bool:
        """Whether all reasons have one of these ``causes``."""
        return bool(self.reasons) and all(reason.cause in causes for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class Ledger:
    """A decision for each part of the profile: first the parts of the draft, then all others in the profile's order.

    A part that is kept in several sections has a decision for each of them; a dropped part has one for all.
    """

    decisions: tuple[Decision, ...] = ()

    def select(self, *outcomes: Outcome) -> tuple[Decision, ...]:
        """The decisions with one of these outcomes."""
        return tuple(decision for decision in self.decisions if decision.outcome in outcomes)

    @property
    def shown(self) -> tuple[Decision, ...]:
        """The decisions about parts that are shown, in any wording."""
        return self.select(Outcome.KEPT, Outcome.SHORTENED)

    @property
    def dropped(self) -> tuple[Decision, ...]:
        """The decisions about parts that are not shown."""
        return self.select(Outcome.DROPPED)

    def change(self, refs: Iterable[Ref], outcome: Outcome, reason: Reason) -> Ledger:
        """The ledger in which the parts at ``refs`` have ``outcome`` for ``reason``."""
        changed = frozenset(refs)
        return Ledger(
            tuple(
                replace(decision, outcome=outcome, reasons=(reason,)) if decision.part.ref in changed else decision
                for decision in self.decisions
            )
        )
