"""Finds the place in the profile of a word on a page."""

from __future__ import annotations

from cvgen.diagnostics import Location
from cvgen.examine.comparable_text import squeeze
from cvgen.examine.expected.expected_texts import ExpectedDocument
from cvgen.examine.readers.pdfium_chars import PrintedWord
from cvgen.examine.readers.pdfium_text import Page

_AHEAD = 8
"""How many words are compared to tell two texts apart."""


def locate(expected: ExpectedDocument, page: Page, word: PrintedWord) -> Location | None:
    """The place in the profile of the text with ``word``; None if ``word`` and those after it fit several texts."""
    texts = [(squeeze(wanted.text).casefold(), wanted.location) for wanted in expected.texts]
    first = next(number for number, other in enumerate(page.words) if other.start == word.start)
    run = ""
    for following in page.words[first : first + _AHEAD]:
        run += squeeze(following.text).casefold()
        fitting = [(text, place) for text, place in texts if run in text]
        if not fitting:
            break
        texts = fitting
        if len({place for _, place in texts}) == 1:
            return texts[0][1]
    return None
