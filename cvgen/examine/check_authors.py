"""The check of what a list of papers must not get wrong: who wrote each one, in which order, and with which marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cvgen.examine.expected import Block
from cvgen.examine.finding import Fault
from cvgen.examine.placing import Placed
from cvgen.examine.subject import Subject, is_rtl, shorten
from cvgen.examine.text import ReadText, squeeze
from cvgen.model.document import ShownAuthor

_LETTER = re.compile(r"[^\W\d_\u2e80-\u9fff\uac00-\ud7ff]")
"""A letter of a script that has spaces between words."""
_AFTER_NAME = 16
"""How far from the last author's family name a mark may stand, beside the given name."""


def check_authors(subject: Subject) -> Iterator[Fault]:
    """Authors come in the order of the paper, and each mark stands at the author whose it is."""
    if subject.job.document.direction == "rtl":
        return  # a line from right to left may be copied in the order of the paper
    for text, columns in zip(subject.texts, subject.placed, strict=True):
        for placed in (placed for column in columns for placed in column):
            for index, (block, _) in enumerate(placed.blocks):
                if block.authors and not any(is_rtl(author.family) for author in block.authors):
                    yield from _check_paper(text, placed, index, block)


def _check_paper(text: ReadText, placed: Placed, index: int, block: Block) -> Iterator[Fault]:
    title = placed.blocks[index][1][len(block.rising) - len(block.leads)]
    if title is None:
        return
    lead = block.leads[0]
    start, end = placed.span_of(index)
    regions = [(title.end, end), (start, title.start)]  # a citation style may name the authors before the title
    found = [(region, places) for region in regions if (places := _walk(text, block.authors, *region))]
    if not found:
        if all(_contains(text, author, start, end) for author in block.authors):
            message = f"the authors of {shorten(lead.text)} are read in another order"
            hint = "print item.authors in turn"
            yield Fault(message, text.page_at(title.start), lead.location, hint, text.reader)
        return
    (_, stop), places = found[0]
    for author, marks in zip(block.authors, _read_marks(text, block.authors, places, stop), strict=True):
        if marks != _symbols(author.marks):
            wanted, got = _symbols(author.marks) or "no mark", marks or "no mark"
            message = f"{author.name} is read with {got} in {shorten(lead.text)}, and has {wanted}"
            hint = "print author.marks right after the name"
            yield Fault(message, text.page_at(title.start), lead.location, hint, text.reader)


def _contains(text: ReadText, author: ShownAuthor, start: int, end: int) -> bool:
    return text.find(author.family, start, True, end) is not None


def _walk(text: ReadText, authors: Sequence[ShownAuthor], start: int, end: int) -> list[tuple[int, int]] | None:
    """Where each family name begins and ends, one after the other; None where they do not come so."""
    places = []
    for author in authors:
        hit = _find_name(text, author.family, start, end)
        if hit is None:
            return None
        places.append(hit)
        start = hit[1]
    return places


def _find_name(text: ReadText, name: str, start: int, end: int) -> tuple[int, int] | None:
    """The first place of ``name`` that is no part of a longer word."""
    hit = text.find(name, start, True, end)
    while hit:
        first, last = text.raw_span(*hit)
        around = text.raw[max(0, first - 1) : first], text.raw[last : last + 1]
        if not any(_LETTER.match(char) for char in around if char):
            return hit[0], sum(hit)
        hit = text.find(name, hit[0] + 1, True, end)
    return None


def _read_marks(
    text: ReadText, authors: Sequence[ShownAuthor], places: Sequence[tuple[int, int]], stop: int
) -> Iterator[str]:
    """The marks between each family name and the next; only signs that are a mark in this list of authors."""
    signs = {sign for author in authors for sign in _symbols(author.marks)}
    for number, (author, (_, end)) in enumerate(zip(authors, places, strict=True)):
        if number + 1 < len(places):
            behind = text.packed[end : places[number + 1][0]]
        else:
            behind = text.packed[end : min(stop, end + len(squeeze(author.given)) + _AFTER_NAME)]
            behind = re.split("[·•]", behind)[0]
        yield "".join(char for char in behind if char in signs)


def _symbols(marks: str) -> str:
    """The marks that are signs: letters and digits stand in names and numbers too."""
    return "".join(char for char in squeeze(marks) if not char.isalnum())
