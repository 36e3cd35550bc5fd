"""Finds the line of a theme's own class or package that TeX's error is about, though TeX was elsewhere by then."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from cvgen.diagnostics import Location

DEFINED = re.compile(
    r"\\(?:(?:re)?newcommand|providecommand|DeclareRobustCommand|(?:New|Renew|Provide|Declare)DocumentCommand"
    r"|[egx]?def|let|newlength|newif|newsavebox)\*?\s*\{?(\\[A-Za-z@]+)"
)
_COMMENT = re.compile(r"(?<!\\)%.*")
_ENDINGS = frozenset((".cls", ".sty", ".tex", ".def", ".cfg", ".clo"))
"""Of files that can define commands."""
_MOST_OF_RUNAWAY = 24
"""Characters of a text without an end that are looked for; TeX shows more, but expands some of it."""


class ThemeSources:
    """The text of the ``files`` of a theme, by the names that TeX has for them."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        self._files = files

    def find_word(self, word: str) -> Location | None:
        """The first place of the command, file, colour or option ``word``."""
        edge = r"(?![A-Za-z@])" if word[:1] == "\\" else r"(?![\w.-])"
        wanted = re.compile(("" if word[:1] == "\\" else r"(?<=[{\[,= ])") + re.escape(word) + edge)
        return next(
            (_place(path, text, found.start()) for path, text in self._read() if (found := wanted.search(text))), None
        )

    def find_in_definition(self, macro: str, name: str) -> Location | None:
        """The place of ``name`` in the definition of ``macro``, or that of the definition."""
        for path, text in self._read():
            defined = next((match for match in DEFINED.finditer(text) if match[1] == macro), None)
            if defined:
                after = DEFINED.search(text, defined.end())
                at = text.find(name, defined.end(), after.start() if after else len(text)) if name else -1
                return _place(path, text, defined.start() if at < 0 else at)
        return None

    def find_runaway(self, runaway: str) -> Location | None:
        """The start of the text ``runaway``, which has no end."""
        places = ((path, text, find_runaway(runaway, text)) for path, text in self._read())
        return next((_place(path, text, at) for path, text, at in places if at is not None), None)

    def find_condition(self, command: str, line: int) -> Location | None:
        """The ``line`` of the file that has ``command`` there."""
        for path, text in self._read():
            lines = text.split("\n")
            if line <= len(lines) and command in lines[line - 1]:
                return Location(str(path), line)
        return None

    def _read(self) -> Iterator[tuple[Path, str]]:
        for path in self._files.values():
            if path.suffix.lower() in _ENDINGS:
                yield path, path.read_text("utf-8", "replace")


def find_runaway(runaway: str, text: str) -> int | None:
    """The offset in ``text`` at which ``runaway`` starts: TeX prints it with other spaces and with ## for #."""
    start = re.sub(r"\s", "", runaway).replace("##", "#")[:_MOST_OF_RUNAWAY]
    bare = _COMMENT.sub(lambda found: " " * len(found[0]), text)
    shown = [index for index, character in enumerate(bare) if not character.isspace()]
    at = "".join(text[index] for index in shown).find(start) if len(start) > 2 else -1
    return shown[at] if at >= 0 else None


def _place(path: Path, text: str, offset: int) -> Location:
    return Location(str(path), text.count("\n", 0, offset) + 1)
