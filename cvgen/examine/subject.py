"""What every check works on, read once and shared by all checks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from cvgen.backends.backend import Job, find_strings
from cvgen.examine.expected.expected_texts import ExpectedDocument, list_expected
from cvgen.examine.matching.paper_regions import PlacedPaper, place_papers
from cvgen.examine.matching.running_heads import (
    RunningLine,
    find_running_lines,
    without_lines,
    without_words,
)
from cvgen.examine.matching.section_places import PlacedSection, place_columns
from cvgen.examine.readers.docx_text import DocxText
from cvgen.examine.readers.pdfium_text import PdfiumDocument, read_by_pdfium
from cvgen.examine.readers.pdfminer_text import PdfminerDocument, read_by_pdfminer
from cvgen.examine.readers.reader_text import ReaderText, join_pages
from cvgen.themes.contract import MARGIN_VERTICAL, SIDEBAR

PT_PER_MM = 72 / 25.4


class TextSubject(Protocol):
    """What the checks of a document's text work on, whatever file it was read from."""

    @property
    def job(self) -> Job:
        """The job that the file was made from."""
        ...

    @property
    def texts(self) -> tuple[ReaderText, ...]:
        """The text of each reader."""
        ...

    @property
    def expected(self) -> ExpectedDocument:
        """What the file must show."""
        ...

    @property
    def has_columns(self) -> bool:
        """Whether a text may have others between its lines."""
        ...


@dataclass(frozen=True)
class DocxSubject:
    """A DOCX as it is read, and the job that it was made from."""

    job: Job
    docx: DocxText

    @cached_property
    def texts(self) -> tuple[ReaderText, ...]:
        """The text of its paragraphs."""
        return (self.docx.text,)

    @cached_property
    def expected(self) -> ExpectedDocument:
        """What the file must show."""
        return list_expected(self.job)

    @property
    def has_columns(self) -> bool:
        """A paragraph is never divided."""
        return False


@dataclass(frozen=True)
class Subject:
    """A PDF as both readers read it, the job it was made from, and how many pages are allowed (None for any)."""

    job: Job
    allowed: int | None
    pdfium: PdfiumDocument
    pdfminer: PdfminerDocument

    @cached_property
    def texts(self) -> tuple[ReaderText, ReaderText]:
        """The text of each of the two readers, without running heads and feet."""
        pages, pdfminer = self.pdfium.pages, self.pdfminer.pages
        lines = [[line for line in self.running_lines if line.page == page.number] for page in pages]
        own = (without_words(page, running_lines) for page, running_lines in zip(pages, lines, strict=True))
        others = (
            without_lines(other.text, page, running_lines)
            for other, page, running_lines in zip(pdfminer, pages, lines, strict=True)
        )
        return join_pages("pdfium", own), join_pages("pdfminer", others)

    @cached_property
    def running_lines(self) -> list[RunningLine]:
        """The lines in the top and bottom margins that come from the theme, such as page numbers."""
        document = self.job.document
        margin = self.margin(MARGIN_VERTICAL) or 0.0
        document_text = "\n".join((*(text.text for text in self.expected.texts), find_strings(document)))
        return find_running_lines(self.pdfium.pages, margin, document_text, str(document.name))

    @cached_property
    def expected(self) -> ExpectedDocument:
        """What the PDF must show."""
        return list_expected(self.job)

    @cached_property
    def placed(self) -> tuple[list[list[PlacedSection]], ...]:
        """Where the sections are in the text of each reader, column by column."""
        return tuple(place_columns(text, self.expected, self.job.options) for text in self.texts)

    @cached_property
    def papers(self) -> tuple[list[PlacedPaper], ...]:
        """Where the papers are in the text of each reader."""
        return tuple(
            [
                paper
                for column in columns
                for placed in column
                for paper in place_papers(text, placed, [other.start for each in columns for other in each])
            ]
            for text, columns in zip(self.texts, self.placed, strict=True)
        )

    def margin(self, option: str) -> float | None:
        """The margin in pt that the theme's ``option`` gives in mm; None if the theme has no such option."""
        value = self.job.options.get(option)
        return float(value) * PT_PER_MM if isinstance(value, (int, float)) else None

    @property
    def has_columns(self) -> bool:
        """Whether the theme has a side bar, so that a text that goes on on the next page has others between."""
        return isinstance(self.job.options.get(SIDEBAR), tuple)

    @property
    def is_html_made(self) -> bool:
        """Whether the PDF was made from HTML."""
        return "WeasyPrint" in self.pdfium.producer


def read_subject(pdf: bytes, job: Job, allowed: int | None) -> Subject:
    """Read ``pdf`` with both readers; raises UnreadableError."""
    return Subject(job, allowed, read_by_pdfium(pdf), read_by_pdfminer(pdf))
