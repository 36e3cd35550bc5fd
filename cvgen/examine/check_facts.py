"""Checks of what résumé parsers look for: contacts and dates that parse as themselves, lines that are whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cvgen.examine.expected import Expected
from cvgen.examine.finding import Fault
from cvgen.examine.subject import Subject, find_expected, is_rtl, shorten
from cvgen.examine.text import ReadText, squeeze

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w+])\+?\(?\d(?:[ \u00a0\u2009()./-]{0,2}\d){4,}(?!\w)")
_ADDRESS = re.compile(r"(?<![\w@.-])(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?:/[^\s,;()]*)?(?![\w@])", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_PARSED = frozenset({"ats", "classic", "compact"})
"""Themes of one column that are made to be parsed, and what extends them."""
_LINE = 60
"""Characters, spaces aside, of a text that any of these themes has room for in a line."""


def check_contacts(subject: Subject) -> Iterator[Fault]:
    """Patterns for e-mail, phone and web addresses find in the text just those of the document."""
    for text in subject.texts:
        mails = set(_MAIL.findall(text.raw))
        phones = {_digits(phone) for phone in _PHONE.findall(text.raw)}
        addresses = {_plain(address) for address in _ADDRESS.findall(text.raw)}
        for contact, wanted in subject.expected.contacts:
            parsed = {"email": contact.text in mails, "phone": _digits(contact.text) in phones}
            if contact.kind == "url":
                parsed["url"] = _plain(contact.text) in addresses
            if not parsed.get(contact.kind, True):
                hint = "keep it in one line, with a space before and after it"
                message = f"{text.reader} finds no {contact.kind} {contact.text} in the text"
                yield Fault(message, _page_of(text, wanted), wanted.location, hint)


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
                message = f"{text.reader} does not read {shorten(wanted.text)} as a date"
                yield Fault(message, page, wanted.location, "it needs a space before and after it, and whole numbers")


def _spans(text: ReadText, wanted: Expected) -> Iterator[tuple[int, int]]:
    found = text.find(wanted.text)
    while found:
        yield text.raw_span(*found)
        found = text.find(wanted.text, found[0] + 1)


def _stands_alone(raw: str, start: int, end: int, wanted: str) -> bool:
    before, after = raw[start - 1 : start], raw[end : end + 1]
    return not (before.isalnum() or after.isalnum()) and _YEAR.findall(raw[start:end]) == _YEAR.findall(wanted)


def check_lines(subject: Subject) -> Iterator[Fault]:
    """In themes made for parsers the name is the first line, titles have lines of their own, and facts do not break."""
    if not _PARSED & {name for name, _ in subject.job.theme.folders}:
        return
    for text in subject.texts:
        name = subject.expected.name
        if not (text.lines and text.lines[0].startswith(squeeze(name.text))) and not is_rtl(name.text):
            yield Fault(
                f"{text.reader} reads another first line than the name", 1, name.location, "print the name first"
            )
        yield from _broken_lines(subject, text)


def _broken_lines(subject: Subject, text: ReadText) -> Iterator[Fault]:
    lines = [line.casefold() for line in text.lines]
    own, joined = set(lines), "\n".join(lines)
    for section in subject.expected.sections:
        title = squeeze(section.title.text).casefold()
        if title not in own and title in text.folded and not is_rtl(title):
            message = f"{text.reader} reads the section title {shorten(section.title.text)} in no line of its own"
            yield Fault(message, _page_of(text, section.title), section.title.location, "give it a line of its own")
        for part in (part for block in section.blocks for part in (*block.leads[:1], *block.parts)):
            wanted = squeeze(part.text).casefold()
            is_broken = wanted not in joined and wanted in text.folded  # what is nowhere is another check's finding
            if part.what in _FACTS and len(wanted) < _LINE and not is_rtl(wanted) and is_broken:
                message = f"{text.reader} reads {part.what} in two lines: {shorten(part.text)}"
                yield Fault(message, _page_of(text, part), part.location, "keep it in one line")


_FACTS = frozenset({"an entry", "a position or subtitle", "a date"})
