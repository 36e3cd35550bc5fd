"""Reads what is drawn on a page besides text (areas, lines, images), in the order of painting; and the page's tags."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdfium2 import PdfImage, PdfMatrix, PdfObject, PdfPage

PdfBox = tuple[float, float, float, float]
"""Left, bottom, right, top in pt."""
_MAX_DEPTH = 5
"""How many levels of objects are read: those of the page, and four levels of nested groups."""


@dataclass(frozen=True, slots=True)
class PaintedShape:
    """A filled area or a line: its box, and its index in the order of painting."""

    box: PdfBox
    order: int


@dataclass(frozen=True, slots=True)
class Image:
    """A bitmap: the box of the visible part, its whole size in pt and in pixels, and its index in painting order."""

    box: PdfBox
    size: tuple[float, float]
    pixels: tuple[int, int]
    order: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """The shapes and images beside, behind or over a page's text."""

    areas: tuple[PdfBox, ...]
    """Boxes of filled shapes that are high enough to be the background of a line of text."""
    covers: tuple[PaintedShape, ...]
    """Opaque shapes large enough to hide a part of a letter, the areas among them."""
    lines: tuple[PaintedShape, ...]
    """Horizontal lines thin enough to strike text through."""
    images: tuple[Image, ...]


def address(handle: Any) -> int:
    """The address of an object in memory, which identifies it."""
    return ctypes.addressof(handle.contents) if handle else 0


def list_objects(page: PdfPage) -> list[PdfObject]:
    """All objects of a page in the order in which they are painted, each group followed by what is in it."""
    return list(page.get_objects(max_depth=_MAX_DEPTH))


def _group_matrix(thing: PdfObject) -> PdfMatrix:
    """How the groups around an object move and scale it, all in one (ISO 32000-1, 8.3.4)."""
    from pypdfium2 import PdfMatrix

    matrix, group = PdfMatrix(), thing.container
    while group:
        matrix, group = matrix.multiply(group.get_matrix()), group.container
    return matrix


def read_drawing(objects: list[PdfObject], x: float, y: float) -> Drawing:
    """Those of ``objects`` that may be behind or over text; the paper's lower left corner is at ``x``, ``y``."""
    import pypdfium2.raw as pdfium

    areas, covers, lines, images = [], [], [], []
    for order, thing in enumerate(objects):
        if thing.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            images.append(_read_image(thing, order, x, y))
        # a path inside a group, such as an icon, is not the background of text
        if thing.type != pdfium.FPDF_PAGEOBJ_PATH or thing.level:
            continue
        box = _shift(_bounds(thing), x, y)
        alpha, stroke = _read_paint(thing)
        if alpha and not stroke and min(box[3] - box[1], box[2] - box[0]) > 12:
            areas.append(box)
        box = (box[0] + stroke / 2, box[1] + stroke / 2, box[2] - stroke / 2, box[3] - stroke / 2)
        left, bottom, right, top = shown = _cut(box, _shift(clip, x, y) if (clip := _clip(thing)) else None)
        if right - left > _THIN > top - bottom:
            lines.append(PaintedShape(shown, order))
        elif alpha > 127:
            covers.append(PaintedShape(shown, order))
    return Drawing(tuple(areas), tuple(covers), tuple(lines), tuple(images))


_THIN = 2.5
"""The greatest height in pt of the box around a line, which is larger than the line."""


def _read_paint(handle: object) -> tuple[int, float]:
    """The opacity of a path (0 for nothing painted, 255 for opaque) and its line width in pt.

    The width is 0 unless the path is a single stroked line, as TeX's rules are.
    """
    import pypdfium2.raw as pdfium

    mode, is_stroked = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(handle, mode, is_stroked)
    is_rule = is_stroked.value and not mode.value and pdfium.FPDFPath_CountSegments(handle) == 2
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    read = pdfium.FPDFPageObj_GetStrokeColor if is_rule else pdfium.FPDFPageObj_GetFillColor
    read(handle, red, green, blue, alpha)
    width = ctypes.c_float()
    if is_rule:
        pdfium.FPDFPageObj_GetStrokeWidth(handle, width)
    return alpha.value if mode.value or is_rule else 0, width.value


def _bounds(thing: PdfObject) -> PdfBox:
    left, bottom, right, top = _group_matrix(thing).on_rect(*thing.get_bounds())
    return left, bottom, right, top


def _shift(box: PdfBox, x: float, y: float) -> PdfBox:
    return box[0] - x, box[1] - y, box[2] - x, box[3] - y


def _read_image(thing: PdfImage, order: int, x: float, y: float) -> Image:
    a, b, c, d, *_ = thing.get_matrix().multiply(_group_matrix(thing)).get()
    box = _cut(_bounds(thing), _clip(thing))
    return Image(_shift(box, x, y), (math.hypot(a, b), math.hypot(c, d)), thing.get_px_size(), order)


def _cut(box: PdfBox, clip: PdfBox | None) -> PdfBox:
    """The part of ``box`` inside ``clip``."""
    if clip is None:
        return box
    left, bottom = max(box[0], clip[0]), max(box[1], clip[1])
    return left, bottom, max(left, min(box[2], clip[2])), max(bottom, min(box[3], clip[3]))


def _clip(thing: PdfObject) -> PdfBox | None:
    """The box in which all clipping paths of an object leave it visible; None if it has none."""
    import pypdfium2.raw as pdfium

    path = pdfium.FPDFPageObj_GetClipPath(thing)
    matrix = _group_matrix(thing)
    left: PdfBox | None = None
    for number in range(max(0, pdfium.FPDFClipPath_CountPaths(path))):
        spots = []
        for index in range(pdfium.FPDFClipPath_CountPathSegments(path, number)):
            across, up = ctypes.c_float(), ctypes.c_float()
            segment = pdfium.FPDFClipPath_GetPathSegment(path, number, index)
            pdfium.FPDFPathSegment_GetPoint(segment, across, up)
            spots.append((across.value, up.value))
        if spots:
            wide, high = [spot[0] for spot in spots], [spot[1] for spot in spots]
            box = matrix.on_rect(min(wide), min(high), max(wide), max(high))
            left = _cut(box, left)
    return left


def count_tags(page: object) -> Mapping[str, int]:
    """How many elements of each type the page's structure has (ISO 32000-1, 14.8.4)."""
    import pypdfium2.raw as pdfium

    tree = pdfium.FPDF_StructTree_GetForPage(page)
    if not tree:
        return {}
    found: Counter[str] = Counter()
    count = pdfium.FPDF_StructTree_CountChildren(tree)
    elements = [pdfium.FPDF_StructTree_GetChildAtIndex(tree, index) for index in range(count)]
    buffer = ctypes.create_string_buffer(64)
    while elements:
        if element := elements.pop():
            length = min(pdfium.FPDF_StructElement_GetType(element, buffer, 64), 64)
            found[buffer.raw[: max(0, length - 2)].decode("utf-16-le", "replace")] += 1
            count = pdfium.FPDF_StructElement_CountChildren(element)
            elements += [pdfium.FPDF_StructElement_GetChildAtIndex(element, index) for index in range(count)]
    pdfium.FPDF_StructTree_Close(tree)
    return found
