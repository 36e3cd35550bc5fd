"""Examining one PDF: every check in a table, each by the name that its findings carry."""

from __future__ import annotations

from cvgen.backends.base import Job
from cvgen.examine.finding import Finding


def examine_pdf(pdf: bytes, job: Job, pages: int | None) -> tuple[Finding, ...]:
    """What is wrong with ``pdf``, which ``job`` was made to; ``pages`` are those allowed, None for any number."""
    import pypdfium2  # wanted by few commands

    try:
        count = len(pypdfium2.PdfDocument(pdf))
    except pypdfium2.PdfiumError as error:
        return (Finding("opens", f"the PDF cannot be opened: {error}"),)
    if pages is not None and count > pages:
        return (Finding("budget", f"the document has {count} pages; {pages} are allowed"),)
    return ()
