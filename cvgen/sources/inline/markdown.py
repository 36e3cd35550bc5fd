"""Turns inline Markdown into nodes: bold, italic, code, links and ``$math$``; everything else is text as typed.

The rules are those of CommonMark (https://spec.commonmark.org/0.31.2/#inlines), made stricter for text that people
type in CVs: ``2*3*4`` has no emphasis and ``__init__`` is a name, a backslash escapes only the characters that are
markup here, and ``[a](b)`` is a link only if ``b`` is an address, or clearly a file or a place on a page
(``files/cv.pdf``, ``#news``). ``![a](b)`` is a picture, which is printed as typed. ``$`` opens math by Pandoc's rule:
``$5 and $10`` is money, and so is ``$10, US$ 3``. ``[@key]`` names a publication.
A newline is a space, a backslash before it makes it a line break, and a blank line separates paragraphs.

A text block may also have lists, by the rules of CommonMark (https://spec.commonmark.org/0.31.2/#list-items) with two
limits for prose: a text of one line has none, and a number such as ``12.`` begins a list only beside the next number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from textwrap import dedent
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token

from cvgen.diagnostics import BadValueError, Location
from cvgen.model.addresses import is_relative
from cvgen.model.inline import (
    CITED,
    Bold,
    Break,
    Code,
    Inline,
    Inlines,
    Italic,
    ItemList,
    Link,
    ListItem,
    Plain,
    RichText,
    Span,
    plain_text,
)
from cvgen.model.late_pattern import late_pattern

_ESCAPABLE = frozenset("*_`[]$")
_URL = late_pattern(r"(https?://|mailto:|tel:)\S", re.IGNORECASE)
_MATH = late_pattern(r"\$(?![\s$])((?:\\.|[^$\\\n])*?)(?<![\s\\])\$(?!\d)")
_MONEY = late_pattern(r"\d[\d.,]*(?:[kKmMbB]|\s|,\s)[^\\^_{}=]*$")
_CITATION = late_pattern(r"\[@([^\s\[\]@;,]+(?:; ?@[^\s\[\]@;,]+)*)\](?!\()")
_MARK = late_pattern(r"[ \t]*(?:[-*]|(?P<number>\d{1,2})[.)])[ \t]+\S")
"""The start of a line that is an item of a list."""
_ESCAPED_MARK = late_pattern(r"\\[-*](?=[ \t])")
_PICTURE = late_pattern(r"\.(?:png|jpe?g|gif|svg|webp)(?:[?#]|$)", re.IGNORECASE)
_CJK = late_pattern("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")


def parse_markdown(text: str, *, is_block: bool = False) -> RichText:
    """Read one text of a profile; a block may have lists.

    Raises BadValueError for links and formulas that cannot be printed.
    """
    place = getattr(text, "location", None)
    if not text.strip():
        return RichText((), place)
    if is_block and has_list_lines(text):
        return RichText(_build_block(iter(_parser().parse(dedent(text.strip("\n")))), ""), place)
    nodes: list[Inline] = []
    for number, paragraph in enumerate(re.split(r"\n[ \t]*\n\s*", text.strip("\n"))):
        if number:
            nodes.append(Break(paragraph=True))
        nodes += _parse_inline(paragraph, place)
    return RichText(tuple(nodes), place)


def _parse_inline(text: str, place: Location | None) -> Inlines:
    if not _has_markup(text):
        return (Plain(text),)
    tokens = _parser().parseInline(text)[0].children or []
    return _build(iter(tokens), None)


def has_list_lines(text: str) -> bool:
    """Whether ``text`` has several lines, and some of them look like the items of a list."""
    lines, numbers = text.strip("\n").split("\n"), _numbers(text)
    has_bullets = any((match := _MARK.match(line)) and not match["number"] for line in lines)
    return len(lines) > 1 and (has_bullets or any(number + 1 in numbers for number in numbers))


def _numbers(text: str) -> set[int]:
    """The numbers at the starts of lines that look like items of a numbered list."""
    found = (_MARK.match(line) for line in text.split("\n"))
    return {int(match["number"]) for match in found if match and match["number"]}


def _has_markup(text: str) -> bool:
    return any(character in text for character in "*_`[$\n\\")


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    rules = ["list", "backticks", "emphasis", "link", "newline", "balance_pairs", "fragments_join"]
    parser = MarkdownIt("zero").enable(rules)
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parser.block.ruler.at("list", _list(parser), {"alt": ["paragraph"]})
    parser.inline.ruler.at("emphasis", _emphasis)
    parser.inline.ruler.at("link", _link(parser))
    parser.inline.ruler.at("newline", _newline)
    parser.inline.ruler.before("backticks", "escape_markup", _escape)
    parser.inline.ruler.before("backticks", "math", _math)
    parser.inline.ruler.before("link", "citation", _cite)
    return parser


def _list(parser: MarkdownIt) -> Any:
    standard = next(rule.fn for rule in parser.block.ruler.__rules__ if rule.name == "list")

    def list_(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        match = _MARK.match(state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]])
        if not match or "\n" not in state.src:
            return False
        if match["number"] and not {int(match["number"]) - 1, int(match["number"]) + 1} & _numbers(state.src):
            return False
        return bool(standard(state, start, end, silent))

    return list_


def _escape(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "\\":
        return False
    starts_line = not state.src[: state.pos].rpartition("\n")[2].strip()
    is_mark = starts_line and "\n" in state.src and _ESCAPED_MARK.match(state.src, state.pos)
    if not is_mark and state.src[state.pos + 1 : state.pos + 2] not in _ESCAPABLE:
        return False
    if state.pos + 1 >= state.posMax:
        return False
    if not silent:
        state.pending += state.src[state.pos + 1]
    state.pos += 2
    return True


def _math(state: StateInline, silent: bool) -> bool:
    match = _MATH.match(state.src, state.pos, state.posMax)
    if not match or _MONEY.match(match[1]):
        return False
    if not silent:
        state.push("math", "", 0).content = match[1]
    state.pos = match.end()
    return True


def _cite(state: StateInline, silent: bool) -> bool:
    """``[@key]`` and ``[@key; @other]``, by Pandoc's rule; a link's words may begin with ``@`` too."""
    match = _CITATION.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        state.push("citation", "", 0).content = match[1]
    state.pos = match.end()
    return True


def _newline(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "\n":
        return False
    if not silent:
        if state.pending.endswith("\\"):
            state.pending = state.pending[:-1]
            state.push("hardbreak", "", 0)
        else:
            state.pending = state.pending.rstrip(" ") + " "
    state.pos += 1
    while state.pos < state.posMax and state.src[state.pos] == " ":
        state.pos += 1
    return True


def _emphasis(state: StateInline, silent: bool) -> bool:
    """CommonMark's delimiter runs; ideographs count as punctuation, so that 我**很**好 works."""
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    end = state.pos
    while end < state.posMax and state.src[end] == marker:
        end += 1
    before = state.src[state.pos - 1] if state.pos else " "
    after = state.src[end] if end < state.posMax else " "
    can_open, can_close = _flanking(before, after)
    if marker == "_" and end - state.pos > 1:  # __init__ is a name, not bold
        can_open = can_close = False
    for _ in range(end - state.pos):
        token = state.push("text", "", 0)
        token.content = marker
        state.delimiters.append(Delimiter(ord(marker), end - state.pos, len(state.tokens) - 1, -1, can_open, can_close))
    state.pos = end
    return True


