"""Splits an author field into names, which are joined by ``and``, as in BibTeX, or in other common ways."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bibtexparser.middlewares.names import split_multiple_persons_names

from cvgen.sources.entry.extended_names import is_extended, is_option
from cvgen.sources.entry.name_marks import drop_emphasis
from cvgen.sources.inline.accents import decode_letters
from cvgen.sources.inline.tex_text import ReportMistake

_SEPARATOR = re.compile(
    r"\\[{}]|[{}]|\s*;\s*| \\?& |(?<=[\u2e80-\u9fff\uac00-\ud7af])\s*[，、；]\s*(?=[\u2e80-\u9fff\uac00-\ud7af])"
)
_REST = re.compile(
    r"(?:^|,|\s)\s*(?:and\s+)?(?:et\.?\s*al\.?|(?:\d+\s+)?others|\{others\}|\.\.\.|…|\\dots|\\ldots)\s*$", re.IGNORECASE
)
_VANCOUVER = re.compile(r"(?P<family>[^\s,]+(?: [^\s,]+)*) (?P<given>[A-Z]{1,3})")
_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV)\b|ph\.?d|m\.?d|m\.?sc", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[^\W\d_]\.[ -]?)+")
_PAIR = re.compile(r"[A-Z]\w+ [A-Z]\w+, [A-Z]\w+ [A-Z]\w+")
_UNUSUAL = re.compile(
    r"[^\w\s,.'’-]|\d|\bothers\b|\bet\.? ?al\b|\n *and\b|\band\s*$|^\s*and\b|\band\s+and\b|, *$|,,", re.IGNORECASE
)
_NO_AUTHOR = (
    (r" and and(?= |$)", "between two 'and'", "delete one 'and'"),
    (r"^and(?= |$)", "before the first 'and'", "delete the 'and'"),
    (r" and$", "after the last 'and'", "delete the 'and'"),
)
"""Where an ``and`` has no author beside it, as a pattern and in words, and what to delete."""
_COMMAND_FIRST = re.compile(r"(?<=\sand )(?=\\)", re.IGNORECASE)
_HINT = "write the authors like this: Lin, Wei and Long, Ada"


@dataclass(frozen=True, slots=True)
class SplitList:
    """Single names as typed; ``truncated`` when the list ends in ``and others``."""

    names: tuple[str, ...]
    truncated: bool = False


def split_authors(source: str, report: ReportMistake) -> SplitList:
    """The names in ``source``. Reports an ``and`` without an author beside it, and other separators than ``and``."""
    letters = decode_letters(source)
    if not _UNUSUAL.search(letters):
        names = tuple(" ".join(name.split()) for name in letters.split(" and "))
        if all(name.count(",") == 1 for name in names) and not any(map(_is_vancouver, names)):
            _report_pairs(names, report)
            return SplitList(names)
    text = _clean(letters)
    _report_missing(text, report)
    rest = _REST.search(text)
    if rest:
        text = text[: rest.start()].rstrip(" ,")
    joined, others = _join(text)
    single = re.sub(r"(?: and)+ and(?= )", " and", joined, flags=re.IGNORECASE).strip()
    tidy = re.sub(r"^(?:and )+|(?: and)+$", "", single, flags=re.IGNORECASE)
    if others:
        report("the authors are not separated by 'and'", _HINT, "the authors are not separated by 'and'")
    guarded = _COMMAND_FIRST.sub("{}", tidy)  # the library loses a command with which a name begins
    chunks = [name.strip().removeprefix("{}") for name in split_multiple_persons_names(guarded) if name.strip()]
    chunks = [chunk for chunk in chunks if not is_option(chunk)]
    named = [chunk for chunk in chunks if chunk.strip("{} ").casefold() != "others"]
    if len(named) < len(chunks):
        report("'and others' is inside the author list and is read as if it came last", "write 'and others' last")
    return SplitList(tuple(_split_chunks(named, report)), bool(rest) or len(named) < len(chunks))


def _report_missing(text: str, report: ReportMistake) -> None:
    for pattern, where, fix in _NO_AUTHOR:
        if re.search(pattern, text, re.IGNORECASE):
            message = f"an author is missing {where}"
            report(message, f"{fix}, or write the author's name", message)


def _is_vancouver(name: str) -> bool:
    """Whether ``name`` is two people as PubMed lists them: ``Lin W, Roe AB``."""
    parts = name.split(", ")
    return len(parts) == 2 and all(_VANCOUVER.fullmatch(part) for part in parts)


def _clean(source: str) -> str:
    """``source`` without text that is not part of a name and would be split or read as a mark."""
    text = re.sub(r"&(?:#\d{2,6}|#x[0-9A-Fa-f]{2,5}|[A-Za-z]{2,8});", lambda m: html.unescape(m[0]), source)
    text = re.sub(r"\\href\s*\{[^{}]*\}\s*(?=\{)", r"\\emph", text)
    return re.sub(r"\s+", " ", drop_emphasis(text)).strip()


def _join(text: str) -> tuple[str, int]:
    """``text`` with `` and `` for each separator outside braces, and how many there were."""
    out: list[str] = []
    count = start = depth = 0
    for found in _SEPARATOR.finditer(text):
        if found[0] in "{}":
            depth += 1 if found[0] == "{" else -1
        elif depth == 0 and found[0] not in ("\\{", "\\}"):
            out += [text[start : found.start()], " and "]
            start, count = found.end(), count + 1
    return "".join([*out, text[start:]]), count


def _split_chunks(chunks: list[str], report: ReportMistake) -> list[str]:
    """The names in the parts between ``and``: usually one in each, sometimes a list with commas."""
    last_has_comma = bool(chunks) and ("," in chunks[-1] or any(_is_family_first(chunk) for chunk in chunks))
    names: list[str] = []
    for chunk in chunks:
        oxford = chunk.endswith(",")
        parts = [part.strip() for part in chunk.strip(" ,").split(",")]
        if "{" in chunk or len(parts) == 1 or is_extended(chunk):
            names.append(chunk.strip(" ,"))
        elif all(_VANCOUVER.fullmatch(part) for part in parts):
            kind = "names without commas are read as several people, family name first"
            report(f"{chunk!r} is read as {len(parts)} people, family name first", _HINT, kind)
            names += [_VANCOUVER.sub(r"\g<family>, \g<given>", part) for part in parts]
        elif _is_family_and_initials(parts):
            kind = "an author list has commas in place of 'and'"
            report(f"{chunk!r} is read as {len(parts) // 2} people, family name first", _HINT, kind)
            names += [f"{family}, {given}" for family, given in zip(parts[::2], parts[1::2], strict=True)]
        elif _is_list(parts, oxford or (len(chunks) > 1 and not last_has_comma)):
            kind = "an author list has commas in place of 'and'"
            report(f"{chunk!r} has commas in place of 'and'; it is read as {len(parts)} people", _HINT, kind)
            names += parts
        else:
            names.append(chunk)
    _report_pairs(chunks, report)
    return names


def _is_family_first(chunk: str) -> bool:
    """Whether the comma must be inside a name, since one of its sides is a single word (``Lin, Wei``)."""
    parts = chunk.strip(" ,").split(",")
    return len(parts) == 2 and not all(" " in part.strip() for part in parts)


def _is_family_and_initials(parts: list[str]) -> bool:
    """Whether parts between commas are at least two family names, each with its initials."""
    initials, families = parts[1::2], parts[::2]
    is_paired = len(parts) > 2 and len(families) == len(initials)
    return is_paired and all(map(_INITIALS.fullmatch, initials)) and not any(map(_SUFFIX.match, families))


def _is_list(parts: list[str], more_follow: bool) -> bool:
    """Whether parts between commas are whole names: no name has three parts of two words each."""
    whole = all(" " in part and not _SUFFIX.match(part) for part in parts)
    return whole and (len(parts) > 2 or more_follow)


def _report_pairs(chunks: Sequence[str], report: ReportMistake) -> None:
    """``Wei Lin, Ada Long and Bob Ross, Tom Kemp`` could be two people or four."""
    if len(chunks) > 1 and all(_PAIR.fullmatch(chunk) for chunk in chunks):
        kind = "an author list can be read in two ways"
        report(f"{' and '.join(chunks)!r} could be {len(chunks)} people or {2 * len(chunks)}", _HINT, kind)
