"""Shared by checks of pages: the words of the text, words inside a box, and one Fault for several words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from unicodedata import category

from cvgen.examine.finding import Fault, shorten
from cvgen.examine.matching.profile_places import locate
from cvgen.examine.readers.pdfium_chars import PrintedWord
from cvgen.examine.readers.pdfium_text import Page
from cvgen.examine.subject import Subject


def body(page: Page, subject: Subject) -> list[PrintedWord]:
    """The words of a page without running heads and feet."""
    own = {word.start for line in subject.running_lines if line.page == page.number for word in line.words}
    return [word for word in page.words if word.start not in own]


def without_accents(word: PrintedWord) -> PrintedWord:
    """``word`` without signs above or around a letter, as far as it has others; fonts give these any size of box."""
    chars = tuple(char for char in word.chars if not category(char.text[0]).startswith("M"))
    return replace(word, chars=chars) if chars else word


def is_inside(word: PrintedWord, left: float, bottom: float, right: float, top: float) -> bool:
    """Whether the whole word is inside these edges."""
    box = word.box
    return left <= box[0] and bottom <= box[1] and box[2] <= right and box[3] <= top


def report_words(subject: Subject, page: Page, words: list[PrintedWord], what: str, hint: str) -> Iterator[Fault]:
    """One Fault for all ``words`` of a page, with the place in the profile of the first. ``what`` completes it."""
    if words:
        more = f" and {len(words) - 1} more" if len(words) > 1 else ""
        yield Fault(
            f"{shorten(words[0].text)}{more} {what}", page.number, locate(subject.expected, page, words[0]), hint
        )
