"""Finds in a theme's styles what browsers and WeasyPrint pass over: wrong braces, and missing colons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cvgen.diagnostics import Location, Problem, warn
from cvgen.model.late_pattern import late_pattern
from cvgen.themes.own_templates import read_own_templates
from cvgen.themes.style_braces import HOLE, BraceFault, Braces
from cvgen.themes.theme import Theme

_HTML = "html"
_STYLES = ".css.j2"
_PIECES = late_pattern(
    r"""/\*.*?(?:\*/|\Z)|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|[{};()\n]|[^{};()\n"'/]+|.""", re.DOTALL
)
"""Comments, words in quotes, the signs that end something, and all between them."""
_DECLARED = late_pattern(r"(?P<name>-{0,2}[A-Za-z][\w-]*)(?:\s+(?P<value>[^\0]+))?")
_WITH_BODY = ("if", "for", "macro", "call", "filter", "block", "with", "autoescape")


@dataclass(slots=True)
class StyleFaults:
    """What is wrong in one style: lines of a { without }, other wrong braces, and declarations without a colon."""

    open: list[int] = field(default_factory=list)
    comment: int = 0
    """The line of a comment that has no end; 0 if there is none."""
    bare: list[tuple[int, str, str]] = field(default_factory=list)
    braces: list[BraceFault] = field(default_factory=list)


def find_style_faults(theme: Theme) -> list[Problem]:
    """A warning for each wrong brace, comment without an end and declaration without a colon, in styles of its own.

    A style is not judged by its braces if branches of its template differ in them.
    """
    return [problem for path, faults in list_style_faults(theme) for problem in _list_problems(path, faults)]


def list_style_faults(theme: Theme) -> list[tuple[Path, StyleFaults]]:
    """What is wrong in each style of the theme's own folders."""
    styles = (one for one in read_own_templates(theme, _HTML) if one[0].name.endswith(_STYLES))
    return [(path, read_faults(text)) for path, text in styles]


def _list_problems(path: Path, faults: StyleFaults) -> Iterator[Problem]:
    for line, name, value in faults.bare:
        said = f"{f'{name} {value}'.strip()!r} has no colon, so it is ignored"
        yield warn(said, Location(str(path), line), f"write {name}: {value or 'and its value'};")
    if faults.comment:
        said = "this comment has no end, so all after it is ignored"
        yield warn(said, Location(str(path), faults.comment), "write */ where it ends")
    for fault in faults.braces:
        yield warn(fault.message, Location(str(path), fault.line), fault.hint)
    for line in faults.open:
        said = "the rule that begins here has no }, so the rules after it do not count as they should"
        yield warn(said, Location(str(path), line), "write } where it ends")


def read_faults(text: str) -> StyleFaults:
    """What is wrong in the style ``text``; nothing if its template cannot be read."""
    from jinja2 import Environment, TemplateSyntaxError

    reader, words = _StyleReader(), list[str]()
    try:
        for line, kind, token in Environment(autoescape=True).lex(text):
            if kind == "data":
                reader.read(token, line)
            elif kind in ("block_begin", "variable_begin", "comment_begin"):
                words = []
                reader.skip(kind)
            elif kind == "name":
                words.append(token)
            elif kind == "block_end" and words:
                reader.follow(words[0])
    except TemplateSyntaxError:
        return StyleFaults()
    return reader.finish()


class _StyleReader:
    """Follows the rules of a style through the branches of its template."""

    def __init__(self) -> None:
        self.found = StyleFaults()
        self.braces = Braces()
        self.comment = 0
        self.statement = ""
        self.line = 0
        self.brackets = 0
        self.bodies: list[int] = []
        self.is_unclear = False

    def read(self, text: str, line: int) -> None:
        """Go on with ``text``, which begins in ``line``."""
        if self.comment:
            before, end, text = text.partition("*/")
            line += before.count("\n")
            if not end:
                return
            self.comment = 0
        for found in _PIECES.finditer(text):
            self.take(found[0], line)
            line += found[0].count("\n")

    def take(self, piece: str, line: int) -> None:
        """Go on with one piece."""
        if piece.startswith("/*"):
            self.comment = 0 if piece.endswith("*/") and len(piece) > 3 else line
        elif piece in "()":
            self.brackets = max(0, self.brackets + (1 if piece == "(" else -1))
            self.statement += piece
        elif piece == "{":
            self.braces.open(self.statement.strip(), self.line or line)
            self.begin()
        elif piece == "}" or (piece == ";" and not self.brackets):
            self.end_statement()
            if piece == "}":
                self.braces.close(line)
        else:
            self.line = self.line or (line if piece.strip() else 0)
            self.statement += piece

    def begin(self) -> None:
        self.statement, self.line, self.brackets = "", 0, 0

    def end_statement(self) -> None:
        """Keep a declaration without a colon."""
        statement = self.statement.strip()
        declared = _DECLARED.fullmatch(statement)
        self.braces.end_statement(statement, self.line)
        if declared and self.braces.opened and ":" not in self.statement:
            self.found.bare.append((self.line, declared["name"], " ".join((declared["value"] or "").split())))
        self.begin()

    def skip(self, kind: str) -> None:
        """Pass over a tag of Jinja of this ``kind``, which fills something in unless it is a comment."""
        if self.statement.strip():
            self.statement += HOLE if kind != "comment_begin" else ""
        elif kind == "variable_begin":
            self.braces.fill()

    def follow(self, tag: str) -> None:
        """Go on after a tag of Jinja: each branch must leave as many rules open as there were before it."""
        if tag in _WITH_BODY:
            self.bodies.append(len(self.braces.opened))
        elif self.bodies and (tag in ("else", "elif") or tag.removeprefix("end") in _WITH_BODY):
            self.is_unclear |= len(self.braces.opened) != self.bodies[-1]
            if tag.startswith("end"):
                self.bodies.pop()
        if tag in ("endmacro", "endcall", "endblock", "endset"):
            self.braces.forget()

    def finish(self) -> StyleFaults:
        """What was found, at the end of the style."""
        self.found.comment = self.comment
        self.found.braces = [] if self.is_unclear else self.braces.found
        self.found.open = [] if self.is_unclear or self.comment else self.braces.lines
        return self.found
