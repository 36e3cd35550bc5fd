"""What a plain résumé parser makes of a PDF, ready for JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cvgen.diagnostics import InputError, Location, Problem
from cvgen.examine.parser.parsed_cv import ParsedCv, ParsedEntry
from cvgen.examine.parser.read_pdf import NotACvError, parse_pdf
from cvgen.sources.pdf_file import UnreadableError
from cvgen.sources.pdf_info import say_unreadable
from cvgen.sources.text_file import read_bytes

_NAMES = {"jobs": ("company", "title"), "schools": ("school", "degree"), "projects": ("name", "")}
"""The lists of entries, with what the two texts of an entry are called."""


def read_as_parser(pdf: Path) -> dict[str, Any]:
    """What a plain parser finds in ``pdf``; raises InputError if it cannot be read or has no text."""
    data = read_bytes(pdf, "PDF")
    try:
        cv = parse_pdf(data)
    except NotACvError as error:
        raise InputError([Problem(str(error), Location(str(pdf)), error.hint)]) from None
    except UnreadableError as error:
        raise InputError([say_unreadable(pdf, data, error)]) from None
    return {"file": str(pdf), **describe(cv)}


def describe(cv: ParsedCv) -> dict[str, Any]:
    """``cv`` as data; what was not found is empty."""
    contacts = cv.contacts
    lists = {"jobs": cv.jobs, "schools": cv.schools, "projects": cv.projects}
    return {
        "pages": cv.pages,
        "name": contacts.name,
        "headline": contacts.headline,
        "email": contacts.email,
        "phone": contacts.phone,
        "place": contacts.place,
        "urls": list(contacts.urls),
        "summary": " ".join(text for text in (contacts.summary, cv.summary) if text),
        **{kind: [_describe_entry(kind, entry) for entry in entries] for kind, entries in lists.items()},
        "skills": list(cv.skills),
        "unplaced": [*contacts.unplaced, *(f"{one.title}: {line}" for one in cv.others for line in one.lines)],
        "remarks": [
            {"page": remark.page, "cause": remark.cause, "message": remark.message, "hint": remark.hint}
            for remark in cv.remarks
        ],
    }


def _describe_entry(kind: str, entry: ParsedEntry) -> dict[str, Any]:
    lead, role = _NAMES[kind]
    return {
        lead: entry.lead,
        **({role: entry.role} if role else {}),
        "date": entry.date,
        "bullets": list(entry.bullets),
        "unplaced": list(entry.unplaced),
    }
