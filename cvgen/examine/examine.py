"""Examining one PDF: every check in a table, each by the name that its findings carry."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from cvgen.backends.base import Job
from cvgen.diagnostics import Problem
from cvgen.examine.check_facts import check_contacts, check_dates, check_lines
from cvgen.examine.check_file import check_fonts, check_links, check_metadata, check_tags
from cvgen.examine.check_order import check_order
from cvgen.examine.check_page import (
    check_budget,
    check_column,
    check_contrast,
    check_empty,
    check_headings,
    check_margins,
    check_overlap,
    check_visible,
)
from cvgen.examine.check_text import check_glyphs, check_markup, check_repeated, check_text, check_words
from cvgen.examine.finding import Fault, Finding
from cvgen.examine.subject import Subject, read_subject
from cvgen.sources.pdf import UnreadableError

Check = Callable[[Subject], Iterator[Fault]]

OPENS = "opens"
"""The check that comes before all others: what cannot be opened cannot be looked at."""
CHECKS: Mapping[str, Check] = {
    "budget": check_budget,
    "empty": check_empty,
    "margins": check_margins,
    "column": check_column,
    "overlap": check_overlap,
    "visible": check_visible,
    "contrast": check_contrast,
    "headings": check_headings,
    "text": check_text,
    "words": check_words,
    "order": check_order,
    "repeated": check_repeated,
    "glyphs": check_glyphs,
    "markup": check_markup,
    "contacts": check_contacts,
    "dates": check_dates,
    "lines": check_lines,
    "fonts": check_fonts,
    "links": check_links,
    "metadata": check_metadata,
    "tags": check_tags,
}


def examine_pdf(pdf: bytes, job: Job, pages: int | None, checks: Mapping[str, Check] = CHECKS) -> tuple[Finding, ...]:
    """What is wrong with ``pdf``, which was made from ``job``; ``pages`` are those allowed, None for any number."""
    try:
        subject = read_subject(pdf, job, pages)
    except UnreadableError as error:
        return (Finding(OPENS, Problem(f"the PDF cannot be opened: {error}")),)
    found = (
        Finding(name, Problem(fault.message, fault.location, fault.hint), fault.page)
        for name, check in checks.items()
        for fault in check(subject)
    )
    return tuple(dict.fromkeys(found))
