"""Examining one PDF: every check in a table, each by the name that its findings carry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from cvgen.backends.backend import Job
from cvgen.diagnostics import Problem
from cvgen.examine.checks.authors_printed import check_authors
from cvgen.examine.checks.breaks import check_empty, check_headings
from cvgen.examine.checks.drawn import check_photo
from cvgen.examine.checks.embedded_fonts import check_fonts
from cvgen.examine.checks.facts import check_contacts, check_dates, check_lines
from cvgen.examine.checks.links_and_tags import check_links, check_metadata, check_tags
from cvgen.examine.checks.markup import check_markup
from cvgen.examine.checks.order import check_order
from cvgen.examine.checks.page import (
    check_budget,
    check_column,
    check_margins,
    check_paper,
)
from cvgen.examine.checks.punctuation import check_punctuation
from cvgen.examine.checks.text_layer import check_glyphs, check_repeated, check_text, check_words
from cvgen.examine.checks.visibility import check_contrast, check_overlap, check_size, check_turned, check_visible
from cvgen.examine.finding import Fault, Finding
from cvgen.examine.readers.subject import Subject, read_subject
from cvgen.sources.pdf_file import UnreadableError

Check = Callable[[Subject], Iterator[Fault]]

_MOST, _MOST_PAGES = 5, 10
"""How many findings of a check are told on a page, and on how many pages."""
OPENS = "opens"
"""The check that comes before all others: what cannot be opened cannot be looked at."""
CHECKS: Mapping[str, Check] = {
    "budget": check_budget,
    "paper": check_paper,
    "empty": check_empty,
    "margins": check_margins,
    "column": check_column,
    "overlap": check_overlap,
    "visible": check_visible,
    "contrast": check_contrast,
    "size": check_size,
    "turned": check_turned,
    "photo": check_photo,
    "headings": check_headings,
    "text": check_text,
    "words": check_words,
    "order": check_order,
    "authors": check_authors,
    "repeated": check_repeated,
    "glyphs": check_glyphs,
    "markup": check_markup,
    "punctuation": check_punctuation,
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
    return tuple(
        finding for name, check in checks.items() for finding in _limit(name, list(_tell(name, check(subject))))
    )


def _limit(check: str, findings: Sequence[Finding]) -> Iterator[Finding]:
    """The first findings on each of the first pages, and how many more there are."""
    told: Counter[int | None] = Counter()
    left = 0
    for finding in findings:
        if told[finding.page] < _MOST and (finding.page in told or len(told) < _MOST_PAGES):
            told[finding.page] += 1
            yield finding
        else:
            left += 1
    if left:
        yield Finding(check, Problem(f"and {left} more of this kind", hint="mend the first, and look again"))


def _tell(check: str, faults: Iterable[Fault]) -> Iterator[Finding]:
    """A Finding for each fault, once where both readers have it."""
    readers: dict[Fault, list[str]] = {}
    pages: dict[Fault, int | None] = {}
    for fault in faults:
        same = replace(fault, reader="", page=None if fault.reader else fault.page)
        readers.setdefault(same, []).append(fault.reader)
        pages.setdefault(same, fault.page)
    for fault, names in readers.items():
        only = f" (as {names[0]} reads it)" if names[0] and len(set(names)) == 1 else ""
        yield Finding(check, Problem(fault.message + only, fault.location, fault.hint), pages[fault])
