"""Finds which parts of two states of one profile are the same, by their texts: lists grow and are sorted; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from difflib import SequenceMatcher

from cvgen.model.refs import ProfilePath
from cvgen.select.outline import Outline, Texts

_LEAST = 0.5
"""Texts that have less in common than this are those of different parts."""
_SAME_HEADING = 0.9
"""How much two entries with the same heading have in common at least."""
_ADDED = 1_000_000
"""What is added to the place in its list of a part that the first state lacks: no list is as long."""


def align_outline(a: Outline, b: Outline) -> tuple[Outline, dict[ProfilePath, ProfilePath]]:
    """``b`` with each part under the path that it has in ``a``, and the path in ``b`` by that one."""
    names: dict[ProfilePath, ProfilePath] = {}
    roots = [[path for section in one.sections for path in one.inside.get(section.ref, {})] for one in (a, b)]
    _align(a, b, roots[0], roots[1], ((), ()), names)
    renamed = replace(
        b,
        parts={names.get(path, path): part for path, part in b.parts.items()},
        texts={names.get(key, key): texts for key, texts in b.texts.items()},
        inside={
            names.get(key, key): dict.fromkeys(names.get(path, path) for path in below)
            for key, below in b.inside.items()
        },
    )
    return renamed, {name: path for path, name in names.items()}


def _align(
    a: Outline,
    b: Outline,
    in_a: Iterable[ProfilePath],
    in_b: Iterable[ProfilePath],
    above: tuple[ProfilePath, ProfilePath],
    names: dict[ProfilePath, ProfilePath],
) -> None:
    """Add to ``names`` a path in ``a`` for each of ``in_b``, which are below ``above``, and for all below them."""
    first, second = _group(in_a, above[0]), _group(in_b, above[1])
    for key, paths in second.items():
        pairs = dict(_pair(a, b, first.get(key, []), paths))
        for path in paths:
            own = pairs.get(path)
            names[path] = own or (*above[0], *key, _ADDED + int(path[-1]))
            below = a.inside.get(own, {}) if own else {}
            _align(a, b, below, b.inside.get(path, {}), (names[path], path), names)


def _group(paths: Iterable[ProfilePath], above: ProfilePath) -> dict[ProfilePath, list[ProfilePath]]:
    """The paths of parts that are known by their place in a list, by what leads to the list from ``above``."""
    groups: dict[ProfilePath, list[ProfilePath]] = {}
    for path in dict.fromkeys(paths):
        if path[: len(above)] == above and isinstance(path[-1], int):
            groups.setdefault(path[len(above) : -1], []).append(path)
    return groups


def _pair(
    a: Outline, b: Outline, in_a: list[ProfilePath], in_b: list[ProfilePath]
) -> Iterator[tuple[ProfilePath, ProfilePath]]:
    """A path in ``b`` and the path in ``a`` of the same part: those with most in common first, each once."""
    scores = [
        (_compare(a.texts.get(one, {}), b.texts.get(other, {})), -abs(int(one[-1]) - int(other[-1])), one, other)
        for one in in_a
        for other in in_b
    ]
    used: set[tuple[str, ProfilePath]] = set()
    for score, _, one, other in sorted(scores, key=lambda found: found[:2], reverse=True):
        if score >= _LEAST and not used & {("a", one), ("b", other)}:
            used |= {("a", one), ("b", other)}
            yield other, one


def _compare(one: Texts, other: Texts) -> float:
    """From 0 for nothing in common to 1 for the same texts."""
    if one == other:
        return 1.0
    heading = one.get("heading", "")
    least = _SAME_HEADING if heading and heading == other.get("heading") else 0.0
    return max(least, SequenceMatcher(None, " ".join(one.values()), " ".join(other.values()), autojunk=False).ratio())
