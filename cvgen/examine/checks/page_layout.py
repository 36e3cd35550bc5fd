"""Checks of the number and size of the pages, of their margins, and of the edges of columns."""

from __future__ import annotations

from collections.abc import Iterator

from cvgen.examine.checks.page_words import body, is_inside, report_words, without_accents
from cvgen.examine.finding import Fault
from cvgen.examine.readers.pdfium_chars import PrintedWord
from cvgen.examine.readers.pdfium_text import Page
from cvgen.examine.subject import PT_PER_MM, Subject
from cvgen.themes.contract import DATE_POSITION, DATE_WIDTH, MARGIN, MARGIN_VERTICAL, PAPER

_SLACK = 3.0
"""How far in pt a glyph may extend beyond its line, as italics and descenders do: an italic J of 10 pt by 2.6."""
_PAPERS = {"a4": (595.28, 841.89), "letter": (612.0, 792.0)}
"""Value of the option ``paper`` → width and height in pt."""


def check_budget(subject: Subject) -> Iterator[Fault]:
    """The document has no more pages than allowed."""
    count = len(subject.pdfium.pages)
    if subject.allowed is not None and count > subject.allowed:
        hint = "render with 'pages', which leaves out what matters least, or raise 'density'"
        if subject.job.document.letter:
            hint = f"shorten the letter, or write pages: {count} in it"
        yield Fault(f"the document has {count} pages, {subject.allowed} allowed", subject.allowed + 1, hint=hint)


def check_paper(subject: Subject) -> Iterator[Fault]:
    """Every page has the size that the option ``paper`` sets, and is upright."""
    for page in subject.pdfium.pages:
        if page.turned:
            message = f"the page is rotated by {page.turned} degrees"
            yield Fault(message, page.number, hint="remove /Rotate from the page")
    paper = str(subject.job.options.get(PAPER))
    if paper not in _PAPERS:
        return
    width, height = _PAPERS[paper]
    for page in subject.pdfium.pages:
        if abs(page.width - width) > 1 or abs(page.height - height) > 1:
            size = " × ".join(f"{length / PT_PER_MM:.0f}" for length in (page.width, page.height))
            hint = f"take the paper size from options.paper, which is {paper!r}"
            yield Fault(f"the page is {size} mm, not {paper}", page.number, hint=hint)


def check_margins(subject: Subject) -> Iterator[Fault]:
    """No text is off the page or in the margins that the theme's options set, and lines begin at the margin."""
    for page in subject.pdfium.pages:
        lost = [word for word in page.words if not is_inside(word, 0, 0, page.width, page.height)]
        yield from report_words(subject, page, lost, "is off the page", "make it narrower, or let it wrap")
    side, above = subject.margin(MARGIN), subject.margin(MARGIN_VERTICAL)
    if side is None or above is None:
        return
    for page in subject.pdfium.pages:
        # A coloured head reaches the edge of the page and has less room above the name than the margin
        top = page.height - above * (0.5 if page.number == 1 else 1) + _SLACK
        room = (side - _SLACK, above - 2 * _SLACK, page.width - side + _SLACK, top)
        lost = [word for word in map(without_accents, body(page, subject)) if not is_inside(word, *room)]
        hint = "make it narrower, let it wrap, or end the page earlier"
        if "html" not in subject.job.theme.backends:
            hint += f"; or set the option margin ({side / PT_PER_MM:.0f} mm) and margin_vertical to those of the class"
        yield from report_words(subject, page, lost, "is in the margin", hint)
    yield from _unused(subject, side)


def _unused(subject: Subject, side: float) -> Iterator[Fault]:
    """Some lines begin at the margin; otherwise the theme does not use the option."""
    boxes = [(page, word.box) for page in subject.pdfium.pages for word in body(page, subject)]
    if subject.job.document.direction == "rtl":
        distance = min((page.width - box[2] for page, box in boxes), default=side)
    else:
        distance = min((box[0] for _, box in boxes), default=side)
    options = subject.job.options
    dates = float(str(options.get(DATE_WIDTH, 0))) + 4 if options.get(DATE_POSITION) == "left" else 0
    has_lines = bool(subject.expected.sections)  # a head may be centred
    if has_lines and distance - side - dates * PT_PER_MM > 8:
        message = (
            f"text begins {distance / 72 * 25.4:.0f} mm from the edge, but the option 'margin' is "
            f"{side / 72 * 25.4:.0f}"
        )
        yield Fault(message, 1, hint="take the margin from options.margin")


def check_column(subject: Subject) -> Iterator[Fault]:
    """No word crosses the edge of a coloured area."""
    for page in subject.pdfium.pages:
        lost = [word for word in page.words if _crosses(page, word)]
        yield from report_words(
            subject, page, lost, "crosses the edge of its column", "make it narrower, or let it wrap"
        )


def _crosses(page: Page, word: PrintedWord) -> bool:
    """Whether a visible edge is behind ``word``: that of an area not covered by a later area around the word."""
    left, bottom, right, top = word.box
    for area in reversed(page.drawing.areas):
        if min(top, area[3]) - max(bottom, area[1]) < (top - bottom) / 2:
            continue
        edges = [edge for edge in (area[0], area[2]) if left + 1.5 < edge < right - 1.5]
        if edges and not all(_parts_texts(word, edge) for edge in edges):
            return True
        if area[0] <= left + 1.5 and right - 1.5 <= area[2]:
            return False
    return False


def _parts_texts(word: PrintedWord, edge: float) -> bool:
    """Whether one text ends and another begins at ``edge``, such as code with its own background before a comma."""
    before = {char.order for char in word.chars if char.right <= edge + 0.5}
    after = {char.order for char in word.chars if char.left >= edge - 0.5}
    is_whole = not any(char.left < edge - 0.5 and edge + 0.5 < char.right for char in word.chars)
    return is_whole and not before & after
