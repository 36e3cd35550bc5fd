"""Checks of what résumé parsers look for: contacts and dates that parse as themselves, lines that are whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cvgen.examine.expected.texts import Expected
from cvgen.examine.finding import Fault
from cvgen.examine.readers.reader_text import ReadText, squeeze
from cvgen.examine.readers.subject import Subject, find_expected, is_rtl, shorten
from cvgen.model.document import Contact
from cvgen.themes.contract import DATE_POSITION

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w+])\+?\(?\d(?:[ \u00a0\u2009()./-]{0,2}\d){4,}(?!\w)")
_ADDRESS = re.compile(r"(?<![\w@.-])(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?:/[^\s,;()]*)?(?![\w@])", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_PARSED = frozenset({"ats", "classic", "compact"})
"""Themes of one column that are made to be parsed, and what extends them."""
_FACTS = frozenset({"an entry", "a position or subtitle", "a date"})
_BEGIN = 12
"""Characters by which a line's begin is known."""
_BESIDE = 3
"""Characters that may stand beside a title: a number, a colon."""
_LINE = 45
"""Characters, spaces aside, of a text that any of these themes has room for in a line."""


def check_contacts(subject: Subject) -> Iterator[Fault]:
    """Patterns for e-mail, phone and web addresses find in the text just those of the document."""
    for text in subject.texts:
        known = [(contact, wanted) for contact, wanted in subject.expected.contacts if _is_usual(contact)]
        mails = set(_MAIL.findall(text.raw))
        phones = {_digits(phone) for phone in _PHONE.findall(text.raw)}
        addresses = {_plain(address) for address in _ADDRESS.findall(text.raw)}
        for contact, wanted in known:
            parsed = {"email": contact.text in mails, "phone": _digits(contact.text) in phones}
            if contact.kind == "url":
                parsed["url"] = _plain(contact.text) in addresses
            if not parsed.get(contact.kind, True):
                hint = "keep it in one line, with a space before and after it"
                message = f"no {contact.kind} {contact.text} is found in the text"
                yield Fault(message, _page_of(text, wanted), wanted.location, hint, text.reader)


def _is_usual(contact: Contact) -> bool:
    """Whether the patterns find a contact in its own text: they do not know every form."""
    match contact.kind:
        case "email":
            return contact.text in _MAIL.findall(contact.text)
        case "phone":
            return _digits(contact.text) in {_digits(phone) for phone in _PHONE.findall(contact.text)}
        case _:
            return _plain(contact.text) in {_plain(address) for address in _ADDRESS.findall(contact.text)}


def _digits(phone: str) -> str:
    return re.sub(r"[^\d+]", "", phone)


def _plain(address: str) -> str:
    return re.sub(r"^https?://(www\.)?|^www\.|/$", "", address.casefold())


def _page_of(text: ReadText, wanted: Expected) -> int:
    found = find_expected(text, wanted)
    return text.page_at(found[0]) if found else 1


def check_dates(subject: Subject) -> Iterator[Fault]:
    """Each date stands by itself, so that its years are found as years."""
    for text in subject.texts:
        for wanted in subject.expected.texts:
            if wanted.what != "a date" or is_rtl(wanted.text):
                continue
            spans = list(_spans(text, wanted))
            if spans and not any(_stands_alone(text.raw, *span, wanted.text) for span in spans):
                page = text.page_at(text.packed.find(squeeze(wanted.text)))
                message = f"{shorten(wanted.text)} is not read as a date"
                hint = "it needs a space before and after it, and whole numbers"
                yield Fault(message, page, wanted.location, hint, text.reader)


def _spans(text: ReadText, wanted: Expected) -> Iterator[tuple[int, int]]:
    found = text.find(wanted.text)
    while found:
        yield text.raw_span(*found)
        found = text.find(wanted.text, found[0] + 1)


def _stands_alone(raw: str, start: int, end: int, wanted: str) -> bool:
    before, after = raw[start - 1 : start], raw[end : end + 1]
    return not (before.isalnum() or after.isalnum()) and _YEAR.findall(raw[start:end]) == _YEAR.findall(wanted)


def check_lines(subject: Subject) -> Iterator[Fault]:
    """In themes made for parsers the name is the first line, titles and bullets begin lines, and facts do not break.

    A reader cuts or joins a line now and then: what both say is so.
    """
    if not _PARSED & {name for name, _ in subject.job.theme.folders}:
        return
    first, second = ([*_check_head(subject, text), *_check_blocks(subject, text)] for text in subject.texts)
    also = {(fault.message, fault.location) for fault in second}
    yield from (fault for fault in first if (fault.message, fault.location) in also)


def _check_head(subject: Subject, text: ReadText) -> Iterator[Fault]:
    name = subject.expected.name
    if not text.folded.startswith(squeeze(name.text).lower()) and not is_rtl(name.text):
        yield Fault("another line than the name is read first", 1, name.location, "print the name first")
    lines = [line.casefold() for line in text.lines]
    for title in (section.title for section in subject.expected.sections):
        wanted = squeeze(title.text).casefold()
        has_own = any(wanted in line and len(line) - len(wanted) <= _BESIDE for line in lines)
        if not has_own and _is_telling(wanted, text):
            message = f"the section title {shorten(title.text)} is read in no line of its own"
            yield Fault(message, _page_of(text, title), title.location, "give it a line of its own")


def _is_telling(wanted: str, text: ReadText) -> bool:
    """Whether a text has room in one line, and is there: what is nowhere is another check's finding."""
    return len(wanted) < _LINE and not is_rtl(wanted) and wanted in text.folded


def _check_blocks(subject: Subject, text: ReadText) -> Iterator[Fault]:
    # In a column of their own dates may go on to a second line
    facts = _FACTS - {"a date"} if subject.job.options.get(DATE_POSITION) == "left" else _FACTS
    lines = [line.casefold() for line in text.lines]
    joined = "\n".join(lines)
    begins = {begin for line in lines for begin in _begins(line)}
    for block in (block for section in subject.expected.sections for block in section.blocks):
        for part in (*block.leads, *block.parts):
            wanted = squeeze(part.text).casefold()
            if part.what in facts and wanted not in joined and _is_telling(wanted, text):
                message = f"{part.what} is read in two lines: {shorten(part.text)}"
                yield Fault(message, _page_of(text, part), part.location, "keep it in one line")
            if part.what == "a bullet" and not _begins_line(wanted[:_BEGIN], begins) and wanted in text.folded:
                message = f"a bullet begins in the middle of a line: {shorten(part.text)}"
                yield Fault(message, _page_of(text, part), part.location, "give each bullet a line of its own")


def _begins(line: str) -> Iterator[str]:
    """How a line begins, with and without a bullet or two of signs."""
    for start in range(min(_BESIDE + 1, len(line))):
        yield line[start : start + _BEGIN]
        if line[start].isalnum():
            return


def _begins_line(wanted: str, begins: set[str]) -> bool:
    return wanted in begins or any(wanted.startswith(begin) for begin in begins if begin)
