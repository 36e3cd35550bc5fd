"""Finds the place of a value in the profile by its path of keys and numbers."""

from __future__ import annotations

from typing import Any

from cvgen.diagnostics import Location
from cvgen.sources.yaml.tree import Mapping, Sequence

Path = tuple[str | int, ...]


class Places:
    """Finds the Location of a path in the tree of a profile."""

    def __init__(self, tree: Mapping) -> None:
        self._tree = tree

    def value(self, path: Path) -> Location:
        """The place of the value at ``path``, or of the nearest thing around it."""
        return self._walk(path)[1]

    def key(self, path: Path) -> Location:
        """The place of the key that ``path`` ends in, or of the nearest thing around it."""
        parent, place, _ = self._walk(path[:-1])
        if isinstance(parent, Mapping) and path[-1] not in parent.key_locations and len(parent) == 1:
            (parent,) = parent.values()
        if isinstance(parent, Mapping) and path[-1] in parent.key_locations:
            return parent.key_locations[str(path[-1])]
        return place

    def path_in_file(self, path: Path) -> Path:
        """``path`` as the file has it, as far as it goes there."""
        return self._walk(path)[2]

    def _walk(self, path: Path) -> tuple[Any, Location, Path]:
        node: Any = self._tree
        place = self._tree.location
        trail: list[str | int] = []
        for part in path:
            # {publications: {where: …}} is one section to the schema, with the key 'where'
            if isinstance(node, Mapping) and part not in node and len(node) == 1:
                (only,) = node
                if isinstance(node[only], Mapping) and part in node[only]:
                    node = node[only]
                    trail.append(only)
            if not _has(node, part):
                break
            node = node[part]
            trail.append(part)
            place = getattr(node, "location", place)
        return node, place, tuple(trail)


def _has(node: Any, part: str | int) -> bool:
    if isinstance(node, Sequence):
        return isinstance(part, int) and part < len(node)
    return isinstance(node, Mapping) and part in node
