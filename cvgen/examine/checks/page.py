"""Checks of the pages: how many and how large they are, and where on them a text may stand."""

from __future__ import annotations

from collections.abc import Iterator

from cvgen.examine.expected.profile_places import locate
from cvgen.examine.finding import Fault
from cvgen.examine.readers.pdfium_text import Page, Word
from cvgen.examine.readers.subject import PT_PER_MM, Subject, shorten
from cvgen.themes.contract import DATE_POSITION, DATE_WIDTH, MARGIN, MARGIN_VERTICAL, PAPER

_SLACK = 2.0
"""How far in pt a glyph may stand out of its line: italics and descenders do."""
_PAPERS = {"a4": (595.28, 841.89), "letter": (612.0, 792.0)}
"""Width and height in pt by the words of the option ``paper``."""


def check_budget(subject: Subject) -> Iterator[Fault]:
    """No more pages than allowed."""
    count = len(subject.reading.pages)
    if subject.allowed is not None and count > subject.allowed:
        hint = "render with 'pages' so that what matters least is left out, or raise 'density'"
        yield Fault(f"the document has {count} pages, {subject.allowed} allowed", subject.allowed + 1, hint=hint)


def check_paper(subject: Subject) -> Iterator[Fault]:
    """Every page has the size that the option ``paper`` asks for, and stands upright."""
    for page in subject.reading.pages:
        if page.turned:
            message = f"the page is turned by {page.turned} degrees"
            yield Fault(message, page.number, hint="take out /Rotate, which stands in the page itself")
    paper = str(subject.job.options.get(PAPER))
    if paper not in _PAPERS:
        return
    width, height = _PAPERS[paper]
    for page in subject.reading.pages:
        if abs(page.width - width) > 1 or abs(page.height - height) > 1:
            size = " × ".join(f"{length / PT_PER_MM:.0f}" for length in (page.width, page.height))
            hint = f"take the paper from options.paper, which says {paper!r}"
            yield Fault(f"the page is {size} mm, not {paper}", page.number, hint=hint)


def body(page: Page, subject: Subject) -> list[Word]:
    """The words of a page without its number and what else the theme prints in the margins."""
    own = {word.start for line in subject.running if line.page == page.number for word in line.words}
    return [word for word in page.words if word.start not in own]


def is_inside(word: Word, left: float, bottom: float, right: float, top: float) -> bool:
    """Whether all of a word stands within these edges."""
    box = word.box
    return left <= box[0] and bottom <= box[1] and box[2] <= right and box[3] <= top


def told(subject: Subject, page: Page, words: list[Word], what: str, hint: str) -> Iterator[Fault]:
    """One Fault for all ``words`` of a page, at the profile's text that the first belongs to."""
    if words:
        more = f" and {len(words) - 1} more" if len(words) > 1 else ""
        yield Fault(f"{shorten(words[0].text)}{more} {what}", page.number, locate(subject, page, words[0]), hint)


def check_margins(subject: Subject) -> Iterator[Fault]:
    """No text leaves the paper or stands in the margins that the theme's options ask for, and lines begin at them."""
    for page in subject.reading.pages:
        lost = [word for word in page.words if not is_inside(word, 0, 0, page.width, page.height)]
        yield from told(subject, page, lost, "stands outside of the paper", "make it narrower, or let it wrap")
    side, above = subject.margin(MARGIN), subject.margin(MARGIN_VERTICAL)
    if side is None or above is None:
        return
    for page in subject.reading.pages:
        # A head's coloured band goes up to the paper's edge, with less room above the name than the margin
        top = page.height - above * (0.5 if page.number == 1 else 1) + _SLACK
        room = (side - _SLACK, above - 2 * _SLACK, page.width - side + _SLACK, top)
        lost = [word for word in body(page, subject) if not is_inside(word, *room)]
        yield from told(
            subject, page, lost, "stands in the margin", "make it narrower, let it wrap, or end the page before"
        )
    yield from _unused(subject, side)


def _unused(subject: Subject, side: float) -> Iterator[Fault]:
    """Lines begin at the margin somewhere: else the option says something that is not so."""
    boxes = [(page, word.box) for page in subject.reading.pages for word in body(page, subject)]
    if subject.job.document.direction == "rtl":
        distance = min((page.width - box[2] for page, box in boxes), default=side)
    else:
        distance = min((box[0] for _, box in boxes), default=side)
    options = subject.job.options
    dates = float(str(options.get(DATE_WIDTH, 0))) + 4 if options.get(DATE_POSITION) == "left" else 0
    has_lines = bool(subject.expected.sections)  # a head may be centred
    if has_lines and distance - side - dates * PT_PER_MM > 8:
        message = (
            f"text begins {distance / 72 * 25.4:.0f} mm from the edge; the option 'margin' says {side / 72 * 25.4:.0f}"
        )
        yield Fault(message, 1, hint="take the margin from options.margin")


def check_column(subject: Subject) -> Iterator[Fault]:
    """No word crosses the edge of a coloured area."""
    for page in subject.reading.pages:
        lost = [word for word in page.words if _crosses(page, word)]
        yield from told(subject, page, lost, "runs over the edge of its column", "make it narrower, or let it wrap")


def _crosses(page: Page, word: Word) -> bool:
    """Whether an edge is seen behind ``word``: that of an area which no later one, with the word in it, covers."""
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


def _parts_texts(word: Word, edge: float) -> bool:
    """Whether one text ends at ``edge`` and another begins, as code with a ground of its own before a comma does."""
    before = {char.order for char in word.chars if char.right <= edge + 0.5}
    after = {char.order for char in word.chars if char.left >= edge - 0.5}
    is_whole = not any(char.left < edge - 0.5 and edge + 0.5 < char.right for char in word.chars)
    return is_whole and not before & after
