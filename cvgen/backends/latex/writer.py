"""Writes inline nodes and text as LaTeX: the one place where text is escaped for TeX.

Fonts are loaded with ``Ligatures=TeXOff``, so ``--``, quotes and ``<<`` are characters like others. Only TeX's ten
special characters need escaping, and characters that would be read as an argument (``[`` or ``*`` after a line break).
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from itertools import groupby, pairwise
from typing import Any, NamedTuple, Self
from unicodedata import bidirectional

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from cvgen.backends.last_words import bind_last_words
from cvgen.backends.latex.formula import check_formula
from cvgen.backends.latex.part_marks import mark_text
from cvgen.backends.latex.t1_fonts import keep_t1_characters
from cvgen.backends.ltr_runs import LTR_RUN
from cvgen.backends.script_gaps import GAP, space_scripts
from cvgen.backends.units import bind_units, split_counted
from cvgen.diagnostics import Location
from cvgen.model.inline import (
    Bold,
    Break,
    Code,
    Inline,
    Inlines,
    Italic,
    ItemList,
    Link,
    Math,
    Plain,
    RichText,
    Span,
    Sub,
    Sup,
    plain_text,
)
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
# Between two characters that hyperref would make one dash or one Spanish mark of
_LIGATURES = re.compile("(?<=-)(?=-)|(?<=[!?])(?=`)")
_COMMANDS = {Bold: r"\textbf", Italic: r"\textit", Sup: r"\textsuperscript", Sub: r"\textsubscript"}
_SPANS = {"owner": r"\cvowner", "title": r"\cvwhat", "marks": r"\textsuperscript"}
_URL_SPECIALS = re.compile(r"[\\{}%#&~^_$]")
_IDEOGRAPH = re.compile("[\u2e80-\u2fff\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_AFTER_SIGN = re.compile(r"(?<=[/.@_?&=])(?=\S)")
_PAUSES = "，。、；：？！"
_BREAK = r"\cjkbreak{}"
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_DIRECTIONS = {"L": "ltr", "R": "rtl", "AL": "rtl"}
_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
_REMARK = re.compile(r"(?<=[A-Za-z0-9]) \([A-Za-z0-9 .,–-]*\)")
"""A remark in brackets after a word that runs from left to right, which goes on with it: ``NeurIPS (2023)``."""
_NUMBER = re.compile(r"(\d(?:[\d.,:/٫٬]*\d)?)")


class Latex(str):
    """LaTeX markup from templates and this writer; printed as it is."""

    __slots__ = ()


class Origin(NamedTuple):
    """From ``offset`` on, markup was written by the line ``template``, and is the profile's ``text`` if not None."""

    offset: int
    template: Location | None
    text: Location | None


class TracedLatex(Latex):
    """Markup that knows its ``origins``, in the order of their offsets."""

    __slots__ = ("origins",)
    origins: tuple[Origin, ...]

    def __new__(cls, text: str, origins: tuple[Origin, ...]) -> Self:
        """``text`` with its origins."""
        self = super().__new__(cls, text)
        self.origins = origins
        return self

    def __str__(self) -> str:
        """The same, with its origins: Jinja makes a ``str`` of all that it prints."""
        return self


class FixedTextEscaper(Extension):
    """Escapes the text of a citation style outside of expressions, since HTML uses the same style."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Escape the characters between expressions."""
        for token in stream:
            yield Token(token.lineno, token.type, escape_plain(token.value)) if token.type == "data" else token


