"""Reads CSL-JSON, which Zotero and others export, into the same raw entries as a BibTeX file.

Fields: https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables. Text is written as LaTeX
with every special character escaped, so that one reader serves both formats.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from cvgen.diagnostics import Location, Problem, did_you_mean, one_of, suggest, warn
from cvgen.sources.bibtex.csl_values import escape_latex, is_text, read_date_parts, replace_lost, write_name
from cvgen.sources.bibtex.known_fields import find_meant, split_words
from cvgen.sources.bibtex.raw_entry import RawEntry, RawField
from cvgen.sources.placed_text import PlacedText
from cvgen.sources.yaml.tree import INVISIBLE

_TYPES = {
    **dict.fromkeys(("article-journal", "article-magazine", "article-newspaper", "review", "review-book"), "article"),
    "article": "preprint",
    "paper-conference": "inproceedings",
    "chapter": "incollection",
    **dict.fromkeys(("entry", "entry-dictionary", "entry-encyclopedia"), "inreference"),
    **dict.fromkeys(("book", "classic"), "book"),
    "pamphlet": "booklet",
    "collection": "collection",
    "periodical": "periodical",
    "thesis": "thesis",
    "report": "report",
    "manuscript": "unpublished",
    "patent": "patent",
    "standard": "standard",
    **dict.fromkeys(("webpage", "post", "post-weblog"), "online"),
    "dataset": "dataset",
    "software": "software",
    "speech": "talk",
    **dict.fromkeys(("motion_picture", "broadcast"), "video"),
    "song": "audio",
    **dict.fromkeys(("figure", "graphic", "performance"), "artwork"),
}
"""The entry type that each type of CSL is read as; all others are @misc."""
_FIELDS = {
    "title": "title",
    "container-title": "journaltitle",
    "container-title-short": "abbr",
    "collection-title": "series",
    "volume": "volume",
    "issue": "number",
    "number": "number",
    "page": "pages",
    "chapter-number": "chapter",
    "edition": "edition",
    "version": "version",
    "genre": "type",
    "publisher": "publisher",
    "publisher-place": "address",
    "event-title": "eventtitle",
    "event": "eventtitle",
    "event-place": "venue",
    "number-of-pages": "pagetotal",
    "keyword": "keywords",
    "note": "note",
    "medium": "medium",
    "authority": "authority",
}
_PUBLISHERS = {"thesis": "school", "report": "institution"}
"""The field for the publisher, for the types that have another name for it."""
_VERBATIM = {"DOI": "doi", "URL": "url", "ISBN": "isbn", "ISSN": "issn", "PMID": "pmid", "PMCID": "pmcid"}
_TEXTS = (*(name for name in _FIELDS if name != "title"), *_VERBATIM)
_PEOPLE = ("author", "editor", "translator")
_DATES = {"issued": "date", "accessed": "urldate"}
_ALL_TYPES = frozenset(_TYPES) | split_words(
    """bill broadcast classic collection document entry entry-dictionary entry-encyclopedia event figure graphic hearing
    interview legal_case legislation map motion_picture musical_score pamphlet performance periodical
    personal_communication post post-weblog regulation review review-book song speech standard treaty"""
)
_READ = frozenset({*_FIELDS, *_VERBATIM, *_PEOPLE, "id", "citation-key", "type", "issued", "accessed", "status"})
_SHAPES = {
    "title": '"title": "…", in quotes',
    "author": '"author": [{"family": "Lin", "given": "Wei"}]',
    "editor": '"editor": [{"family": "Lin", "given": "Wei"}]',
    "translator": '"translator": [{"family": "Lin", "given": "Wei"}]',
    "issued": '"issued": {"date-parts": [[2024, 5]]}',
}
"""How to write the values that must have a certain shape."""
_ARXIV_NAME = re.compile(r"arxiv|preprint", re.IGNORECASE)
_BETWEEN = re.compile(r"[,:\s]*")
_ARXIV = re.compile(r"arxiv[:\s]*(\d{4}\.\d{4,5}|[a-z-]+/\d{7})", re.IGNORECASE)


def parse_csl(text: str, file: str) -> tuple[list[RawEntry], list[Problem]]:
    """Read a list of CSL items; a Problem for each that cannot be read, at its place."""
    source = PlacedText(file, text)
    problems: list[Problem] = []
    text, halves = replace_lost(text)
    if halves:
        message = "a control character or half of another is printed as a question mark"
        problems.append(warn(message, source.place(halves[0]), "write the character again", kind=message))
    try:
        whole = json.loads(text)
    except json.JSONDecodeError as error:
        place = Location(file, error.lineno, error.colno)
        return [], [Problem(f"not JSON: {error.msg}", place, _json_hint(error.msg))]
    except (RecursionError, ValueError):  # nested too deeply, or a number of thousands of digits
        message, hint = "this JSON is nested too deeply, or holds too long a number", "export the file as CSL JSON"
        return [], [Problem(message, Location(file, 1, 1), hint)]
    items = whole.get("items", [whole]) if isinstance(whole, dict) else whole
    if not isinstance(items, list):
        return [], [Problem("this is not a list of CSL items", Location(file, 1, 1), "export the file as CSL JSON")]
    reader = _CslReader(source)
    for number, (item, (start, end)) in enumerate(zip(items, _spans(text, whole), strict=True), start=1):
        reader.read(item, number, start, end)
    return reader.entries, [*problems, *reader.report_zotero(), *reader.problems]


def _json_hint(message: str) -> str:
    if "',' delimiter" in message:
        return "write the comma that is missing before this"
    if "double quotes" in message or "trailing comma" in message:
        return "put names in double quotes, and delete the comma after the last value of an item"
    return "export the file again as CSL JSON"


def _spans(text: str, whole: Any) -> Iterator[tuple[int, int]]:
    """The start and end of each item: of a list, of the list ``items``, or of a single item."""
    if isinstance(whole, dict) and "items" not in whole:
        yield 0, len(text)
        return
    decoder = json.JSONDecoder()
    start = _items_start(text, decoder) if isinstance(whole, dict) else 0
    at = text.index("[", start) + 1
    for _ in whole["items"] if isinstance(whole, dict) else whole:
        at = _skip(text, at)
        _, end = decoder.raw_decode(text, at)
        yield at, end
        at = end


def _items_start(text: str, decoder: json.JSONDecoder) -> int:
    """The start of the value of ``items`` in the object ``text``; of two, the last one counts, as for ``json``."""
    at, start = _skip(text, text.index("{") + 1), 0
    while text[at] != "}":
        name, at = decoder.raw_decode(text, at)
        at = _skip(text, at)
        start = at if name == "items" else start
        _, at = decoder.raw_decode(text, at)
        at = _skip(text, at)
    return start


def _skip(text: str, at: int) -> int:
    """The place of the next value at or after ``at``."""
    found = _BETWEEN.match(text, at)
    return found.end() if found else at


class _CslReader:
    """Collects the entries and Problems of one file."""

    def __init__(self, source: PlacedText) -> None:
        self.source = source
        self.entries: list[RawEntry] = []
        self.problems: list[Problem] = []
        self.zotero: list[int] = []
        """The offsets of items that have the shape of Zotero's own JSON."""

    def report_zotero(self) -> Iterator[Problem]:
        """One warning that the file has another format."""
        if self.zotero:
            count = len(self.zotero)
            message = f"this is Zotero's own JSON; its {count} item{'s are' if count > 1 else ' is'} left out"
            hint = "in Zotero, export the collection again, in the format CSL JSON"
            yield warn(message, self.source.place(self.zotero[0]), hint, kind=message)

    def read(self, item: Any, number: int, start: int, end: int) -> None:
        """Read one item, which is between two offsets of the text."""
        if isinstance(item, dict) and "itemType" in item and "type" not in item:
            self.zotero.append(start)
            return
        key = str(item.get("citation-key") or item.get("id") or "") if isinstance(item, dict) else ""
        if not key:
            self._report_no_id(item, number, start)
            if not isinstance(item, dict):
                return
            key = f"{Path(self.source.file).stem}-item-{number}"

        def offset(name: str) -> int:
            found = self.source.find_offset(f'"{name}"', start, end)
            return start if found is None else found

        def at(name: str) -> Location:
            return self.source.place(offset(name))

        item = self._correct_names({name: value for name, value in item.items() if value is not None}, key, at)
        self._check_type(str(item.get("type", "")), key, at)
        whole, item = item, self._drop_odd(item, key, at)
        if not self._is_readable(item, key, at):
            return
        fields: dict[str, RawField] = {}
        for ours, value, theirs in _fields(item):
            fields.setdefault(ours, RawField(value, self.source, offset(theirs)))
            if hidden := INVISIBLE.search(value):
                message = f"there is an invisible control character U+{ord(hidden[0]):04X} here"
                hint = "delete it; it can hide or reorder what is read"
                self.problems.append(Problem(message, at(theirs), hint, kind=message))
        refused = frozenset({"year"} if "issued" in whole and "issued" not in item else ())
        self.entries.append(RawEntry(key, _entry_type(item), fields, at("id"), refused))

    def _drop_odd(self, item: dict[str, Any], key: str, at: Callable[[str], Location]) -> dict[str, Any]:
        """``item`` without texts and dates that cannot be read."""
        odd = [name for name in _TEXTS if name in item and not is_text(item[name])]
        odd += [name for name in _DATES if name in item and read_date_parts(item[name]) is None]
        for name in odd:
            kind = f"the value of {name!r} cannot be read and is left out"
            hint = f"write {_SHAPES['issued'].replace('issued', name)}" if name in _DATES else "write text in quotes"
            self.problems.append(warn(f"{key}: {kind}", at(name), hint, kind=kind, entry=key))
        return {name: value for name, value in item.items() if name not in odd}

    def _report_no_id(self, item: object, number: int, start: int) -> None:
        is_item = isinstance(item, dict)
        what = "it is read under a made-up one" if is_item else "it is left out"
        message, hint = f"item {number} of the CSL file has no id; {what}", 'give it one: "id": "lin2024"'
        self.problems.append(warn(message, self.source.place(start), hint, kind=f"an item has no id; {what}"))

    def _correct_names(self, item: dict[str, Any], key: str, at: Callable[[str], Location]) -> dict[str, Any]:
        """``item`` with misspelt names corrected."""
        known = {name.casefold(): name for name in _READ}
        for name in [name for name in item if name not in _READ]:
            near = known.get(name.casefold()) or find_meant(name, _READ)
            if near and near not in item:
                kind = f"{name!r} is read as {near!r}"
                self.problems.append(warn(f"{key}: {kind}", at(name), did_you_mean(near), kind=kind, entry=key))
                item = {**item, near: item[name]}
        return item

    def _is_readable(self, item: dict[str, Any], key: str, at: Callable[[str], Location]) -> bool:
        """Whether the values have the shapes that they must have."""
        wrong = [name for name in ("title", *_PEOPLE) if name in item and not _has_shape(name, item[name])]
        for name in wrong:
            kind = f"the value of {name!r} cannot be read; the item is left out"
            hint = f"write {_SHAPES[name]}"
            self.problems.append(warn(f"{key}: {kind}", at(name), hint, kind=kind, entry=key))
        return not wrong

    def _check_type(self, kind: str, key: str, at: Callable[[str], Location]) -> None:
        if not kind:
            hint = "add one, such as article-journal"
            self.problems.append(warn(f"{key!r} has no type", at("id"), hint, kind="an item has no type", entry=key))
        elif kind not in _ALL_TYPES:
            hint = suggest(kind, _ALL_TYPES, otherwise=one_of(_TYPES))
            what = f"{kind!r} is not a CSL type"
            self.problems.append(warn(f"{key}: {what}", at("type"), hint, kind=what, entry=key))


