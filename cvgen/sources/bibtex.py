"""A BibTeX file to entries of raw fields, each with its line. What cannot be read is a Problem, never a gap."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from bibtexparser.model import (
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ImplicitComment,
    ParsingFailedBlock,
    String,
)
from bibtexparser.splitter import Splitter

from cvgen.diagnostics import Location, Problem, warn
from cvgen.sources.tree import INVISIBLE

# What it logs is reported here, with a place.
logging.getLogger("bibtexparser").addHandler(logging.NullHandler())

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
UNREAD_FIELDS = frozenset({"abstract", "bibtex_show", "file", "local-url", "owner", "timestamp", "mendeley-groups"})
"""Fields that no list shows and no query asks for, and that make up most of a large file."""
_LOST_HEAD = re.compile(r"@[^\n{(=]*[{(]|^[ \t]*[A-Za-z]+[ \t]*\{[^{},=\n]*,", re.MULTILINE)
_LOST_FIELD = re.compile(r"^[ \t]*[A-Za-z][\w+:-]*\s*=\s*[{\"]", re.MULTILINE)
_FIELD_INSIDE = re.compile(r"\b([A-Za-z][\w+:-]*)\s*$")
_MONTH = re.compile(
    r"(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?)\.?"
)


@dataclass(frozen=True, slots=True)
class RawField:
    """A field's value without its delimiters, with macros and ``#`` resolved, still LaTeX."""

    value: str
    location: Location


@dataclass(frozen=True, slots=True)
class RawEntry:
    """An entry as it stands in the file; type and field names in lower case."""

    key: str
    type: str
    fields: Mapping[str, RawField]
    location: Location

    def get(self, *names: str) -> RawField | None:
        """The first of ``names`` that is there and not empty."""
        for name in names:
            if (found := self.fields.get(name)) and found.value.strip():
                return found
        return None


def parse_bibtex(text: str, file: str, strings: dict[str, str] | None = None) -> tuple[list[RawEntry], list[Problem]]:
    """Read a whole file: its entries in order, and a Problem for each block that is none.

    ``strings`` are the macros of files read before; those of this one are added. What entries take from each
    other comes later, from ``inherit_fields``.
    """
    reader = _Reader(file, {} if strings is None else strings)
    reader.report_invisible(text)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    reader.lines = text.split("\n")
    library = Splitter(bibstr=text).split()
    for block in library.blocks:
        if isinstance(block, String):
            reader.strings[block.key.casefold()] = block.value
    for block in library.blocks:
        reader.read_block(block)
    return reader.entries, reader.problems


