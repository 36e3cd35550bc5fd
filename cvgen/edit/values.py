"""Sets single values in the text of a profile; the rest of it, comments included, stays as it is.

YAML can be written in many ways. Each likely way to write the value is tried, and the first is taken with which the
new text, read back, has this value and nothing else that is new.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from cvgen.diagnostics import InputError, Location, Problem
from cvgen.edit.lines import NOTHING, quote, says, write_json
from cvgen.edit.scalar import with_scalar
from cvgen.sources.yaml.tree import Mapping, Scalar, parse_yaml
from cvgen.sources.yaml.tree import Sequence as Items

Path = Sequence[str | int]
_MOST_ENDS = 200
"""The most brackets that are tried as the end of a list."""


def with_value(text: str, file: str, path: Path, value: str) -> str:
    """The profile ``text``, read from ``file``, with ``value`` at ``path``; the mappings around it are made if needed.

    Raises InputError if the new text, read back, would differ in more than this value.
    """
    tree, _ = parse_yaml(text, file)
    old = find_node(tree, path)
    if isinstance(old, Scalar):
        return text if old == value else with_scalar(text, file, path, value)
    depth = next(
        n for n in range(len(path) - 1, -1, -1) if n == 0 or isinstance(find_node(tree, path[:n]), dict | list)
    )
    above, key, rest = path[:depth], path[depth], path[depth + 1 :]
    inner = _nest(rest, value)
    expected = with_replaced(tree, above, lambda node: {**node, str(key): inner} if isinstance(node, dict) else None)
    node = find_node(tree, above)
    if expected is not None and isinstance(node, Mapping) and isinstance(key, str):
        for changed in list_insertions(text, node, key, inner):
            if says(changed, expected, file):
                return changed
    raise refuse(tree, file, path, value)


def with_item(text: str, file: str, path: Path, item: str) -> str:
    """The profile ``text`` with ``item`` at the end of the list at ``path``, which is made if needed.

    Raises InputError if the new text, read back, would differ in more than this item.
    """
    tree, _ = parse_yaml(text, file)
    old = find_node(tree, path)
    if isinstance(old, Items):
        if item in old:
            return text
        expected = with_replaced(tree, path, lambda node: [*node, item])
        candidates = _list_appended(text, old, item)
    else:
        key = str(path[-1])
        node = find_node(tree, path[:-1])
        expected = with_replaced(
            tree, path[:-1], lambda node: {**node, key: [item]} if isinstance(node, dict) else None
        )
        candidates = list_insertions(text, node, key, [item]) if isinstance(node, Mapping) else iter(())
    for changed in candidates:
        if expected is not None and says(changed, expected, file):
            return changed
    raise refuse(tree, file, path, f"[{item}]")


def with_body(text: str, file: str, path: Path, key: str, name: str, value: object) -> str:
    """The profile ``text`` in which the text at ``path`` is the ``key`` of a mapping that also has ``name: value``.

    ``- Built X`` becomes ``- text: Built X`` with ``pin: true`` below it. Raises InputError if that cannot be written.
    """
    tree, _ = parse_yaml(text, file)
    old = find_node(tree, path)
    expected = with_replaced(tree, path, lambda node: {key: node, name: value})
    if isinstance(old, Scalar | Mapping) and expected is not None:
        for changed in _list_bodies(text, old, key, name, value):
            if says(changed, expected, file):
                return changed
    raise refuse(tree, file, (*path, name), str(value))


def with_wrapped(text: str, file: str, path: Path, inner: object) -> str:
    """The profile ``text`` in which the word ``WORD`` at ``path`` is ``{WORD: inner}``: a section with settings."""
    tree, _ = parse_yaml(text, file)
    old = find_node(tree, path)
    expected = with_replaced(tree, path, lambda node: {str(node): inner})
    if isinstance(old, Scalar) and expected is not None:
        start = find_offset(text, old.location)
        changed = f"{text[:start]}{{{write_flow(str(old))}: {write_flow(inner)}}}{text[start + len(old) :]}"
        if says(changed, expected, file):
            return changed
    raise refuse(tree, file, path, write_flow(inner))


def find_node(tree: Any, path: Path) -> Any:
    """What is at ``path`` in ``tree``; None if there is nothing."""
    for part in path:
        try:
            tree = tree[part]
        except (KeyError, IndexError, TypeError):
            return None
    return tree


def write_flow(value: Any) -> str:
    """``value`` on one line, in braces and brackets."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{quote(key)}: {write_flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(write_flow(one) for one in value) + "]"
    return value if re.fullmatch(r"-?\d+(\.\d+)?", value) else quote(value)


def _nest(keys: Path, value: object) -> Any:
    for key in reversed(keys):
        value = {str(key): value}
    return value


def with_replaced(tree: Any, path: Path, change: Any) -> Any:
    """A copy of ``tree`` in which ``change`` has been made at ``path``; None if that cannot be."""
    if not path:
        return change(tree)
    first, *rest = path
    below = find_node(tree, (first,))
    inner = None if below is None else with_replaced(below, rest, change)
    if inner is None:
        return None
    if isinstance(tree, dict):
        return {key: inner if key == first else one for key, one in tree.items()}
    return [inner if number == first else one for number, one in enumerate(tree)]


