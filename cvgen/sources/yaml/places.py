"""Finds the place of a value in the profile by its path of keys and numbers."""

from __future__ import annotations

from typing import Any

from cvgen.diagnostics import Location
from cvgen.sources.yaml.tree import Mapping, Sequence

TreePath = tuple[str | int, ...]


class Places:
    """Finds the Location of a path in the tree of a profile."""

    def __init__(self, tree: Mapping) -> None:
        self._tree = tree

    def value(self, path: TreePath) -> Location:
        """The place of the value at ``path``, or of the nearest thing around it."""
        return self._walk(path)[1]

    def key(self, path: TreePath) -> Location:
        """The place of the key that ``path`` ends in, or of the nearest thing around it."""
        parent, place, _ = self._walk(path[:-1])
        if isinstance(parent, Mapping) and path[-1] not in parent.key_locations and len(parent) == 1:
            (parent,) = parent.values()
        if isinstance(parent, Mapping) and path[-1] in parent.key_locations:
            return parent.key_locations[str(path[-1])]
        return place

    def has_key(self, path: TreePath) -> bool:
        """Whether the key that ``path`` ends in is in the file, also if its value is empty or faulty."""
        parent, _, trail = self._walk(path[:-1])
        return len(trail) >= len(path) - 1 and isinstance(parent, Mapping) and path[-1] in parent.key_locations

    def numbered(self, path: TreePath) -> TreePath:
        """``path`` with the numbers that items of lists have in the file, where empty and faulty items count too."""
        numbered: list[str | int] = []
        node: Any = self._tree
        for part in _as_written(path):
            node = _enter(node, part)
            if _is_one_for_a_list(node, part):
                continue
            is_item = isinstance(node, Sequence) and _has(node, part)
            numbered.append(node.numbers[int(part)] if is_item else part)
            node = node[part] if _has(node, part) else None
        return tuple(numbered)

    def path_in_file(self, path: TreePath) -> TreePath:
        """``path`` as the file has it, as far as it goes there."""
        return self._walk(path)[2]

    def _walk(self, path: TreePath) -> tuple[Any, Location, TreePath]:
        node: Any = self._tree
        place = self._tree.location
        trail: list[str | int] = []
        for part in _as_written(path):
            if _is_one_for_a_list(node, part):
                continue
            if (inner := _enter(node, part)) is not node:
                trail += node
                node = inner
            if not _has(node, part):
                break
            node = node[part]
            trail.append(part)
            place = getattr(node, "location", place)
        return node, place, tuple(trail)


def _as_written(path: TreePath) -> TreePath:
    """``path`` with the key ``group_by`` of a file for the model's ``groups``."""
    if path[4:5] == ("groups",) and path[0] == "variants" and path[2] == "sections":
        return (*path[:4], "group_by", *path[5:])
    return path


def _is_one_for_a_list(node: object, part: str | int) -> bool:
    """Whether the file has one value in place of a list, of which ``part`` is the only item: an e-mail address."""
    return isinstance(part, int) and node is not None and not isinstance(node, Sequence)


def _enter(node: object, part: str | int) -> object:
    """The mapping in which to look for ``part``: {publications: {where: …}} is a section with the key 'where'."""
    if isinstance(node, Mapping) and part not in node and len(node) == 1:
        (only,) = node.values()
        if isinstance(only, Mapping) and part in only:
            return only
    return node


def _has(node: object, part: str | int) -> bool:
    if isinstance(node, Sequence):
        return isinstance(part, int) and part < len(node)
    return isinstance(node, Mapping) and part in node
