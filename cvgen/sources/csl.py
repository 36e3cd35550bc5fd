"""CSL-JSON (what Zotero and others export) to the same raw entries as a BibTeX file.

Fields: https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables. Text is written as LaTeX
with every special character escaped, so that one reader serves both formats.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from cvgen.diagnostics import Location, Problem, did_you_mean, one_of, warn
from cvgen.sources.bibtex import RawEntry, RawField
from cvgen.sources.fields import known_words, nearest
from cvgen.sources.placed_text import PlacedText

_TYPES = {
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "article": "online",
    "paper-conference": "inproceedings",
    "chapter": "incollection",
    "book": "book",
    "thesis": "phdthesis",
    "report": "report",
    "manuscript": "unpublished",
    "patent": "patent",
    "webpage": "online",
    "dataset": "misc",
    "software": "misc",
}
_FIELDS = {
    "title": "title",
    "container-title": "journaltitle",
    "container-title-short": "abbr",
    "volume": "volume",
    "issue": "number",
    "page": "pages",
    "publisher": "publisher",
    "event-title": "eventtitle",
    "keyword": "keywords",
    "note": "note",
}
_VERBATIM = {"DOI": "doi", "URL": "url"}
_ALL_TYPES = frozenset(_TYPES) | known_words(
    """bill broadcast classic collection document entry entry-dictionary entry-encyclopedia event figure graphic hearing
    interview legal_case legislation map motion_picture musical_score pamphlet performance periodical
    personal_communication post post-weblog regulation review review-book song speech standard treaty"""
)
_READ = frozenset({*_FIELDS, *_VERBATIM, "id", "citation-key", "type", "author", "editor", "issued", "status"})
_SHAPES = {
    "title": '"title": "…", in quotes',
    "author": '"author": [{"family": "Lin", "given": "Wei"}]',
    "editor": '"editor": [{"family": "Lin", "given": "Wei"}]',
    "issued": '"issued": {"date-parts": [[2024, 5]]}',
}
"""How the values must be written that are more than any text."""
_SPECIALS = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
             "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_", "$": r"\$"}  # fmt: skip
_TAGS = {"i": "emph", "b": "textbf", "sup": "textsuperscript", "sub": "textsubscript", "sc": "textsc"}
_TAG = re.compile(r"<(/?)(i|b|sup|sub|sc)>|<(/?)span[^>]*>")
_ARXIV = re.compile(r"arxiv[:\s]*(\d{4}\.\d{4,5}|[a-z-]+/\d{7})", re.IGNORECASE)


def parse_csl(text: str, file: str) -> tuple[list[RawEntry], list[Problem]]:
    """Read a list of CSL items; a Problem for each that is none, at its place."""
    try:
        whole = json.loads(text)
    except json.JSONDecodeError as error:
        place = Location(file, error.lineno, error.colno)
        return [], [Problem(f"not JSON: {error.msg}", place, _json_hint(error.msg))]
    items = whole.get("items", [whole]) if isinstance(whole, dict) else whole
    if not isinstance(items, list):
        return [], [Problem("this is no list of CSL items", Location(file, 1, 1), "export the file as CSL JSON")]
    reader = _Reader(PlacedText(file, text))
    for number, (item, (start, end)) in enumerate(zip(items, _spans(text, whole), strict=True), start=1):
        reader.read(item, number, start, end)
    return list(reader.entries.values()), reader.problems


def _json_hint(message: str) -> str:
    if "',' delimiter" in message:
        return "write the comma that is missing before this"
    if "double quotes" in message or "trailing comma" in message:
        return "put names in double quotes, and take the comma after the last one of an item away"
    return "export the file again as CSL JSON"


def _spans(text: str, whole: Any) -> Iterator[tuple[int, int]]:
    """Where each item begins and ends: those of a list, of the list ``items``, or the only one."""
    if isinstance(whole, dict) and "items" not in whole:
        yield 0, len(text)
        return
    decoder = json.JSONDecoder()
    at = text.index("[", text.index('"items"') if isinstance(whole, dict) else 0) + 1
    for _ in whole["items"] if isinstance(whole, dict) else whole:
        at += len(text[at:]) - len(text[at:].lstrip(", \t\r\n"))
        _, end = decoder.raw_decode(text, at)
        yield at, end
        at = end


class _Reader:
    """Collects the entries and Problems of one file."""

    def __init__(self, source: PlacedText) -> None:
        self.source = source
        self.entries: dict[str, RawEntry] = {}
        self.problems: list[Problem] = []

    def read(self, item: Any, number: int, start: int, end: int) -> None:
        """Read one item, which stands between two offsets."""
        key = str(item.get("citation-key") or item.get("id") or "") if isinstance(item, dict) else ""
        if not key:
            message, hint = f"item {number} of the CSL file has no id", 'give it one: "id": "lin2024"'
            self.problems.append(Problem(message, self.source.place(start), hint))
            return

        def at(name: str) -> Location:
            return self.source.find(f'"{name}"', start, end) or self.source.place(start)

        if key in self.entries:
            self.problems.append(Problem(f"the id {key!r} is used twice", at("id"), "rename or delete one of the two"))
            return
        item = self._put_right(item, key, at)
        self._check_type(str(item.get("type", "")), key, at)
        if not self._is_readable(item, key, at):
            return
        fields = {ours: RawField(value, at(theirs)) for ours, value, theirs in _fields(item)}
        self.entries[key] = RawEntry(key, _TYPES.get(str(item.get("type", "")), "misc"), fields, at("id"))

    def _put_right(self, item: dict[str, Any], key: str, at: Callable[[str], Location]) -> dict[str, Any]:
        """``item`` with misspelt names as they were meant."""
        known = {name.casefold(): name for name in _READ}
        for name in [name for name in item if name not in _READ]:
            near = known.get(name.casefold()) or nearest(name, _READ)
            if near and near not in item:
                told = f"{key}: {name!r} is read as {near!r}"
                self.problems.append(warn(told, at(name), f"did you mean {near!r}?"))
                item = {**item, near: item[name]}
        return item

    def _is_readable(self, item: dict[str, Any], key: str, at: Callable[[str], Location]) -> bool:
        """Whether the values have the shapes that they must have."""
        wrong = [name for name in _SHAPES if name in item and not _has_shape(name, item[name])]
        for name in wrong:
            told = f"{key}: the value of {name!r} cannot be read"
            self.problems.append(Problem(told, at(name), f"write {_SHAPES[name]}"))
        return not wrong

    def _check_type(self, kind: str, key: str, at: Callable[[str], Location]) -> None:
        if not kind:
            self.problems.append(warn(f"{key!r} has no type", at("id"), "add one, such as article-journal"))
        elif kind not in _ALL_TYPES:
            hint = did_you_mean(kind, _ALL_TYPES) or one_of(_TYPES)
            self.problems.append(warn(f"{key}: {kind!r} is no type of CSL", at("type"), hint))


def _has_shape(name: str, value: Any) -> bool:
    if name == "title":
        return isinstance(value, str)
    if name in ("author", "editor"):
        return isinstance(value, list) and all(isinstance(one, dict) for one in value)
    parts = value.get("date-parts", []) if isinstance(value, dict) else None
    return isinstance(parts, list) and all(
        isinstance(part, list) and all(re.fullmatch(r"-?\d+", str(number)) for number in part) for part in parts
    )


def _fields(item: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Our name, the value and their name of each field."""
    for theirs, ours in _FIELDS.items():
        value = item.get(theirs)
        if isinstance(value, list):
            value = ", ".join(map(str, value))
        if value:
            conference = theirs == "container-title" and item.get("type") in ("paper-conference", "chapter")
            yield ("booktitle" if conference else ours), escape_latex(str(value)), theirs
    for theirs, ours in _VERBATIM.items():
        if item.get(theirs):
            yield ours, str(item[theirs]), theirs
    if names := " and ".join(_name(name) for name in item.get("author") or item.get("editor") or []):
        yield "author", names, "author" if item.get("author") else "editor"
    if date := _date(item.get("issued") or {}):
        yield "date", date, "issued"
    if status := str(item.get("status") or "").strip():
        yield "pubstate", escape_latex(status), "status"
    if found := _ARXIV.search(" ".join(str(item.get(name, "")) for name in ("number", "note", "DOI", "URL"))):
        yield "eprint", found[1], "number"
        yield "eprinttype", "arxiv", "number"


