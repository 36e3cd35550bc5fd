"""Inserts lines into a person's file."""

from __future__ import annotations

import re

NOTHING = re.compile(r"""[ \t]*(?:~|null|Null|NULL|""|''|\[\s*\]|\{\s*\})?(?=\s|[,}]|$)""")
"""An empty value, as it is written after its key."""


def insert_after_line(lines: list[str], number: int, new: str) -> str:
    """The text of ``lines`` with ``new`` after the first ``number`` of them, with the file's line ends."""
    before = "".join(lines[:number])
    end = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    gap = "" if before.endswith("\n") or not before else end
    return before + gap + new.replace("\n", end) + "".join(lines[number:])
