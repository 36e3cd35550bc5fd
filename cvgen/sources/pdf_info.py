"""Reads a PDF's metadata, the number and size of its pages, and the facts that cvgen wrote into it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cvgen.diagnostics import InputError, Location, Problem
from cvgen.model.metadata import read_entries
from cvgen.sources.pdf_file import UnreadableError, open_pdf, read_language
from cvgen.sources.text_file import read_bytes

MM_PER_PT = 25.4 / 72


@dataclass(frozen=True, slots=True)
class PdfInfo:
    """A PDF's metadata; a field is empty if the PDF does not have it."""

    title: str
    author: str
    subject: str
    creator: str
    producer: str
    language: str
    pages: int
    size: tuple[float, float]
    """Width and height of the first page in mm."""
    facts: Mapping[str, str]
    """The facts that cvgen wrote, by name; empty for a PDF of another program."""


def read_pdf_info(path: Path) -> PdfInfo:
    """Read the PDF at ``path``; raises InputError if it is missing, protected, or not a PDF."""
    data = read_bytes(path, "PDF")
    try:
        with open_pdf(data) as document:
            return _read_info(document)
    except UnreadableError as error:
        raise InputError([say_unreadable(path, data, error)]) from None


def _read_info(document: Any) -> PdfInfo:
    get = document.get_metadata_value
    pages = len(document)
    width, height = document.get_page_size(0) if pages else (0.0, 0.0)
    return PdfInfo(
        title=get("Title"),
        author=get("Author"),
        subject=get("Subject"),
        creator=get("Creator"),
        producer=get("Producer"),
        language=read_language(document),
        pages=pages,
        size=(width * MM_PER_PT, height * MM_PER_PT),
        facts=read_entries(get),
    )


def say_unreadable(path: Path, data: bytes, error: UnreadableError) -> Problem:
    """Why the PDF at ``path`` could not be opened, and what to do."""
    place = Location(str(path))
    if error.is_locked:
        return Problem("the PDF is protected by a password", place, "save a copy without one")
    if b"%PDF-" not in data[:1024]:
        return Problem("this is not a PDF", place, "give the PDF that cvgen render wrote")
    return Problem("the PDF is damaged and cannot be read", place, "copy it again from an undamaged file")
