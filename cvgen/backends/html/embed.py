"""Fonts as ``data:`` URLs, for a page that needs no other file."""

from __future__ import annotations

import base64
from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont


def embed_subset(font: Path, characters: str) -> str:
    """The URL of ``font`` as WOFF2, with only these characters."""
    return f"data:font/woff2;base64,{base64.b64encode(_subset(font, characters)).decode()}"


def _subset(path: Path, text: str) -> bytes:
    options = subset.Options(flavor="woff2", layout_features=["*"], notdef_outline=True)
    with TTFont(path, lazy=True, recalcTimestamp=False) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(text=text)
        cutter.subset(font)
        font.flavor = "woff2"
        target = BytesIO()
        font.save(target)
    return target.getvalue()
