"""Headings of a language whose alphabet has no capitals."""

from __future__ import annotations

from collections.abc import Mapping

from cvgen.model.document import Document
from cvgen.themes.contract import HEADING_CASE
from cvgen.themes.options import OptionValue


def settle_heading_case(document: Document, options: Mapping[str, OptionValue]) -> Mapping[str, OptionValue]:
    """``options`` whose headings are as typed in a language without capitals.

    Capitals of any kind are set with wider spaces, which part the marks of Devanagari from their letters, and the
    joined letters of Arabic from each other; so do small capitals.
    """
    heading = document.words["work"]
    if HEADING_CASE not in options or heading.upper() != heading.lower():
        return options
    return {**options, HEADING_CASE: "normal"}
