"""Draws the pages of a PDF as pictures."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

from cvgen.sources.pdf_file import open_pdf
from cvgen.themes.contract import DPI
from cvgen.themes.options import OptionValue

RESOLUTION = 150
"""Pixels per inch if the theme has no option for it."""
_PT_PER_INCH = 72


def draw_pages(pdf: bytes, options: Mapping[str, OptionValue]) -> tuple[bytes, ...]:
    """Each page of ``pdf`` as a PNG of the resolution that the theme's ``options`` say."""
    value = options.get(DPI, RESOLUTION)
    dpi = float(value) if isinstance(value, (int, float)) else RESOLUTION
    pictures = []
    with open_pdf(pdf) as document:
        for page in document:
            data = BytesIO()
            picture = page.render(scale=dpi / _PT_PER_INCH).to_pil().convert("RGB")
            picture.save(data, "PNG", optimize=True, dpi=(dpi, dpi))
            pictures.append(data.getvalue())
    return tuple(pictures)
