"""What every check looks at: read once, shared by all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from cvgen.backends.backend import Job, find_strings
from cvgen.examine.expected.paper_regions import PlacedPaper, place_papers
from cvgen.examine.expected.section_places import Placed, place_columns
from cvgen.examine.expected.texts import Expected, ExpectedDocument, list_expected
from cvgen.examine.readers.pdfium_text import Reading, read_pdf
from cvgen.examine.readers.pdfminer_text import Mined, mine_pdf
from cvgen.examine.readers.reader_text import RTL, ReadText, join_pages
from cvgen.examine.readers.running_heads import RunningLine, find_running, without_lines, without_words
from cvgen.themes.contract import MARGIN_VERTICAL

PT_PER_MM = 72 / 25.4


@dataclass(frozen=True)
class Subject:
    """A PDF, the job it was made from, and how many pages are allowed."""

    job: Job
    allowed: int | None
    reading: Reading
    mined: Mined

    @cached_property
    def texts(self) -> tuple[ReadText, ReadText]:
        """The text by each of the two readers."""
        pages, mined = self.reading.pages, self.mined.pages
        lines = [[line for line in self.running if line.page == page.number] for page in pages]
        own = (without_words(page, running) for page, running in zip(pages, lines, strict=True))
        others = (
            without_lines(page.text, running, self.is_html_made) for page, running in zip(mined, lines, strict=True)
        )
        return join_pages("pdfium", own), join_pages("pdfminer", others)

    @cached_property
    def running(self) -> list[RunningLine]:
        """The lines in the margins above and below that are the theme's, such as the pages' numbers."""
        document = self.job.document
        margin = self.margin(MARGIN_VERTICAL) or 0.0
        said = "\n".join((*(text.text for text in self.expected.texts), find_strings(document)))
        return find_running(self.reading.pages, margin, said, str(document.name))

    @cached_property
    def expected(self) -> ExpectedDocument:
        """What the document should show."""
        return list_expected(self.job)

    @cached_property
    def placed(self) -> tuple[list[list[Placed]], ...]:
        """Where the sections stand in the text of each reader, for each column."""
        return tuple(place_columns(text, self.expected.sections, self.job.options) for text in self.texts)

    @cached_property
    def papers(self) -> tuple[list[PlacedPaper], ...]:
        """Where the papers stand in the text of each reader."""
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
        """A margin in pt, where the theme has an option for it (in mm)."""
        value = self.job.options.get(option)
        return float(value) * PT_PER_MM if isinstance(value, (int, float)) else None

    @property
    def is_html_made(self) -> bool:
        """Whether the PDF was made through HTML."""
        return "WeasyPrint" in self.reading.producer


def read_subject(pdf: bytes, job: Job, allowed: int | None) -> Subject:
    """Read ``pdf`` by both readers; raises UnreadableError."""
    return Subject(job, allowed, read_pdf(pdf), mine_pdf(pdf))


def is_rtl(text: str) -> bool:
    """Whether some of ``text`` runs from right to left: it may be copied in the order of the paper."""
    return bool(RTL.search(text))


def find_expected(text: ReadText, wanted: Expected, start: int = 0, end: int | None = None) -> tuple[int, int] | None:
    """Place and length of ``wanted``, in one of its wordings, in what a reader gives."""
    found = (text.find(wording, start, wanted.any_case, end) for wording in wanted.wordings)
    return next((hit for hit in found if hit), None)


def shorten(text: str) -> str:
    """``text`` quoted in a message: in one line, cut where it is long."""
    line = " ".join(text.split())
    return repr(line if len(line) <= 60 else line[:57] + "…")
