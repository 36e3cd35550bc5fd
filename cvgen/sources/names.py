"""One name as typed to an Author, with the marks typed into it taken out and read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bibtexparser.middlewares.names import parse_single_name_into_parts

from cvgen.model.inline import plain_text
from cvgen.model.publication import Author, Mark, is_ideographic
from cvgen.sources.accents import decode_letters
from cvgen.sources.author_list import split_authors
from cvgen.sources.latex import Report, latex_to_plain, parse_latex

MARK_SYMBOLS = "*∗⁎＊†‡§¶#✉📧⋆★♠♣♦◊♯"
_SAME_SYMBOL = str.maketrans({"∗": "*", "⁎": "*", "＊": "*", "♯": "#", "★": "⋆"})
_RAISED = re.compile(
    r"\\textsuperscript\s*\{(?P<a>[^{}]*)\}|\$\s*\^?\s*\{?(?P<b>[^$]*?)\}?\s*\$"
    r"|(?<!\\)\^\{(?P<c>[^{}]*)\}|(?<!\\)\^(?P<d>\\[a-z]+|[^\s{])"
    r"|(?P<e>\\(?:dagger|ddagger|dag|ddag|ast|star|Letter|textasteriskcentered|textdagger|textdaggerdbl)\b(?:\{\})?)"
)
_VARIATION = re.compile("[\ufe0e\ufe0f]")
_FOOTNOTE = re.compile(r"\\(?:footnotemark|footnotetext|footnote|thanks)\s*(?:\[[^\]]*\])?(?:\{[^{}]*\})?")
_TYPED = re.compile(rf"\\?[{re.escape(MARK_SYMBOLS)}]")
_NAMESAKE = re.compile(r"(?:\s|~|\{?\\,\}?)+0\d{3}(?=\s*(?:,|$))")  # DBLP tells namesakes apart so
_SPECIAL = re.compile(r"[^\w\s,.'’-]|,.*,|\d|_")
_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV)\.?")
_DEGREE = re.compile(r"(?:ph\.?\s?d|m\.?d|m\.?sc|b\.?sc|d\.?phil|mba|m\.?a|b\.?a|frs|esq)\.?", re.IGNORECASE)
_LOST_CHARACTER = re.compile(r"\w\?\w|\ufffd")


@dataclass(frozen=True, slots=True)
class NameList:
    """An author list; ``truncated`` when it ends in ``and others``."""

    authors: tuple[Author, ...]
    truncated: bool = False


def parse_names(
    source: str, marks: Mapping[str, Mark], report: Report, report_at: Callable[[str], Report] | None = None
) -> NameList:
    """Read an author field: ``Lin, Wei and Ada Long and others``.

    Doubts of the list go to ``report``, those of one name to what ``report_at`` gives for that name.
    """
    listed = split_authors(source, report)
    symbols = {symbol.translate(_SAME_SYMBOL): mark for symbol, mark in marks.items()}
    authors = (_parse_name(name, symbols, report_at(name) if report_at else report) for name in listed.names)
    return NameList(tuple(authors), listed.truncated)


def _parse_name(source: str, marks: Mapping[str, Mark], report: Report) -> Author:
    letters = decode_letters(source)
    if not _SPECIAL.search(letters):
        return _plain_name(letters)
    bare, symbols = _take_marks(source, report)
    read = frozenset(marks[symbol] for symbol in symbols if symbol in marks)
    unread = "".join(symbol for symbol in symbols if symbol not in marks)
    if unread:
        hint = f'say what it means: bibliography: {{marks: {{"{unread[0]}": equal}}}}'
        report(f"the mark {unread!r} on {source!r} is not explained, so it gives no role", hint)
    if _LOST_CHARACTER.search(bare):
        report(f"a letter of the name {source!r} was lost when the file was saved", "write the letter again")
    author = _split_name(bare, unread, report)
    return author.with_marks(sorted(read), "typed into the name")


@lru_cache(maxsize=1 << 16)
def _plain_name(source: str) -> Author:
    """A name of letters only: the same people stand in many papers."""
    return _split_name(source, "", lambda message, hint, kind="": None)


def _split_name(bare: str, unread: str, report: Report) -> Author:
    bare, titles = _take_degrees(bare)
    if bare.count(",") > 2:
        report(f"the name {bare!r} has more than two commas", "write Family, Suffix, Given; join names with 'and'")
    if "," not in bare and all(map(is_ideographic, bare.split())):
        return Author(bare, unread=unread)  # 王 小明: nobody but its bearer knows where the family name ends
    parts = parse_single_name_into_parts(bare, strict=False)
    given, particle, family, suffix = (
        " ".join(latex_to_plain(word, report) for word in words).strip()
        for words in (parts.first, parts.von, parts.last, parts.jr)
    )
    if _SUFFIX.fullmatch(given):  # "King, Jr."
        suffix, (given, _, family) = given, family.rpartition(" ")
    head, _, tail = family.rpartition(" ")
    if _SUFFIX.fullmatch(tail) and head:  # "King Jr., Martin"
        family, suffix = head, tail
    if _SUFFIX.fullmatch(family) and given:  # "Martin King Jr."
        suffix, (given, _, family) = family, given.rpartition(" ")
    if not family:
        family, particle = particle, ""
    family, given = _order_scripts(family, given)
    return Author(family, given, particle, ", ".join(filter(None, (suffix, titles))), unread=unread)


def _take_degrees(bare: str) -> tuple[str, str]:
    """``Smith, John, PhD, MD`` without its degrees, and these."""
    parts = [part.strip() for part in bare.split(",")]
    count = len(parts)
    while count > 2 and _DEGREE.fullmatch(parts[count - 1]):
        count -= 1
    return ", ".join(parts[:count]), ", ".join(parts[count:])


def _order_scripts(family: str, given: str) -> tuple[str, str]:
    """A name in another script, in brackets after the given name, goes to the end of the whole name."""
    found = re.fullmatch(r"(.*?)\s*[(（]([^()（）]+)[)）]", given)
    if found and is_ideographic(found[2]) and not is_ideographic(found[1]):
        return f"{family} ({found[2]})", found[1]
    return family, given


def _take_marks(source: str, report: Report) -> tuple[str, tuple[str, ...]]:
    """``source`` without the marks typed into it, and those marks as single symbols, in order."""
    symbols: list[str] = []
    source = _VARIATION.sub("", source)
    if note := _FOOTNOTE.search(source):
        report(f"{note[0]!r} in a name is left out", "say it by marks: author+an = {1=equal}")
        source = _FOOTNOTE.sub("", source)

    def take_raised(match: re.Match[str]) -> str:
        inner = next(group for group in match.groups() if group is not None)
        inner = inner.replace("\\Letter", "✉").replace("\\textasteriskcentered", "*")
        text = plain_text(parse_latex(f"${inner}$" if "\\" in inner else inner, report)).translate(_SAME_SYMBOL)
        symbols.extend(symbol for symbol in text if not symbol.isspace() and symbol not in ",;")
        return ""

    def take_typed(match: re.Match[str]) -> str:
        symbols.append(match[0].removeprefix("\\").translate(_SAME_SYMBOL))
        return ""

    bare = _TYPED.sub(take_typed, _RAISED.sub(take_raised, source))
    if "$" in bare:
        report(f"a formula in the name {source!r} is not closed", "write the mark alone, such as Lin*")
        bare = bare.replace("$", "")
    return re.sub(r"\s+", " ", _NAMESAKE.sub("", bare)).strip(" ,"), tuple(symbols)
