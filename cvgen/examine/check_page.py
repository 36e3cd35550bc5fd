"""Checks of what the eye meets: pages, margins, columns, and whether a text can be seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from unicodedata import combining

from cvgen.examine.finding import Fault
from cvgen.examine.reading import Char, Page, Word
from cvgen.examine.subject import PT_PER_MM, Subject, shorten
from cvgen.examine.text import squeeze

_SLACK = 2.0
"""How far in pt a glyph may stand out of its line: italics and descenders do."""
_CONTRAST = 3.0
"""The least contrast of a large text (WCAG 2.2, success criterion 1.4.3)."""
_COVERED = 0.12
"""What part of a glyph another may cover: boxes of sloped and raised glyphs do overlap a little."""


def check_budget(subject: Subject) -> Iterator[Fault]:
    """No more pages than allowed."""
    count = len(subject.reading.pages)
    if subject.allowed is not None and count > subject.allowed:
        hint = "render with 'pages' so that what matters least is left out, or raise 'density'"
        yield Fault(f"the document has {count} pages, {subject.allowed} allowed", subject.allowed + 1, hint=hint)


def check_empty(subject: Subject) -> Iterator[Fault]:
    """Every page has text besides its number."""
    for page in subject.reading.pages:
        if not body(page, subject):
            yield Fault("the page is empty", page.number, hint="take out a page break, or a part that is too high")


def body(page: Page, subject: Subject) -> list[Word]:
    """The words of a page without its number and what else the theme prints in the margins."""
    own = {word.start for line in subject.running if line.page == page.number for word in line.words}
    return [word for word in page.words if word.start not in own]


def _is_inside(word: Word, left: float, bottom: float, right: float, top: float) -> bool:
    box = word.box
    return left <= box[0] and bottom <= box[1] and box[2] <= right and box[3] <= top


def _told(page: Page, words: list[Word], what: str, hint: str) -> Iterator[Fault]:
    """One Fault for all ``words`` of a page."""
    if words:
        more = f" and {len(words) - 1} more" if len(words) > 1 else ""
        yield Fault(f"{shorten(words[0].text)}{more} {what}", page.number, hint=hint)


def check_margins(subject: Subject) -> Iterator[Fault]:
    """No text leaves the paper or stands in the margins that the theme's options ask for, and lines begin at them."""
    for page in subject.reading.pages:
        lost = [word for word in page.words if not _is_inside(word, 0, 0, page.width, page.height)]
        yield from _told(page, lost, "stands outside of the paper", "make it narrower, or let it wrap")
    side, above = subject.margin("margin"), subject.margin("margin_vertical")
    if side is None or above is None:
        return
    for page in subject.reading.pages:
        # A head's coloured band goes up to the paper's edge, with less room above the name than the margin
        top = page.height - above * (0.5 if page.number == 1 else 1) + _SLACK
        room = (side - _SLACK, above - 2 * _SLACK, page.width - side + _SLACK, top)
        lost = [word for word in body(page, subject) if not _is_inside(word, *room)]
        yield from _told(page, lost, "stands in the margin", "make it narrower, let it wrap, or end the page before")
    yield from _unused(subject, side)


def _unused(subject: Subject, side: float) -> Iterator[Fault]:
    """Lines begin at the margin somewhere: else the option says something that is not so."""
    boxes = [(page, word.box) for page in subject.reading.pages for word in body(page, subject)]
    if subject.job.document.direction == "rtl":
        distance = min((page.width - box[2] for page, box in boxes), default=side)
    else:
        distance = min((box[0] for _, box in boxes), default=side)
    options = subject.job.options
    dates = float(str(options.get("date_width", 0))) + 4 if options.get("date_position") == "left" else 0
    if distance - side - dates * PT_PER_MM > 8:
        message = (
            f"text begins {distance / 72 * 25.4:.0f} mm from the edge; the option 'margin' says {side / 72 * 25.4:.0f}"
        )
        yield Fault(message, 1, hint="take the margin from options.margin")


def check_column(subject: Subject) -> Iterator[Fault]:
    """No word crosses the edge of a coloured area."""
    for page in subject.reading.pages:
        lost = [word for word in page.words if _crosses(page, word)]
        yield from _told(page, lost, "runs over the edge of its column", "make it narrower, or let it wrap")


def _crosses(page: Page, word: Word) -> bool:
    """Whether an edge is seen behind ``word``: that of an area which no later one, with the word in it, covers."""
    left, bottom, right, top = word.box
    for area in reversed(page.drawing.areas):
        if min(top, area[3]) - max(bottom, area[1]) < (top - bottom) / 2:
            continue
        if any(left + 1.5 < edge < right - 1.5 for edge in (area[0], area[2])):
            return True
        if area[0] <= left + 1.5 and right - 1.5 <= area[2]:
            return False
    return False


