"""Chooses the entries of a section and their positions, and their order, as a variant asks for them; pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from cvgen.diagnostics import InputError, Problem, suggest
from cvgen.model.entry import Entry, Position, Selectable, list_positions
from cvgen.model.ledger import Cause, Reason
from cvgen.model.refs import ProfilePath
from cvgen.model.sections import find_span
from cvgen.select.asked_section import AskedSection
from cvgen.select.entry_items import WordingChoice, describe_entry
from cvgen.select.query import ENTRY_NAMES, compile_query

T = TypeVar("T")
NEWEST, FILE = "newest", "file"
ORDERS = (NEWEST, "oldest", FILE)
"""The orders of entries that ``sort`` may ask for."""


@dataclass(frozen=True, slots=True)
class ChosenEntry:
    """An entry that is shown, its path in the profile, and those of its positions that are shown, in order.

    A position has its index in the list of the profile.
    """

    path: ProfilePath
    entry: Entry
    positions: tuple[tuple[int, Position], ...] = ()

    def list_pointers(self) -> Iterator[tuple[ProfilePath, Entry]]:
        """The entry and its positions, which may point at papers, each with its path."""
        yield self.path, self.entry
        for index, position in self.positions:
            yield (*self.path, "positions", index), position


@dataclass(frozen=True, slots=True)
class ChosenEntries:
    """The entries of a section in order, and why each other entry and position is left out, by its path."""

    entries: tuple[ChosenEntry, ...]
    dropped: dict[ProfilePath, Reason]


def choose_entries(
    listed: Iterable[tuple[ProfilePath, Entry]], asked: AskedSection, choice: WordingChoice
) -> ChosenEntries:
    """The entries of ``listed`` (path, entry) that the variant and the section select.

    An entry is left out with the last of its positions. Raises InputError for an unknown order or a faulty query.
    """
    return _EntryChooser(asked, choice).choose(listed)


class _EntryChooser:
    """Chooses for one section, and records what it leaves out."""

    def __init__(self, asked: AskedSection, choice: WordingChoice) -> None:
        self.asked, self.spec, self.choice = asked, asked.spec, choice
        self.query = compile_query(self.spec.where, ENTRY_NAMES, asked.place("where")) if self.spec.where else None
        typed = self.spec.sort or (NEWEST if self.spec.with_ else FILE,)
        self.order = ", ".join(typed)  # several would be no order of entries
        if self.order not in ORDERS:
            message, hint = f"entries cannot be sorted by {self.order!r}", suggest(self.order, ORDERS)
            raise InputError([Problem(message, asked.place("sort"), hint)])
        self.dropped: dict[ProfilePath, Reason] = {}

    def choose(self, listed: Iterable[tuple[ProfilePath, Entry]]) -> ChosenEntries:
        found = [one for path, entry in listed if (one := self._take(path, entry))]
        chosen = _sort(found, self.order, lambda one: one.entry)
        if self.spec.limit is not None:
            best = sorted(chosen, key=lambda one: (not one.entry.pin, -one.entry.priority))
            self.dropped |= {one.path: self.asked.reason(Cause.LIMIT) for one in best[self.spec.limit :]}
        return ChosenEntries(tuple(one for one in chosen if one.path not in self.dropped), self.dropped)

    def _take(self, path: ProfilePath, entry: Entry) -> ChosenEntry | None:
        """The entry with the positions that are shown; None if it is left out."""
        positions = list_positions(entry)
        reason = self._find_objection(entry, {tag for part in (entry, *positions) for tag in part.tags})
        if not reason and self.query and not self.query(describe_entry(entry)):
            reason = self.asked.reason(Cause.WHERE)
        if reason:
            self.dropped[path] = reason
            return None
        objections = {
            index: reason
            for index, position in enumerate(positions)
            if (reason := self._find_objection(position, {*entry.tags, *position.tags}))
        }
        if positions and len(objections) == len(positions):
            why = "; ".join(dict.fromkeys(reason.text for reason in objections.values()))
            self.dropped[path] = replace(objections[0], text=f"none of its positions is shown: {why}")
            return None
        self.dropped |= {(*path, "positions", index): reason for index, reason in objections.items()}
        shown = [(index, position) for index, position in enumerate(positions) if index not in objections]
        return ChosenEntry(
            path, entry, tuple(_sort(shown, self.order if self.spec.sort else NEWEST, lambda one: one[1]))
        )

    def _find_objection(self, part: Selectable, tags: set[str]) -> Reason | None:
        """Why an entry or a position is left out; ``tags`` are those by which the section can select it."""
        if reason := self.choice.find_objection(part):
            return reason
        if self.spec.tags and not tags & set(self.spec.tags):
            return self.asked.reason(Cause.TAGS)
        if set(part.tags) & set(self.spec.exclude_tags):
            return self.asked.reason(Cause.EXCLUDE_TAGS)
        return None


def _sort(listed: Sequence[T], order: str, entry_of: Callable[[T], Entry]) -> list[T]:
    """``listed`` in the ``order`` of its entries by date; those without a date count as the oldest."""
    if order == FILE:
        return list(listed)
    return sorted(listed, key=lambda one: _date_key(entry_of(one)), reverse=order == NEWEST)


def _date_key(entry: Entry) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    span = find_span(entry)
    return span.sort_key if span else ((0, 0, 0), (0, 0, 0))
