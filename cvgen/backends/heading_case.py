"""Headings in a script that has no capitals."""

from __future__ import annotations

from collections.abc import Mapping
from unicodedata import category

from cvgen.model.document import Document
from cvgen.themes.contract import HEADING_CASE
from cvgen.themes.options import OptionValue

_ORDINALS = "ªº"
"""Letters without a capital in languages that have capitals."""


def settle_heading_case(document: Document, options: Mapping[str, OptionValue]) -> Mapping[str, OptionValue]:
    """``options`` whose headings are as typed if one of them is in a script without capitals.

    Capitals of any kind are set with wider spaces, which part the marks of Devanagari from their letters, and the
    joined letters of Arabic from each other; so do small capitals.
    """
    titles = "".join(str(section.title) for section in document.sections)
    is_caseless = any(category(char) == "Lo" and char not in _ORDINALS for char in titles)
    return {**options, HEADING_CASE: "normal"} if is_caseless and HEADING_CASE in options else options
