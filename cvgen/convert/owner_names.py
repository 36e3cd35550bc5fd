"""Compares names that have initials with names in full."""

from __future__ import annotations

from cvgen.select.owner import fold


def same_initials(author: str, name: str) -> bool:
    """Whether ``author`` is ``name`` with initials for given names: the family names are equal in full."""
    words, known = list(fold(author)), list(fold(name))
    shared = [word for word in words if word in known and len(word) > 1]
    rest = [word for word in words if word not in shared]
    initials = {word[0] for word in known if word not in shared}
    family = fold(name.split()[-1])[0] if name.split() else ""
    return family in shared and bool(rest) and all(len(word) <= 2 and word[0] in initials for word in rest)
