"""Draws the pages of a PDF as pictures."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any

from cvgen.diagnostics import Problem, RenderError
from cvgen.sources.pdf_file import open_pdf
from cvgen.themes.contract import DPI
from cvgen.themes.options import OptionValue

if TYPE_CHECKING:
    from PIL.Image import Image

RESOLUTION = 150
"""Pixels per inch if the theme has no option for it."""
_PT_PER_INCH = 72
_MOST_PIXELS = 64_000_000
"""Of one picture, which take 450 MB of memory. A page of A4 at 600 pixels per inch has 35 million."""


def draw_pages(pdf: bytes, options: Mapping[str, OptionValue]) -> tuple[bytes, ...]:
    """Each page of ``pdf`` as a PNG of the resolution that the theme's ``options`` say; raises RenderError."""
    value = options.get(DPI, RESOLUTION)
    dpi = float(value) if isinstance(value, (int, float)) else RESOLUTION
    pictures = []
    with open_pdf(pdf) as document:
        for page in document:
            data = BytesIO()
            draw_page(page, dpi / _PT_PER_INCH).save(data, "PNG", optimize=True, dpi=(dpi, dpi))
            pictures.append(data.getvalue())
    return tuple(pictures)


def draw_page(page: Any, scale: float) -> Image:
    """``page``, of a PDF that is open, with ``scale`` pixels per pt; raises RenderError if it is too large for that."""
    width, height = page.get_size()
    if width * height * scale**2 > _MOST_PIXELS:
        across, down = round(width * scale), round(height * scale)
        message = f"a page has {across:,} × {down:,} pixels, more than {_MOST_PIXELS // 10**6} million"
        raise RenderError([Problem(message, hint=f"choose a lower {DPI}, or smaller paper in the theme's templates")])
    picture: Image = page.render(scale=scale).to_pil().convert("RGB")
    return picture


def limit_scale(page: Any, scale: float) -> float:
    """``scale``, or a smaller one at which ``draw_page`` draws ``page``."""
    width, height = page.get_size()
    return min(scale, float((_MOST_PIXELS / 4 / (width * height)) ** 0.5))
