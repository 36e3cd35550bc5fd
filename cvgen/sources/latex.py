"""LaTeX as it stands in BibTeX fields, to inline nodes.

What pylatexenc loses or refuses (facts gathered from public files) is handled here: a bare ``%`` or ``&`` is the
character, HTML entities are characters, formulas become nodes, and a command nobody knows is reported and its
arguments kept.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Protocol

from pylatexenc.latex2text import LatexNodes2Text, get_default_latex_context_db
from pylatexenc.latexwalker import (
    LatexCharsNode,
    LatexCommentNode,
    LatexEnvironmentNode,
    LatexGroupNode,
    LatexMacroNode,
    LatexMathNode,
    LatexSpecialsNode,
    LatexWalker,
)
from pylatexenc.latexwalker import (
    get_default_latex_context_db as get_default_walker_db,
)
from pylatexenc.macrospec import MacroSpec

from cvgen.model.inline import Bold, Code, Inline, Inlines, Italic, Link, Plain, Sub, Sup, plain_text
from cvgen.sources.accents import decode_simple
from cvgen.sources.math import parse_math

_DOLLARS = re.compile(r"\$")
_ALONE = {"~": r"{\textasciitilde}", "^": r"{\textasciicircum}"}
_HTML_TAGS = {
    "i": "emph",
    "em": "emph",
    "b": "textbf",
    "sub": "textsubscript",
    "sup": "textsuperscript",
    "scp": "textsc",
}
_HTML = re.compile(r"<(i|em|b|sub|sup|scp)>(.*?)</\1>")
_ENTITY = re.compile(r"&(?:#\d{2,6}|#x[0-9A-Fa-f]{2,5}|[A-Za-z]{2,8});")
_BARE = re.compile(r"(?<!\\)([%&#])")
_CONTAINERS: dict[str, type[Bold] | type[Italic] | type[Sup] | type[Sub]] = {
    **dict.fromkeys(("emph", "textit", "textsl", "mathit", "it", "em"), Italic),
    **dict.fromkeys(("textbf", "mathbf", "bf", "bfseries"), Bold),
    "textsuperscript": Sup,
    "textsubscript": Sub,
}
_TRANSPARENT = frozenset(
    [
        "mbox",
        "text",
        "textrm",
        "textsc",
        "textsf",
        "textup",
        "uppercase",
        "MakeUppercase",
        "lowercase",
        "nocite",
        "hbox",
        "ensuremath",
        "enquote",
        "foreignlanguage",
        "NoCaseChange",
        "protect",
        "relax",
        "noopsort",
        "bibnamedash",
        "sc",
        "rm",
        "sf",
        "small",
    ]
)
_CHARACTERS = {"LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX", "checkmark": "✓", "copyright": "©",
               "textregistered": "®", "texttrademark": "™", "textasciitilde": "~", "textasciicircum": "^",
               "textbackslash": "\\", "dagger": "†", "ddagger": "‡", "textdagger": "†", "Letter": "✉",
               "textquotesingle": "'", "slash": "/", "-": "", "/": "", "@": "", "\\": " ", "newline": " ",
               " ": " ", ",": "\u2009", "quad": " ", "textbraceleft": "{", "textbraceright": "}",
               "textasciigrave": "`", "textquotedbl": '"', "textless": "<", "textgreater": ">", "textbar": "|",
               "textunderscore": "_", "textbullet": "•", "textquoteleft": "‘", "textquoteright": "’",
               "textellipsis": "…", "ldots": "…", "dots": "…", "textendash": "–", "textemdash": "—"}  # fmt: skip


class Report(Protocol):
    """Takes what is wrong and what to write; ``kind`` is the sentence that all problems of the kind share."""

    def __call__(self, message: str, hint: str, kind: str = "") -> None:
        """Report one problem; without a kind, those with the same message are of one kind."""


def parse_latex(source: str, report: Report) -> Inlines:
    """Read the value of one field; problems go to ``report`` and never stop the reading."""
    simple = _parse_simple(source)
    if simple is not None:
        return simple
    text = _ENTITY.sub(lambda match: html.unescape(match[0]), source)
    text = re.sub(r"\\([~^])\s*\{\s*\}", lambda m: _ALONE[m[1]], text)
    text = re.sub(r"(?<!`)`([^`']+)'(?!')", r"‘\1’", text)
    text = _HTML.sub(lambda match: rf"\{_HTML_TAGS[match[1]]}{{{match[2]}}}", text)
    text = _BARE.sub(r"\\\1", text)
    try:
        nodes, _, _ = LatexWalker(_escape_lone_dollar(text), _walker_db(), tolerant_parsing=True).get_latex_nodes()
        return _join(_Reader(report).read(nodes))
    except RecursionError:
        report("this LaTeX is nested too deeply", "take the braces away")
        return (Plain(source),)


def _parse_simple(source: str) -> Inlines | None:
    """The nodes of text without commands, formulas between dollar signs allowed; None where it takes the parser."""
    if "$" not in source:
        text = decode_simple(source)
        return None if text is None else (Plain(text),) if text else ()
    pieces = _DOLLARS.split(source)
    if len(pieces) % 2 == 0 or "\\$" in source or re.search(r"\$\d", source):
        return None
    nodes: list[Inline] = []
    for number, piece in enumerate(pieces):
        if number % 2:
            try:
                nodes.append(parse_math(piece.strip()))
            except ValueError:
                return None
        elif (text := decode_simple(piece)) is None:
            return None
        elif text:
            nodes.append(Plain(text))
    return tuple(nodes)


def latex_to_plain(source: str, report: Report) -> str:
    """The characters of one field, such as a name."""
    return plain_text(parse_latex(source, report))


def _escape_lone_dollar(text: str) -> str:
    text = re.sub(r"(?<!\\)\$(?=[^$]*?(?<!\\)\$\d)([^$]*)\$(?=\d)", r"\\$\1\\$", text)  # "$5 and $10" is money
    dollars = len(re.findall(r"(?<!\\)\$", text))
    return re.sub(r"(?<!\\)\$", r"\\$", text) if dollars % 2 else text


@lru_cache(maxsize=1)
def _walker_db() -> Any:
    db = get_default_walker_db()
    db.add_context_category(
        "cvgen",
        prepend=True,
        macros=[
            MacroSpec("href", "{{"),
            MacroSpec("textsuperscript", "{"),
            MacroSpec("textsubscript", "{"),
            MacroSpec("enquote", "{"),
            MacroSpec("foreignlanguage", "{{"),
            MacroSpec("NoCaseChange", "{"),
            MacroSpec("noopsort", "{"),
            MacroSpec("textsc", "{"),
            MacroSpec("uppercase", "{"),
            MacroSpec("lowercase", "{"),
        ],
    )
    return db


@lru_cache(maxsize=1)
def _to_text() -> LatexNodes2Text:
    return LatexNodes2Text(math_mode="verbatim", keep_comments=True)


@lru_cache(maxsize=1)
def _known_macros() -> frozenset[str]:
    return frozenset(spec.macroname for spec in get_default_latex_context_db().iter_macro_specs())


class _Reader:
    """Walks pylatexenc's nodes and gives ours."""

    def __init__(self, report: Report) -> None:
        self.report = report

    def read(self, nodes: Iterable[Any]) -> list[Inline]:
        out: list[Inline] = []
        pending = [node for node in nodes if node is not None]
        for index, node in enumerate(pending):
            if isinstance(node, LatexMacroNode) and node.macroname in (
                "bf",
                "it",
                "em",
                "bfseries",
                "itshape",
            ):
                rest = tuple(self.read(pending[index + 1 :]))
                return [*out, (Bold if "b" in node.macroname else Italic)(rest)]
            out += self._read_one(node)
        return out

    def _read_one(self, node: Any) -> list[Inline]:
        match node:
            case LatexCharsNode():
                return [Plain(node.chars)]
            case LatexGroupNode():
                inner = self.read(node.nodelist)
                return inner if node.delimiters[0] == "{" else [Plain("["), *inner, Plain("]")]
            case LatexMathNode():
                return [self._read_math(node)]
            case LatexSpecialsNode():
                return [Plain({"~": "\u00a0", "&": "&"}.get(node.specials_chars) or _to_text().node_to_text(node))]
            case LatexMacroNode():
                return self._read_macro(node)
            case LatexCommentNode():
                return [Plain("%" + node.comment)]
            case LatexEnvironmentNode():
                self.report(f"\\begin{{{node.environmentname}}} is not read here", "write plain text")
                return self.read(node.nodelist)
        return []

    def _read_math(self, node: LatexMathNode) -> Inline:
        source = "".join(child.latex_verbatim() for child in node.nodelist).strip()
        try:
            return parse_math(source)
        except ValueError as error:
            self.report(str(error), "write the symbol itself, or words")
            return Code(f"${source}$")

    def _read_macro(self, node: LatexMacroNode) -> list[Inline]:
        name, arguments = node.macroname, self._arguments(node)
        if name in _CHARACTERS:
            return [Plain(_CHARACTERS[name])]
        if name in _CONTAINERS:
            return [_CONTAINERS[name](_join([part for argument in arguments[-1:] for part in argument]))]
        if name == "texttt" or name == "url":
            text = plain_text(tuple(arguments[-1])) if arguments else ""
            return [self._link(text, (Plain(text),)) if name == "url" else Code(text)]
        if name == "href" and len(arguments) == 2:
            return [self._link(plain_text(tuple(arguments[0])), _join(arguments[1]))]
        if name in _TRANSPARENT:
            return arguments[-1] if arguments else []
        return self._read_symbol(node, arguments)

    def _link(self, url: str, children: Inlines) -> Inline:
        if re.match(r"(https?://|mailto:)", url):
            return Link(url, children)
        self.report(f"{url!r} is not a link that can stand in a CV; its text is kept", "write https://")
        return Plain(plain_text(children))

    def _read_symbol(self, node: LatexMacroNode, arguments: list[list[Inline]]) -> list[Inline]:
        if node.macroname in _known_macros():
            text = _to_text().node_to_text(node)
            if text or not any(arguments):
                return [Plain(text + _space_after(node, text))]
            return [part for argument in arguments for part in argument]
        hint = "write the character itself, or delete the command"
        self.report(f"the command \\{node.macroname} is not known here; its text is kept", hint)
        return [part for argument in arguments for part in argument]

    def _arguments(self, node: LatexMacroNode) -> list[list[Inline]]:
        given = node.nodeargd.argnlist if node.nodeargd else []
        return [
            self.read(argument.nodelist if isinstance(argument, LatexGroupNode) else [argument])
            for argument in given or []
            if argument is not None
        ]


def _space_after(node: LatexMacroNode, text: str) -> str:
    """TeX eats the space after a command word; after a printed symbol people mean it, unless it is a letter."""
    if node.nodeargd and any(node.nodeargd.argnlist or ()):
        return ""
    return node.macro_post_space if text and not text[-1].isalpha() else ""


def _join(nodes: Iterable[Inline]) -> Inlines:
    joined: list[Inline] = []
    for node in nodes:
        if isinstance(node, Plain):
            text = re.sub(r"[ \t\r\n]+", " ", node.text)
            if joined and isinstance(joined[-1], Plain):
                joined[-1] = Plain(re.sub(r"  +", " ", joined[-1].text + text))
            elif text:
                joined.append(Plain(text))
        else:
            joined.append(node)
    return tuple(joined)
