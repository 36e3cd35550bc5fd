"""Reads any PDF as a plain parser does."""

from __future__ import annotations

from typing import Any

from cvgen.examine.parser.parse_cv import parse_lines
from cvgen.examine.parser.parsed_cv import ParsedCv
from cvgen.examine.parser.text_lines import TextLine, cut_lines
from cvgen.examine.readers.pdfium_chars import read_chars, split_words
from cvgen.sources.pdf_file import open_pdf

MOST_PAGES = 50
MOST_CHARS = 500_000


class NotACvError(Exception):
    """The PDF can be opened and has no text, or far too much; ``hint`` says what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def parse_pdf(pdf: bytes) -> ParsedCv:
    """What a plain parser makes of ``pdf``; raises UnreadableError or NotACvError."""
    with open_pdf(pdf) as document:
        if len(document) > MOST_PAGES:
            raise NotACvError(f"the PDF has {len(document)} pages", f"give a CV of at most {MOST_PAGES} pages")
        pages, left = [], MOST_CHARS
        for number in range(len(document)):
            lines, count = _read_page(document, number, left)
            pages.append(lines)
            left -= count
    if not any(pages):
        hint = "make the PDF from its text again; a scan or a picture has to go through text recognition first"
        raise NotACvError("the PDF has no text that can be read, so parsers find nothing in it", hint)
    return parse_lines(pages)


def _read_page(document: Any, number: int, most: int) -> tuple[list[TextLine], int]:
    page = document[number]
    text_page = page.get_textpage()
    count = text_page.count_chars()
    if count > most:
        raise NotACvError(f"the PDF has more than {MOST_CHARS:,} characters", "give a CV, not a book")
    lines = cut_lines(number + 1, split_words(read_chars(text_page, 0.0, 0.0, None)))
    text_page.close()
    page.close()
    return lines, count