def _name(name: Mapping[str, Any]) -> str:
    """A CSL name as BibTeX writes it; names of institutions in braces."""
    if literal := name.get("literal"):
        return f"{{{escape_latex(str(literal))}}}"
    family = escape_latex(str(name.get("family", "")))
    given = escape_latex(str(name.get("given", "")))
    particle = escape_latex(str(name.get("non-dropping-particle") or name.get("dropping-particle") or ""))
    suffix = escape_latex(str(name.get("suffix", "")))
    last = f"{particle} {{{family}}}".strip() if " " in family or particle else family
    return ", ".join(part for part in (last, suffix, given) if part)


def _date(issued: Mapping[str, Any]) -> str:
    parts = issued.get("date-parts") or [[]]
    if parts and parts[0]:
        numbers = [int(part) for part in parts[0]]
        return "-".join(f"{number:0{4 if index == 0 else 2}d}" for index, number in enumerate(numbers))
    return str(issued.get("raw") or issued.get("literal") or "")


def escape_latex(text: str) -> str:
    """``text`` as LaTeX that reads back the same; CSL's few HTML tags become commands."""
    out, end = "", 0
    for match in _TAG.finditer(text):
        out += _escape(text[end : match.start()])
        closing = bool(match[1] or match[3])
        out += "}" if closing else f"\\{_TAGS[match[2]]}{{" if match[2] else "{"
        end = match.end()
    return out + _escape(text[end:])


def _escape(text: str) -> str:
    return "".join(_SPECIALS.get(character, character) for character in text)
