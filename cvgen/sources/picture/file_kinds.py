"""Tells what a file is by its first bytes, whatever its name says."""

from __future__ import annotations

import re

_STARTS = (
    (rb"\x89PNG\r\n", "PNG"),
    (rb"\xff\xd8\xff", "JPEG"),
    (rb"GIF8[79]a", "GIF"),
    (rb"RIFF....WEBP", "WebP"),
    (rb"....ftyp(?:heic|heix|heim|heis|hevc|hevx|mif1|msf1)", "HEIC"),
    (rb"....ftypavi[fs]", "AVIF"),
    (rb"II\*\0|MM\0\*|II\+\0|MM\0\+", "TIFF"),
    (rb"BM.{4}\0{4}", "BMP"),
    (rb"%PDF-", "PDF"),
    (rb"%!PS", "PostScript"),
    (rb"8BPS", "Photoshop"),
    (rb"\0\0\0\x0cjP  |\xff\x4f\xff\x51", "JPEG 2000"),
    (rb"\xff\x0a|\0\0\0\x0cJXL ", "JPEG XL"),
    (rb"\0\0[\1\2]\0", "ICO"),
    (rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|!--|!DOCTYPE\s+svg|svg\b|svg:svg\b)", "SVG"),
)
"""From the specifications of the formats."""
_KINDS = tuple((re.compile(start, re.DOTALL), kind) for start, kind in _STARTS)


def name_kind(data: bytes) -> str:
    """The kind of picture that ``data`` begins like; empty if it is none that is known."""
    return next((kind for start, kind in _KINDS if start.match(data)), "")
