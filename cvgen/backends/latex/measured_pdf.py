"""Measures how full the pages of a finished PDF are, and finds text that leaves the paper."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from cvgen.backends.backend import Layout
from cvgen.sources.pdf_file import open_pdf

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_APART = 6.0
"""Texts on different lines have bottoms at least this far apart, in pt."""


def measure_pdf(pdf: bytes, margin: float) -> Layout:
    """The Layout of ``pdf``, whose text has margins of ``margin`` pt above and below.

    Text in the margins, such as a page's number, does not count.
    """
    with open_pdf(pdf) as document:
        width, height = document[0].get_size()
        bottoms = [_list_bottoms(page, margin) for page in document]
    ends = tuple(round(height - margin - min(page, default=height - margin), 2) for page in bottoms)
    return Layout(ends, height - 2 * margin, width, height, last_lines=_count_lines(bottoms[-1]))


def _count_lines(bottoms: list[float]) -> int:
    """The number of lines that these texts are on: those of one line differ by descenders and superscripts."""
    return bool(bottoms) + sum(bottom - below > _APART for below, bottom in pairwise(sorted(bottoms)))


def _list_bottoms(page: Any, margin: float) -> list[float]:
    """The bottom of each text above the bottom margin, in pt from the page's foot."""
    text = page.get_textpage()
    # A line's descenders may reach into the margin
    edge = margin - 4
    rects = [text.get_rect(index) for index in range(text.count_rects())]
    text.close()
    return [float(bottom) for _, bottom, _, top in rects if bottom >= edge and top > bottom]


def find_beyond(document: PdfDocument) -> Iterator[tuple[int, float, str]]:
    """Each text of ``document`` that extends beyond the paper: its page (from 1), how far in pt, and its words."""
    for number, page in enumerate(document, 1):
        width, height = page.get_size()
        text = page.get_textpage()
        for index in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(index)
            if (length := -min(left, bottom, width - right, height - top)) > 0:
                yield number, length, text.get_text_bounded(left, bottom, right, top)
        text.close()
