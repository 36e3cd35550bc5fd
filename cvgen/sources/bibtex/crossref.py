"""Fields that entries inherit from others: ``crossref`` and ``xdata`` (biblatex manual 3.18, §2.4.1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from cvgen.diagnostics import Problem, notice, warn
from cvgen.sources.bibtex.raw_entry import RawEntry, RawField
from cvgen.sources.limits import MOST_FIELDS

_INHERITED = {"booktitle": "title", "booksubtitle": "subtitle"}
_NOT_INHERITED = frozenset(
    {
        "crossref",
        "xref",
        "xdata",
        "label",
        "shorthand",
        "ids",
        "author",
        "title",
        "subtitle",
        "doi",
        "url",
        "pages",
        "hidden",
    }
)


@dataclass(frozen=True, slots=True)
class Inherited:
    """The entries with inherited fields; ``parents`` are the keys that they refer to, in lower case."""

    entries: tuple[RawEntry, ...]
    parents: frozenset[str]
    problems: tuple[Problem, ...]


def inherit_fields(entries: Iterable[RawEntry]) -> Inherited:
    """The entries with the fields inherited through ``crossref`` and ``xdata``; ``@xdata`` and ``@set`` are left out.

    A key in the field ``ids`` works like the entry's own. A ``@book`` or ``@proceedings`` that others refer to stays.
    """
    listed = list(entries)
    by_key = {alias: entry for entry in listed for alias in entry.aliases} | {entry.key: entry for entry in listed}
    folded = {key.casefold(): by_key[key] for key in reversed(by_key)}
    whole: dict[str, RawEntry] = {}
    findings = _Findings()

    def find(key: str) -> RawEntry | None:
        return by_key.get(key) or folded.get(key.casefold())

    for entry in _order(listed, find):
        whole[entry.key] = _inherit(entry, find, whole, findings)
    named = {found.key if (found := find(key)) else key for entry in listed for key, _ in _parents(entry)}
    kept = tuple(whole[entry.key] for entry in listed if entry.type not in ("xdata", "set"))
    findings.problems += [_report_set(entry) for entry in listed if entry.type == "set"]
    return Inherited(kept, frozenset(key.casefold() for key in named), (*findings.report_missing(), *findings.problems))


@dataclass
class _Findings:
    """Problems with references; ``missing`` has, for each key without an entry, the entries that refer to it."""

    missing: dict[str, list[tuple[RawEntry, RawField, str]]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def report_missing(self) -> Iterator[Problem]:
        """A warning for each key, however many entries refer to it."""
        for references in self.missing.values():
            entry, source, key = references[0]
            others = f" and {len(references) - 1} more" if len(references) > 1 else ""
            refer = f"refer{'' if others else 's'} to {key!r}"
            kind = "entries refer to an entry that is in none of the files"
            message, hint = (
                f"{entry.key!r}{others} {refer}, which is in none of the files",
                "correct the key, add that entry, or delete the field if this entry says all itself",
            )
            yield warn(message, source.location, hint, kind=kind, entry=entry.key)


def _report_set(entry: RawEntry) -> Problem:
    kind = "a @set of other entries is not a publication and is left out"
    return notice(
        f"{entry.key!r} is a @set of other entries and is left out", entry.location, kind=kind, entry=entry.key
    )


Find = Callable[[str], RawEntry | None]
"""Returns the entry of a key, ignoring case."""


def _order(entries: Iterable[RawEntry], find: Find) -> Iterator[RawEntry]:
    """The entries, each after those that it refers to; not recursive, since chains of references can be long."""
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


def _inherit(entry: RawEntry, find: Find, whole: Mapping[str, RawEntry], findings: _Findings) -> RawEntry:
    """``entry`` with the fields of its parents, which are in ``whole`` already unless they refer back to it."""
    fields = dict(entry.fields)
    for parent_key, source in _parents(entry):
        parent = find(parent_key)
        if parent is None:
            findings.missing.setdefault(parent_key.casefold(), []).append((entry, source, parent_key))
            continue
        if parent.key not in whole:
            findings.problems.append(_warn_of_ring(entry, parent_key, source))
            continue
        given = whole[parent.key].fields
        is_data = source is entry.fields.get("xdata")
        for name, value in given.items():
            if is_data or name not in _NOT_INHERITED:
                fields.setdefault(name, value)
        for name, origin in _INHERITED.items():
            if not is_data and origin in given:
                fields.setdefault(name, given[origin])
    if len(fields) > max(MOST_FIELDS, len(entry.fields)):
        findings.problems.append(_refuse_fields(entry, len(fields)))
        return entry
    _drop_granular(entry, fields, findings)
    return replace(entry, fields=fields) if len(fields) != len(entry.fields) else entry


def _drop_granular(entry: RawEntry, fields: dict[str, RawField], findings: _Findings) -> None:
    """Delete from ``fields`` the values that name a field of an ``@xdata`` entry (biblatex manual 3.20, §3.13.2)."""
    for name in [name for name, own in fields.items() if own.value.startswith(("xdata=", "{xdata="))]:
        kind = "a value that names a field of an @xdata entry is not read and is left out"
        message, hint = (
            f"{entry.key!r} takes its {name} from {fields[name].value.strip()!r}, which is not read",
            "write it out",
        )
        findings.problems.append(warn(message, fields.pop(name).location, hint, kind=kind, entry=entry.key))


def _warn_of_ring(entry: RawEntry, parent: str, source: RawField) -> Problem:
    kind = "an entry refers to another that refers back to it"
    message, hint = f"{entry.key!r} refers to {parent!r}, which refers back to it", "delete one of the two crossrefs"
    return warn(message, source.location, hint, kind=kind, entry=entry.key)


def _refuse_fields(entry: RawEntry, count: int) -> Problem:
    message = f"{entry.key!r} has {count:,} fields with those it inherits; an entry may have {MOST_FIELDS:,}"
    kind = "an entry inherits too many fields"
    return Problem(message, entry.location, "delete its crossref or xdata", kind=kind, entry=entry.key)


def _parents(entry: RawEntry) -> Iterable[tuple[str, RawField]]:
    for name in ("xdata", "crossref"):
        if source := entry.get(name):
            for key in source.value.split(","):
                if key.strip():
                    yield key.strip(), source
