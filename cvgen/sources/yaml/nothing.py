"""Removes empty values from a profile: null, empty text, and lists and mappings with nothing in them."""

from __future__ import annotations

from cvgen.model.profile import Profile
from cvgen.sources.yaml.schema_errors import is_unknown_key
from cvgen.sources.yaml.tree import Mapping, Scalar, Sequence

_ANY = "*"
_NAMES = (
    ("basics",),
    ("variants", _ANY),
    ("variants", _ANY, "sections", _ANY, _ANY),
    ("letters", _ANY),
)
"""Where a key says something without a value: the variant ``full:``, the section ``- awards:`` of a variant.

``basics`` is always needed; kept, its missing name is reported, as is the missing body of a letter.
"""
_CHOICES = (("variants", _ANY, "tags"), ("variants", _ANY, "exclude_tags"))
"""Where an empty list is a choice: no tags, in place of those that the variant would inherit."""
_REMOVALS = ("variants", _ANY, "basics", _ANY)
"""Where no value means to remove the value of the profile: ``basics: {phone: null}`` in a variant."""


def without_nothing(tree: Mapping) -> Mapping:
    """A copy of the tree of a profile without the keys and items that have no value; places are kept.

    A key that no profile has is kept with its empty text, list or mapping, so that the typing error is reported.
    """
    return _copy_mapping(tree, ())


def _copy(node: object, path: tuple[str, ...]) -> object:
    """A copy of ``node``; None if there is nothing in it."""
    if isinstance(node, Mapping):
        copy = _copy_mapping(node, path)
        return copy if copy else None
    if isinstance(node, Sequence):
        return _copy_sequence(node, path) or None
    return node if isinstance(node, Scalar) and node.strip() else None


def _copy_mapping(node: Mapping, path: tuple[str, ...]) -> Mapping:
    copy = Mapping()
    copy.location, copy.key_locations = node.location, node.key_locations
    for key, value in node.items():
        here = (*path, key)
        kept = _copy(value, here)
        if kept is None and any(_is_at(here, pattern) for pattern in _NAMES):
            kept = Mapping()
            kept.location, kept.key_locations = node.key_locations[key], getattr(value, "key_locations", {})
        if isinstance(value, Sequence) and any(_is_at(here, pattern) for pattern in _CHOICES):
            kept = _copy_sequence(value, here)
        elif kept is None and value is not None and is_unknown_key(Profile, here):
            kept = value
        if kept is not None or _is_at(here, _REMOVALS):
            copy[key] = kept
    return copy


def _copy_sequence(node: Sequence, path: tuple[str, ...]) -> Sequence:
    """An item with keys is kept even if none of them has a value, so that the missing ones are reported."""
    here = (*path, _ANY)
    copy = Sequence()
    copy.location, copy.numbers = node.location, []
    for item, number in zip(node, node.numbers, strict=True):
        kept = _copy_mapping(item, here) if isinstance(item, Mapping) and item else _copy(item, here)
        if kept is not None:
            copy.append(kept)
            copy.numbers.append(number)
    return copy


def _is_at(path: tuple[str, ...], pattern: tuple[str, ...]) -> bool:
    return len(path) == len(pattern) and all(want in (_ANY, part) for part, want in zip(path, pattern, strict=True))
