"""Finds what a PDF could do by itself: run scripts, start programs, send forms, carry files."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

_ACTIONS = frozenset({"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/Movie", "/Sound",
                      "/GoToE", "/GoToR", "/RichMediaExecute", "/SetOCGState", "/Hide"})  # fmt: skip
"""The types of action in ISO 32000-2, 12.6.4 that do more than show a place or open a web address."""
_KEYS = frozenset({"/JS", "/AA", "/RichMediaContent", "/EmbeddedFiles", "/EF", "/XFA"})
_SCHEMES = ("http:", "https:", "mailto:", "tel:", "xmpp:", "matrix:", "sms:", "file:")
"""Addresses that a viewer shows or opens and does not run. WeasyPrint makes ``file:`` of relative links."""


def find_active_content(pdf: bytes) -> tuple[str, ...]:
    """The names of everything in ``pdf`` that is active, such as ``JavaScript``; empty for a PDF that only shows."""
    from pypdf import PdfReader  # slow to import, and only themes of other people need it

    try:
        reader = PdfReader(BytesIO(pdf))
        numbers = [number for table in reader.xref.values() for number in table]
        parts = [reader.trailer, *(reader.get_object(number) for number in (*numbers, *reader.xref_objStm))]
        found = {name for part in parts for name in _walk(part)}
    except Exception as error:  # pypdf raises many kinds for a file that is wrong or encrypted
        return (f"objects that cannot be read ({error})",)
    return tuple(sorted(found))


def _walk(part: object) -> Iterator[str]:
    """The active content of one object, without the objects that it refers to."""
    if isinstance(part, dict):
        yield from (str(key)[1:] for key in part if key in _KEYS)
        if str(part.raw_get("/S") if "/S" in part else "") in _ACTIONS:  # type: ignore[attr-defined]
            yield str(part["/S"])[1:]
        yield from _list_addresses(part)
        for key in part:
            yield from _walk(part.raw_get(key))  # type: ignore[attr-defined]
    elif isinstance(part, list):
        for inside in part:
            yield from _walk(inside)


def _list_addresses(part: Any) -> Iterator[str]:
    """Addresses that are no links of pages: of another scheme, opened with the document, or of data outside of it."""
    address = part.get("/URI", "")
    if isinstance(address, dict):
        yield "a base of all links"
    elif ":" in str(address).split("/")[0] and not str(address).casefold().startswith(_SCHEMES):
        yield f"a link to {str(address)[:40]}"
    if isinstance(opened := part.get("/OpenAction"), dict) and opened.get("/S") != "/GoTo":
        yield "OpenAction"
    from pypdf.generic import StreamObject

    if isinstance(part, StreamObject) and "/F" in part:
        yield "a stream in another file"
