"""What a plain résumé parser misreads: notices for a person who asks, whatever the theme."""

from __future__ import annotations

from collections.abc import Iterator

from cvgen.diagnostics import Location
from cvgen.examine.finding import Fault, shorten
from cvgen.examine.parser.parse_cv import parse_lines
from cvgen.examine.parser.parsed_cv import Remark
from cvgen.examine.parser.text_lines import cut_lines
from cvgen.examine.subject import Subject

_SECTIONS = {"jobs": "work", "schools": "education", "skills": "skills"}


def note_misread(subject: Subject) -> Iterator[Fault]:
    """One notice for each cause: the first text that it concerns, and how many more."""
    document = subject.job.document
    if document.letter or document.direction == "rtl":
        return
    cv = parse_lines([cut_lines(page.number, page.words) for page in subject.pdfium.pages])
    causes: dict[str, list[Remark]] = {}
    for remark in cv.remarks:
        if _concerns(subject, remark):
            causes.setdefault(remark.cause, []).append(remark)
    for first, *others in causes.values():
        more = f", and {len(others)} more of this kind" if others else ""
        message = f"{first.message}{more}"
        yield Fault(message, first.page, _find_place(subject, first), first.hint, is_notice=True)


def _concerns(subject: Subject, remark: Remark) -> bool:
    """Whether the document has what the remark did not find."""
    document = subject.job.document
    if remark.cause == "section":
        names = {section.name for section in document.sections}
        return any(name in names and f" {kind} " in remark.message for kind, name in _SECTIONS.items())
    return remark.cause != "contact" or any(contact.kind == "email" for contact in document.contacts)


def _find_place(subject: Subject, remark: Remark) -> Location | None:
    """Where the text that the remark names is in the profile."""
    contacts = (wanted for contact, wanted in subject.expected.contacts if contact.text in remark.message)
    named = (text for text in subject.expected.texts if shorten(text.text) in remark.message)
    return next((text.location for text in (*contacts, *named)), None)
