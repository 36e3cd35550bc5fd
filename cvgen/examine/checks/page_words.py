"""What several checks need of the words of a page: those of the text, those inside a box, and a Fault for some."""

from __future__ import annotations

from collections.abc import Iterator

from cvgen.examine.finding import Fault, shorten
from cvgen.examine.matching.profile_places import locate
from cvgen.examine.readers.pdfium_text import Page, Word
from cvgen.examine.subject import Subject


def body(page: Page, subject: Subject) -> list[Word]:
    """The words of a page without its number and what else the theme prints in the margins."""
    own = {word.start for line in subject.running_lines if line.page == page.number for word in line.words}
    return [word for word in page.words if word.start not in own]


def is_inside(word: Word, left: float, bottom: float, right: float, top: float) -> bool:
    """Whether all of a word stands within these edges."""
    box = word.box
    return left <= box[0] and bottom <= box[1] and box[2] <= right and box[3] <= top


def report_words(subject: Subject, page: Page, words: list[Word], what: str, hint: str) -> Iterator[Fault]:
    """One Fault for all ``words`` of a page, at the profile's text that the first belongs to."""
    if words:
        more = f" and {len(words) - 1} more" if len(words) > 1 else ""
        yield Fault(
            f"{shorten(words[0].text)}{more} {what}", page.number, locate(subject.expected, page, words[0]), hint
        )
