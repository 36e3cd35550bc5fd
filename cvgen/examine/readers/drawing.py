"""What is drawn on a page besides text, in the order in which it is painted: areas, lines, pictures; and its tags."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in pt."""
Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
_DEPTH = 4
"""How deep groups may lie in each other."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A filled area or a line: its box, and when it is painted."""

    box: Box
    order: int


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of pixels: the box of what is shown, its whole size in pt and in pixels, and when it is painted."""

    box: Box
    size: tuple[float, float]
    pixels: tuple[int, int]
    order: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """What stands beside, behind or over a page's text."""

    areas: tuple[Box, ...]
    """Filled shapes high enough to stand behind a line of text."""
    covers: tuple[Shape, ...]
    """Opaque shapes large enough to hide a part of a letter; the areas are among them."""
    lines: tuple[Shape, ...]
    """Level lines thin enough to strike a text through."""
    images: tuple[Image, ...]


@dataclass(frozen=True, slots=True)
class Object:
    """An object of a page; ``matrix`` is that of the groups it lies in, ``depth`` their number."""

    handle: Any
    kind: int
    matrix: Matrix
    depth: int


def address(handle: Any) -> int:
    """The place of an object in memory, by which it is known again."""
    return ctypes.addressof(handle.contents) if handle else 0


def list_objects(page: Any) -> list[Object]:
    """All objects of a page as they are painted, each group followed by what is in it."""
    import pypdfium2.raw as pdfium

    handles = [pdfium.FPDFPage_GetObject(page, index) for index in range(pdfium.FPDFPage_CountObjects(page))]
    return list(_walk(handles, _IDENTITY, 0))


def _walk(handles: list[Any], matrix: Matrix, depth: int) -> Iterator[Object]:
    import pypdfium2.raw as pdfium

    for handle in handles:
        kind = pdfium.FPDFPageObj_GetType(handle)
        yield Object(handle, kind, matrix, depth)
        if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEPTH:
            count = pdfium.FPDFFormObj_CountObjects(handle)
            inner = [pdfium.FPDFFormObj_GetObject(handle, index) for index in range(count)]
            yield from _walk(inner, _multiply(_matrix_of(handle), matrix), depth + 1)


def _matrix_of(handle: Any) -> Matrix:
    import pypdfium2.raw as pdfium

    read = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(handle, read)
    return (read.a, read.b, read.c, read.d, read.e, read.f)


def _multiply(one: Matrix, other: Matrix) -> Matrix:
    """First ``one``, then ``other`` (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _moved(box: Box, matrix: Matrix) -> Box:
    """The box around ``box`` where ``matrix`` puts it."""
    a, b, c, d, e, f = matrix
    spots = [(a * x + c * y + e, b * x + d * y + f) for x in box[::2] for y in box[1::2]]
    across, up = [spot[0] for spot in spots], [spot[1] for spot in spots]
    return min(across), min(up), max(across), max(up)


def read_drawing(objects: list[Object], x: float, y: float) -> Drawing:
    """What of ``objects`` may stand behind or over a text; the paper's lower left corner is at ``x``, ``y``."""
    import pypdfium2.raw as pdfium

    areas, covers, lines, images = [], [], [], []
    for order, thing in enumerate(objects):
        if thing.kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            images.append(_read_image(thing, order, x, y))
        # what is inside of a drawing, such as an icon, is no ground of a text
        if thing.kind != pdfium.FPDF_PAGEOBJ_PATH or thing.depth:
            continue
        box = _shift(_bounds(thing), x, y)
        alpha, stroke = _read_paint(thing.handle)
        if alpha and not stroke and min(box[3] - box[1], box[2] - box[0]) > 12:
            areas.append(box)
        box = (box[0] + stroke / 2, box[1] + stroke / 2, box[2] - stroke / 2, box[3] - stroke / 2)
        left, bottom, right, top = shown = _cut(box, _shift(clip, x, y) if (clip := _clip(thing)) else None)
        if right - left > _THIN > top - bottom:
            lines.append(Shape(shown, order))
        elif alpha > 127:
            covers.append(Shape(shown, order))
    return Drawing(tuple(areas), tuple(covers), tuple(lines), tuple(images))


_THIN = 2.5
"""The height in pt of a line, with what its bounds have beyond it."""


def _read_paint(handle: Any) -> tuple[int, float]:
    """How opaque, to 255, the filling of a path is, and the width of the line that stands for one, as TeX's rules do.

    The first is 0 where nothing is filled, the second where the path is no single line.
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


def _bounds(thing: Object) -> Box:
    import pypdfium2.raw as pdfium

    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(thing.handle, left, bottom, right, top)
    return _moved((left.value, bottom.value, right.value, top.value), thing.matrix)


def _shift(box: Box, x: float, y: float) -> Box:
    return box[0] - x, box[1] - y, box[2] - x, box[3] - y


def _read_image(thing: Object, order: int, x: float, y: float) -> Image:
    import pypdfium2.raw as pdfium

    a, b, c, d, *_ = _multiply(_matrix_of(thing.handle), thing.matrix)
    width, height = ctypes.c_uint(), ctypes.c_uint()
    pdfium.FPDFImageObj_GetImagePixelSize(thing.handle, width, height)
    box = _cut(_bounds(thing), _clip(thing))
    return Image(_shift(box, x, y), (math.hypot(a, b), math.hypot(c, d)), (width.value, height.value), order)


def _cut(box: Box, clip: Box | None) -> Box:
    """What of ``box`` lies in ``clip``."""
    if clip is None:
        return box
    left, bottom = max(box[0], clip[0]), max(box[1], clip[1])
    return left, bottom, max(left, min(box[2], clip[2])), max(bottom, min(box[3], clip[3]))


def _clip(thing: Object) -> Box | None:
    """The box that all clipping paths of an object leave."""
    import pypdfium2.raw as pdfium

    path = pdfium.FPDFPageObj_GetClipPath(thing.handle)
    left: Box | None = None
    for number in range(max(0, pdfium.FPDFClipPath_CountPaths(path))):
        spots = []
        for index in range(pdfium.FPDFClipPath_CountPathSegments(path, number)):
            across, up = ctypes.c_float(), ctypes.c_float()
            segment = pdfium.FPDFClipPath_GetPathSegment(path, number, index)
            pdfium.FPDFPathSegment_GetPoint(segment, across, up)
            spots.append((across.value, up.value))
        if spots:
            wide, high = [spot[0] for spot in spots], [spot[1] for spot in spots]
            box = _moved((min(wide), min(high), max(wide), max(high)), thing.matrix)
            left = _cut(box, left)
    return left


def count_tags(page: Any) -> Mapping[str, int]:
    """How often each kind of element stands in the page's structure (ISO 32000-1, 14.8.4)."""
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