def _flanking(before: str, after: str) -> tuple[bool, bool]:
    spaced_before, spaced_after = before.isspace(), after.isspace()
    loose_before = spaced_before or not before.isalnum() or _is_cjk(before)
    loose_after = spaced_after or not after.isalnum() or _is_cjk(after)
    left = not spaced_after and (not _is_punctuation(after) or loose_before)
    right = not spaced_before and (not _is_punctuation(before) or loose_after)
    inside_word = not loose_before and not loose_after
    return left and not inside_word, right and not inside_word


def _is_cjk(character: str) -> bool:
    return not character.isascii() and bool(_CJK.match(character))  # compiling the pattern takes 7 ms


def _is_punctuation(character: str) -> bool:
    return not character.isalnum() and not character.isspace()


def _link(parser: MarkdownIt) -> Any:
    standard = next(rule.fn for rule in parser.inline.ruler.__rules__ if rule.name == "link")

    def link(state: StateInline, silent: bool) -> bool:
        if state.src[state.pos] != "[":
            return False
        end = parser.helpers.parseLinkLabel(state, state.pos, True)
        target = state.src[end + 2 :] if end >= 0 and state.src[end + 1 : end + 2] == "(" else ""
        target = target.lstrip(" <")
        if _is_picture(state, target):
            return False
        if scheme := re.match(r"(javascript|data|vbscript|file):", target, re.IGNORECASE):
            message = f"a link to {scheme[0]!r} is not allowed in a CV"
            raise BadValueError(message, "link to https://, mailto: or tel:")
        is_word = state.pos > 0 and (state.src[state.pos - 1].isalnum() or state.src[state.pos - 1] in "_)]")
        names_place = is_relative(target.partition(")")[0]) and not is_word  # f[i](n/2) is a formula
        return bool(_URL.match(target) or names_place) and bool(standard(state, silent))

    return link


