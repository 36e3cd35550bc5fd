"""Finds how wide the column of dates and labels must be for the texts of one document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from cvgen.backends.text_width import MM_PER_PT, estimate_width
from cvgen.model.document import Document
from cvgen.model.printed import Item
from cvgen.model.sections import Shape
from cvgen.themes.contract import DATE_POSITION, DATE_WIDTH, SIZE
from cvgen.themes.options import OptionValue

NARROWEST = 12.0
"""The least width in mm."""
_LABEL = 32.0
"""A label that is longer than so many mm is printed on several lines."""


def fit_date_width(document: Document, options: Mapping[str, OptionValue]) -> dict[str, OptionValue]:
    """``options`` with ``date_width`` as large as the widest date or label of ``document`` needs, in mm.

    The value of the option is the most that a date may take before it is printed on two lines. Only a word that is
    longer makes the column wider. Where dates are not in the column, it holds labels only.
    """
    most, size = options.get(DATE_WIDTH), options.get(SIZE)
    if not isinstance(most, (int, float)) or not isinstance(size, (int, float)):
        return dict(options)
    scale = size * MM_PER_PT
    dates = list(_list_dates(document)) if options.get(DATE_POSITION) == "left" else []
    sign = document.words["range"].format(start="", end="")
    needed = [_needed(text, text.split(sign), float(most), scale) for text in dates]
    needed += [_needed(text, text.split(), min(_LABEL, float(most)), scale) for text in _list_labels(document)]
    return {**options, DATE_WIDTH: round(max([NARROWEST, *needed]), 1)} if needed else dict(options)


def _needed(text: str, units: Iterable[str], most: float, scale: float) -> float:
    """The width of ``text`` in mm or, if that is more than ``most``, of the widest of its ``units``."""
    whole = _width(text) * scale
    return whole if whole <= most else min(most * 1.5, max(_width(unit) * scale for unit in units))


def _width(text: str) -> float:
    """About the width of ``text``, in sizes of the text."""
    return estimate_width(text) + 0.2


def _list_dates(document: Document) -> Iterator[str]:
    for section in document.sections:
        if section.shape in (Shape.ENTRIES, Shape.DATED):
            for item in section.items:
                yield from (dated.dates for dated in (item, *item.positions) if dated.dates)


def _list_labels(document: Document) -> Iterator[str]:
    for section in document.sections:
        if section.shape is Shape.LINES:
            yield from (str(item.heading) for item in section.items if _has_more(item))


def _has_more(item: Item) -> bool:
    """Whether something is printed beside the label of ``item``."""
    return bool(item.subheading or item.details or item.positions)
