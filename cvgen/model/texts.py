"""Finds and changes all texts in a value of the model, such as a whole Document."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache
from typing import Any, TypeVar

from cvgen.model.inline import RichText


def find_texts(value: object) -> list[RichText]:
    """Every RichText in ``value``, in order."""
    found: list[RichText] = []
    _collect(value, found)
    return found


def _collect(value: Any, found: list[RichText]) -> None:
    if isinstance(value, RichText):
        found.append(value)
    elif isinstance(value, (tuple, Mapping)):
        for item in value.values() if isinstance(value, Mapping) else value:
            _collect(item, found)
    else:
        for name in _list_structured(value.__class__):
            _collect(getattr(value, name), found)


def find_leaves(value: object) -> Iterator[RichText | str]:
    """Every RichText and every other string in ``value``, in order."""
    if isinstance(value, (RichText, str)):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from find_leaves(item)
    elif isinstance(value, Mapping):
        yield from find_leaves(tuple(value.values()))
    elif is_dataclass(value) and not isinstance(value, type):
        for name in _field_names(type(value)):
            yield from find_leaves(getattr(value, name))


T = TypeVar("T")
P = TypeVar("P")


def change_texts(value: T, change: Callable[[RichText], RichText]) -> T:
    """``value`` with each RichText in it replaced by what ``change`` makes of it."""
    return change_parts(value, RichText, change)


def change_parts(value: T, kind: type[P], change: Callable[[P], P]) -> T:
    """``value`` with each part of this kind replaced by what ``change`` makes of it."""
    changed: Any = value
    if isinstance(value, kind):
        changed = change(value)
    elif isinstance(value, tuple):
        changed = tuple(change_parts(item, kind, change) for item in value)
    elif is_dataclass(value) and not isinstance(value, type):
        names = _field_names(type(value))
        changed = replace(value, **{name: change_parts(getattr(value, name), kind, change) for name in names})
    return changed  # type: ignore[no-any-return]


@lru_cache(maxsize=64)
def _field_names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


_PLAIN = frozenset({"str", "bool", "int", "float", "str | None", "bool | None", "int | None", "float | None"})


@lru_cache(maxsize=256)
def _list_structured(kind: type) -> tuple[str, ...]:
    """The fields of a dataclass that may hold more than a plain value; none for any other class."""
    return tuple(field.name for field in fields(kind) if field.type not in _PLAIN) if is_dataclass(kind) else ()
