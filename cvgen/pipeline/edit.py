"""Changing a profile's text as its owner would: one place changes, the file is written whole, or not at all."""

from __future__ import annotations

from pathlib import Path

from cvgen.pipeline.files import write_whole


def insert_after_line(lines: list[str], number: int, new: str) -> str:
    """The text of ``lines`` with ``new`` after the first ``number`` of them, its lines ended as the file's are."""
    before = "".join(lines[:number])
    end = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    gap = "" if before.endswith("\n") or not before else end
    return before + gap + new.replace("\n", end) + "".join(lines[number:])


def save_profile(profile: Path, text: str) -> None:
    """Write ``text`` to the file ``profile``, with the byte order mark that it may have. Raises InputError."""
    mark = "\ufeff" if profile.read_bytes().startswith(b"\xef\xbb\xbf") else ""
    write_whole(profile, (mark + text).encode())
