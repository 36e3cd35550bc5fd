"""A BibTeX file to entries of raw fields, each with its line. What cannot be read is a Problem, never a gap."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from bibtexparser.model import (
    Block,
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ImplicitComment,
    ParsingFailedBlock,
    String,
)
from bibtexparser.splitter import Splitter

from cvgen.diagnostics import Location, Problem, did_you_mean, warn
from cvgen.sources.bibtex_failures import explain_failure
from cvgen.sources.placed_text import PlacedText
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
    """A field's value without its delimiters, with macros and ``#`` resolved, still LaTeX.

    ``location`` is where the field begins; ``source`` from ``start`` to ``end`` is the value as typed.
    """

    value: str
    location: Location
    source: PlacedText | None = None
    start: int = 0
    end: int = 0

    def place_of(self, words: str) -> Location:
        """Where ``words`` of the value stand; where the field begins if they were typed in another way."""
        found = self.source.find(words, self.start, self.end) if self.source else None
        return found or self.location


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
    reader.source = PlacedText(file, text)
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
        self.source = PlacedText(file, "")
        self.previous: object = None
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
        self.previous = block

    def _start_of(self, block: Block) -> int:
        """Where ``block`` begins in the text."""
        line = self.source.start_of(block.start_line or 0)
        return max(line, self.source.text.find((block.raw or "").strip(), line))

    def _add(self, entry: Entry) -> None:
        start = self._start_of(entry)
        place = self.source.place(start)
        key = entry.key.strip()
        if self._is_behind_percent(entry):
            message = f"{key!r} stands behind a % and is left out"
            self.problems.append(warn(message, place, "BibTeX has no comments: delete the entry, or take the % away"))
            return
        fields: dict[str, RawField] = {}
        for name, raw, at in self._fields(entry, start):
            self._add_field(fields, key, name, raw, at)
        if not key:
            self.problems.append(Problem("an entry has no key", place, "write a word after the opening brace"))
            return
        if " " in key:
            at_key = self.source.place(self.source.text.index(key, start))
            hint = f"write {re.sub(r'[ ]+', '', key)}"
            self.problems.append(warn(f"the key {key!r} has a space in it, which BibTeX refuses", at_key, hint))
        self.entries.append(RawEntry(key, entry.entry_type.casefold(), fields, place))

    def _is_behind_percent(self, block: Block) -> bool:
        return bool(re.compile(r"[ \t]*%").match(self.source.text, self.source.start_of(block.start_line or 0)))

    def _fields(self, entry: Entry, start: int) -> Iterator[tuple[str, str, tuple[int, int]]]:
        """Name and value of each field, and where both begin; a field swallowed for want of a comma is one, too."""
        text, at = self.source.text, start
        for field in entry.fields:
            head = re.compile(re.escape(field.key) + r"\s*=\s*").search(text, at)
            begin, at = (head.start(), head.end()) if head else (start, start)
            name, raw = self._without_comment(entry.key, field.key.strip(), begin), str(field.value)
            begin += field.key.rindex(name) if name in field.key else 0
            while swallowed := _swallowed_field(raw):
                own = raw[: swallowed.start()].rstrip()
                message = f"a comma is missing in {entry.key!r}: {swallowed[1]!r} would be lost in {name.casefold()!r}"
                hint = f"write a comma before {swallowed[1]}"
                self.problems.append(Problem(message, self.source.place(at + len(own)), hint))
                yield name.casefold(), own, (begin, at)
                begin, name = at + swallowed.start(), swallowed[1]
                rest = raw[swallowed.end() :].lstrip("= \t\n")
                at, raw = at + len(raw) - len(rest), rest
            yield name.casefold(), raw.strip(), (begin, at)
            at += len(raw)

    def _without_comment(self, key: str, name: str, begin: int) -> str:
        """The field's name alone; what stands before it after a ``%`` was meant as a comment."""
        words = name.split()
        if not name.startswith("%") or "\n" not in name:
            return name
        message = f"a comment stands in {key!r}, and {words[-1]!r} after it would be lost"
        hint = "BibTeX has no comments inside an entry: take away what stands after %"
        self.problems.append(Problem(message, self.source.place(begin), hint))
        return words[-1]

    def _add_field(self, fields: dict[str, RawField], key: str, name: str, raw: str, at: tuple[int, int]) -> None:
        if name in UNREAD_FIELDS:
            return
        place = self.source.place(at[0])
        value = self._resolve(raw, self.source.place(at[1]), is_month=name == "month")
        if name not in fields:
            fields[name] = RawField(value, place, self.source, at[1], at[1] + len(raw))
        elif name == "author+an":
            known = fields[name]
            end = max(known.end, at[1] + len(raw))
            fields[name] = replace(known, value=f"{known.value};{value}", end=end)
        else:
            message = f"{key!r} has {name} more than once; the first is used"
            self.problems.append(warn(message, place, "keep one of them"))

    def _resolve(self, raw: str, place: Location, *, is_month: bool = False) -> str:
        if raw[:1] + raw[-1:] in ("{}", '""') and "#" not in raw:
            return raw[1:-1]
        return "".join(self._resolve_part(part, place, is_month=is_month) for part in _parts(raw))

    def _resolve_part(self, part: str, place: Location, depth: int = 0, *, is_month: bool = False) -> str:
        part = part.strip()
        if part[:1] in ('"', "{") and len(part) >= 2:
            return part[1:-1]
        if part.isdigit() or not part:
            return part
        name = part.casefold()
        if name in self.strings and depth < 10:
            return "".join(self._resolve_part(inner, place, depth + 1) for inner in _parts(self.strings[name]))
        if not is_month and not _MONTH.fullmatch(name):  # a strange month is told by whoever reads dates
            self.problems.append(_no_macro(part, place, self.strings))
        return part

    def _report_failure(self, block: ParsingFailedBlock) -> None:
        reason = getattr(block.error, "abort_reason", "") or str(block.error)
        reason = re.sub(r"\s+", " ", reason).strip() or "it does not parse"
        raw = (block.raw or "").strip()
        name = f" {raw.splitlines()[0]!r}" if raw else ""
        offset, what, hint = explain_failure(raw, reason)
        offset = 0 if self._is_behind_percent(block) else offset
        place = self.source.place(self._start_of(block) + offset)
        self.problems.append(Problem(f"the entry{name} cannot be read: {what}", place, hint))

    def _report_double_key(self, block: DuplicateBlockKeyBlock) -> None:
        place = self.source.place(self._start_of(block))
        first = (block.previous_block.start_line or 0) + 1
        message = f"the key {block.key!r} is used twice (first on line {first}); this one would be lost"
        self.problems.append(Problem(message, place, "rename or delete one of the two"))

    def _report_lost(self, block: ImplicitComment) -> None:
        """What looks like an entry and was taken for a comment: each head, else the first stray field."""
        comment, begin = block.comment, self._start_of(block)
        heads = [found for found in _LOST_HEAD.finditer(comment) if "=" in comment[found.end() :]]
        if not heads and isinstance(self.previous, ParsingFailedBlock):
            return  # the rest of an entry that is told of already
        if comment.startswith(",") and isinstance(self.previous, Entry):
            self._report_early_end(self.previous)
        elif not heads and (field := _LOST_FIELD.search(comment)):
            heads = [field]
        for found in heads:
            start = found.start() + len(found[0]) - len(found[0].lstrip())
            excerpt = comment[start:].strip().splitlines()[0]
            message = f"this is no entry and would be lost: {excerpt!r}"
            hint = "write @type{key, with no space or quote before the brace"
            self.problems.append(Problem(message, self.source.place(begin + start), hint))

    def _report_early_end(self, entry: Entry) -> None:
        """A brace too many closed ``entry``, which is not to be judged by what came before it."""
        if self.entries and self.entries[-1].key == entry.key.strip():
            self.entries.pop()
        place = self.source.place(self._start_of(entry) + len(entry.raw or "") - 1)
        message = f"the entry {entry.key!r} ends at this brace, and what follows would be lost"
        self.problems.append(Problem(message, place, "take this brace away"))


def _no_macro(part: str, place: Location, known: Mapping[str, str]) -> Problem:
    if not re.fullmatch(r"[\w:.+/-]+", part):
        return warn(f"the value {part!r} has no braces", place, f"write {{{part.strip('“”„')}}}")
    hint = did_you_mean(part, known) or f"write {{{part}}} if it is a text, or define it: @string{{{part} = {{…}}}}"
    return warn(f"the macro {part!r} is not defined; its name is printed", place, hint)


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


def _swallowed_field(raw: str) -> re.Match[str] | None:
    """The name of a field that stands inside the value ``raw`` for want of a comma."""
    sign = next(_outside(raw, "="), None) if "=" in raw else None
    return _FIELD_INSIDE.search(raw[:sign]) if sign is not None else None


def _parts(raw: str) -> Iterator[str]:
    """The parts of ``raw`` between ``#`` signs that stand outside braces and quotes."""
    start = 0
    for sign in _outside(raw, "#"):
        yield raw[start:sign]
        start = sign + 1
    yield raw[start:]
