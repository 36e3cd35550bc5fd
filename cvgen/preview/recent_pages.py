"""Keeps the pages that were made last, and draws them as pictures when the browser asks for them."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING

from cvgen.backends.page_pictures import draw_page, limit_scale
from cvgen.pipeline.preview import PageView
from cvgen.sources.pdf_file import open_pdf

if TYPE_CHECKING:
    from cvgen.preview.page_text import PageText
    from cvgen.preview.word_places import KnownText

MOST_VIEWS = 64
MOST_DOCUMENTS = 8
"""Of so many views the document is kept too, in which words are looked for; of older ones only the pages."""
NARROWEST, WIDEST = 100, 2400
"""The width in pixels that a picture of a page may have."""


@dataclass
class KeptView:
    """A view with its number, its pictures so far, and its text, which is read when it is first asked for."""

    number: int
    pdf: bytes = b""
    html: bytes = b""
    view: PageView | None = None
    pictures: dict[tuple[int, int], bytes] = field(default_factory=dict)

    @cached_property
    def sizes(self) -> list[tuple[float, float]]:
        """The width and height of each page in pt."""
        if not self.pdf:
            return []
        with open_pdf(self.pdf) as document:
            return [document.get_page_size(number) for number in range(len(document))]

    @cached_property
    def pages(self) -> tuple[PageText, ...]:
        """The text of its pages."""
        from cvgen.preview.page_text import read_pages  # slow to load; the first page comes before it

        return read_pages(self.pdf) if self.pdf else ()

    @cached_property
    def texts(self) -> tuple[KnownText, ...]:
        """The texts of its document."""
        from cvgen.preview.word_places import list_texts

        return list_texts(self.view) if self.view else ()

    def draw(self, page: int, width: int) -> bytes | None:
        """A PNG of ``page``, from 0, about ``width`` pixels wide; None if there is no such page."""
        width = min(max(width, NARROWEST), WIDEST)
        if not 0 <= page < len(self.sizes):
            return None
        if (page, width) not in self.pictures:
            self.pictures[page, width] = _draw(self.pdf, page, width / self.sizes[page][0])
        return self.pictures[page, width]


def _draw(pdf: bytes, page: int, scale: float) -> bytes:
    data = BytesIO()
    with open_pdf(pdf) as document:
        picture = draw_page(document[page], limit_scale(document[page], scale))
    picture.save(data, "PNG", compress_level=1)
    return data.getvalue()


class RecentPages:
    """The last views by their numbers."""

    def __init__(self) -> None:
        self._views: OrderedDict[int, KeptView] = OrderedDict()
        self._lock = threading.Lock()
        self._last = 0

    def add(self, pdf: bytes = b"", html: bytes = b"", view: PageView | None = None) -> KeptView:
        """Keep the pages of ``pdf``, perhaps with their document, or a web page, under a new number."""
        with self._lock:
            self._last += 1
            added = self._views[self._last] = KeptView(self._last, pdf, html, view)
            while len(self._views) > MOST_VIEWS:
                self._views.popitem(last=False)
            for old in [kept for kept in self._views.values() if kept.view][:-MOST_DOCUMENTS]:
                old.view = None
        return added

    def find(self, number: int) -> KeptView | None:
        """The view ``number``, which then counts as used last; None if it is no longer kept."""
        with self._lock:
            if number in self._views:
                self._views.move_to_end(number)
            return self._views.get(number)