def _has_shape(name: str, value: object) -> bool:
    if name == "title":
        return isinstance(value, str)
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)


def _entry_type(item: Mapping[str, object]) -> str:
    """The entry type that ``item`` is read as; an item with a journal is not a preprint, even if exported as one."""
    kind = str(item.get("type", ""))
    if kind == "article" and item.get("container-title") and not _ARXIV_NAME.search(str(item["container-title"])):
        return "article"
    return _TYPES.get(kind, "misc")


def _fields(item: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Our name, the value and their name of each field."""
    kind = str(item.get("type", ""))
    for theirs, ours in _FIELDS.items():
        value = item.get(theirs)
        if isinstance(value, list):
            value = ", ".join(map(str, value))
        if value and not (theirs == "number" and _ARXIV.search(str(value))):
            yield _field_name(ours, kind), escape_latex(str(value)), theirs
    for theirs, ours in _VERBATIM.items():
        if item.get(theirs):
            yield ours, str(item[theirs]), theirs
    for field in _PEOPLE:
        if names := " and ".join(filter(None, map(write_name, item.get(field) or []))):
            yield field, names, field
    for theirs, ours in _DATES.items():
        if date := read_date_parts(item.get(theirs) or {}):
            yield ours, date, theirs
    if status := str(item.get("status") or "").strip():
        yield "pubstate", escape_latex(status), "status"
    elif _entry_type(item) == "preprint":
        yield "pubstate", "prepublished", "type"
    if found := _ARXIV.search(" ".join(str(item.get(name, "")) for name in ("number", "note", "DOI", "URL"))):
        yield "eprint", found[1], "number"
        yield "eprinttype", "arxiv", "number"


def _field_name(ours: str, kind: str) -> str:
    """The field that a value of a CSL item of type ``kind`` is read as."""
    if ours == "journaltitle" and kind in (
        "paper-conference",
        "chapter",
        "entry",
        "entry-dictionary",
        "entry-encyclopedia",
    ):
        return "booktitle"
    return _PUBLISHERS.get(kind, ours) if ours == "publisher" else ours
