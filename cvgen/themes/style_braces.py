"""Follows the braces of a style: finds a } that closes nothing, and rules that have no {."""

from __future__ import annotations

from dataclasses import dataclass, field

from cvgen.model.late_pattern import late_pattern

HOLE = "\0"
"""Stands for what Jinja fills in."""
_GROUP = late_pattern(r"@(?:media|supports|layer|container|scope|document|starting-style|(?:-\w+-)?keyframes)\b.*")
"""Begins a rule that has rules inside."""
_SENTENCE = late_pattern(r"(?://|@(?:import|charset|namespace|layer|custom-[\w-]+)\b).*")
"""Statements that end with ; and have no braces. Text after // is among them: another warning is about it."""
_DECLARATION = late_pattern(r"-{0,2}[A-Za-z][\w-]*\s*:[^:]*")
_MEDIA = late_pattern(
    r"@media(?:[\s,\0]|\b(?:all|print|screen|speech|and|or|not|only|tty|tv|projection|handheld|braille|embossed|aural)\b)*"
)
_NO_BEGIN = "this rule has no {"


@dataclass(frozen=True, slots=True)
class BraceFault:
    """What is wrong in ``line``, and what to write."""

    line: int
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class _Rule:
    line: int
    has_rules: bool


@dataclass(slots=True)
class Braces:
    """The rules that are open, and what was wrong so far."""

    found: list[BraceFault] = field(default_factory=list)
    opened: list[_Rule] = field(default_factory=list)
    _astray: tuple[str, int] | None = None
    """The first statement, and its line, that is among rules since the last brace, as if it were in a rule."""
    _has_begun: bool = False
    """Whether there was a brace."""
    _is_filled: bool = False
    """Whether Jinja filled something in among rules since the last brace, which may begin a rule."""

    @property
    def lines(self) -> list[int]:
        """The line of each rule that is open."""
        return [rule.line for rule in self.opened]

    def open(self, head: str, line: int) -> None:
        """Go on after a { that follows ``head``."""
        among_rules = self._is_among_rules
        if not self._has_begun and self._is_bare:  # the file is a part of a rule
            self.forget()
        self._has_begun = True
        self._tell_astray(", and } where it ends")
        is_group = among_rules and bool(_GROUP.match(head.lower()))
        self.opened.append(_Rule(line, is_group))
        if is_group and head.lower().startswith("@media") and not _MEDIA.fullmatch(_without_brackets(head).lower()):
            self.found.append(BraceFault(line, _NO_BEGIN, "write { after its condition"))
            self.opened.append(_Rule(line, has_rules=False))

    def end_statement(self, statement: str, line: int) -> None:
        """Go on after a ; or } that ends the ``statement``."""
        if not statement or self._astray or _SENTENCE.match(statement.lower()):
            return
        if ":" in _without_brackets(statement) if statement.startswith("@") else self._is_among_rules:
            self._astray = statement, line

    def fill(self) -> None:
        """Go on after a value of Jinja that begins a statement."""
        self._is_filled |= self._is_among_rules

    def close(self, line: int) -> None:
        """Go on after a }."""
        self._has_begun = True
        if self._astray and not (self._is_bare and self.opened):
            self._tell_astray()
            return
        self._tell_astray()
        if self.opened:
            self.opened.pop()
        elif not self._is_filled:
            self.found.append(BraceFault(line, "this } closes nothing", "delete it"))
        self.forget()

    def forget(self) -> None:
        """Begin anew after a brace, or at the end of what Jinja may print elsewhere."""
        self._astray, self._is_filled = None, False

    @property
    def _is_among_rules(self) -> bool:
        return not self.opened or self.opened[-1].has_rules

    @property
    def _is_bare(self) -> bool:
        """Whether the statement that is among rules is a declaration alone, without a selector."""
        return bool(self._astray and _DECLARATION.fullmatch(_without_brackets(self._astray[0])))

    def _tell_astray(self, more: str = "") -> None:
        """Keep the fault of the statement that is among rules."""
        if self._astray and not self._is_filled:
            statement, line = self._astray
            if self._is_bare:
                said, hint = "this declaration is in no rule", "delete the } before it, or write it into a rule"
            else:
                after = "@" + statement[1:].split()[0] if statement.startswith("@") else "its selector"
                said, hint = _NO_BEGIN, f"write {{ after {after}{more}"
            self.found.append(BraceFault(line, said, hint))
        self.forget()


def _without_brackets(text: str) -> str:
    """``text`` without what is in brackets or in quotes."""
    kept: list[str] = []
    depth, quote = 0, ""
    for letter in text:
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "\"'":
            quote = letter
        elif letter in "()":
            depth = max(0, depth + (1 if letter == "(" else -1))
        elif not depth:
            kept.append(letter)
    return "".join(kept).strip()
