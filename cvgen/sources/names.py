"""The author field to authors, with the marks typed into the names taken out and read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names

from cvgen.model.inline import plain_text
from cvgen.model.publication import Author, Mark
from cvgen.sources.accents import decode_accents
from cvgen.sources.latex import Report, latex_to_plain, parse_latex

MARK_SYMBOLS = "*∗⁎＊†‡§¶#✉📧⋆★♠♣♦◊♯"
_SAME_SYMBOL = str.maketrans({"∗": "*", "⁎": "*", "＊": "*", "♯": "#", "★": "⋆"})
_RAISED = re.compile(
    r"\\textsuperscript\s*\{(?P<a>[^{}]*)\}|\$\s*\^?\s*\{?(?P<b>[^$]*?)\}?\s*\$"
    r"|\^\{(?P<c>[^{}]*)\}|\^(?P<d>\\[a-z]+|[^\s{])|(?P<e>\\(?:dagger|ddagger|dag|ddag|ast|star|Letter)\b(?:\{\})?)"
)
_VARIATION = re.compile("[\ufe0e\ufe0f]")
_FOOTNOTE = re.compile(r"\\(?:footnotemark|footnotetext|footnote|thanks)\s*(?:\[[^\]]*\])?(?:\{[^{}]*\})?")
_TYPED = re.compile(rf"\\?[{re.escape(MARK_SYMBOLS)}]")
_OTHER_SEPARATORS = re.compile(r"\s*;\s*| \\?& ")
_SPECIAL = re.compile(r"[^\w\s,.'’-]|,.*,.*,")
_BRACED = re.compile(r"\{(\w{1,2})\}")
_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV)\.?")


@dataclass(frozen=True, slots=True)
class NameList:
    """An author list; ``truncated`` when it ends in ``and others``."""

    authors: tuple[Author, ...]
    truncated: bool = False


def parse_names(source: str, marks: Mapping[str, Mark], report: Report) -> NameList:
    """Read an author field: ``Lin, Wei and Ada Long and others``. Doubts go to ``report``."""
    names = _split_list(re.sub(r"\s+", " ", source).strip(), report)
    truncated = bool(names) and names[-1].casefold() in ("others", "{others}", "et al.", "et al")
    if truncated:
        names.pop()
    symbols = {symbol.translate(_SAME_SYMBOL): mark for symbol, mark in marks.items()}
    return NameList(tuple(_parse_name(name, symbols, report) for name in names if name), truncated)


def _split_list(source: str, report: Report) -> list[str]:
    """The names of a list; other separators than ``and`` are read as people mean them, and reported."""
    joined, others = _OTHER_SEPARATORS.subn(" and ", source) if "{" not in source else (source, 0)
    tidy = re.sub(r"^(?:and )+|(?: and)+$", "", re.sub(r"(?: and)+ and(?= )", " and", joined))
    if others or tidy != source:
        report(f"the author list {source!r} is not joined by 'and'", "write Family, Given and Family, Given")
    names = [name.strip() for name in split_multiple_persons_names(tidy)]
    return [part for name in names for part in _split_commas(name, report)]


def _split_commas(name: str, report: Report) -> list[str]:
    """``Wei Lin, Ada Long, Bob Ross`` is three people: no name has three parts of two words each."""
    parts = [part.strip() for part in name.split(",")]
    if len(parts) < 3 or "{" in name or not all(" " in part for part in parts):
        return [name]
    report(f"{name!r} has commas where 'and' should stand; {len(parts)} people are read", "join names with 'and'")
    return parts


def _parse_name(source: str, marks: Mapping[str, Mark], report: Report) -> Author:
    letters = _BRACED.sub(r"\1", decode_accents(source)) if "\\" in source else source
    if not _SPECIAL.search(letters):
        return _plain_name(letters)
    bare, symbols = _take_marks(source, report)
    read = frozenset(marks[symbol] for symbol in symbols if symbol in marks)
    unread = "".join(symbol for symbol in symbols if symbol not in marks)
    if unread:
        hint = f'say what it means: bibliography: {{marks: {{"{unread[0]}": equal}}}}'
        report(f"the mark {unread!r} on {source!r} is not explained, so it gives no role", hint)
    if bare.count(",") > 2:
        report(
            f"the name {source!r} has more than two commas",
            "write Family, Suffix, Given; join names with 'and'",
        )
    return _split_name(bare, read, unread, report)


@lru_cache(maxsize=1 << 16)
def _plain_name(source: str) -> Author:
    """A name of letters only: the same people stand in many papers."""
    return _split_name(source, frozenset(), "", lambda message, hint: None)


def _split_name(bare: str, marks: frozenset[Mark], unread: str, report: Report) -> Author:
    parts = parse_single_name_into_parts(bare, strict=False)
    given, particle, family, suffix = (
        " ".join(latex_to_plain(word, report) for word in words).strip()
        for words in (parts.first, parts.von, parts.last, parts.jr)
    )
    if _SUFFIX.fullmatch(family) and given:
        suffix, (given, _, family) = family, given.rpartition(" ")
    if not family:
        family, particle = particle, ""
    return Author(family, given, particle, suffix, unread=unread).with_marks(sorted(marks), "typed into the name")


def _take_marks(source: str, report: Report) -> tuple[str, tuple[str, ...]]:
    """``source`` without the marks typed into it, and those marks as single symbols, in order."""
    symbols: list[str] = []
    source = _VARIATION.sub("", source)
    if note := _FOOTNOTE.search(source):
        report(f"{note[0]!r} in a name is left out", "say it by marks: author+an = {1=equal}")
        source = _FOOTNOTE.sub("", source)

    def take_raised(match: re.Match[str]) -> str:
        inner = next(group for group in match.groups() if group is not None)
        inner = inner.replace("\\Letter", "✉")
        text = plain_text(parse_latex(f"${inner}$" if "\\" in inner else inner, report)).translate(_SAME_SYMBOL)
        symbols.extend(symbol for symbol in text if not symbol.isspace() and symbol not in ",;")
        return ""

    def take_typed(match: re.Match[str]) -> str:
        symbols.append(match[0].removeprefix("\\").translate(_SAME_SYMBOL))
        return ""

    bare = _TYPED.sub(take_typed, _RAISED.sub(take_raised, source))
    return re.sub(r"\s+", " ", bare).strip(" ,"), tuple(symbols)
