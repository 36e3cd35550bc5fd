"""Fonts as ``data:`` URLs, for a page that needs no other file."""

from __future__ import annotations

import base64
from io import BytesIO
from pathlib import Path

from fontTools.ttLib import TTFont

from cvgen.backends.opened_font import cut_font, open_font


def embed_subset(font: Path, characters: str) -> str:
    """The URL of ``font`` as WOFF2, with only these characters."""
    cut = cut_font(open_font(font), map(ord, characters))
    return f"data:font/woff2;base64,{base64.b64encode(_compress(cut)).decode()}"


def _compress(font: bytes) -> bytes:
    with TTFont(BytesIO(font), lazy=True, recalcTimestamp=False) as opened:
        opened.flavor = "woff2"
        target = BytesIO()
        opened.save(target)
    return target.getvalue()
