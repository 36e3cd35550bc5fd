"""The form in which texts of a document and texts read from a PDF are compared."""

from __future__ import annotations

import re
import unicodedata

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)
"""Characters that have no glyph (Unicode's Default_Ignorable_Code_Point): they join or vary emoji, or allow a hyphen.
A PDF holds glyphs, so its text may have these characters or not."""


def normalize(text: str) -> str:
    """``text`` in the form in which texts are compared (UAX 15, NFKC), without characters that have no glyph."""
    return unicodedata.normalize("NFKC", _UNSEEN.sub("", text))


def squeeze(text: str) -> str:
    """``text`` in the form in which texts are compared, without white space."""
    return "".join(normalize(text).split())


DOTLESS = str.maketrans("ıİ", "ii")
"""Turkish letters whose other case has a dot or none: they count as ``i`` where capitals do not matter."""


def fold_case(text: str) -> str:
    """``text`` as it is compared where capitals do not matter."""
    return text.translate(DOTLESS).casefold()


def is_rtl(text: str) -> bool:
    """Whether some of ``text`` runs from right to left: its characters may be copied in the order on paper."""
    return bool(_RIGHT_TO_LEFT.search(text))
