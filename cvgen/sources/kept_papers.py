"""Keeps the papers of a large bibliography for the next process, as JSON: plain data, never code.

A value of the model is an object with its class below an empty key, ``{"": "Author", "family": "Lin"}``; fields that
have their default are left out. A person who is an author of many papers is written once. Only classes of the model are
made from it.
"""

from __future__ import annotations

import gc
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import Enum
from functools import lru_cache
from typing import Any, Protocol

from cvgen import diagnostics
from cvgen.diagnostics import Location, Problem
from cvgen.model import dates, inline, kinds, marks, metric, publication
from cvgen.model.publication import Author, Publication
from cvgen.version import __version__

SMALLEST = 256 << 10
"""The characters from which on it is faster to read what is kept than the bibliography."""
_FORMAT = 4
"""Count up where the same bibliography would give other papers, and the classes stay as they are."""
_MODULES = (diagnostics, dates, inline, kinds, marks, metric, publication)
_MOST = 8
_FOLDER = "papers"
_CLASS, _VALUE = "", "="
_PLACE, _SET, _PERSON = "@", "#", "&"
"""The classes of a Location, of a frozenset and of an Author that is kept once, which have a value instead of fields; a
member of an Enum has one too."""


class Store(Protocol):
    """What keeps files for the next process: the cache."""

    def read(self, name: str) -> bytes | None:
        """The file's bytes; None if it is missing or not as it was written."""

    def keep(self, name: str, data: bytes) -> object:
        """Write a file, completely or not at all."""

    def limit(self, folder: str, most: int) -> None:
        """Delete the oldest files of ``folder``."""


Papers = tuple[Mapping[str, Publication], Mapping[str, str], list[Problem]]
"""The publications by key, the key of each alias, and the problems."""


class KeptPapers:
    """The papers of bibliographies with these ``texts``, whose reading also depends on ``settings``."""

    def __init__(self, store: Store, texts: Iterable[str], settings: object) -> None:
        digest = hashlib.sha256(f"{_FORMAT} {__version__} {_describe_classes()} {settings!r}".encode())
        for text in texts:
            digest.update(b"\0" + text.encode("utf-8", "surrogatepass"))
        self._store, self._name = store, f"{_FOLDER}/{digest.hexdigest()}.json"

    def read(self) -> Papers | None:
        """What is kept; None if there is nothing of use."""
        data = self._store.read(self._name)
        if data is None:
            return None
        was_enabled = gc.isenabled()
        gc.disable()  # a hundred thousand objects, and no garbage
        try:
            papers, aliases, problems = _decode(data)
            return {paper.key: paper for paper in papers}, dict(aliases), list(problems)
        except (ValueError, KeyError, TypeError, AttributeError, IndexError):
            return None
        finally:
            if was_enabled:
                gc.enable()

    def keep(self, papers: Papers) -> None:
        """Keep ``papers``; values for which there is no form are not kept."""
        publications, aliases, problems = papers
        try:
            data = _encode((tuple(publications.values()), tuple(aliases.items()), tuple(problems)))
        except TypeError:
            return
        self._store.keep(self._name, data)
        self._store.limit(_FOLDER, _MOST)


@lru_cache(maxsize=1)
def _list_classes() -> Mapping[str, Any]:
    """The classes of the model that a bibliography is read to, by name."""
    found = [value for module in _MODULES for value in vars(module).values() if isinstance(value, type)]
    return {kind.__name__: kind for kind in found if is_dataclass(kind) or issubclass(kind, Enum)}


def _describe_classes() -> str:
    """The fields of these classes, so that nothing is read into others than it was written from."""
    described = {
        name: [field.name for field in fields(kind)] if is_dataclass(kind) else [str(member) for member in kind]
        for name, kind in sorted(_list_classes().items())
    }
    return hashlib.sha256(json.dumps(described).encode()).hexdigest()


@lru_cache(maxsize=64)
def _list_fields(kind: Any) -> tuple[tuple[str, Any], ...]:
    """The name and the default of each field."""
    return tuple((field.name, _find_default(field)) for field in fields(kind))


def _find_default(field: Field[object]) -> object:
    return field.default if field.default_factory is MISSING else field.default_factory()


class _Tables:
    """What many papers have in common, each with its number: the files, and the people in their lists of authors."""

    def __init__(self) -> None:
        self.files: dict[str, int] = {}
        self.people: dict[Author, int] = {}

    def simplify(self, value: Any) -> object:
        """``value`` as JSON has it; raises TypeError for what has no form."""
        kind = type(value)
        if value is None or kind in (str, int, bool):
            return value
        if kind is tuple:
            return [self.simplify(part) for part in value]
        if kind is Location:
            file = self.files.setdefault(value.file, len(self.files))
            return {_CLASS: _PLACE, _VALUE: [file, value.line, value.column]}
        if kind is frozenset:
            return {_CLASS: _SET, _VALUE: [self.simplify(part) for part in sorted(value, key=str)]}
        if _list_classes().get(kind.__name__) is not kind:
            raise TypeError(kind.__name__)
        if isinstance(value, Enum):
            return {_CLASS: kind.__name__, _VALUE: value.value}
        if kind is Author and not value.places:  # places are not compared
            return {_CLASS: _PERSON, _VALUE: self.people.setdefault(value, len(self.people))}
        return self.list_fields(value)

    def list_fields(self, value: Any) -> object:
        """The class of ``value`` and the fields that do not have their default."""
        kind: Any = type(value)
        given = ((name, getattr(value, name), default) for name, default in _list_fields(kind))
        own = {name: self.simplify(part) for name, part, default in given if part != default}
        return {_CLASS: kind.__name__, **own}


def _encode(value: object) -> bytes:
    """``value`` in three lines: the files, the people, and all the rest, which has their numbers."""
    tables = _Tables()
    body = tables.simplify(value)
    people = [tables.list_fields(person) for person in tables.people]
    lines = (json.dumps(part, ensure_ascii=False, separators=(",", ":")) for part in (list(tables.files), people, body))
    return "\n".join(lines).encode("utf-8", "surrogatepass")


def _decode(data: bytes) -> Any:
    files, people, body = data.decode("utf-8", "surrogatepass").split("\n")
    classes = _list_classes()
    simple: dict[tuple[object, ...], object] = {}
    known_files: list[str] = json.loads(files)
    known_people: list[Author] = []

    def make_simple(name: str, value: Any) -> object:
        if name == _PLACE:
            return Location(known_files[value[0]], *value[1:])
        return frozenset(value) if name == _SET else classes[name](value)

    def make(found: dict[str, Any]) -> object:
        name = found.pop(_CLASS)
        if name == _PERSON:
            return known_people[found[_VALUE]]
        if _VALUE in found:
            value = found[_VALUE]
            key = (name, *value) if type(value) is list else (name, value)
            return simple.get(key) or simple.setdefault(key, make_simple(name, value))
        for field, part in found.items():
            if type(part) is list:
                found[field] = _freeze(part)
        return classes[name](**found)

    known_people += json.loads(people, object_hook=make)
    return json.loads(body, object_hook=make)


def _freeze(value: list[Any]) -> tuple[Any, ...]:
    """``value`` with tuples for lists."""
    return tuple([_freeze(part) if type(part) is list else part for part in value])