class _Reader:
    """Collects the entries and Problems of one file."""

    def __init__(self, file: str, strings: dict[str, str]) -> None:
        self.file, self.strings = file, strings
        self.lines: list[str] = []
        self.entries: list[RawEntry] = []
        self.problems: list[Problem] = []

    def report_invisible(self, text: str) -> None:
        """Characters that hide or reorder what is read."""
        for found in INVISIBLE.finditer(text):
            line = text.count("\n", 0, found.start()) + 1
            column = found.start() - text.rfind("\n", 0, found.start())
            message = f"an invisible control character U+{ord(found[0]):04X} stands here"
            hint = "delete it; it can hide or reorder what is read"
            self.problems.append(Problem(message, Location(self.file, line, column), hint))

    def read_block(self, block: object) -> None:
        match block:
            case DuplicateFieldKeyBlock():
                entry = block.ignore_error_block
                if isinstance(entry, Entry):
                    self._add(entry)
            case DuplicateBlockKeyBlock():
                self._report_double_key(block)
            case ParsingFailedBlock():
                self._report_failure(block)
            case Entry():
                self._add(block)
            case ImplicitComment() if "=" in block.comment:
                self._report_lost(block)

    def _add(self, entry: Entry) -> None:
        place = Location(self.file, (entry.start_line or 0) + 1)
        if self.lines[entry.start_line or 0].lstrip().startswith("%"):
            message = f"{entry.key!r} stands behind a % and is left out"
            self.problems.append(warn(message, place, "BibTeX has no comments: delete the entry, or take the % away"))
            return
        fields: dict[str, RawField] = {}
        for field in entry.fields:
            name = field.key.casefold().strip()
            if name in UNREAD_FIELDS:
                continue
            at = Location(self.file, (field.start_line or 0) + 1)
            raw = str(field.value).strip()
            if swallowed := _swallowed_field(raw):
                message = f"a comma is missing in {entry.key!r}: {swallowed!r} would be lost in {name!r}"
                self.problems.append(Problem(message, at, f"write a comma before {swallowed}"))
            elif name not in fields:
                fields[name] = RawField(self._resolve(raw, at), at)
            elif name == "author+an":
                fields[name] = replace(fields[name], value=f"{fields[name].value};{self._resolve(raw, at)}")
            else:
                message = f"{entry.key!r} has {name} more than once; the first is used"
                self.problems.append(warn(message, at, "keep one of them"))
        if not entry.key.strip():
            self.problems.append(Problem("an entry has no key", place, "write a word after the opening brace"))
            return
        self.entries.append(RawEntry(entry.key.strip(), entry.entry_type.casefold(), fields, place))

    def _resolve(self, raw: str, place: Location) -> str:
        if raw[:1] + raw[-1:] in ("{}", '""') and "#" not in raw:
            return raw[1:-1]
        return "".join(self._resolve_part(part, place) for part in _parts(raw))

    def _resolve_part(self, part: str, place: Location, depth: int = 0) -> str:
        part = part.strip()
        if part[:1] in ('"', "{") and len(part) >= 2:
            return part[1:-1]
        if part.isdigit() or not part:
            return part
        name = part.casefold()
        if name in self.strings and depth < 10:
            return "".join(self._resolve_part(inner, place, depth + 1) for inner in _parts(self.strings[name]))
        if _MONTH.fullmatch(name):
            return name
        hint = f"write @string{{{part} = {{…}}}}, or put the value in braces"
        self.problems.append(warn(f"the macro {part!r} is not defined; its name is printed", place, hint))
        return part

    def _report_failure(self, block: ParsingFailedBlock) -> None:
        place = Location(self.file, (block.start_line or 0) + 1)
        reason = getattr(block.error, "abort_reason", "") or str(block.error)
        reason = re.sub(r"\s+", " ", reason).strip() or "it does not parse"
        first_line = (block.raw or "").strip().splitlines()[:1]
        name = f" {first_line[0]!r}" if first_line else ""
        hint = "look for a brace or quote that is not closed, or a missing comma"
        if re.search(r"^[^{}\n]*\}?,?\s+%", block.raw or "", re.MULTILINE):
            hint = "BibTeX has no comments inside an entry: take away what stands after %"
        self.problems.append(Problem(f"the entry{name} cannot be read: {reason}", place, hint))

    def _report_double_key(self, block: DuplicateBlockKeyBlock) -> None:
        place = Location(self.file, (block.start_line or 0) + 1)
        first = (block.previous_block.start_line or 0) + 1
        message = f"the key {block.key!r} is used twice (first on line {first}); this one would be lost"
        self.problems.append(Problem(message, place, "rename or delete one of the two"))

    def _report_lost(self, block: ImplicitComment) -> None:
        """What looks like an entry and was taken for a comment: each head, else the first stray field."""
        comment = block.comment
        heads = [found for found in _LOST_HEAD.finditer(comment) if "=" in comment[found.end() :]]
        if not heads and (field := _LOST_FIELD.search(comment)):
            heads = [field]
        for found in heads:
            start = found.start() + len(found[0]) - len(found[0].lstrip())
            line = (block.start_line or 0) + 1 + comment.count("\n", 0, start)
            excerpt = comment[start:].strip().splitlines()[0]
            message = f"this is no entry and would be lost: {excerpt!r}"
            hint = "write @type{key, with no space or quote before the brace"
            self.problems.append(Problem(message, Location(self.file, line), hint))


def _outside(raw: str, sign: str) -> Iterator[int]:
    """Where ``sign`` stands in ``raw`` outside braces and quotes."""
    depth, quoted = 0, False
    for index, character in enumerate(raw):
        if index and raw[index - 1] == "\\":
            continue
        depth += {"{": 1, "}": -1}.get(character, 0)
        if character == '"' and depth == 0:
            quoted = not quoted
        if character == sign and depth == 0 and not quoted:
            yield index


def _swallowed_field(raw: str) -> str:
    """The name of a field that stands inside the value ``raw`` for want of a comma; empty when there is none."""
    sign = next(_outside(raw, "="), None) if "=" in raw else None
    found = _FIELD_INSIDE.search(raw[:sign]) if sign is not None else None
    return found[1] if found else ""


def _parts(raw: str) -> Iterator[str]:
    """The parts of ``raw`` between ``#`` signs that stand outside braces and quotes."""
    start = 0
    for sign in _outside(raw, "#"):
        yield raw[start:sign]
        start = sign + 1
    yield raw[start:]
