"""Sets lists and mappings in the text of a profile as a whole; comments, and the values that have one, stay."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cvgen.edit.lines import quote, says
from cvgen.edit.values import (
    find_node,
    find_offset,
    list_ends,
    list_insertions,
    refuse,
    with_replaced,
    with_value,
    write_flow,
)
from cvgen.sources.yaml.tree import Mapping as TreeMapping
from cvgen.sources.yaml.tree import Sequence as Items
from cvgen.sources.yaml.tree import parse_yaml

Path = Sequence[str | int]
_COMMENT = re.compile(r"(?:^|\s)#")


@dataclass(frozen=True, slots=True)
class _Row:
    """A value of a list or mapping, with its lines: comments above it belong to it."""

    key: str
    text: str
    has_comment: bool


def with_settings(text: str, file: str, path: Path, settings: Mapping[str, Any]) -> str:
    """The profile ``text`` in which the mapping at ``path`` has ``settings``: texts, lists, or mappings of texts.

    What it has besides stays. A list that it has under one of these names keeps its values, and gets those of the new
    one after them; of a mapping only values with a comment stay, which are the person's own. Raises InputError if that
    cannot be written.
    """
    for key, value in settings.items():
        place = (*path, key)
        text = with_value(text, file, place, value) if isinstance(value, str) else _with_whole(text, file, place, value)
    return text


def _with_whole(text: str, file: str, path: Path, inner: dict[str, Any] | list[Any]) -> str:
    """``text`` with the list or mapping ``inner`` at ``path``."""
    tree, _ = parse_yaml(text, file)
    old, above, key = find_node(tree, path), find_node(tree, path[:-1]), str(path[-1])
    if isinstance(old, Items | TreeMapping):
        rows = _read_rows(text, old)
        inner = _keep_own(old, inner, rows)
        candidates = _list_replacements(text, old, inner, rows)
    else:
        candidates = list_insertions(text, above, key, inner) if isinstance(above, TreeMapping) else iter(())
    if old == inner:
        return text
    expected = with_replaced(tree, path[:-1], lambda node: {**node, key: inner} if isinstance(node, dict) else None)
    for changed in candidates:
        if expected is not None and says(changed, expected, file):
            return changed
    raise refuse(tree, file, path, write_flow(inner))


def _is_in_brackets(text: str, old: Items | TreeMapping) -> bool:
    return text[find_offset(text, old.location)] in "[{"


def _read_rows(text: str, old: Items | TreeMapping) -> list[_Row]:
    """The values of ``old`` with their lines; none if it is in brackets."""
    if _is_in_brackets(text, old):
        return []
    lines = text.splitlines(keepends=True)
    places = old.key_locations if isinstance(old, TreeMapping) else {str(one): one.location for one in old}
    rows: list[_Row] = []
    at = _find_start(lines, old)
    for key, place in sorted(places.items(), key=lambda one: one[1].line or 0):
        above, line = lines[at : (place.line or 1) - 1], lines[(place.line or 1) - 1]
        typed = line[(place.column or 1) - 1 + len(key) :]
        rows.append(_Row(key, "".join((*above, line)), any(map(_COMMENT.search, (*above, typed)))))
        at = place.line or 1
    return rows


def _find_start(lines: Sequence[str], old: Items | TreeMapping) -> int:
    """The index of the first line of ``old``, or of the comments right above it."""
    at = (old.location.line or 1) - 1
    while at and lines[at - 1].lstrip().startswith("#"):
        at -= 1
    return at


def _keep_own(old: Any, inner: dict[str, Any] | list[Any], rows: Sequence[_Row]) -> dict[str, Any] | list[Any]:
    """``inner`` in the order of ``old``, with all values of a list, or those of a mapping that have a comment."""
    if isinstance(inner, list):
        return [*old, *(one for one in inner if one not in old)] if isinstance(old, list) else inner
    if not isinstance(old, dict):
        return inner
    own = {row.key for row in rows if row.has_comment}
    kept = {key: value if key in own else inner[key] for key, value in old.items() if key in own or key in inner}
    return {**kept, **{key: value for key, value in inner.items() if key not in kept}}


def _list_replacements(
    text: str, old: Items | TreeMapping, inner: dict[str, Any] | list[Any], rows: Sequence[_Row]
) -> Iterator[str]:
    """``text`` with ``inner`` in place of ``old``: in brackets as it was, or on lines, of which those that fit stay."""
    start = find_offset(text, old.location)
    if text[start] in "[{":
        for end in list_ends(text, start, "]" if text[start] == "[" else "}"):
            if not _COMMENT.search(text[start:end]):  # one line has no room for a comment
                yield f"{text[:start]}{write_flow(inner)}{text[end + 1 :]}"
        return
    lines = text.splitlines(keepends=True)
    line_end = "\r\n" if lines[0].endswith("\r\n") else "\n"
    indent = " " * ((old.location.column or 1) - 1)
    first, count = _find_start(lines, old), sum(row.text.count("\n") or 1 for row in rows)
    typed = {row.key: row.text if row.text.endswith("\n") else f"{row.text}{line_end}" for row in rows}
    said = dict(old) if isinstance(old, dict) else {one: one for one in old}
    made = (
        typed[key] if key in typed and said[key] == value else f"{indent}{row}{line_end}"
        for key, value, row in _write_rows(inner)
    )
    yield "".join((*lines[:first], *made, *lines[first + count :]))


def _write_rows(inner: dict[str, Any] | list[Any]) -> Iterator[tuple[str, object, str]]:
    """Each value of ``inner`` with its key, which of a list is the value itself, and as it is written."""
    if isinstance(inner, dict):
        yield from ((key, one, f"{quote(key)}: {write_flow(one)}") for key, one in inner.items())
    else:
        yield from ((one, one, f"- {write_flow(one)}") for one in inner)
