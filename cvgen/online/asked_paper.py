"""What a person asks for with ``cvgen publications add``: a DOI, an arXiv identifier, or the works of an ORCID iD."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cvgen.diagnostics import Problem
from cvgen.sources.entry.doi import read_doi
from cvgen.sources.entry.identifiers import ARXIV

DOI, ARXIV_ID, ORCID = "doi", "arxiv", "orcid"
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(.+)", re.IGNORECASE)
_ORCID = re.compile(r"(?:orcid:\s*|(?:https?://)?orcid\.org/)?((?:\d{4}-){3}\d{3}[\dX])/?", re.IGNORECASE)
_FORMS = "write a DOI (10.1145/3292500.3330701), arXiv:2401.00001 or orcid:0000-0002-1825-0097"


@dataclass(frozen=True, slots=True)
class AskedPaper:
    """An identifier: its kind (``doi``, ``arxiv`` or ``orcid``), its value, and how it was typed."""

    kind: str
    value: str
    typed: str


def read_asked(typed: str) -> AskedPaper | Problem:
    """The identifier that was ``typed``, or the Problem of one that is none."""
    word = typed.strip()
    if found := _ORCID.fullmatch(word):
        if not _has_check_digit(found[1]):
            return Problem(f"{typed!r} is not an ORCID iD: its last digit does not fit", None, "copy it from orcid.org")
        return AskedPaper(ORCID, found[1].upper(), typed)
    if doi := read_doi(word):
        own = _ARXIV_DOI.fullmatch(doi)
        return AskedPaper(ARXIV_ID, own[1], typed) if own else AskedPaper(DOI, doi, typed)
    bare = word if re.match(r"arxiv|https?://", word, re.IGNORECASE) else f"arXiv:{word}"
    bare = re.sub(r"\.pdf$|[?#].*$", "", re.sub(r"^arxiv:\s+", "arXiv:", bare, flags=re.IGNORECASE))
    if (found := ARXIV.search(bare)) and bare.endswith(found[0]):
        return AskedPaper(ARXIV_ID, found[1], typed)
    return Problem(f"{typed!r} is not an identifier of a publication", None, _FORMS)


def _has_check_digit(orcid: str) -> bool:
    """Whether the last character is the check digit of the others (ISO 7064, MOD 11-2)."""
    total = 0
    for digit in orcid.replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    rest = (12 - total % 11) % 11
    return orcid[-1].upper() == ("X" if rest == 10 else str(rest))
