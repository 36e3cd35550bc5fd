"""TeX source one token at a time: commands, characters and braces, with a place in the source."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\s+|.", re.DOTALL)
_RUN = re.compile(r"[^\\{}$~^_`'\-?!\s]+(?: [^\\{}$~^_`'\-?!\s]+)*")
_LIGATURE = re.compile(r"---|--|``|''|[?!]`")
_SPACE = re.compile(r"\s*")
_BRACES = re.compile(r"\\.|[{}]", re.DOTALL)


class Tokens:
    """A source and a place in it."""

    def __init__(self, source: str) -> None:
        self.source, self.at = source, 0

    def next(self) -> str | None:
        """The next token: ``\\word``, ``\\`` and one character, white space, or one character; None at the end."""
        return self._take(_TOKEN)

    def next_solid(self) -> str | None:
        """The next token that is not white space."""
        self.skip_space()
        return self.next()

    def next_run(self) -> str | None:
        """The next characters without a special meaning, or the next that make up one character, such as ``--``."""
        return self._take(_RUN) or self._take(_LIGATURE)

    def peek(self, words: str) -> bool:
        """Whether ``words`` come next."""
        return self.source.startswith(words, self.at)

    def take(self, words: str) -> bool:
        """Go past ``words`` if they come next, and say whether they did."""
        if found := self.peek(words):
            self.at += len(words)
        return found

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Go past what ``pattern`` matches here."""
        if found := pattern.match(self.source, self.at):
            self.at = found.end()
        return found

    def is_between_letters(self) -> bool:
        """Whether the character just taken has a letter on both sides."""
        return self.source[self.at - 2 : self.at - 1].isalpha() and self.source[self.at : self.at + 1].isalpha()

    def skip_space(self) -> str:
        """Go past white space, and return it."""
        return self._take(_SPACE) or ""

    def raw_group(self) -> str | None:
        """The source of a group in braces that comes next, without them; None if there is no closed group."""
        start = self.at
        self.skip_space()
        if not self.peek("{"):
            self.at = start
            return None
        end = self._closing_braces.get(self.at)
        if end is None:
            self.at = start
            return None
        inner = self.source[self.at + 1 : end]
        self.at = end + 1
        return inner

    @cached_property
    def _closing_braces(self) -> Mapping[int, int]:
        """Opening brace → closing brace, as offsets, for each brace that is closed."""
        closing: dict[int, int] = {}
        waiting: list[int] = []
        for found in _BRACES.finditer(self.source):
            if found[0] == "{":
                waiting.append(found.start())
            elif found[0] == "}" and waiting:
                closing[waiting.pop()] = found.start()
        return closing

    def raw_option(self) -> str:
        """The source of an argument in square brackets that comes next; empty if there is none."""
        start = self.at
        self.skip_space()
        found = re.compile(r"\[((?:[^\[\]{}]|\{[^{}]*\})*)\]").match(self.source, self.at)
        self.at = found.end() if found else start
        return found[1] if found else ""

    def _take(self, pattern: re.Pattern[str]) -> str | None:
        found = self.match(pattern)
        return found[0] if found else None
