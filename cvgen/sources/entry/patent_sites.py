"""Web sites that show patents, which files name as if they had published them."""

from __future__ import annotations

import re

_SITES = frozenset(
    ("google patents", "espacenet", "patentscope", "freepatentsonline", "free patents online", "justia patents",
     "lens.org", "the lens", "depatisnet")
)  # fmt: skip
PLACES_OF_SITES = ("publisher", "howpublished", "journal", "journaltitle")
"""The fields in which files name such a site."""


def names_patent_site(text: str) -> bool:
    """Whether ``text`` is the name of a web site that shows patents."""
    return re.sub(r"\s+", " ", text.casefold()).strip(" .") in _SITES
