"""Checks of the text layer, which applicant tracking systems, search and copying use."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from unicodedata import category

from cvgen.backends.backend import find_strings
from cvgen.examine.comparable_text import is_rtl, squeeze
from cvgen.examine.expected.expected_texts import Expected
from cvgen.examine.finding import Fault, shorten
from cvgen.examine.matching.text_places import WHOLE, find_divided, find_expected, fold_text, list_occurrences
from cvgen.examine.readers.reader_text import HYPHEN, ReaderText
from cvgen.examine.subject import Subject, TextSubject
from cvgen.model.shown_paper import PublicationItem

# Ligatures, soft hyphens, zero-width, direction, tag and private-use characters differ from what was typed
_ODD = re.compile(
    "[\u202a-\u202e\u2060\u2066-\u2069\ufeff\U000e0000-\U000e007f"
    "\ufb00-\ufb06\u00ad\u200b\ufffd\ufffe\uffff\ue000-\uf8ff\U000f0000-\U0010fffd\x00\x01\x03-\x08\x0e-\x1f]"
)
_LETTER = re.compile(r"[^\W_]")
_IDEOGRAPH = re.compile(
    "[\u0e00-\u0eff\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
)
_TELLING = 20
"""A text of at least so many characters does not occur in another by chance."""
_DATE = 8
"""The same for a date."""
_ONCE = "a template prints it again"
_LONG_WORD = 24
"""A word of so many letters may be split in a narrow column."""


def check_text(subject: TextSubject) -> Iterator[Fault]:
    """Both readers find every text of the document."""
    for text in subject.texts:
        place = 0
        for wanted in subject.expected.texts:
            found = find_expected(text, wanted, place) or find_expected(text, wanted)
            if found:
                place = found[0]
            elif not _is_read_otherwise(subject, text, wanted):
                hint = "a template leaves it out, draws it as an image, or changes its characters"
                page = text.page_at(place)
                message = f"{wanted.what} is not in the text: {shorten(wanted.text)}"
                yield Fault(message, page, wanted.location, hint, text.reader)
        yield from _too_few(subject, text)


def _is_read_otherwise(subject: TextSubject, text: ReaderText, wanted: Expected) -> bool:
    """Whether ``wanted`` is there in another order: from right to left, or on two pages that have two columns."""
    if is_rtl(wanted.text) or subject.job.document.direction == "rtl":  # numbers in such a line are read backwards too
        return any(text.has_words(wording) for wording in wanted.wordings)
    return subject.has_columns and find_divided(text, wanted) is not None


def _too_few(subject: TextSubject, text: ReaderText) -> Iterator[Fault]:
    """Dates and years that occur less often in the text than in the document."""
    inner = [wanted for section in subject.expected.sections for wanted in section.inner]
    document_text = "\n".join(squeeze(wanted.text) for wanted in inner)
    for wanted in {wanted.text: wanted for wanted in inner if wanted.is_counted}.values():
        packed = squeeze(wanted.text)
        asked, got = document_text.count(packed), text.packed.count(packed)
        if 0 < got < asked and not is_rtl(packed):
            message = f"{shorten(wanted.text)} is in the text {got} times, and should be there {asked} times"
            yield Fault(message, None, wanted.location, f"a template leaves out {wanted.what}", text.reader)


def check_words(subject: Subject) -> Iterator[Fault]:
    """No reader splits a word, and words do not run together.

    XeTeX writes no spaces, and pdfium sometimes misses a gap that the other reader sees, so a space counts as missing
    only if both readers miss it.
    """
    for wanted in subject.expected.texts:
        breaks = [_broken_place(text, wanted) for text in subject.texts]
        is_glued = all(found and not found.is_split for found in breaks)
        for text, found in zip(subject.texts, breaks, strict=True):
            if found and (found.is_split or is_glued):
                hint = "letter spacing of 0.1em or more splits words, and words need a space between them"
                message = f"{wanted.what} is read as {shorten(found.around)}"
                yield Fault(message, text.page_at(found.place), wanted.location, hint, text.reader)


@dataclass(frozen=True, slots=True)
class _WordBreak:
    """Where a reader has a space inside a word (``is_split``), or no space between two words."""

    place: int
    around: str
    is_split: bool


def _broken_place(text: ReaderText, wanted: Expected) -> _WordBreak | None:
    """The first break of ``wanted`` if it is broken wherever it occurs; None if it is whole somewhere."""
    first = None
    for place in _places(text, wanted):
        found = _broken_word(text, *place, wanted.raised)
        if found is None:
            return None
        first = first or found
    return first


def _places(text: ReaderText, wanted: Expected) -> Iterator[tuple[str, int, int]]:
    """Wording, index and length of every occurrence of ``wanted``; a short text may occur in others by chance."""
    for wording in wanted.wordings:
        found = None if is_rtl(wording) else text.find(wording, 0, wanted.any_case)
        while found:
            yield wording, *found
            found = text.find(wording, found[0] + 1, wanted.any_case)


def _broken_word(text: ReaderText, wording: str, place: int, length: int, raised: frozenset[int]) -> _WordBreak | None:
    """The first space too many or too few that the reader has in ``wording``, except at ``raised`` letters."""
    typed = " ".join(wording.split())
    start, end = text.raw_span(place, length)
    read = re.sub(r"\s+", lambda space: "\n" if "\n" in space[0] else " ", text.raw[start:end])
    gaps_typed, gaps_read = _gaps(typed), _gaps(read)
    letters = squeeze(typed)
    if HYPHEN in read or len(letters) != len("".join(read.split())):
        return None
    for at in range(1, len(letters)):
        around = letters[at - 1 : at + 1]
        asked, got = gaps_typed.get(at, ""), gaps_read.get(at, "")
        if _IDEOGRAPH.search(around) or {at - 1, at} & raised or any(category(char)[0] not in "LNP" for char in around):
            continue
        in_word = len(_LETTER.findall(around)) == 2 and not asked
        too_many = in_word and (got == " " or (got == "\n" and len(_word_at(letters, gaps_typed, at)) < _LONG_WORD))
        if too_many or (asked and not got):
            around = f"{letters[max(0, at - 8) : at]}{got}{letters[at : at + 8]}"
            return _WordBreak(place, around, too_many)
    return None


def _gaps(text: str) -> dict[int, str]:
    """Number of characters before it → the white space at that place."""
    found: dict[int, str] = {}
    count = 0
    for part in re.split(r"(\s+)", text):
        if part.isspace():
            found[count] = part[0]
        else:
            count += len(squeeze(part))
    return found


def _word_at(letters: str, gaps: dict[int, str], at: int) -> str:
    start = max((gap for gap in gaps if gap <= at), default=0)
    end = min((gap for gap in gaps if gap > at), default=len(letters))
    return letters[start:end]


def check_repeated(subject: TextSubject) -> Iterator[Fault]:
    """No text is printed more often than it is in the document.

    Both readers must find it, since each may read texts from right to left beside one another in its own order.
    """
    texts = list(subject.expected.texts)
    document_text = "\n".join(squeeze(wanted.text) for wanted in texts)
    read = subject.texts[0]
    papers = [part.shown for part in subject.job.document.walk() if isinstance(part.shown, PublicationItem)]
    behind = "\n".join(squeeze(text) for paper in papers for text in _list_names(paper))
    long_enough = (
        wanted for wanted in texts if len(squeeze(wanted.text)) >= (_DATE if wanted.is_counted else _TELLING)
    )
    for wanted in {wanted.text: wanted for wanted in long_enough}.values():
        packed = squeeze(wanted.text)
        said = document_text.count(packed) + behind.count(packed)
        if all(_is_repeated(reader, packed, said, texts) for reader in subject.texts):
            page = read.page_at(read.packed.rfind(packed))
            yield Fault(f"{wanted.what} is printed twice: {shorten(wanted.text)}", page, wanted.location, _ONCE)
    yield from _repeated_lines(subject, read)


def _is_repeated(text: ReaderText, packed: str, said: int, others: Iterable[Expected]) -> bool:
    """Whether ``packed`` is there more than ``said`` times, without the ends of others and what follows them."""
    count = text.packed.count(packed)
    if count <= said:
        return False
    begun = {
        (other, size)
        for other in (squeeze(other.text) for other in others)
        for size in range(1, min(len(packed), len(other)))
        if other.endswith(packed[:size])
    }
    return count - sum(text.packed.count(other + packed[size:]) for other, size in begun) > said


def _list_names(paper: PublicationItem) -> Iterator[str]:
    """What citation styles print of ``paper`` that may have the name of the person or of another venue."""
    named = (paper.event, paper.institution, paper.publisher, paper.howpublished, paper.place, paper.series)
    yield from (str(text) for text in named if text and str(text) != str(paper.venue))
    yield from (author.name for author in (*paper.authors, *paper.editors, *paper.translators))


def _repeated_lines(subject: TextSubject, read: ReaderText) -> Iterator[Fault]:
    """Titles and short bullets that are lines of their own more often than the document has such a text.

    A line inside a longer text does not count: running text may end with the words of a title.
    """
    texts = list(subject.expected.texts)
    said = Counter(fold_text(wanted.text) for wanted in texts)
    inner = [text for section in subject.expected.sections for text in section.inner]
    lines = (text for text in inner if text.what == "a bullet" and len(squeeze(text.text)) < _TELLING)
    for wanted in {text.text: text for text in (*lines, *subject.expected.titles)}.values():
        places = [
            place for place in list_occurrences(read, wanted, 0, len(read.packed), texts) if place.quality == WHOLE
        ]
        if len(places) > said[fold_text(wanted.text)]:
            page = read.page_at(places[-1].start)
            yield Fault(f"{wanted.what} is printed twice: {shorten(wanted.text)}", page, wanted.location, _ONCE)


def check_glyphs(subject: Subject) -> Iterator[Fault]:
    """Every glyph is in the font, and is copied as the character that was typed."""
    typed = set(find_strings(subject.job.document))
    for page, pdfminer_page in zip(subject.pdfium.pages, subject.pdfminer.pages, strict=True):
        # the text of both readers, because pdfium splits ligatures itself
        odd = sorted({char for char in _ODD.findall(page.text + pdfminer_page.text) if char not in typed})
        if odd:
            codes = ", ".join(f"U+{ord(char):04X}" for char in odd)
            message = f"the text has characters that are not in the profile: {codes}"
            yield Fault(message, page.number, hint="switch off ligatures and icon fonts")
    for pdfminer_page in subject.pdfminer.pages:
        if pdfminer_page.blanks:
            message = f"{pdfminer_page.blanks} characters are printed as boxes, because the font lacks them"
            yield Fault(message, pdfminer_page.number, hint="choose another font")
        if pdfminer_page.unmapped:
            message = f"{pdfminer_page.unmapped} glyphs cannot be copied as characters"
            yield Fault(message, pdfminer_page.number, hint="choose another font")