class LatexWriter:
    """Jinja's ``finalize`` for LaTeX.

    ``fallback`` gives the font command for characters that the text's own font lacks; ``invisible`` characters are
    left out. With ``trace`` each text of the profile knows its place there, for TeX's errors. ``has_math``: the
    preamble loads what TeX's own formulas need. ``coded`` is None but for fonts of the encoding T1, which has ligatures
    of its own: these characters, which it lacks, are written as numbers in what is copied from formulas.
    Without ``has_slant`` emphasis is bold.
    ``marks``: place of a text → the number of the part that TeX measures by it.
    """

    def __init__(
        self,
        fallback: Mapping[str, str],
        invisible: Iterable[str] = (),
        *,
        trace: bool,
        direction: str = "ltr",
        has_math: bool = False,
        coded: Container[str] | None = None,
        marks: Mapping[Location, int] | None = None,
        has_slant: bool = True,
    ) -> None:
        self._fallback, self._invisible, self._trace = fallback, frozenset(invisible), trace
        self._direction, self._has_math = direction, has_math
        self._coded, self._marks = coded, marks or {}
        self._commands = _COMMANDS if has_slant else {**_COMMANDS, Italic: _COMMANDS[Bold]}

    def __call__(self, value: object) -> Any:
        """``value`` as LaTeX: markup as it is, text escaped, nodes written."""
        if isinstance(value, Latex):
            return value
        if isinstance(value, RichText):
            written = self._write_text(value)
            if value.location and value.location in self._marks and not value.is_list:
                written = mark_text(written, self._marks[value.location])
            return self._place(written, value.location)
        if isinstance(value, Color):
            return Latex(value.hex)
        if isinstance(value, (str, Font)):
            return Latex(self.escape(str(value)))
        return value

    def escape(self, text: str) -> str:
        """Characters with TeX's specials escaped, in a fallback font if the text's own font lacks them."""
        visible = "".join(character for character in bind_units(text) if character not in self._invisible)
        parts = split_directions(visible, self._direction)
        return "".join(self._directed(part, direction) for part, direction in parts)

    def write_breakable(self, text: str) -> str:
        """An address, in which a line may end after a sign: ``example.org/`` ``people``.

        ``\\cvbreak`` is nothing where the address fits on a line, so that its letters stay one word with kerning.
        """
        return r"\cvbreak ".join(self.escape(part) for part in _AFTER_SIGN.split(text))

    def write_counts(self, text: str) -> str:
        """``text`` with each number on the line of its noun."""
        parts = (self.escape(part) for part in split_counted(text))
        return "".join(rf"\mbox{{{part}}}" if index % 2 else part for index, part in enumerate(parts))

    def _directed(self, text: str, direction: str) -> str:
        """``text`` in its fonts, and in a command if it runs against the direction of the document."""
        if direction == "rtl":
            written = "".join(
                f"\\cvltr{{{self._fonts(part)}}}" if number else self._fonts(part.translate(_MIRRORED))
                for number, part in enumerate_numbers(text)
            )
        else:
            written = self._fonts(text)
        return written if direction == self._direction else f"\\cv{direction}{{{written}}}"

    def _fonts(self, text: str) -> str:
        runs = groupby(text, key=lambda character: self._fallback.get(character, ""))
        written, before = "", ""
        for command, characters in runs:
            run = "".join(characters)
            written += (_BREAK if _may_part(before, run[0]) else "") + self._run(command, run)
            before = run[-1]
        return written

    def _run(self, command: str, characters: str) -> str:
        text = "".join(_SPECIALS.get(character, character) for character in characters)
        text = keep_t1_characters(text) if self._coded is not None else text
        text = _allow_breaks(text) if _IDEOGRAPH.search(text) else text
        if not command:
            return text
        return f"{{{command} {text}}}{_BREAK if characters[-1] in _PAUSES else ''}"

    def _place(self, text: str, place: Location | None) -> Latex:
        return TracedLatex(text, (Origin(0, None, place),)) if self._trace and place else Latex(text)

    def _write_text(self, text: RichText) -> str:
        """Write a text; without any word from right to left, it runs from left to right as a whole."""
        text = bind_last_words(space_scripts(text))
        if self._direction == "rtl" and text.direction == "ltr" and not _RIGHT_TO_LEFT.search(str(text)):
            inner = LatexWriter(self._fallback, self._invisible, trace=False)
            return f"\\cvltr{{{inner._write_all(text.nodes)}}}"
        return self._write_all(text.nodes)

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
                opens = rf"\hyperlink{{{url[1:]}}}" if url.startswith("#") else rf"\href{{{escape_url(url)}}}"
                return rf"{opens}{{\cvlink{{{self._write_all(children)}}}}}"
            case Math():
                return self._write_formula(node)
            case Span(part, children):
                inner = self._write_all(children)
                if part == GAP:
                    return inner + r"\cvscriptgap{}"
                return f"{_SPANS[part]}{{{inner}}}" if part in _SPANS else inner
            case ItemList():
                return self._write_list(node)
            case _:
                return f"{self._commands[type(node)]}{{{self._write_all(node.children)}}}"

    def _write_formula(self, node: Math) -> str:
        """The TeX of a formula as typed, if it can be checked; what is copied from the PDF is always its nodes."""
        checked = check_formula(node, accents=self._coded is not None) if self._has_math else None
        if checked is None or self._direction == "rtl":
            return self._write_all(node.children)
        if checked.is_simple:
            return f"${checked.tex}$"
        return rf"\cvformula{{{self._write_copied(plain_text(node.children))}}}{{{checked.tex}}}"

    def _write_copied(self, text: str) -> str:
        coded = self._coded or ()
        if not any(character in coded for character in text):
            return escape_plain(text)
        return "".join(rf'\unichar{{"{ord(one):04X}}}' if one in coded else escape_plain(one) for one in text)

    def _write_list(self, node: ItemList) -> str:
        """A list in the look of bullets; a list inside an item follows the item's words."""
        items = []
        for item, mark in zip(node.items, node.marks, strict=True):
            words = self._write_all(tuple(part for part in item.children if not isinstance(part, ItemList)))
            inner = [self._write_list(part) for part in item.children if isinstance(part, ItemList)]
            items.append("\n".join([rf"\item{f'[{mark}]' if mark else ''} {words}", *inner]))
        return "\n".join([r"\begin{itemize}", *items, r"\end{itemize}"])


