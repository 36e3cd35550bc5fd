"""The names of the facts about a document in a PDF's information dictionary, for writing and reading them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

NAMES_KEY = "CvgenMetadata"
"""The entry that lists the names of all others: PDF readers give an entry by its key, and do not list keys."""


def info_key(name: str) -> str:
    """The key of the fact ``name``: ``CvgenDateWidth`` for ``date_width``; all PDF writers allow letters and digits."""
    return "Cvgen" + "".join(word.capitalize() for word in name.split("_"))


def info_entries(metadata: Mapping[str, str]) -> dict[str, str]:
    """The information dictionary's entries for facts named in lower case, like ``variant``; none without facts."""
    if not metadata:
        return {}
    return {NAMES_KEY: " ".join(metadata)} | {info_key(name): value for name, value in metadata.items()}


def read_entries(get: Callable[[str], str]) -> dict[str, str]:
    """The facts that ``info_entries`` wrote; ``get`` gives the entry of a key, or an empty string."""
    return {name: get(info_key(name)) for name in get(NAMES_KEY).split()}
