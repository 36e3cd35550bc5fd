"""Draws an icon on a PDF page; slow to import, and needed once for each icon."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pydyf
from fontTools.pens.basePen import BasePen
from fontTools.svgLib.path import parse_path

from cvgen.themes.icons import Icon


class _StreamPen(BasePen):  # type: ignore[misc]
    """Draws on a PDF's content stream; SVG's y axis points down, PDF's up."""

    def __init__(self, stream: Any, icon: Icon) -> None:
        super().__init__()
        self._stream = stream
        self._left, self._top, _, self._height = icon.box

    def _at(self, *points: tuple[float, float]) -> list[float]:
        return [c for x, y in points for c in (round(x - self._left, 4), round(self._height - y + self._top, 4))]

    def _moveTo(self, pt: tuple[float, float]) -> None:  # noqa: N802
        self._stream.move_to(*self._at(pt))

    def _lineTo(self, pt: tuple[float, float]) -> None:  # noqa: N802
        self._stream.line_to(*self._at(pt))

    def _curveToOne(self, *points: tuple[float, float]) -> None:  # noqa: N802
        self._stream.curve_to(*self._at(*points))

    def _closePath(self) -> None:  # noqa: N802
        self._stream.close()


def draw_icon(icon: Icon) -> bytes:
    """The PDF with ``icon`` on its one page."""
    stream = pydyf.Stream()
    pen = _StreamPen(stream, icon)
    for path in icon.paths:
        parse_path(path, pen)
        stream.fill()
    pdf = pydyf.PDF()
    pdf.add_object(stream)
    box = pydyf.Array([0, 0, *icon.box[2:]])
    page = {"Type": "/Page", "Parent": pdf.pages.reference, "MediaBox": box, "Contents": stream.reference}
    page["Resources"] = pydyf.Dictionary()  # xdvipdfmx refuses a page without
    pdf.add_page(pydyf.Dictionary(page))
    data = BytesIO()
    pdf.write(data, version=b"1.4")
    return data.getvalue()
