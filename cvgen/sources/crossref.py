"""What entries take from each other: ``crossref`` and ``xdata`` (biblatex manual 3.18, §2.4.1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
    by_key = {entry.key.casefold(): entry for entry in listed}
    problems: list[Problem] = []
    whole = [_inherit(entry, by_key, problems, ()) for entry in listed]
    parents = frozenset(key.casefold() for entry in listed for key, _ in _parents(entry))
    return Inherited(tuple(entry for entry in whole if entry.type != "xdata"), parents, tuple(problems))


def _inherit(
    entry: RawEntry, by_key: Mapping[str, RawEntry], problems: list[Problem], line: tuple[str, ...]
) -> RawEntry:
    fields = dict(entry.fields)
    for parent_key, source in _parents(entry):
        parent = by_key.get(parent_key.casefold())
        if parent is None or parent.key in line:
            what = "which is in none of the files" if parent is None else "which refers back to it"
            hint = "correct the key, or add that entry" if parent is None else "take one of the two crossrefs away"
            told = warn(f"{entry.key!r} refers to {parent_key!r}, {what}", source.location, hint)
            problems += [told] if told not in problems else []
            continue
        given = _inherit(parent, by_key, problems, (*line, entry.key)).fields
        is_data = source is entry.fields.get("xdata")
        for name, value in given.items():
            if is_data or name not in _NOT_INHERITED:
                fields.setdefault(name, value)
        for name, origin in _INHERITED.items():
            if not is_data and origin in given:
                fields.setdefault(name, given[origin])
    return replace(entry, fields=fields)


def _parents(entry: RawEntry) -> Iterable[tuple[str, RawField]]:
    for name in ("xdata", "crossref"):
        if source := entry.get(name):
            for key in source.value.split(","):
                yield key.strip(), source