def find_offset(text: str, place: Location) -> int:
    """The index in ``text`` of ``place``."""
    lines = text.splitlines(keepends=True)
    return sum(len(line) for line in lines[: (place.line or 1) - 1]) + (place.column or 1) - 1


def list_insertions(text: str, node: Mapping, key: str, inner: object) -> Iterator[str]:
    """``text`` with ``key`` in the mapping ``node``, in each likely way to write it."""
    flow = f"{quote(key)}: {write_flow(inner)}"
    if key in node.key_locations:  # it has no value
        after = text.index(":", find_offset(text, node.key_locations[key]) + len(key)) + 1
        yield f"{text[:after]} {write_flow(inner)}{NOTHING.sub('', text[after:], count=1)}"
        return
    start = find_offset(text, node.location)
    if text[start : start + 1] == "{":
        yield f"{text[: start + 1]}{flow}{', ' if node.key_locations else ''}{text[start + 1 :]}"
        for end in list_ends(text, start, "}"):
            yield f"{text[:end].rstrip()}, {flow}{text[end:]}"
        return
    lines = text.splitlines(keepends=True)
    line_end = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    places = sorted(node.key_locations.values(), key=lambda place: place.line or 0)
    indent = " " * ((places[0].column or 1) - 1)
    for block in _blocks(key, inner, indent, line_end):
        for place in reversed(places):
            number = place.line or 1
            before = "".join(lines[:number])
            gap = "" if before.endswith(("\n", "\r")) else line_end
            yield f"{before}{gap}{indent}{block}{line_end}{''.join(lines[number:])}"
        if indent == "":
            gap = "" if text.endswith(("\n", "\r")) else line_end
            yield f"{text}{gap}{line_end}{block}{line_end}"
        yield f"{text[:start]}{block}{line_end}{indent}{text[start:]}"


def _blocks(key: str, inner: object, indent: str, line_end: str) -> Iterator[str]:
    """``key`` with its value: mappings of mappings on lines of their own, the innermost in braces."""
    if isinstance(inner, dict) and any(isinstance(one, dict) for one in inner.values()):
        rows = [f"{line_end}{indent}  {quote(name)}: {write_flow(one)}" for name, one in inner.items()]
        yield f"{quote(key)}:{''.join(rows)}"
    yield f"{quote(key)}: {write_flow(inner)}"


def _list_appended(text: str, items: Items, item: str) -> Iterator[str]:
    start = find_offset(text, items.location)
    if text[start : start + 1] == "[":
        for end in list_ends(text, start, "]"):
            yield f"{text[:end].rstrip()}{', ' if items else ''}{write_flow(item)}{text[end:]}"
        return
    lines = text.splitlines(keepends=True)
    line_end = "\r\n" if lines[0].endswith("\r\n") else "\n"
    number = items[-1].location.line or 1
    indent = " " * ((items.location.column or 1) - 1)
    before = "".join(lines[:number])
    gap = "" if before.endswith(("\n", "\r")) else line_end
    yield f"{before}{gap}{indent}- {write_flow(item)}{line_end}{''.join(lines[number:])}"


def _list_bodies(text: str, old: Scalar | Mapping, key: str, name: str, value: object) -> Iterator[str]:
    """``text`` with the text ``old`` as the ``key`` of a mapping."""
    start = find_offset(text, old.location)
    flow = f"{name}: {write_flow(value)}"
    line_start = text.rfind("\n", 0, start) + 1
    indent = " " * (start - line_start)
    line_end = "\r\n" if "\r\n" in text else "\n"
    is_block_item = bool(re.fullmatch(r"\s*(?:-\s+)+", text[line_start:start]))
    if isinstance(old, Mapping):
        for end in list_ends(text, start, "}"):
            yield f"{text[:start]}{{{key}: {text[start : end + 1]}, {flow}}}{text[end + 1 :]}"
        return
    line_stop = text.find("\n", start)
    line_stop = len(text) if line_stop < 0 else line_stop - (text[line_stop - 1] == "\r")
    if is_block_item:
        yield f"{text[:start]}{key}: {text[start:line_stop]}{line_end}{indent}{flow}{text[line_stop:]}"
        yield f"{text[:start]}{flow}{line_end}{indent}{key}: {text[start:]}"
    for stop in {start + len(old), start + len(old) + 2}:
        yield f"{text[:start]}{{{key}: {text[start:stop]}, {flow}}}{text[stop:]}"
        yield f"{text[:start]}{{{key}: {write_json(str(old))}, {flow}}}{text[stop:]}"


def list_ends(text: str, start: int, bracket: str) -> Iterator[int]:
    """The places of ``bracket`` after ``start``, nearest first."""
    at = start
    for _ in range(_MOST_ENDS):
        at = text.find(bracket, at + 1)
        if at < 0:
            return
        yield at


def refuse(tree: Mapping, file: str, path: Path, value: str) -> InputError:
    """The error of a value that cannot be written: what to write by hand, and where."""
    node = next((found for n in range(len(path), 0, -1) if (found := find_node(tree, path[:n])) is not None), tree)
    place = getattr(node, "location", Location(file))
    name = ".".join(map(str, path))
    message = f"{name} cannot be set without changing other parts of this file"
    return InputError([Problem(message, place, f"write it by hand: {path[-1]}: {value}")])
