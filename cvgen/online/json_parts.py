"""Takes parts out of an answer in JSON that may have another form than the documented one."""

from __future__ import annotations

from typing import Any


def find_part(value: object, *keys: str) -> object:
    """The part of ``value`` below ``keys``, one after the other; None if there is none."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def list_mappings(value: object) -> list[dict[str, Any]]:
    """The mappings in the list ``value``; none if it is no list."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
