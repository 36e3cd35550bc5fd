"""Runs the table of checks on one PDF, merges what both readers found, and limits how much is reported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from cvgen.backends.backend import Job
from cvgen.diagnostics import Problem, Severity
from cvgen.examine.checks.table_of_checks import CHECKS, DOCX_CHECKS, OPENS, Check
from cvgen.examine.finding import Fault, Finding
from cvgen.examine.readers.docx_text import read_docx
from cvgen.examine.subject import DocxSubject, read_subject
from cvgen.sources.pdf_file import UnreadableError

_MOST, _MOST_PAGES = 5, 10
"""How many findings of one check are reported for a page, and for how many pages."""

S = TypeVar("S")


def examine_pdf(pdf: bytes, job: Job, pages: int | None, checks: Mapping[str, Check] = CHECKS) -> tuple[Finding, ...]:
    """What is wrong with ``pdf``, which was made from ``job``.

    ``pages`` is the number of pages allowed, None for any number. ``checks`` maps the names of checks to the checks.
    """
    try:
        subject = read_subject(pdf, job, pages)
    except UnreadableError as error:
        return (Finding(OPENS, Problem(f"the PDF cannot be opened: {error}")),)
    return tuple(_run(checks, subject))


def examine_docx(data: bytes, job: Job) -> tuple[Finding, ...]:
    """What is wrong with the Word file in ``data``, which was made from ``job``."""
    found = _run(DOCX_CHECKS, DocxSubject(job, read_docx(data)))
    return tuple(replace(finding, page=None) for finding in found)


def _run(checks: Mapping[str, Callable[[S], Iterable[Fault]]], subject: S) -> Iterator[Finding]:
    for name, check in checks.items():
        yield from _limit(name, list(_merge_readers(name, check(subject))))


def _limit(check: str, findings: Sequence[Finding]) -> Iterator[Finding]:
    """The first findings of each of the first pages, then one that counts the rest."""
    shown: Counter[int | None] = Counter()
    left = 0
    for finding in findings:
        if shown[finding.page] < _MOST and (finding.page in shown or len(shown) < _MOST_PAGES):
            shown[finding.page] += 1
            yield finding
        else:
            left += 1
    if left:
        yield Finding(check, Problem(f"and {left} more of this kind", hint="fix these and check again"))


def _merge_readers(check: str, faults: Iterable[Fault]) -> Iterator[Finding]:
    """A Finding for each fault; a fault that both readers show becomes one Finding."""
    readers: dict[Fault, list[str]] = {}
    pages: dict[Fault, int | None] = {}
    for fault in faults:
        same = replace(fault, reader="", page=None if fault.reader else fault.page)
        readers.setdefault(same, []).append(fault.reader)
        pages.setdefault(same, fault.page)
    for fault, names in readers.items():
        only = f" (as {names[0]} reads it)" if names[0] and len(set(names)) == 1 else ""
        severity = Severity.NOTICE if fault.is_notice else Severity.ERROR
        yield Finding(check, Problem(fault.message + only, fault.location, fault.hint, severity), pages[fault])
