"""Fonts and pictures as ``data:`` URLs, for a page that needs no other file."""

from __future__ import annotations

import base64
from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

_IMAGE_TYPES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
}


def embed_subset(font: Path, characters: str) -> str:
    """The URL of ``font`` as WOFF2, with only these characters."""
    return _data_url("font/woff2", _subset(font, characters))


def embed_image(image: Path) -> str:
    """The URL of a picture; empty for a missing file and for a kind that browsers do not show."""
    kind = _IMAGE_TYPES.get(image.suffix.lower()) if image.is_file() else None
    return _data_url(kind, image.read_bytes()) if kind else ""


def _data_url(kind: str, data: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


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
