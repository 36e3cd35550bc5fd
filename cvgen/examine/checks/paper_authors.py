"""Checks that each paper has its authors in the right order and with the right marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cvgen.examine.comparable_text import is_rtl, squeeze
from cvgen.examine.finding import Fault, shorten
from cvgen.examine.matching.paper_regions import PlacedPaper, TextRange
from cvgen.examine.readers.reader_text import ReaderText
from cvgen.examine.subject import Subject
from cvgen.model.shown_paper import ShownAuthor

_AFTER_NAME = 16
"""How many characters, besides the given name, may be between the last author's family name and a mark."""


_REORDERED = re.compile("[\u0900-\u0dff\u0e00-\u0eff]")
"""Letters of India and beyond, whose signs change their order in print: pdfium breaks lines after them."""


def check_authors(subject: Subject) -> Iterator[Fault]:
    """Authors are in the order of the paper, and each mark is at the right author."""
    if subject.job.document.direction == "rtl":
        return  # a right-to-left line may be copied in the order on paper
    for text, papers in zip(subject.texts, subject.papers, strict=True):
        for paper in papers:
            if not any(is_rtl(author.family) or _REORDERED.search(author.family) for author in paper.item.authors):
                yield from _check_paper(text, paper)


def _check_paper(text: ReaderText, paper: PlacedPaper) -> Iterator[Fault]:
    authors, lead = paper.item.authors, paper.block.leads[0]
    page = text.page_at(paper.title.start)
    if paper.names is None:
        if all(text.find(author.family, paper.low, True, paper.end) for author in authors):
            message = f"the authors of {shorten(lead.text)} are in the wrong order in the text"
            yield Fault(message, page, lead.location, "print item.authors in their order", text.reader)
        return
    for author, marks in zip(authors, _read_marks(text, authors, paper.names, paper.names_end), strict=True):
        if marks != _symbols(author.marks):
            wanted, got = _symbols(author.marks) or "no mark", marks or "no mark"
            message = f"{author.name} has {got} in {shorten(lead.text)}, and should have {wanted}"
            hint = "print author.marks right after the name"
            yield Fault(message, page, lead.location, hint, text.reader)


def _read_marks(
    text: ReaderText, authors: Sequence[ShownAuthor], places: Sequence[TextRange], stop: int
) -> Iterator[str]:
    """The marks between each family name and the next; only signs that are marks in this list of authors."""
    signs = {sign for author in authors for sign in _symbols(author.marks)}
    for number, (author, (_, end)) in enumerate(zip(authors, places, strict=True)):
        if number + 1 < len(places):
            behind = text.packed[end : places[number + 1][0]]
        else:
            behind = text.packed[end : min(stop, end + len(squeeze(author.given)) + _AFTER_NAME)]
            behind = re.split("[·•]", behind)[0]
        yield "".join(char for char in behind if char in signs)


def _symbols(marks: str) -> str:
    """The marks that are neither letters nor digits, which also occur in names and numbers."""
    return "".join(char for char in squeeze(marks) if not char.isalnum())
