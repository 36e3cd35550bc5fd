"""Every check, by the name that its findings carry."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from cvgen.examine.checks.embedded_fonts import check_fonts
from cvgen.examine.checks.links import check_addresses, check_links
from cvgen.examine.checks.markup import check_markup
from cvgen.examine.checks.metadata_and_tags import check_metadata, check_tags
from cvgen.examine.checks.misread import note_misread
from cvgen.examine.checks.page_breaks import check_empty, check_headings
from cvgen.examine.checks.page_layout import (
    check_budget,
    check_column,
    check_margins,
    check_paper,
)
from cvgen.examine.checks.paper_authors import check_authors
from cvgen.examine.checks.parsed_structure import check_parsed
from cvgen.examine.checks.pictures import check_photo
from cvgen.examine.checks.punctuation import check_punctuation
from cvgen.examine.checks.reading_order import check_order
from cvgen.examine.checks.resume_parsers import check_contacts, check_dates, check_lines
from cvgen.examine.checks.separators import check_separators
from cvgen.examine.checks.text_layer import (
    check_glyphs,
    check_repeated,
    check_text,
    check_words,
)
from cvgen.examine.checks.visibility import (
    check_contrast,
    check_overlap,
    check_size,
    check_turned,
    check_visible,
)
from cvgen.examine.finding import Fault
from cvgen.examine.subject import DocxSubject, Subject

Check = Callable[[Subject], Iterator[Fault]]

OPENS = "opens"
"""The check that comes before all others: whether the PDF can be opened."""
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
    "separators": check_separators,
    "contacts": check_contacts,
    "dates": check_dates,
    "lines": check_lines,
    "parsed": check_parsed,
    "fonts": check_fonts,
    "links": check_links,
    "metadata": check_metadata,
    "tags": check_tags,
}
NOTES: Mapping[str, Check] = {"parser": note_misread}
"""What is only said to those who ask."""
DOCX_CHECKS: Mapping[str, Callable[[DocxSubject], Iterator[Fault]]] = {
    "text": check_text,
    "repeated": check_repeated,
    "contacts": check_contacts,
    "dates": check_dates,
    "links": check_addresses,
}
"""The checks of a Word file: those that need no pages."""
