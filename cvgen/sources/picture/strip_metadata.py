"""Takes everything out of a PNG or JPEG that is not the picture, and leaves the coded pixels as they are."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")
_JPEG_KEPT = frozenset({0xC0, 0xC1, 0xC2, 0xC4, 0xDB, 0xDD, 0xDA})
"""The frame, its tables, and the scans (ITU T.81, table B.1)."""
_JFIF, _ADOBE = b"JFIF\0", b"Adobe"
_NEXT_MARKER = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")
"""Coded pixels have a zero after each 0xFF, and markers of restart."""


def strip_metadata(data: bytes) -> bytes | None:
    """The picture in ``data``, a PNG or JPEG that could be decoded, alone.

    None for another format, and for a file whose parts cannot be separated.
    """
    try:
        if data.startswith(_PNG):
            return _PNG + b"".join(_list_chunks(data))
        if data.startswith(b"\xff\xd8"):
            return b"\xff\xd8" + b"".join(_list_segments(data)) + b"\xff\xd9"
    except (struct.error, LookupError, ValueError):
        return None
    return None


def _list_chunks(data: bytes) -> Iterator[bytes]:
    """The chunks of a PNG that a decoder needs, up to its end."""
    at, kind = len(_PNG), b""
    while kind != b"IEND":
        (length,) = struct.unpack_from(">I", data, at)
        kind, end = data[at + 4 : at + 8], at + 12 + length
        if end > len(data):
            raise ValueError("a chunk is cut")
        if kind in _PNG_KEPT:
            yield data[at:end]
        at = end


def _list_segments(data: bytes) -> Iterator[bytes]:
    """The segments of a JPEG that a decoder needs, without the marker of its end."""
    at = 2
    while (marker := _marker(data, at)) != 0xD9:
        (length,) = struct.unpack_from(">H", data, at + 2)
        end = at + 2 + length
        if marker == 0xDA:
            found = _NEXT_MARKER.search(data, end)
            if found is None:
                raise ValueError("the last scan is cut")
            end = found.start()
        if marker in _JPEG_KEPT or _is_about_colors(marker, data[at + 4 : end]):
            yield data[at:end]
        at = end
        while data[at + 1] == 0xFF:  # fill bytes
            at += 1


def _marker(data: bytes, at: int) -> int:
    if data[at] != 0xFF:
        raise ValueError("no marker")
    return data[at + 1]


def _is_about_colors(marker: int, content: bytes) -> bool:
    """Whether a segment says how the numbers of a pixel are colours: JFIF without a thumbnail, Adobe's."""
    return (marker == 0xE0 and content.startswith(_JFIF) and len(content) == 14) or (
        marker == 0xEE and content.startswith(_ADOBE)
    )
