"""Opens PDFs with pdfium, one at a time.

PDFium is not made for threads: two that use it at once crash the process (README of pypdfium2, "Incompatibility with
Threading").
"""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_IN_USE = threading.Lock()


class UnreadableError(Exception):
    """The bytes are not a PDF that can be opened; ``is_locked`` is true if it needs a password."""

    def __init__(self, message: str, *, is_locked: bool = False) -> None:
        super().__init__(message)
        self.is_locked = is_locked


@contextmanager
def open_pdf(pdf: bytes) -> Iterator[PdfDocument]:
    """The document in ``pdf``, open for the length of the block. Raises UnreadableError.

    Do not use it after the block, and do not open another one inside the block: other threads wait.
    """
    import pypdfium2.raw  # slow to import, and few commands need it

    with _IN_USE:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as error:
            is_locked = error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD
            raise UnreadableError(str(error), is_locked=is_locked) from None
        try:
            yield document
        finally:
            document.close()


def read_language(document: PdfDocument) -> str:
    """The language in the document's catalog, which pdfium returns in UTF-16 with a zero at the end."""
    import pypdfium2.raw as pdfium

    read = getattr(pdfium, "FPDFCatalog_GetLanguage", None)
    if read is None:  # earlier than pdfium 6500
        return ""
    buffer = ctypes.create_string_buffer(200)
    length = min(read(document, ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), 200), 200)
    return buffer.raw[: max(0, length - 2)].decode("utf-16-le", "replace")
