"""Reads from WeasyPrint's tree of boxes how full the pages are, and the place of each marked part.

The tree is WeasyPrint's own and undocumented; no other module of cvgen reads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

PT_PER_PX = 0.75
MARK = "data-part"


def describe_pages(pages: list[Any]) -> dict[str, Any]:
    """``ends``, ``last_lines``, ``room``, ``paper``, ``beyond``, ``boxes`` and ``spans`` of a layout, ready for JSON.

    Lengths are in pt. ``boxes`` and ``spans`` (first page, last page, how far down the first one: 0 to 1) are by number
    of the part; ``beyond`` has each text that extends beyond the paper, with its page and how far it does.
    """
    first = pages[0]._page_box
    boxes: dict[str, list[float]] = {}
    spans: dict[str, list[float]] = {}
    beyond: list[tuple[int, float, str]] = []
    ends, lines = [], 0
    for number, page in enumerate(pages, 1):
        root = page._page_box
        inside = list(_walk(root))
        end, lines = _measure_text(root, inside)
        ends.append(end)
        beyond += ((number, length, text) for length, text in _find_beyond(root, inside))
        _place_parts(root, number, inside, boxes, spans)
    return {
        "ends": ends,
        "last_lines": lines,
        "room": first.height * PT_PER_PX,
        "paper": [first.margin_width() * PT_PER_PX, first.margin_height() * PT_PER_PX],
        "beyond": beyond,
        "boxes": boxes,
        "spans": spans,
    }


def _measure_text(page: Any, inside: list[Any]) -> tuple[float, int]:
    """How far down the text of ``page``, whose boxes are ``inside``, ends, and its number of lines."""
    top = page.content_box_y()
    bottoms = [bottom for box in inside if (bottom := _bottom_of_text(box))]
    return round((max(bottoms, default=top) - top) * PT_PER_PX, 2), len({round(bottom, 1) for bottom in bottoms})


def _find_beyond(page: object, inside: list[Any]) -> Iterator[tuple[float, str]]:
    """Each text that extends beyond the paper, after the length by which it does."""
    for box in inside:
        if type(box).__name__ == "TextBox" and (length := _length_beyond(box, page)) > 0:
            yield length, box.text


def _place_parts(
    page: Any, number: int, inside: list[Any], boxes: dict[str, list[float]], spans: dict[str, list[float]]
) -> None:
    """Add to ``boxes`` and ``spans`` what the page with this ``number`` has of each part."""
    for box in inside:
        part = _number_of(box)
        if part is not None:
            _enlarge(boxes, part, _edges(box))
            start = (box.border_box_y() - page.content_box_y()) / page.height
            spans.setdefault(part, [number, 0, start])[1] = number


def _walk(page: Any) -> Iterator[Any]:
    """All boxes of the page's text, without those in its margins."""
    for child in page.children:
        if type(child).__name__ != "MarginBox":
            yield from child.descendants()


def _bottom_of_text(box: Any) -> float:
    if type(box).__name__ in ("LineBox", "BlockReplacedBox"):
        return float(box.position_y + box.height)
    return 0.0


def _length_beyond(text: Any, page: Any) -> float:
    """How far ``text`` extends beyond the paper of ``page``; negative if it does not."""
    right, bottom = text.position_x + text.width, text.position_y + text.height
    inside = min(text.position_x, text.position_y, page.margin_width() - right, page.margin_height() - bottom)
    return float(-inside * PT_PER_PX)


def _number_of(box: Any) -> str | None:
    """The number of the part that ``box`` is the outermost box of; lines and words have their element's attributes."""
    if type(box).__name__ in ("LineBox", "TextBox") or box.element is None or box.height == "auto":
        return None
    number = box.element.get(MARK)
    return str(number) if number is not None and box.is_in_normal_flow() else None


def _edges(box: Any) -> list[float]:
    left, top = box.border_box_x(), box.border_box_y()
    return [edge * PT_PER_PX for edge in (left, top, left + box.border_width(), top + box.border_height())]


def _enlarge(boxes: dict[str, list[float]], number: str, edges: Iterable[float]) -> None:
    left, top, right, bottom = edges
    if number in boxes:
        old = boxes[number]
        left, top, right, bottom = min(old[0], left), min(old[1], top), max(old[2], right), max(old[3], bottom)
    boxes[number] = [left, top, right, bottom]