def _is_picture(state: StateInline, target: str) -> bool:
    """Whether ``!`` before a link makes it a picture; it may also end a sentence: ``Accepted![Paper](https://…)``."""
    before = state.src[max(0, state.pos - 2) : state.pos]
    return before.endswith("!") and (not before[:-1].isalnum() or bool(_PICTURE.search(target.partition(")")[0])))


_CONTAINERS: dict[str, tuple[str, type[Bold] | type[Italic]]] = {
    "strong_open": ("strong_close", Bold),
    "em_open": ("em_close", Italic),
}


def _build_block(tokens: Iterator[Token], until: str) -> Inlines:
    """The paragraphs and lists up to the token ``until``; inside a list a new paragraph is a new line."""
    nodes: list[Inline] = []
    for token in tokens:
        if token.type == until:
            break
        if token.type == "inline":
            if nodes and not isinstance(nodes[-1], ItemList):
                nodes.append(Break(paragraph=until != "list_item_close"))
            nodes += _build(iter(token.children or []), None)
        elif token.type in _LISTS:
            nodes.append(_build_list(tokens, _LISTS[token.type], token.attrGet("start")))
    return tuple(nodes)


def _build_list(tokens: Iterator[Token], until: str, start: Any) -> ItemList:
    items: list[ListItem] = []
    for token in tokens:
        if token.type == until:
            break
        if token.type == "list_item_open":
            items.append(ListItem(_build_block(tokens, "list_item_close")))
    return ItemList(tuple(items), (1 if start is None else int(start)) if until == "ordered_list_close" else None)


_LISTS = {"bullet_list_open": "bullet_list_close", "ordered_list_open": "ordered_list_close"}


def _build(tokens: Any, until: str | None) -> Inlines:
    nodes: list[Inline] = []
    for token in tokens:
        if token.type == until:
            break
        node = _build_one(token, tokens)
        if isinstance(node, Plain) and nodes and isinstance(nodes[-1], Plain):
            nodes[-1] = Plain(nodes[-1].text + node.text)
        elif not isinstance(node, Plain) or node.text:
            nodes.append(node)
    return tuple(nodes)


def _build_one(token: Token, tokens: object) -> Inline:
    if token.type in _CONTAINERS:
        closing, container = _CONTAINERS[token.type]
        return container(_build(tokens, closing))
    if token.type == "link_open":
        url = str(token.attrs["href"])
        children = _build(tokens, "link_close")
        return Link(url, children if plain_text(children) else (Plain(url),))
    if token.type == "code_inline":
        return Code(token.content)
    if token.type == "hardbreak":
        return Break()
    if token.type == "citation":
        return Span(CITED, tuple(Plain(key) for key in re.split("; ?@", token.content)))
    if token.type == "math":
        from cvgen.sources.inline.formula import parse_math  # imports pylatexenc, which few profiles need

        return parse_math(token.content)
    return Plain(token.content)
