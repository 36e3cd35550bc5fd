"""Where the parts of a document are written: the address of a part in the profile and in a variant."""

from __future__ import annotations

ProfilePath = tuple[str | int, ...]
"""Where a part is written: keys and indexes in the profile (``("work", 0, "highlights", 1)``), or ``"publications"``
and the key of an entry. It is the same in every variant."""
Ref = tuple[str | int, ...]
"""The place of a part: the section's number in the variant, then the path in the profile
(``(2, "work", 0, "highlights", 1)``), or ``"publications"`` and a key. From the second item on it is the same
in every variant."""
PAPERS = "publications"
"""The name of a list of papers, and the word before a paper's key in its path."""


def find_path(ref: Ref) -> ProfilePath:
    """The path in the profile of the part at ``ref``: a paper below an entry has the path that it has in a list."""
    path = ref[1:]
    return path[path.index(PAPERS) :] if PAPERS in path else path


NO_PLACE = -1
"""The first item of the ref of a part that is in no section of the document."""
