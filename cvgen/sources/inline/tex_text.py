"""Turns the value of a BibTeX field into inline nodes.

Bibliographies also hold HTML tags and entities, dollar signs that mean money, and single quotes such as `this'. They
are read here. A bare ``%``, ``&`` or ``#`` is that character.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache
from html.entities import html5
from typing import Protocol

from cvgen.model.inline import Inline, Inlines, Math, Plain, plain_text
from cvgen.sources.inline.accents import decode_simple, restore_strokes
from cvgen.sources.inline.dollars import DollarPiece, split_formulas
from cvgen.sources.inline.tex_branches import choose_branch
from cvgen.sources.inline.tex_core import TooDeepError, UnreadTex, strip_tex
from cvgen.sources.inline.tex_nodes import join_text
from cvgen.sources.inline.tex_reader import TexReader

_HTML_TAGS = {
    "i": "emph",
    "em": "emph",
    "b": "textbf",
    "sub": "textsubscript",
    "sup": "textsuperscript",
    "scp": "textsc",
}
_HTML = re.compile(r"(?<!\\)</(?P<closed>i|em|b|sub|sup|scp)>|<(?P<opened>i|em|b|sub|sup|scp)>|\n")
_ENTITY = re.compile(r"\\?&(?P<name>#\d{2,6}|#x[0-9A-Fa-f]{2,5}|[A-Za-z]{2,8});")
_SINGLE_QUOTES = re.compile(r"(?<![`\\])`((?:[^`'\\]|\\.|(?<=\w)'(?=\w))+)'(?!['\w])")
_UNKNOWN_HINT = "write the character itself, or delete the command"
_ESCAPED = re.compile(r"\\textbackslash(?:\{\}|\s)*[A-Za-z]{2}|\\[_^](?:\{\})?\\\{|\\\$(?=[A-Za-z\\])[^\s$]*\\\$")
_ESCAPED_REPORT = (
    "this looks like TeX whose signs a tool has escaped; it is printed as it is written",
    "export the entry again, or write \\alpha for \\textbackslash alpha and $x$ for \\$x\\$",
)
_STRAY = (
    "a dollar sign that encloses no formula is left out",
    "write \\$ for money, or write both signs of the formula",
)
_DEEP = ("this LaTeX is nested too deeply", "remove braces that are not needed")


class ReportMistake(Protocol):
    """A function that reports a problem; ``kind`` is the sentence that all problems of the kind share."""

    def __call__(self, message: str, hint: str, kind: str = "") -> None:
        """Report one problem; without a kind, those with the same message are of one kind."""


def parse_latex(source: str, report: ReportMistake) -> Inlines:
    """Read the value of one field; problems go to ``report``, each once, and never stop the reading."""
    if "&" in source:
        source = _ENTITY.sub(_unescape_entity, source)
    if "\\" in source:
        source = restore_strokes(source)
        if _ESCAPED.search(source):
            report(*_ESCAPED_REPORT)
    pieces, has_stray = split_formulas(source) if "$" in source else ([DollarPiece(False, source)], False)
    if "\\ifmmode" in source:
        pieces = [DollarPiece(is_formula, choose_branch(text, math=is_formula)) for is_formula, text in pieces]
    if has_stray:
        report(*_STRAY)
    simple = _parse_simple(pieces)
    return simple if simple is not None else parse_tex(pieces, report)


def _unescape_entity(match: re.Match[str]) -> str:
    """The character of ``&gt;`` or ``\\&gt;``; text that only looks like an entity stays."""
    is_known = match["name"][0] == "#" or f"{match['name']};" in html5
    return html.unescape(match[0].removeprefix("\\")) if is_known else match[0]


def parse_tex(pieces: list[DollarPiece], report: ReportMistake) -> Inlines:
    """Read the pieces of a text with the TeX reader, which reads all that ``decode_simple`` can and more."""
    text = "".join(f"\\({piece.text}\\)" if piece.is_formula else piece.text for piece in pieces)
    text = _SINGLE_QUOTES.sub(r"‘\1’", text)
    text = _replace_html(text) if "</" in text else text
    unread_tex = UnreadTex()
    try:
        nodes = join_text(TexReader(text, unread_tex).read())
    except TooDeepError:
        report(*_DEEP)
        return (Plain(strip_tex(text)),)
    _report_unread_tex(unread_tex, report)
    return nodes


def _replace_html(text: str) -> str:
    """``text`` with the command of TeX for each HTML tag that is closed on its line."""
    tags = list(_HTML.finditer(text))
    following: dict[str, re.Match[str]] = {}
    closing: dict[int, re.Match[str]] = {}
    for tag in reversed(tags):
        if tag["closed"]:
            following[tag["closed"]] = tag
        elif tag["opened"] in following:
            closing[tag.start()] = following[tag["opened"]]
        elif not tag["opened"]:
            following.clear()
    parts: list[str] = []
    at = 0
    for tag in tags:
        if tag.start() >= at and (end := closing.get(tag.start())):
            parts += [text[at : tag.start()], f"\\{_HTML_TAGS[tag['opened']]}{{{text[tag.end() : end.start()]}}}"]
            at = end.end()
    return "".join([*parts, text[at:]])


def _report_unread_tex(unread_tex: UnreadTex, report: ReportMistake) -> None:
    if unread_tex.commands:
        report(_describe_unknown(unread_tex.commands), _UNKNOWN_HINT)
    for message, hint, kind in unread_tex.notes:
        report(message, hint, kind)


def _describe_unknown(unknown: dict[str, bool]) -> str:
    names = ", ".join(unknown)
    if len(unknown) == 1:
        return f"the command {names} is not known; its {'text' if unknown[names] else 'name'} is printed"
    printed = "texts" if all(unknown.values()) else "texts or names" if any(unknown.values()) else "names"
    return f"the commands {names} are not known; their {printed} are printed"


def _parse_simple(pieces: list[DollarPiece]) -> Inlines | None:
    """The nodes of text without commands, formulas allowed; None if it needs the TeX reader."""
    if len(pieces) > 1 and any("`" in piece.text for piece in pieces):
        return None
    nodes: list[Inline] = []
    for is_formula, text in pieces:
        if is_formula:
            if (formula := _simple_formula(text.strip())) is None:
                return None
            nodes.append(formula)
        elif (plain := decode_simple(text)) is None:
            return None
        elif plain:
            nodes.append(Plain(plain))
    return tuple(nodes)


@lru_cache(maxsize=1 << 12)
def _simple_formula(source: str) -> Math | None:
    """The nodes of a formula; None if it has a mistake or is nested too deeply."""
    unread_tex = UnreadTex()
    try:
        formula = TexReader(source, unread_tex, math=True).read_formula()
    except TooDeepError:
        return None
    return None if unread_tex else formula


def latex_to_plain(source: str, report: ReportMistake) -> str:
    """The characters of one field, such as a name."""
    return plain_text(parse_latex(source, report))
