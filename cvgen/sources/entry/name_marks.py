"""Reads what an author field has besides names: marks, raised numbers, footnotes, affiliations, emphasis."""

from __future__ import annotations

import re
from typing import NamedTuple

from cvgen.model.inline import plain_text
from cvgen.sources.inline.tex_commands import CONTAINERS, PLAIN_BOXES, TEXT_BOXES
from cvgen.sources.inline.tex_text import ReportMistake, parse_latex

MARK_SYMBOLS = "*∗⁎＊†‡§¶#✉📧⋆★♠♣♦◊♯"
_SAME_SYMBOL = str.maketrans({"∗": "*", "⁎": "*", "＊": "*", "♯": "#", "★": "⋆"})
_COMMAND = (
    r"\\(?:dagger|ddagger|dag|ddag|ast|star|Letter|textasteriskcentered|textdagger|textdaggerdbl)(?![A-Za-z])(?:\{\})?"
)
_SIGN = rf"(?:{_COMMAND}|\\?[{re.escape(MARK_SYMBOLS)}]|[\d,;\s{{}}])"
_RAISED = re.compile(
    r"\\textsuperscript\s*\{(?P<a>(?:[^{}]|\{[^{}]*\})*)\}"
    rf"|\$\s*\^\s*\{{?(?P<b>[^$]*?)\}}?\s*\$|\$\s*(?P<c>{_SIGN}+)\$"
    r"|(?<!\\)\^\{(?P<d>[^{}]*)\}|(?<!\\)\^(?P<e>\\[a-z]+|[^\s{])"
    rf"|(?P<f>{_COMMAND})|\s*\[(?P<g>{_SIGN}+)\]|\s*[(（](?P<h>{_SIGN}+)[)）]"
)
_VARIATION = re.compile("[\ufe0e\ufe0f]")
_FOOTNOTE = re.compile(
    r"(?<!\\)\\(?:footnotemark|footnotetext|footnote|thanks)\s*(?:\[[^\]]*\])?(?:\{(?:[^{}]|\{[^{}]*\})*\})?"
)
_TYPED = re.compile(rf"\\?[{re.escape(MARK_SYMBOLS)}]")
_NAMESAKE = re.compile(r"(?:\s|~|\{\s*\})+0\d{3}(?=\s*(?:,|$))")  # how DBLP distinguishes people of one name
_END = r"(?=\s*(?:,|$))"
_AFFILIATION = re.compile(
    r"\s*\((?=[^()]*(?:\b(?:Univ|Inst|Dept|Department|Lab|Labs|School|College|Hospital|Cent(?:er|re)|Academy|Corp|Inc|"
    r"Ltd|GmbH|Research|Google|Microsoft|Meta|DeepMind)|[@\d]))[^()]*\)"
    rf"|\s*\((?=[^()]*\b(?:[A-Z]{{2,}}s?\b|[Ee]ds?\b|[Ee]ditors?\b|[Hh]rsg\b|[Tt]rans(?:lator)?s?\b))[^()]*\){_END}"
    rf"|\s*\[(?!{_SIGN}+\])(?=[^\[\]]*[A-Za-z\d])[^\[\]]*\]{_END}"
)
"""Brackets after a name that do not contain another form of it."""
_SAID_ROLE = re.compile(
    r"\s*[(（\[](?=[^()（）\[\]]*(?:equal|correspond|contribut|author|co-?first|shared|present|speaker|student|advis|"
    rf"supervis|lead|通讯|通訊|共同))[^()（）\[\]]*[)）\]]{_END}",
    re.IGNORECASE,
)
"""Words in brackets after a name that say the person's role."""
_BOXES = "|".join(
    sorted(
        {*CONTAINERS, *TEXT_BOXES, *PLAIN_BOXES} - {"textsuperscript", "textsubscript", "up", "sp", "sb", "textsup"},
        key=len,
        reverse=True,
    )
)
_EMPHASIS = re.compile(
    rf"\\(?:(?:{_BOXES})(?![A-Za-z])|(?:textcolor|colorbox)\{{\w+\}})\s*\{{((?:[^{{}}]|\{{[^{{}}]*\}})*)\}}"
    r"|\{\s*(?:\\(?:bf|it|em|sl|sc|rm|bfseries|itshape|boldmath|underline)(?![A-Za-z])\s*|\\color\{\w+\}\s*)+"
    r"((?:[^{}]|\{[^{}]*\})*)\}"
)
_SHIFT = re.compile(r"\\(?:raise|lower)\s*-?[\d.]+\s*[a-z]{2}\s*")
_WRAPPED = re.compile(r"\\([A-Za-z]{2,})\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
_MARKDOWN = re.compile(r"(?<![^\s,{])(\*{2,3}|__)(?=[^\s*_])((?:(?!\sand\s)[^{}])+?)(?<=\S)\1")
_WITH_COMMAS = frozenset(("textsuperscript", "footnote", "footnotetext", "footnotemark", "thanks", "href", "url"))
_MOST_EMPHASIS = 4


class NameAndMarks(NamedTuple):
    """A name without its marks, and the marks as single symbols in order."""

    name: str
    symbols: tuple[str, ...]


def unify_symbol(symbol: str) -> str:
    """The standard character for a mark that can be typed with several similar ones."""
    return symbol.translate(_SAME_SYMBOL)


def drop_emphasis(source: str) -> str:
    """``source`` without bold, underlines, colours and the like around names, in TeX or Markdown; marks stay."""
    text, previous, rounds = (_SHIFT.sub("", source) if "\\" in source else source), "", 0
    while "\\" in text and text != previous and rounds < _MOST_EMPHASIS:
        previous, rounds = text, rounds + 1
        text = _EMPHASIS.sub(lambda match: match[1] if match[1] is not None else match[2], text)
    return _MARKDOWN.sub(lambda match: match[2], text) if "**" in text or "__" in text else text


def take_marks(source: str, typed: str, report: ReportMistake) -> NameAndMarks:
    """Take the marks out of the name ``source``; ``typed`` is how a report names it."""
    symbols: list[str] = []
    source = _VARIATION.sub("", source)
    if emphasised := re.fullmatch(r"\s*\*([^*]+)\*\s*", source):
        source = emphasised[1]
    source = _WRAPPED.sub(lambda match: _unwrap(match, report), source)
    source = _leave_out(_FOOTNOTE, source, "in a name", "say it by marks: author+an = {1=equal}", report)
    source = _leave_out(_SAID_ROLE, source, "after a name", "say it by marks: author+an = {1=equal}", report)
    source = _leave_out(_AFFILIATION, source, "after a name", "delete it: a CV lists names only", report)

    def take_raised(match: re.Match[str]) -> str:
        inner = next(group for group in match.groups() if group is not None)
        inner = inner.replace("\\Letter", "✉").replace("\\textasteriskcentered", "*")
        text = plain_text(parse_latex(f"${inner}$" if "\\" in inner else inner, report)).translate(_SAME_SYMBOL)
        symbols.extend(symbol for symbol in text if not symbol.isspace() and symbol not in ",;{}$")
        return ""

    def take_typed(match: re.Match[str]) -> str:
        symbols.append(match[0].removeprefix("\\").translate(_SAME_SYMBOL))
        return ""

    bare = _TYPED.sub(take_typed, _RAISED.sub(take_raised, source))
    if bare.count("$") % 2:
        hint = "write the mark alone, such as Lin*"
        report(f"a formula in the name {typed!r} is not closed", hint, "a formula in a name is not closed")
        bare = bare.replace("$", "")
    return NameAndMarks(re.sub(r"\s+", " ", _NAMESAKE.sub("", bare)).strip(" ,"), tuple(symbols))


def _leave_out(pattern: re.Pattern[str], source: str, what: str, hint: str, report: ReportMistake) -> str:
    """``source`` without the matches of ``pattern`` outside braces; braces hold the name of a group."""

    def leave_out(match: re.Match[str]) -> str:
        before = source[: match.start()]
        if before.count("{") > before.count("}"):
            return match[0]
        report(f"{match[0].strip()!r} {what} is left out", hint, f"words {what} are left out")
        return ""

    return pattern.sub(leave_out, source)


def _unwrap(match: re.Match[str], report: ReportMistake) -> str:
    """A name inside a self-defined command, such as ``\\me{Lin, Wei}``."""
    if "," not in match[2] or match[1] in _WITH_COMMAS:
        return match[0]
    report(f"the command \\{match[1]} is not known; its text is printed", "write the name alone")
    return match[2]
