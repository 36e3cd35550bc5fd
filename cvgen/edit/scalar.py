"""Replaces one text of a profile and changes nothing else."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from cvgen.diagnostics import InputError, Location, Problem
from cvgen.sources.yaml.tree import Mapping, Scalar, parse_yaml


def with_scalar(text: str, file: str, path: Sequence[str | int], value: str) -> str:
    """The profile ``text``, read from ``file``, with ``value`` in place of the text at ``path``.

    Raises InputError if there is no text, or if the new profile, read back, would differ in more than this text.
    """
    tree, _ = parse_yaml(text, file)
    old = _find(tree, path)
    place = old.location if isinstance(old, Scalar) else Location(file)
    if isinstance(old, Scalar):
        expected = _replace(tree, path, value)
        lines = text.splitlines(keepends=True)
        start = sum(len(line) for line in lines[: (place.line or 1) - 1]) + (place.column or 1) - 1
        stop = _end_of(text, start, str(old))
        for typed in (value, json.dumps(value, ensure_ascii=False)):
            changed = text[:start] + typed + text[stop:]
            if stop and _read(changed, file) == expected:
                return changed
    name = ".".join(map(str, path))
    raise InputError([Problem(f"{name} cannot be replaced", place, f"write it by hand: {path[-1]}: {value!r}")])


def _find(tree: Any, path: Sequence[str | int]) -> object:
    for part in path:
        try:
            tree = tree[part]
        except (KeyError, IndexError, TypeError):
            return None
    return tree


def _replace(tree: Any, path: Sequence[str | int], value: str) -> object:
    """A copy of ``tree`` with ``value`` at ``path``."""
    if not path:
        return value
    first, *rest = path
    if isinstance(tree, Mapping):
        return {key: _replace(one, rest, value) if key == first else one for key, one in tree.items()}
    return [_replace(one, rest, value) if number == first else one for number, one in enumerate(tree)]


def _end_of(text: str, start: int, old: str) -> int:
    """The end of the text ``old`` that begins at ``start``; 0 if it is typed in another way."""
    if text.startswith(old, start):
        return start + len(old)
    quoted = text[start : start + 1] + old + text[start : start + 1]
    return start + len(quoted) if quoted[:1] in ("'", '"') and text.startswith(quoted, start) else 0


def _read(text: str, file: str) -> object:
    try:
        return parse_yaml(text, file)[0]
    except InputError:
        return None
