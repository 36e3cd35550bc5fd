"""Decodes text: UTF-8, UTF-16, or Windows-1252, the superset of Latin-1 that programs write when they say Latin-1."""

from __future__ import annotations

from cvgen.diagnostics import Location, Problem

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def is_marked_utf16(data: bytes) -> bool:
    """Whether ``data`` begins with the byte order mark of UTF-16."""
    return data.startswith(_UTF16_MARKS)


def decode_unicode(data: bytes) -> str:
    """``data``, in UTF-8, or in UTF-16 with its mark, as text without the mark; raises UnicodeDecodeError."""
    return data.decode("utf-16", errors="replace") if is_marked_utf16(data) else data.decode("utf-8-sig")


def decode_any(data: bytes) -> str:
    """``data`` as text: what is not Unicode is read as Windows-1252."""
    try:
        return decode_unicode(data)
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def say_not_utf8(data: bytes, error: UnicodeDecodeError, file: str) -> Problem:
    """The Problem of the byte at which ``error`` says that ``data`` is not UTF-8."""
    before = data[: error.start]
    column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
    place = Location(file, before.count(b"\n") + 1, column)
    return Problem(f"byte 0x{data[error.start]:02x} is not UTF-8", place, "save the file as UTF-8")