def split_directions(text: str, base: str) -> list[tuple[str, str]]:
    """``text`` in parts that run ``ltr`` or ``rtl``; neutral characters join their neighbours, or follow ``base``.

    The rules W2, W7, N1 and N2 of the Unicode Bidirectional Algorithm (UAX 9), which XeTeX does not
    apply: a number belongs to the word before it, and so do the signs of C++ and C#.
    """
    if not _RIGHT_TO_LEFT.search(text) and (base == "ltr" or any(character.isalpha() for character in text)):
        return [(text, "ltr")]
    runs = [*LTR_RUN.finditer(text), *_REMARK.finditer(text)] if base == "rtl" else []
    whole = {index for run in runs for index in range(*run.span())}
    strong: list[str] = []
    last = base
    for index, character in enumerate(text):
        if index in whole:
            strong.append("ltr")
            last = "ltr" if character.isalpha() else last
            continue
        kind = "AL" if character == "،" and base == "rtl" else bidirectional(character)
        last = _DIRECTIONS.get(kind, last)
        sign = character in "+#" and strong[-1:] == ["ltr"]
        strong.append(last if kind in _DIRECTIONS or kind in ("EN", "AN") or sign else "")
    found = [index for index, direction in enumerate(strong) if direction]
    for left, right in pairwise(found):
        if strong[left] == strong[right]:
            strong[left + 1 : right] = [strong[left]] * (right - left - 1)
    parts = groupby(zip(text, strong, strict=True), key=lambda pair: pair[1] or base)
    return [("".join(character for character, _ in pairs), direction) for direction, pairs in parts]


def enumerate_numbers(text: str) -> Iterator[tuple[bool, str]]:
    """``text`` in parts, and whether each is a number: numbers run from left to right everywhere."""
    for index, part in enumerate(_NUMBER.split(text)):
        if part:
            yield index % 2 == 1, part


def escape_plain(text: str) -> str:
    """``text`` as TeX prints it, with no regard to fonts: a PDF's metadata, or the fixed text of a citation style.

    Two hyphens stay two.
    """
    return _LIGATURES.sub("{}", "".join(_SPECIALS.get(character, character) for character in text))


def escape_url(url: str) -> str:
    """A URL for hyperref's ``\\href``, also inside another command's argument."""
    return _URL_SPECIALS.sub(lambda match: "\\" + match[0] if match[0] in "%#&_{}$" else f"%{ord(match[0]):02X}"
                             .replace("%", r"\%"), url)  # fmt: skip


def _may_part(before: str, after: str) -> bool:
    """Whether a line may break between a letter and an ideograph."""
    ideographs = [bool(_IDEOGRAPH.match(character)) for character in (before, after)]
    return before.isalpha() and after.isalpha() and any(ideographs) and not all(ideographs)


def _allow_breaks(text: str) -> str:
    """Lines may break after an ideograph, except before closing and after opening punctuation and beside digits."""
    return re.sub(
        rf"({_IDEOGRAPH.pattern}|[{_PAUSES}）》」』】])(?=[^{_PAUSES}）》」』】…—·\s\d}}])", rf"\1\{_BREAK}", text
    )
