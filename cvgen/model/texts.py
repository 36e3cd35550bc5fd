"""Finds all texts in a value of the model, such as a whole Document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Any

from cvgen.model.inline import RichText


def find_texts(value: Any) -> list[RichText]:
    """Every RichText in ``value``, in order."""
    return [leaf for leaf in find_leaves(value) if isinstance(leaf, RichText)]


def find_leaves(value: Any) -> Iterator[RichText | str]:
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


@lru_cache(maxsize=64)
def _field_names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
