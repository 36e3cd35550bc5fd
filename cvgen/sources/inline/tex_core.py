"""The base of the TeX reader: groups, arguments, scripts, text and math mode, and a limit for nesting.

People use text commands in formulas and math commands in text, so one reader handles both modes. pylatexenc's own
parser is not used: it has no limit for nesting, and drops what it cannot parse. This reader drops nothing: it notes
a command that it cannot read, and prints the command's name or its argument.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from cvgen.model.inline import Bold, Code, Inline, Italic, Math, Plain, Sub, Sup, plain_text
from cvgen.sources.inline import tex_commands as commands
from cvgen.sources.inline.tex_nodes import join_math, join_text, tighten, trim_math
from cvgen.sources.inline.tex_tokens import Tokens

MAX_DEPTH = 40
"""How deep groups and arguments may be nested; real files stay below ten."""
_LIGATURES = {"---": "—", "--": "–", "``": "“", "''": "”", "?`": "¿", "!`": "¡"}
_CLOSERS = frozenset(("}", "\\)", "\\]", "$"))
_OPENERS = {"}": "{", "\\)": "\\(", "\\]": "\\["}


class TooDeepError(ValueError):
    """Groups or arguments are nested deeper than MAX_DEPTH."""


@dataclass(slots=True)
class UnreadTex:
    """The TeX that could not be read: each item once and in order.

    ``commands`` says for each unknown command whether it has an argument, which is then printed in place of its name;
    ``notes`` holds the message, hint and kind of everything else. ``lost`` are the commands of the formula being read
    whose meaning its nodes lack; they do not count as unread, since LaTeX prints them.
    """

    commands: dict[str, bool] = field(default_factory=dict)
    lost: dict[str, None] = field(default_factory=dict)
    notes: dict[tuple[str, str, str], None] = field(default_factory=dict)

    def note(self, message: str, hint: str, kind: str = "") -> None:
        """Note something other than a command."""
        self.notes[message, hint, kind] = None

    def __bool__(self) -> bool:
        return bool(self.commands or self.notes)


class CoreReader:
    """Reads one source; ``unread_tex`` collects what it could not read. Raises TooDeepError."""

    def __init__(self, source: str, unread_tex: UnreadTex, *, math: bool = False, depth: int = 0) -> None:
        self.tokens, self.unread_tex, self.depth = Tokens(source), unread_tex, depth
        self.math, self.upright, self.quotes, self.open_quotes = math, False, 0, 0

    def read(self) -> list[Inline]:
        """The nodes of the whole source."""
        return self._until(None)

    def read_formula(self) -> Math:
        """The whole source as one formula."""
        nodes = trim_math(join_math(self.read()))
        return Math(self.tokens.source, nodes, self.take_lost())

    def take_lost(self) -> tuple[str, ...]:
        """What the formula just read has lost; the next formula begins with nothing."""
        lost = tuple(self.unread_tex.lost)
        self.unread_tex.lost.clear()
        return lost

    def _until(self, closing: str | None) -> list[Inline]:
        nodes: list[Inline] = []
        while True:
            if not self.math and (run := self.tokens.next_run()):
                nodes.append(Plain(_LIGATURES.get(run, run)))
                continue
            token = self.tokens.next()
            if token == closing:
                return nodes
            if token is None:
                self._broken(f"a {_OPENERS.get(closing or '', closing)} that is not closed")
                return nodes
            if token[1:] in commands.SWITCHES:
                return [*nodes, *self._switch(token[1:], closing)]
            if token in _CLOSERS and not (token == "$" and not self.math):
                self._broken(f"a {token} too many")
                continue
            nodes += self._atom(token)

    def _broken(self, what: str) -> None:
        mode = "formula" if self.math else "text"
        self.unread_tex.note(f"the {mode} has {what}", "write braces and the signs of a formula in pairs")

    def deeper(self, closing: str | None) -> list[Inline]:
        """The nodes up to ``closing``, one level deeper."""
        self.enter()
        nodes = self._until(closing)
        self.depth -= 1
        return nodes

    def enter(self) -> None:
        """Count one level of nesting. Raises TooDeepError."""
        if self.depth >= MAX_DEPTH:
            raise TooDeepError("this TeX is nested too deeply")
        self.depth += 1

    @contextmanager
    def mode(self, *, math: bool | None = None, upright: bool = False) -> Iterator[None]:
        """Read in text or math mode, with letters upright or not, and go back afterwards."""
        saved = self.math, self.upright
        self.math, self.upright = (self.math if math is None else math), upright
        yield
        self.math, self.upright = saved

    def group(self) -> list[Inline]:
        """The nodes of a group; its opening brace has been read."""
        with self.mode(upright=self.upright):
            return self.deeper("}")

    def argument(self) -> list[Inline]:
        """The nodes of the next argument: a group, a command with its own arguments, or one character."""
        start = self.tokens.at
        token = self.tokens.next_solid()
        if token is None or token in _CLOSERS:
            self.tokens.at = start
            what = "formula" if self.math else "text"
            self.unread_tex.note(f"the {what} ends before an argument", "write the argument in braces")
            return []
        self.enter()
        nodes = self._atom(token)
        self.depth -= 1
        return nodes

    def text_argument(self) -> list[Inline]:
        """The nodes of the next argument, read as text."""
        with self.mode(math=False):
            return self.argument()

    # Atoms

    def _atom(self, token: str) -> list[Inline]:
        if token == "{":
            return self.group()
        if token[0] == "\\" and len(token) > 1:
            return self._command(token[1:])
        if token in "^_" and (self.math or self.tokens.peek("{") or self.tokens.peek("\\")):
            return self._script(token)
        if token == "~":
            return [Plain("\u00a0")]
        if token == "$":
            return [self.formula("$")]
        if token == "\\":
            self._broken("a backslash at its end")
            return []
        if not self.math:
            return [Plain(token)]
        return self._math_space(token) if token.isspace() else self._math_character(token)

    def _math_character(self, token: str) -> list[Inline]:
        if token.isalpha() and token.isascii():
            return [Plain(token) if self.upright else Italic((Plain(token),))]
        if token in "=<>":
            return [Plain(f" {token} ")]
        if token == "-" and self.upright and self.tokens.is_between_letters():
            return [Plain(token)]
        return [Plain({"-": "−", "*": "∗", "'": "′", "&": " "}.get(token, token))]

    def _math_space(self, token: str) -> list[Inline]:
        """TeX prints no space between letters; a space between two words inside a formula is kept."""
        source, end = self.tokens.source, self.tokens.at
        before, after = source[max(0, end - len(token) - 2) : end - len(token)], source[end : end + 2]
        words = re.fullmatch(r"[A-Za-z]{2}|.?\d|[A-Za-z]", before[-2:] if before[-2:].isalpha() else before[-1:])
        between = words is not None and re.match(r"[A-Za-z]{2}|\d", after) is not None
        after_word = before.isalpha() and len(before) == 2 and after[:1].isalnum()
        is_word = re.match(r"[A-Za-z]{2}", after) is not None and before[-1:].isalnum()
        return [Plain(" ")] if after_word or (between and is_word) else []

    def _script(self, token: str) -> list[Inline]:
        inner = tighten(trim_math(join_math(self.argument()))) if self.math else tighten(join_text(self.argument()))
        text = plain_text(inner).strip()
        if token == "^" and text in ("∘", "°", "◦"):
            return [Plain("°")]
        if token == "^" and text and not text.strip("′"):
            return [Plain(text)]
        return [Sup(inner) if token == "^" else Sub(inner)] if inner else []

    def formula(self, closing: str) -> Math:
        """The formula up to ``closing``."""
        start = self.tokens.at
        with self.mode(math=True):
            nodes = self.deeper(closing)
        end = self.tokens.at - len(closing)
        return Math(self.tokens.source[start:end].strip(), trim_math(join_math(nodes)), self.take_lost())

    def wrap(self, container: type[Bold] | type[Italic] | type[Sup] | type[Sub], nodes: list[Inline]) -> list[Inline]:
        """``nodes`` in a container; empty for no nodes."""
        inner = join_math(nodes) if self.math else join_text(nodes)
        return [container(inner)] if inner else []

    def _switch(self, name: str, closing: str | None) -> list[Inline]:
        """The rest of the group in the font that ``name`` switches to."""
        self.tokens.skip_space()
        container = commands.SWITCHES[name]
        with self.mode(upright=self.upright or name in commands.UPRIGHT_SWITCHES):
            rest = self.deeper(closing)
        if name in commands.CODE_SWITCHES:
            return rest if self.math or not rest else [Code(plain_text(join_text(rest)))]
        if container is None or (self.math and container is Italic):
            return rest
        return self.wrap(container, rest)

    def _command(self, name: str) -> list[Inline]:
        raise NotImplementedError

    def raw(self) -> str:
        """The source of the next argument."""
        inner = self.tokens.raw_group()
        return inner if inner is not None else self.tokens.next_solid() or ""

    def inner(self, source: str, *, math: bool) -> list[Inline]:
        """The nodes of a part of the source that ``raw`` returned."""
        self.enter()
        nodes = type(self)(source, self.unread_tex, math=math, depth=self.depth).read()
        self.depth -= 1
        return nodes


def strip_tex(source: str) -> str:
    """``source`` without backslashes, dollar signs and braces: the last resort where it cannot be read."""
    text = re.sub(r"\\([A-Za-z]+)", r" \1 ", re.sub(r"\\[()\[\]]", "", source))
    text = re.sub(r"(\b[A-Za-z]+)(?: *[ {}^_] *\1\b)+", r"\1", re.sub(r"[\\$]", "", text))
    return re.sub(r"\s+", " ", re.sub(r"[{}]", "", text)).strip()
