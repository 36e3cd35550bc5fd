"""Lines of a person's file, changed in one place."""

from __future__ import annotations


def insert_after_line(lines: list[str], number: int, new: str) -> str:
    """The text of ``lines`` with ``new`` after the first ``number`` of them, its lines ended as the file's are."""
    before = "".join(lines[:number])
    end = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    gap = "" if before.endswith("\n") or not before else end
    return before + gap + new.replace("\n", end) + "".join(lines[number:])
