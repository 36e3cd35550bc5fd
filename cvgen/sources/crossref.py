"""What entries take from each other: ``crossref`` and ``xdata`` (biblatex manual 3.18, §2.4.1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from cvgen.diagnostics import Problem, warn
from cvgen.sources.bibtex import RawEntry, RawField

_INHERITED = {"booktitle": "title", "booksubtitle": "subtitle"}
_NOT_INHERITED = frozenset(
    {"crossref", "xref", "xdata", "label", "shorthand", "ids", "author", "title", "subtitle", "doi", "url", "pages"}
)


@dataclass(frozen=True, slots=True)
class Inherited:
    """The entries with what others give them; ``parents`` are the keys, in lower case, that they name."""

    entries: tuple[RawEntry, ...]
    parents: frozenset[str]
    problems: tuple[Problem, ...]


def inherit_fields(entries: Iterable[RawEntry]) -> Inherited:
    """The entries with what ``crossref`` and ``xdata`` give them, without ``@xdata``, which is no work.

    A ``@book`` or ``@proceedings`` that others refer to stays: it is an entry like any other.
    """
    listed = list(entries)
    by_key = {entry.key: entry for entry in listed}
    folded = {entry.key.casefold(): entry for entry in reversed(listed)}
    problems: list[Problem] = []
    whole: dict[str, RawEntry] = {}

    def find(key: str) -> RawEntry | None:
        return by_key.get(key) or folded.get(key.casefold())

    for entry in _order(listed, find):
        whole[entry.key] = _inherit(entry, find, whole, problems)
    parents = frozenset(key.casefold() for entry in listed for key, _ in _parents(entry))
    kept = tuple(whole[entry.key] for entry in listed if entry.type != "xdata")
    return Inherited(kept, parents, tuple(problems))


Find = Callable[[str], RawEntry | None]
"""Gives the entry of a key, which may be spelt in another case."""


def _order(entries: Iterable[RawEntry], find: Find) -> Iterator[RawEntry]:
    """The entries, each after those that it refers to; without recursion, however long the line of references is."""
    seen: set[str] = set()
    for start in entries:
        waiting = [(start, False)]
        while waiting:
            entry, is_open = waiting.pop()
            if is_open:
                yield entry
            elif entry.key not in seen:
                seen.add(entry.key)
                waiting.append((entry, True))
                waiting += [(parent, False) for key, _ in _parents(entry) if (parent := find(key))]


def _inherit(entry: RawEntry, find: Find, whole: Mapping[str, RawEntry], problems: list[Problem]) -> RawEntry:
    """``entry`` with what its parents give, which are in ``whole`` already; one that is not refers back to it."""
    fields = dict(entry.fields)
    for parent_key, source in _parents(entry):
        parent = find(parent_key)
        if parent is None or parent.key not in whole:
            problems.append(_warn_of_parent(entry, parent_key, source, is_there=parent is not None))
            continue
        given = whole[parent.key].fields
        is_data = source is entry.fields.get("xdata")
        for name, value in given.items():
            if is_data or name not in _NOT_INHERITED:
                fields.setdefault(name, value)
        for name, origin in _INHERITED.items():
            if not is_data and origin in given:
                fields.setdefault(name, given[origin])
    return replace(entry, fields=fields)


def _warn_of_parent(entry: RawEntry, parent: str, source: RawField, *, is_there: bool) -> Problem:
    what = "which refers back to it" if is_there else "which is in none of the files"
    hint = "take one of the two crossrefs away" if is_there else "correct the key, or add that entry"
    kind = f"an entry refers to another {what}"
    return warn(f"{entry.key!r} refers to {parent!r}, {what}", source.location, hint, kind=kind, entry=entry.key)


def _parents(entry: RawEntry) -> Iterable[tuple[str, RawField]]:
    for name in ("xdata", "crossref"):
        if source := entry.get(name):
            for key in source.value.split(","):
                yield key.strip(), source
