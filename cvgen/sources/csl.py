"""CSL-JSON (what Zotero and others export) to the same raw entries as a BibTeX file.

Fields: https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables. Text is written as LaTeX
with every special character escaped, so that one reader serves both formats.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from cvgen.diagnostics import Location, Problem, warn
from cvgen.model.publication import Status
from cvgen.sources.bibtex import RawEntry, RawField

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
_SPECIALS = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
             "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_", "$": r"\$"}  # fmt: skip
_TAGS = {"i": "emph", "b": "textbf", "sup": "textsuperscript", "sub": "textsubscript", "sc": "textsc"}
_TAG = re.compile(r"<(/?)(i|b|sup|sub|sc)>|<(/?)span[^>]*>")
_ARXIV = re.compile(r"arxiv[:\s]*(\d{4}\.\d{4,5}|[a-z-]+/\d{7})", re.IGNORECASE)


def parse_csl(text: str, file: str) -> tuple[list[RawEntry], list[Problem]]:
    """Read a list of CSL items; a Problem for each that is none, at the line of its ``id``."""
    try:
        items = json.loads(text)
    except json.JSONDecodeError as error:
        place = Location(file, error.lineno, error.colno)
        return [], [Problem(f"not JSON: {error.msg}", place, "export the file again as CSL JSON")]
    if isinstance(items, dict):
        items = items.get("items", [items])
    if not isinstance(items, list):
        return [], [Problem("this is no list of CSL items", Location(file, 1), "export the file as CSL JSON")]
    return _read_items(items, _Lines(text, file))


class _Lines:
    """Finds the line of each item's ``id``, in order."""

    def __init__(self, text: str, file: str) -> None:
        self.text, self.file, self.at = text, file, 0

    def find(self, key: str) -> Location:
        found = re.compile(r'"(?:id|citation-key)"\s*:\s*' + re.escape(json.dumps(key, ensure_ascii=False))).search(
            self.text, self.at
        )
        if found is None:
            return Location(self.file)
        self.at = found.end()
        return Location(self.file, self.text.count("\n", 0, found.start()) + 1)


def _read_items(items: list[Any], lines: _Lines) -> tuple[list[RawEntry], list[Problem]]:
    entries: dict[str, RawEntry] = {}
    problems: list[Problem] = []
    for number, item in enumerate(items, start=1):
        key = str(item.get("citation-key") or item.get("id") or "") if isinstance(item, dict) else ""
        if not key:
            hint = "give it an id"
            problems.append(Problem(f"item {number} of the CSL file has no id", Location(lines.file), hint))
            continue
        place = lines.find(str(item.get("id") or key))
        if not isinstance(item.get("title", ""), str):
            problems.append(Problem(f"the title of {key!r} is not text", place, "put it in quotes"))
            continue
        if key in entries:
            problems.append(Problem(f"the id {key!r} is used twice", place, "rename or delete one of the two"))
            continue
        fields = {name: RawField(value, place) for name, value in _fields(item)}
        entries[key] = RawEntry(key, _TYPES.get(str(item.get("type", "")), "misc"), fields, place)
        if not item.get("type"):
            problems.append(warn(f"{key!r} has no type", place, "add one, such as article-journal"))
    return list(entries.values()), problems


def _fields(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for theirs, ours in _FIELDS.items():
        value = item.get(theirs)
        if isinstance(value, list):
            value = ", ".join(map(str, value))
        if value:
            conference = theirs == "container-title" and item.get("type") in ("paper-conference", "chapter")
            yield ("booktitle" if conference else ours), escape_latex(str(value))
    for theirs, ours in _VERBATIM.items():
        if item.get(theirs):
            yield ours, str(item[theirs])
    if names := " and ".join(_name(name) for name in item.get("author") or item.get("editor") or []):
        yield "author", names
    if date := _date(item.get("issued") or {}):
        yield "date", date
    status = re.sub(r"[\s_-]", "", str(item.get("status", "")).casefold())
    if status in {known.value for known in Status}:
        yield "pubstate", status
    if found := _ARXIV.search(" ".join(str(item.get(name, "")) for name in ("number", "note", "DOI", "URL"))):
        yield "eprint", found[1]
        yield "eprinttype", "arxiv"


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
