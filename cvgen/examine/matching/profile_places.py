"""From a word on a page back to the profile's text that it belongs to."""

from __future__ import annotations

from cvgen.diagnostics import Location
from cvgen.examine.comparable_text import squeeze
from cvgen.examine.expected.texts import ExpectedDocument
from cvgen.examine.readers.pdfium_text import Page, Word

_AHEAD = 8
"""How many words after it may be needed to tell two texts apart."""


def locate(expected: ExpectedDocument, page: Page, word: Word) -> Location | None:
    """Where the text with ``word`` stands, if it and the words after it are in one text only; None where in several."""
    texts = [(squeeze(wanted.text).casefold(), wanted.location) for wanted in expected.texts]
    first = page.words.index(word)
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
