"""Finds where in a person's files a word on a page comes from, and where on the pages a place in the files is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cvgen.diagnostics import Location
from cvgen.model.inline import RichText
from cvgen.model.part import Part
from cvgen.model.printed import Item
from cvgen.model.texts import find_leaves
from cvgen.pipeline.preview import PageView
from cvgen.preview.page_text import PageBox, PageText, fold

_SHORTEST = 4
"""The fewest letters of a text that is looked for on the pages: shorter ones are everywhere."""
_START = 40
"""If a whole text is not found, as where a page ends in it, so many letters of its start are looked for."""


_LONG = 16
"""A text of so many letters is on the pages only once, or nearly so."""
_FAR = 12
"""So many texts after and before a short one are looked at to find out which of several places is its own."""


@dataclass(frozen=True, slots=True)
class KnownText:
    """A text of the document, folded, with its place in the files, and the part that it belongs to."""

    folded: str
    location: Location | None
    part: Part | None


@dataclass(frozen=True, slots=True)
class FoundWord:
    """The text around a word on a page, and its boxes there."""

    known: KnownText
    boxes: tuple[PageBox, ...]


def list_texts(view: PageView) -> tuple[KnownText, ...]:
    """Every text of the document of ``view``; those inside other parts come after these."""
    document = view.job.document
    head = (*_texts_of((document.name, document.native_name, document.label)), *_list_contacts(view))
    return (*(KnownText(text, place, None) for text, place in head), *_list_parts(view))


def _list_contacts(view: PageView) -> Iterator[tuple[str, Location | None]]:
    places = view.prepared.career.places
    for contact in view.job.document.contacts:
        path = ("basics", contact.kind)
        place = places.value(path if places.has_key(path) else view.prepared.variant.basics_path("contacts"))
        for text in {contact.text, contact.short, contact.label} - {""}:
            yield fold(text), place


def _texts_of(value: object) -> Iterator[tuple[str, Location | None]]:
    for leaf in find_leaves(value):
        if folded := fold(str(leaf)):
            yield folded, leaf.location if isinstance(leaf, RichText) else None


def _list_parts(view: PageView) -> Iterator[KnownText]:
    settings = {part.ref: part for part in view.prepared.draft.parts}
    for part in view.job.document.walk():
        known = settings.get(part.ref, part)
        for folded, place in _texts_of(part.shown):
            yield KnownText(folded, place or part.location, known)
        if isinstance(part.shown, Item) and part.shown.dates:
            yield KnownText(fold(part.shown.dates), _find_dates(view, known), known)


def _find_dates(view: PageView, part: Part) -> Location | None:
    places = view.prepared.career.places
    keys = (key for key in ("date", "start", "end") if places.has_key((*part.path, key)))
    return next((places.value((*part.path, key)) for key in keys), part.location)


def find_word(
    pages: tuple[PageText, ...], texts: tuple[KnownText, ...], page: int, x: float, y: float
) -> FoundWord | None:
    """The text at a place on a page, given as shares of its width and height; None if it is none of ``texts``.

    It is the one that has the most letters in common with the page around this place.
    """
    if not 0 <= page < len(pages) or (at := pages[page].find_letter(x, y)) is None:
        return None
    shown = pages[page].text
    best: tuple[int, int, int, KnownText] | None = None
    for known in texts:
        for found in re.finditer(re.escape(shown[at]), known.folded):
            before = _count_same(known.folded[: found.start()][::-1], shown[:at][::-1])
            after = _count_same(known.folded[found.start() :], shown[at : at + len(known.folded)])
            # of two that match alike, the later one is inside the earlier
            if best is None or before + after >= best[0]:
                best = (before + after, at - before, at + after, known)
    if best is None or (best[0] < min(_SHORTEST, len(best[3].folded))):
        return None
    return FoundWord(best[3], tuple(pages[page].find_boxes(best[1], best[2])))


def _count_same(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def find_place(
    pages: tuple[PageText, ...], texts: tuple[KnownText, ...], place: Location, *, may_be_around: bool = True
) -> list[PageBox]:
    """Where the pages show what is at ``place`` in the files: the texts on its line, else perhaps the part around."""
    spots = [(number, one.location) for number, one in enumerate(texts) if one.location]
    same = [number for number, spot in spots if (spot.file, spot.line) == (place.file, place.line)]
    exact = [number for number in same if texts[number].location == place]
    above = [
        (spot.line or 0, number)
        for number, spot in spots
        if texts[number].part and spot.file == place.file and (spot.line or 0) < (place.line or 0)
    ]
    around = [number for line, number in above if line == max(above)[0]]
    for group in (exact, same, around if may_be_around else []):
        for number in group:
            if boxes := _find_near(pages, texts, number):
                return boxes
    return []


def _find_near(pages: tuple[PageText, ...], texts: tuple[KnownText, ...], number: int) -> list[PageBox]:
    """Where the pages show the text ``number``: of several places the one nearest to the texts after or before it."""
    folded = texts[number].folded
    if len(folded) < _SHORTEST:
        return []
    found = [(page.number, at.start()) for page in pages for at in re.finditer(re.escape(folded), page.text)]
    if len(found) < 2:
        return find_text(pages, folded)
    near = (texts[at] for step in range(1, _FAR) for at in (number + step, number - step) if 0 <= at < len(texts))
    long = (one.folded for one in near if len(one.folded) >= _LONG and folded not in one.folded)
    known = ((page.number, page.text.find(text)) for text in long for page in pages if text in page.text)
    page, start = next(known, found[0])
    best = min(found, key=lambda spot: (abs(spot[0] - page), abs(spot[1] - start)))
    return pages[best[0]].find_boxes(best[1], best[1] + len(folded))


def find_text(pages: tuple[PageText, ...], folded: str) -> list[PageBox]:
    """Where the pages first show the letters ``folded``; empty if they do not, or if these are too few."""
    if len(folded) < _SHORTEST:
        return []
    for wanted in dict.fromkeys((folded, folded[:_START])):
        for page in pages:
            if (start := page.text.find(wanted)) >= 0:
                return page.find_boxes(start, start + len(wanted))
    return []


def find_quoted(pages: tuple[PageText, ...], message: str) -> list[PageBox]:
    """Where the pages show the first text that ``message`` has in quotes."""
    for quoted in re.findall(r"'([^']{4,})'|\"([^\"]{4,})\"|“([^”]{4,})”", message):
        if boxes := find_text(pages, fold("".join(quoted))):
            return boxes
    return []
