"""The top of a CV: name, headline, e-mail, phone, place and addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cvgen.examine.finding import shorten
from cvgen.examine.parser.known_words import JOB_IN_SMALL
from cvgen.examine.parser.parsed_cv import ParsedContacts, Remark
from cvgen.examine.parser.text_lines import TextLine

MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w/.-])\+?\(?\d(?:[ \u00a0\u2009()./-]{0,2}\d){6,14}(?![\w/])")
_AMERICAN = re.compile(r"\(?\d{3}\)?[ .-]?\d{3}[ .-]?\d{4}")
_ADDRESS = re.compile(r"(?<![\w@.-])(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?:/[^\s,;|()]*)?(?![\w@])", re.IGNORECASE)
_PLACE = re.compile(r"[^\W\d_][^\d,@:/.]{1,30}(?:, ?[^\W\d_][^\d,@:/]{1,30}){1,2}")
_SEPARATORS = re.compile(r"\s*[|·•⋅–]\s*")
_NAME_STEP = 0.8
"""From the name's baseline to the next, in sizes of the name: pypdf joins lines that are closer."""
_SENTENCE = 8


def read_contacts(lines: Sequence[TextLine]) -> ParsedContacts:
    """What the lines above the first title say."""
    name = _find_name(lines)
    texts = [line.text for line in lines if line is not name]
    whole = "\n".join(texts)
    mails, phones = MAIL.findall(whole), _PHONE.findall(whole)
    urls = tuple(dict.fromkeys(_ADDRESS.findall(MAIL.sub(" ", whole))))
    parts = [part for text in texts for part in _split(text)]
    place = next((part for part in parts if _is_place(part)), "")
    left = [part for part in parts if part != place and not _is_contact(part)]
    summary = [text for text in texts if len(text.split()) >= _SENTENCE and not MAIL.search(text)]
    left = [part for part in left if not any(part in text for text in summary)]
    return ParsedContacts(
        name.text if name else "",
        left[0] if left else "",
        mails[0] if mails else "",
        phones[0] if phones else "",
        place,
        urls,
        " ".join(summary),
        tuple(left[1:]),
    )


def _find_name(lines: Sequence[TextLine]) -> TextLine | None:
    able = [line for line in lines[:6] if not any(char.isdigit() or char == "@" for char in line.text)]
    return max(able, key=lambda line: line.size, default=None)


def _split(text: str) -> list[str]:
    return [part for part in _SEPARATORS.split(text) if part]


def _is_place(part: str) -> bool:
    return _PLACE.fullmatch(part) is not None and len(part.split()) < _SENTENCE and not JOB_IN_SMALL.search(part)


def _is_contact(part: str) -> bool:
    return bool(MAIL.search(part) or _PHONE.search(part) or _ADDRESS.search(part))


def note_contacts(contacts: ParsedContacts, above: Sequence[TextLine], others: Sequence[TextLine]) -> Iterator[Remark]:
    """Remarks on contacts that were not found, and on a name that readers join with the line below it."""
    if not contacts.email:
        elsewhere = next((line for line in others if MAIL.search(line.text)), None)
        message = "no e-mail address was found at the top"
        if elsewhere:
            message = (
                f"the e-mail address in {shorten(elsewhere.text)} is below a title, and counts as part of that section"
            )
        yield Remark(elsewhere.page if elsewhere else 1, "contact", message, "put it above the first title, as text")
    if contacts.phone and not _AMERICAN.search(contacts.phone):
        message = f"the phone number {contacts.phone} does not have the form that American parsers look for"
        hint = "nothing, for work elsewhere; they know ten digits, as in +1 415 555 0143"
        yield Remark(1, "phone", message, hint, contacts.phone)
    name = next((line for line in above if line.text == contacts.name), None)
    following = above[above.index(name) + 1 :] if name else ()
    if name and following and 0 < name.base - following[0].base < _NAME_STEP * name.size:
        message = f"{shorten(name.text)} and {shorten(following[0].text)} are so close that some readers join them"
        yield Remark(name.page, "name", message, "leave more room below the name")
