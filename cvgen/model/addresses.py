"""Addresses of links: which are relative, and how people write them."""

from __future__ import annotations

import re

_FILE = re.compile(
    r"(?:[\w.~%-]+/)*[\w.~%-]+\.(?:pdf|html?|docx?|odt|pptx?|odp|key|xlsx?|csv|txt|bib|tex|zip|png|jpe?g|gif|svg|webp"
    r"|mp[34]|webm|ics|vcf|json|ya?ml|ipynb)(?:[?#][^\s()]*)?",
    re.IGNORECASE,
)
_PLACE = re.compile(r"#[^\s()#]+")
_FOLDER = re.compile(r"(?:\.{0,2}/(?!/)|[\w~%-]+/)[^\s()]*")
_START = re.compile(r"(?:https?://|mailto:|tel:)(?:www\.)?", re.IGNORECASE)


def is_relative(url: str) -> bool:
    """Whether ``url`` is a place on the page (``#news``) or a file beside it (``files/cv.pdf``).

    ``b`` and ``example.org/x`` are neither.
    """
    return any(pattern.fullmatch(url) for pattern in (_PLACE, _FILE, _FOLDER))


def write_address(url: str) -> str:
    """``url`` as people write it: without its scheme and ``www.``."""
    return _START.sub("", url, count=1)
