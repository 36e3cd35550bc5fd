"""The form in which texts of a document and texts read from a PDF are compared."""

from __future__ import annotations

import re
import unicodedata

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


def normalize(text: str) -> str:
    """``text`` in the form in which texts are compared (UAX 15, NFKC)."""
    return unicodedata.normalize("NFKC", text)


def squeeze(text: str) -> str:
    """``text`` in the form in which texts are compared, without white space."""
    return "".join(normalize(text).split())


def is_rtl(text: str) -> bool:
    """Whether some of ``text`` runs from right to left: its characters may be copied in the order on paper."""
    return bool(_RIGHT_TO_LEFT.search(text))
