"""The table of the fields of an entry that are links, with their labels."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

LINK_FIELDS: Mapping[str, tuple[str, ...]] = {
    "link": ("url", "link", "html"),
    "pdf": ("pdf", "fulltext"),
    "code": ("code", "github", "git", "repo", "repository", "software", "sourcecode", "implementation"),
    "project": ("project", "projectpage", "website", "webpage", "homepage"),
    "talk": ("talk", "presentation"),
    "video": ("video", "youtube", "recording"),
    "slides": ("slides",),
    "poster": ("poster",),
    "supplement": ("supp", "suppl", "supplement", "supplementary", "supplemental", "appendix"),
    "blog": ("blog", "blogpost"),
    "demo": ("demo",),
    "data": ("data", "dataset"),
}
"""The label of a link, and the fields that hold one; each may also end in ``url`` or ``link``."""
_LABELS = {name: label for label, names in LINK_FIELDS.items() for name in names}


@lru_cache(maxsize=4096)
def link_label(field: str) -> str:
    """The label of the link that ``field`` holds (``codeurl``, ``Code_URL``, ``url2``); empty for none."""
    word = re.sub(r"[_-]|\d+$", "", field.casefold())
    return _LABELS.get(word) or _LABELS.get(re.sub(r"(?:url|link)s?$", "", word)) or ""
