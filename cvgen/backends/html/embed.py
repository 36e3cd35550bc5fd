"""Fonts and photo as ``data:`` URLs, for a page that stands for itself."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

from cvgen.backends.backend import Job
from cvgen.backends.html.backend import list_faces

_IMAGE_TYPES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
}


def embed_faces(job: Job, page: str) -> list[Mapping[str, str]]:
    """The ``@font-face`` rules for ``page`` with WOFF2 subsets of its characters."""
    return [
        {"family": family, "style": style, "weight": weight, "url": _data_url("font/woff2", _subset(path, page))}
        for family, style, weight, path in list_faces(job)
    ]


def embed_image(image: Path | None) -> str:
    """A picture as it stands in the page; an empty string for none, or for a kind that no browser shows."""
    kind = _IMAGE_TYPES.get(image.suffix.lower()) if image and image.is_file() else None
    return _data_url(kind, image.read_bytes()) if image and kind else ""


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
