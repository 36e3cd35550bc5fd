"""DOIs in the ways files write them (https://www.doi.org/the-identifier/resources/handbook, 2.2 and 3.8)."""

from __future__ import annotations

import re
from urllib.parse import unquote

_DOI = re.compile(r"10\.\d+(?:\.\d+)*/\S*[^\s/.,;:]")
_SHORT = re.compile(r"10/[a-z0-9]{2,}", re.IGNORECASE)
_PREFIX = re.compile(r"(?:doi|DOI|Doi)\s*[:=]?\s*(?=10[./]|https?:)|urn:doi:|info:doi/")
_ADDRESS = re.compile(
    r"(?:https?://)?(?:(?:dx\.|www\.)?doi\.org/|doi\.[\w.-]+/|[\w.-]+/doi/(?:(?:abs|pdf|full|fullHtml|epdf|pdfdirect)/)?)"
    r"(?=10[./])",
    re.IGNORECASE,
)
_INSIDE = re.compile(r"(?<![\w.])10\.\d{4,9}/[^\s,;?#]*[^\s,;?#./]")
_VERSION = re.compile(r"(?:v\d+)?(?:\.(?:full|abstract))?(?:\.pdf)?$")
_BETWEEN = re.compile(r"(?:\s*[,;]\s*|\s+)(?:and\s+)?(?=(?:https?://|doi\b|10[./]))", re.IGNORECASE)
_UNSAFE = re.compile(r"[<>\"{}|\\^`#\[\]\s]")


def read_dois(text: str) -> list[str]:
    """Every DOI of ``text``, which must contain nothing else; empty if it says more or has none.

    ``text`` is free of LaTeX. A short DOI stays as it is: ``10/abc``.
    """
    found = [read_doi(word) for word in _BETWEEN.split(_PREFIX.sub("doi:", text.strip())) if word.strip()]
    return list(dict.fromkeys(found)) if all(found) else []


def read_doi(word: str) -> str:
    """The DOI in ``word``: bare, after ``doi:`` or in an address; empty if there is none."""
    bare = _PREFIX.sub("", word.strip().strip("<>").strip().lstrip("([{"), count=1)
    address = _ADDRESS.match(bare)
    if address:
        bare = unquote(re.split(r"[?#]", bare[address.end() :])[0])
    bare = _trim(bare)
    return bare if _DOI.fullmatch(bare) or _SHORT.fullmatch(bare) else ""


def find_doi(text: str) -> str:
    """The first DOI anywhere in ``text``, such as a publisher's address of a paper; empty if there is none."""
    found = _INSIDE.search(text)
    return _trim(_VERSION.sub("", unquote(found[0]))) if found else ""


def read_doi_address(url: str) -> str:
    """The DOI that an address leads to; empty if it leads elsewhere."""
    return read_doi(url) if _ADDRESS.match(url) else ""


def doi_address(doi: str) -> str:
    """The address of ``doi``, percent-encoded."""
    return "https://doi.org/" + _UNSAFE.sub(lambda found: f"%{ord(found[0]):02X}", doi)


def _trim(doi: str) -> str:
    """``doi`` without the punctuation of the sentence around it; brackets that open in it are its own."""
    while doi and (doi[-1] in ".,;:\"'" or (doi[-1] in ")]}>" and doi.count(doi[-1]) > doi.count(_OPENING[doi[-1]]))):
        doi = doi[:-1]
    return doi


_OPENING = {")": "(", "]": "[", "}": "{", ">": "<"}
