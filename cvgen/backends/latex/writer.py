"""Inline nodes and text to LaTeX: the one place where text is escaped for TeX.

Fonts are loaded with ``Ligatures=TeXOff``, so ``--``, quotes and ``<<`` are characters like others and only TeX's
ten specials need escaping, and what would be read as an argument (``[`` or ``*`` after a line break) is guarded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from cvgen.diagnostics import Location
from cvgen.model.inline import Bold, Break, Code, Inline, Inlines, Italic, Link, Math, Plain, RichText, Sub, Sup
from cvgen.themes.options import Color, Font

_SPECIALS = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "[": "{[}",
    "]": "{]}",
    "*": "{*}",
    "\n": " ",
    "\t": " ",
    "\u00a0": "~",
}
_COMMANDS = {Bold: r"\textbf", Italic: r"\textit", Sup: r"\textsuperscript", Sub: r"\textsubscript"}
_URL_SPECIALS = re.compile(r"[\\{}%#&~^_$]")
_IDEOGRAPH = re.compile("[\u2e80-\u2fff\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
TRACE = "%@ "


class Latex(str):
    """LaTeX markup: what templates and this writer make; printed as it is."""

    __slots__ = ()


class PlainText(Extension):
    """What a citation style says outside of expressions is text, not LaTeX: the style is the same for HTML."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Escape the characters between expressions."""
        for token in stream:
            yield Token(token.lineno, token.type, escape_plain(token.value)) if token.type == "data" else token


class LatexWriter:
    """Jinja's ``finalize`` for LaTeX.

    ``fallback`` gives the font command for characters that the text's own font has not; ``invisible`` characters
    are left out. With ``trace`` each text starts with a comment of its place, to which TeX's errors lead
    back; after the text it would swallow a space that follows.
    """

    def __init__(self, fallback: Mapping[str, str], invisible: Iterable[str] = (), *, trace: bool) -> None:
        self._fallback, self._invisible, self._trace = fallback, frozenset(invisible), trace

    def __call__(self, value: Any) -> Any:
        """``value`` as LaTeX: markup as it is, text escaped, nodes written."""
        if isinstance(value, Latex):
            return value
        if isinstance(value, RichText):
            return Latex(self._comment(value.location) + self._write_all(value.nodes))
        if isinstance(value, Color):
            return Latex(value.hex)
        if isinstance(value, (str, Font)):
            return Latex(self.escape(str(value)))
        return value

    def style_kit(self) -> Mapping[str, Callable[..., Latex]]:
        """What citation styles mark up with."""

        def command(name: str) -> Callable[[Any], Latex]:
            return lambda content: Latex(f"\\{name}{{{self(content)}}}")

        return {
            "em": command("textit"),
            "bold": command("textbf"),
            "title": command("cvwhat"),
            "owner": command("cvowner"),
            "marks": command("textsuperscript"),
            "link": lambda url, text: Latex(rf"\href{{{escape_url(url)}}}{{\cvlink{{{self(text)}}}}}"),
        }

    def escape(self, text: str) -> str:
        """Characters as TeX prints them, in another font where the text's own has them not."""
        visible = (character for character in text if character not in self._invisible)
        runs = groupby(visible, key=lambda character: self._fallback.get(character, ""))
        return "".join(self._run(command, "".join(characters)) for command, characters in runs)

    def _run(self, command: str, characters: str) -> str:
        text = "".join(_SPECIALS.get(character, character) for character in characters)
        if not command:
            return text
        if _IDEOGRAPH.search(text):
            text = _allow_breaks(text)
        return f"{{{command} {text}}}"

    def _comment(self, place: Location | None) -> str:
        return f"{TRACE}{place}\n" if self._trace and place else ""

    def _write_all(self, nodes: Inlines) -> str:
        return "".join(self._write(node) for node in nodes)

    def _write(self, node: Inline) -> str:
        match node:
            case Plain(text):
                return self.escape(text)
            case Code(text):
                return rf"\texttt{{{self.escape(text)}}}"
            case Break():
                return r"\newline{}"
            case Link(url, children):
                return rf"\href{{{escape_url(url)}}}{{\cvlink{{{self._write_all(children)}}}}}"
            case Math(_, children):
                return self._write_all(children)
            case _:
                return f"{_COMMANDS[type(node)]}{{{self._write_all(node.children)}}}"


def escape_plain(text: str) -> str:
    """Characters for a PDF's metadata, which has no fonts."""
    return "".join(_SPECIALS.get(character, character) for character in text)


def escape_url(url: str) -> str:
    """A URL for hyperref's ``\\href``, also inside another command's argument."""
    return _URL_SPECIALS.sub(lambda match: "\\" + match[0] if match[0] in "%#&_{}$" else f"%{ord(match[0]):02X}"
                             .replace("%", r"\%"), url)  # fmt: skip


def _allow_breaks(text: str) -> str:
    """Lines may break after an ideograph, except before closing and after opening punctuation."""
    closing = "，。、；：？！）》」』】…—·"
    return re.sub(rf"({_IDEOGRAPH.pattern}|[，。、；：？！）》」』】])(?=[^{closing}\s}}])", r"\1\\cjkbreak{}", text)
