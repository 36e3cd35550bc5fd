"""The text of a file, with the place of everything in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from cvgen.diagnostics import Location


@dataclass(frozen=True)
class PlacedText:
    """The text of ``file``."""

    file: str
    text: str

    @cached_property
    def _starts(self) -> Sequence[int]:
        return [0, *(found.end() for found in re.finditer("\n", self.text))]

    def start_of(self, line: int) -> int:
        """The offset at which ``line``, counted from 0, begins."""
        return self._starts[min(line, len(self._starts) - 1)]

    def place(self, offset: int) -> Location:
        """The Location of the character at ``offset``."""
        line = bisect_right(self._starts, offset)
        return Location(self.file, line, offset - self._starts[line - 1] + 1)

    def find(self, words: str, start: int, end: int) -> Location | None:
        """The Location of ``words`` between two offsets, with any spaces between them."""
        found = self.find_offset(words, start, end)
        return None if found is None else self.place(found)

    def find_offset(self, words: str, start: int, end: int) -> int | None:
        """The offset of ``words`` between two offsets, with any spaces between them."""
        if not words.strip():
            return None
        spaced = r"\s+".join(map(re.escape, words.split()))
        found = re.compile(spaced).search(self.text, start, end)
        return found.start() if found else None
