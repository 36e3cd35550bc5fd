"""Checks for résumé parsers: contacts and dates can be recognized, and lines are whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cvgen.examine.comparable_text import DOTLESS, fold_case, is_rtl, squeeze
from cvgen.examine.expected.expected_texts import Expected
from cvgen.examine.finding import Fault, shorten
from cvgen.examine.matching.text_places import begins_line, find_expected
from cvgen.examine.readers.reader_text import ReaderText
from cvgen.examine.subject import Subject, TextSubject
from cvgen.model.printed import Contact
from cvgen.themes.contract import DATE_POSITION

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w+])\+?\(?\d(?:[ \u00a0\u2009()./-]{0,2}\d){4,}(?!\w)")
_ADDRESS = re.compile(r"(?<![\w@.-])(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?:/[^\s,;()]*)?(?![\w@])", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_PARSED = frozenset({"ats", "classic", "compact"})
"""Themes with one column that are made to be parsed; themes that extend them count too."""
_FACTS = frozenset({"an entry", "a position", "a position or subtitle", "a date"})
_BEGIN = 12
"""Characters by which the start of a line is compared."""
_BESIDE = 3
"""Characters that may be beside a title, such as a number or a colon."""
_LINE = 45
"""A text with fewer characters, not counting spaces, has room on one line in any of these themes."""
_LONGEST = 90
"""The characters of an address that has room on one line."""


def check_contacts(subject: TextSubject) -> Iterator[Fault]:
    """Patterns for e-mail, phone and web addresses find those of the document in the text.

    In a line from right to left, pdfium may turn the words of a contact around.
    """
    for text in subject.texts:
        may_turn = subject.job.document.direction == "rtl" and text.reader == "pdfium"
        known = [(contact, wanted) for contact, wanted in subject.expected.contacts if _is_usual(contact)]
        mails = set(_MAIL.findall(text.raw))
        phones = {_digits(phone) for phone in _PHONE.findall(text.raw)}
        addresses = {_plain(address) for address in _ADDRESS.findall(text.raw)}
        for contact, wanted in known:
            parsed = {"email": contact.text in mails, "phone": _digits(contact.text) in phones}
            if contact.kind == "url":
                parsed["url"] = _plain(contact.text) in addresses
            if not parsed.get(contact.kind, True) and not (may_turn and _turn(contact) in text.raw):
                hint = "keep it on one line, with a space before and after it"
                message = f"the {contact.kind} {contact.text} cannot be recognized in the text"
                yield Fault(message, _page_of(text, wanted), wanted.location, hint, text.reader)


def _turn(contact: Contact) -> str:
    """A contact with its words and signs in the other order: ``org.example@kemp.nora``, ``0000 000 50 +00``."""
    if contact.kind == "phone":
        return " ".join(reversed(contact.text.split()))
    shown = re.sub(r"^https?://(www\.)?|/$", "", contact.text)
    return "".join(reversed(re.findall(r"[^\W_]+|[\W_]", shown)))


def _is_usual(contact: Contact) -> bool:
    """Whether the patterns recognize a contact in its own text; they do not know every form."""
    match contact.kind:
        case "email":
            return contact.text in _MAIL.findall(contact.text)
        case "phone":
            return _digits(contact.text) in {_digits(phone) for phone in _PHONE.findall(contact.text)}
        case _ if len(contact.text) > _LONGEST:
            return False
        case _:
            return _plain(contact.text) in {_plain(address) for address in _ADDRESS.findall(contact.text)}


def _digits(phone: str) -> str:
    return re.sub(r"[^\d+]", "", phone)


def _plain(address: str) -> str:
    return re.sub(r"^https?://(www\.)?|^www\.|/$", "", address.casefold())


def _page_of(text: ReaderText, wanted: Expected) -> int:
    found = find_expected(text, wanted)
    return text.page_at(found[0]) if found else 1


def check_dates(subject: TextSubject) -> Iterator[Fault]:
    """Each date is separate from other text, so that its years are recognized as years."""
    for text in subject.texts:
        for wanted in subject.expected.texts:
            if wanted.what != "a date" or is_rtl(wanted.text):
                continue
            spans = list(_spans(text, wanted))
            if spans and not any(_stands_alone(text.raw, *span, wanted.text) for span in spans):
                page = text.page_at(text.packed.find(squeeze(wanted.text)))
                message = f"{shorten(wanted.text)} cannot be recognized as a date"
                hint = "put a space before and after it, and keep its numbers whole"
                yield Fault(message, page, wanted.location, hint, text.reader)


def _spans(text: ReaderText, wanted: Expected) -> Iterator[tuple[int, int]]:
    found = text.find(wanted.text)
    while found:
        yield text.raw_span(*found)
        found = text.find(wanted.text, found[0] + 1)


def _stands_alone(raw: str, start: int, end: int, wanted: str) -> bool:
    before, after = raw[start - 1 : start], raw[end : end + 1]
    return not (before.isalnum() or after.isalnum()) and _YEAR.findall(raw[start:end]) == _YEAR.findall(wanted)


def check_lines(subject: Subject) -> Iterator[Fault]:
    """In themes made for parsers the name comes first, titles and bullets begin lines, and facts are on one line.

    A reader sometimes splits or joins lines, so only what both readers show is reported.
    """
    if not _PARSED & {name for name, _ in subject.job.theme.folders}:
        return
    first, second = ([*_check_head(subject, text), *_check_blocks(subject, text)] for text in subject.texts)
    also = {(fault.message, fault.location) for fault in second}
    yield from (fault for fault in first if (fault.message, fault.location) in also)


def _check_head(subject: Subject, text: ReaderText) -> Iterator[Fault]:
    name = subject.expected.name
    if not text.folded.startswith(squeeze(name.text).translate(DOTLESS).lower()) and not is_rtl(name.text):
        yield Fault("the first line of the text is not the name", 1, name.location, "print the name first")
    lines = [fold_case(line) for line in text.lines]
    for title in (section.title for section in subject.expected.sections if section.has_title):
        wanted = fold_case(squeeze(title.text))
        has_own = any(wanted in line and len(line) - len(wanted) <= _BESIDE for line in lines)
        if not has_own and _is_telling(wanted, text):
            message = f"the section title {shorten(title.text)} shares its line with other text"
            yield Fault(message, _page_of(text, title), title.location, "put it on a line of its own")


def _is_telling(wanted: str, text: ReaderText) -> bool:
    """Whether a text has room on one line and is in the text at all; if not, another check reports it."""
    return len(wanted) < _LINE and not is_rtl(wanted) and wanted in text.folded


def _check_blocks(subject: Subject, text: ReaderText) -> Iterator[Fault]:
    # In a column of their own, dates may continue on a second line
    facts = _FACTS - {"a date"} if subject.job.options.get(DATE_POSITION) == "left" else _FACTS
    lines = [fold_case(line) for line in text.lines]
    joined = "\n".join(lines)
    begins = {begin for line in lines for begin in _begins(line)}
    for block in (block for section in subject.expected.sections for block in section.blocks):
        for part in (*block.leads, *block.parts):
            wanted = fold_case(squeeze(part.text))
            if part.what in facts and wanted not in joined and _is_telling(wanted, text) and _has_own_line(text, part):
                message = f"{part.what} is split over two lines: {shorten(part.text)}"
                yield Fault(message, _page_of(text, part), part.location, "keep it on one line")
            if part.what == "a bullet" and not _begins_line(wanted[:_BEGIN], begins) and wanted in text.folded:
                message = f"a bullet begins in the middle of a line: {shorten(part.text)}"
                yield Fault(message, _page_of(text, part), part.location, "begin a new line for each bullet")


def _has_own_line(text: ReaderText, part: Expected) -> bool:
    """Whether it must be whole: a position that follows the employer on its line may go on in the next line."""
    found = find_expected(text, part)
    return part.what != "a position or subtitle" or not found or begins_line(text, *found)


def _begins(line: str) -> Iterator[str]:
    """The first characters of a line, with and without leading bullet signs."""
    for start in range(min(_BESIDE + 1, len(line))):
        yield line[start : start + _BEGIN]
        if line[start].isalnum():
            return


def _begins_line(wanted: str, begins: set[str]) -> bool:
    return wanted in begins or any(wanted.startswith(begin) for begin in begins if begin)