def check_overlap(subject: Subject) -> Iterator[Fault]:
    """No glyph stands on another."""
    for page in subject.reading.pages:
        hits = list(_collisions(page))
        if hits:
            one, other = hits[0]
            lines = f"{shorten(_around(page, one))} and {shorten(_around(page, other))}"
            hint = "nothing may be positioned over a text, or have a negative margin"
            yield Fault(f"texts stand on each other: {lines}", page.number, hint=hint)


def _collisions(page: Page) -> Iterator[tuple[int, int]]:
    """Pairs of characters on one spot; not neighbours: kerning puts a dot under a V, and accents stand on letters."""
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    size = 16
    for index, char in enumerate(page.chars):
        if char.right <= char.left or char.top <= char.bottom or combining(char.text[0]):
            continue
        for column in range(int(char.left) // size, int(char.right) // size + 1):
            for row in range(int(char.bottom) // size, int(char.top) // size + 1):
                for other in cells[column, row]:
                    if index - other > 3 and _shared(char, page.chars[other]) > _COVERED:
                        yield other, index
                cells[column, row].append(index)


def _shared(one: Char, other: Char) -> float:
    """The area that both cover, as a part of the smaller."""
    width = min(one.right, other.right) - max(one.left, other.left)
    height = min(one.top, other.top) - max(one.bottom, other.bottom)
    if width <= 0 or height <= 0:
        return 0.0
    areas = ((char.right - char.left) * (char.top - char.bottom) for char in (one, other))
    return width * height / min(areas)


def _around(page: Page, index: int) -> str:
    return "".join(char.text for char in page.chars[max(0, index - 8) : index + 8])


def check_visible(subject: Subject) -> Iterator[Fault]:
    """Every word leaves ink on the paper: it is not clipped, covered, or as pale as what is behind it."""
    for page in subject.reading.pages:
        lost = [word for word in _written(page) if not _is_seen(page, word)]
        yield from _told(page, lost, "cannot be seen", "it is cut off, covered, or has the paper's colour")


def _is_seen(page: Page, word: Word) -> bool:
    """By the ink of its first and last letter: what is cut off is so from an end."""
    paper = page.paper(*word.box)
    letters = [char for char in word.chars if char.text.isalnum()]
    return paper is not None and all(_has_ink(page, char, paper) for char in (letters[0], letters[-1]))


def _has_ink(page: Page, char: Char, paper: int) -> bool:
    """Whether a letter is seen; the picture may have a thin one beside its place."""
    left, bottom, right, top = char[1:5]
    beside = 0.7 if right - left < 2.5 else 0.0
    return page.has_ink(left - beside, bottom, right + beside, top, paper)


def _written(page: Page) -> Iterator[Word]:
    """The words with letters or digits that stand on the paper."""
    for word in page.words:
        if any(char.text.isalnum() for char in word.chars) and _is_inside(word, 0, 0, page.width, page.height):
            yield word


def check_contrast(subject: Subject) -> Iterator[Fault]:
    """Every word stands out from the paper behind it."""
    for page in subject.reading.pages:
        pale = [word for word in _written(page) if _contrast(page, word) < _CONTRAST]
        yield from _told(page, pale, "is too pale for what is behind it", "choose a darker or a lighter colour")


def _contrast(page: Page, word: Word) -> float:
    """Between a word's colour and the commonest grey around it (WCAG 2.2, relative luminance)."""
    paper = page.paper(*word.box)
    if paper is None:
        return 0.0
    red, green, blue = word.chars[0].color
    values = sorted((_luminance(paper, paper, paper), _luminance(red, green, blue)))
    return (values[1] + 0.05) / (values[0] + 0.05)


def _luminance(red: int, green: int, blue: int) -> float:
    channels = (value / 255 for value in (red, green, blue))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def check_headings(subject: Subject) -> Iterator[Fault]:
    """No page ends in a heading, or in the head of an entry that goes on."""
    heads = {squeeze(text).casefold() for text in _heads(subject)}
    for page in subject.reading.pages[:-1]:
        lowest = squeeze(_lowest_line(body(page, subject)))
        if lowest.casefold() in heads:
            hint = "keep it with what follows (break-after: avoid, \\nopagebreak)"
            yield Fault(f"the page ends in the heading {shorten(lowest)}", page.number, hint=hint)


def _heads(subject: Subject) -> Iterator[str]:
    for section in subject.expected.sections:
        yield from (section.title.text, *(group.text for group in section.groups))
        yield "".join(head.text for head in section.heads)
        yield from (head.text for head in section.heads)
        for block in section.blocks:
            if block.has_more and block.leads:
                dates = "".join(part.text for part in block.parts if part.what == "a date")
                yield from (block.leads[0].text, block.leads[0].text + dates)


def _lowest_line(words: list[Word]) -> str:
    if not words:
        return ""
    low = min(word.box[1] for word in words)
    line = sorted((word for word in words if word.box[1] - low < 4), key=lambda word: word.box[0])
    return " ".join(word.text for word in line).lstrip("•–■› ")
