"""Reads a BibTeX file into entries of raw fields, each with its place; reports whatever cannot be read."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from bibtexparser.model import (
    Entry,
    ExplicitComment,
    ImplicitComment,
    ParsingFailedBlock,
    String,
)
from bibtexparser.splitter import Splitter

from cvgen.diagnostics import InputError, Location, Problem, warn
from cvgen.sources.bibtex.blocks import PlacedBlock, place_blocks, unwrap
from cvgen.sources.bibtex.entry_heads import FilePart, report_unread
from cvgen.sources.bibtex.failures import explain_failure, find_lost, name_block
from cvgen.sources.bibtex.field_values import Macros, find_swallowed, is_plain
from cvgen.sources.bibtex.raw_entry import RawEntry, RawField
from cvgen.sources.bibtex.repair import HEAD, Repair, has_comment, repair_entry, tidy_heads
from cvgen.sources.limits import MOST_ENTRIES
from cvgen.sources.placed_text import PlacedText
from cvgen.sources.yaml.tree import INVISIBLE

# What it logs is reported here, with a place.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
UNREAD_FIELDS = frozenset({"abstract", "bibtex_show", "file", "local-url", "owner", "timestamp", "mendeley-groups"})
"""Fields that no list shows and no query asks for, and that make up most of a large file."""
_JOINED = {"author+an": ";", "keywords": ", ", "keyword": ", "}
"""Fields that an entry may have more than once, and what joins their values."""
_WORDS = frozenset({"month", "crossref", "xref", "xdata", "ids"})
"""Fields in which a word without braces is not an undefined macro: the name of a month, or a key."""
_PERCENT = re.compile(r"(?<!\\)%")
_SIGN = re.compile(r"\s*=\s*")
_MORE_FIELDS = re.compile(r"\s*,(?=.*=)", re.DOTALL)
"""Shows that more fields follow the closing brace; a comma alone does not, since some people always write one."""
_TYPE = re.compile(r"[\w+-]+")
_ENTRY = re.compile(r"@[\w+-]+[ \t]*[{(]")


def parse_bibtex(text: str, file: str, macros: Macros | None = None) -> tuple[list[RawEntry], list[Problem]]:
    """Read a whole file: its entries in order, and a Problem for each block that cannot be read.

    Like BibTeX, it continues after a mistake: an entry that cannot be read is left out with a warning. ``macros`` are
    those of files read before; this file's are added. ``inherit_fields`` and ``keep_first`` come later: the first
    resolves references between entries, the second drops repeated keys.
    """
    if (heads := sum(1 for _ in _ENTRY.finditer(text))) > MOST_ENTRIES:
        message = f"the file has {heads:,} entries; all bibliographies may have {MOST_ENTRIES:,}"
        raise InputError([Problem(message, Location(file), "keep only your own publications in it")])
    reader = _BibReader(PlacedText(file, text.replace("\r\n", "\n").replace("\r", "\n")), macros or Macros())
    reader.report_invisible()
    reader.read()
    return reader.entries, reader.problems


class _BibReader:
    """Collects the entries and Problems of one file.

    ``text`` is the text for the splitter: as long as the source, but what would confuse the splitter is blanked.
    """

    def __init__(self, source: PlacedText, macros: Macros) -> None:
        self.source, self.macros = source, macros
        self.text = tidy_heads(source.text)
        self.text_end = len(self.text.rstrip())
        self.entries: list[RawEntry] = []
        self.problems: list[Problem] = []
        self.file_parts: list[FilePart] = []
        self.named: set[int] = set()
        """The offsets of the entries that are kept or reported."""
        self.leaves_rest = False
        """Whether the text that follows is the rest of a block that is reported already."""
        self.quoted_until = 0
        """The end of the last entry that was read as one that quotes itself: what is inside is not tried again."""

    def report_invisible(self) -> None:
        """Report invisible characters, and those that reorder the text."""
        for found in INVISIBLE.finditer(self.source.text):
            message = f"there is an invisible control character U+{ord(found[0]):04X} here"
            hint = "delete it; it can hide or reorder what is read"
            self.problems.append(Problem(message, self.source.place(found.start()), hint, kind=message))

    def read(self) -> None:
        """Read the macros, then all other blocks in order; skip blocks inside a comment that began before them."""
        placed = place_blocks(Splitter(bibstr=self.text).split().blocks, self.text, self.source)
        self.macros.begin_file()
        comment_end = before = 0
        for one in placed:
            if isinstance(string := unwrap(one.block), String):
                self.macros.define(string.key, string.value, self.source.place(one.start), self.problems.append)
        for one in placed:
            if one.start < comment_end:
                continue
            if isinstance(one.block, ImplicitComment):
                self._report_lost(one)
                continue
            self.leaves_rest = False
            if self._is_behind_percent(one.start, before):
                self.file_parts.append(FilePart(one.start, one.end, "percent"))
                self.leaves_rest = True
            else:
                comment_end = self._read_block(one)
            before = one.own_end
        self.problems += self.macros.report_missing()
        self.problems += report_unread(self.text, self.source, self.file_parts, self.named)

    def _read_block(self, one: PlacedBlock) -> int:
        """Read one block; return where a comment that begins here ends, else 0."""
        block = unwrap(one.block)
        if isinstance(block, Entry):
            self._read_entry(one, block)
        elif isinstance(block, ExplicitComment):
            self.file_parts.append(FilePart(one.start, one.own_end, "comment"))
        elif isinstance(block, ParsingFailedBlock):
            return self._read_failed(one, block)
        return 0

    def _is_behind_percent(self, start: int, before: int) -> bool:
        """Whether there is a ``%`` before ``start`` on its line, after the block that ended at ``before``."""
        line = max(self.text.rfind("\n", 0, start) + 1, before)
        return "%" in self.text[line:start] and bool(_PERCENT.search(self.text, line, start))

    def _read_entry(self, one: PlacedBlock, entry: Entry) -> None:
        raw = self.text[one.start : one.own_end]
        if not entry.key.strip() and not entry.fields:
            message = "an entry is empty and is left out"
            self.problems.append(warn(message, self.source.place(one.start), "fill it, or delete it", kind=message))
            return
        ends_early = bool(_MORE_FIELDS.match(self.text, one.own_end, one.end))
        if ends_early or not entry.key.strip() or has_comment(raw, entry):
            brace = len(raw) - 1 if ends_early else None
            whole = self.text[one.start : one.end]
            repair = repair_entry(whole, self._made_up_key(one.start), early_end=brace)
            self.leaves_rest = ends_early
            if repair:
                self._add(one, repair.entry, repair)
            elif ends_early:
                self._report_early_end(one, entry)
            else:
                self._add(one, entry, Repair(entry, raw))
            return
        self._add(one, entry, Repair(entry, raw))

    def _made_up_key(self, start: int) -> str:
        """The key for an entry without one: the file's name and the line."""
        stem = re.sub(r"[^\w.-]", "_", Path(self.source.file).stem)
        return f"{stem}-line-{self.source.place(start).line}"

    def _read_failed(self, one: PlacedBlock, block: ParsingFailedBlock) -> int:
        raw = self.text[one.start : one.end]
        self.leaves_rest = True
        kind = re.match(r"@(\w*)", raw)
        if kind and kind[1].casefold() == "comment":
            return self._read_open_comment(one)
        if kind and kind[1].casefold() not in ("string", "preamble"):
            if end := self._find_quoted_end(one):
                one = replace(one, end=end)
                raw = "@" + re.sub(r"(?m)^([ \t]*)@", "\\1\0", self.text[one.start + 1 : end])
            is_last = one.end >= self.text_end
            if repair := repair_entry(raw, self._made_up_key(one.start), is_last=is_last):
                self._add(one, repair.entry, repair)
                return end
        self._report_failure(one, block)
        return 0

    def _find_quoted_end(self, one: PlacedBlock) -> int:
        """The end of an entry that quotes its own BibTeX in a field; 0 for any other entry."""
        own, inner = HEAD.match(self.text, one.start), HEAD.match(self.text, one.end)
        if one.start < self.quoted_until or not own or not inner or own["key"] != inner["key"]:
            return 0
        end = self._end_of_braces(one.start)
        self.quoted_until = max(end, self.quoted_until)
        return end if end > inner.end() else 0

    def _read_open_comment(self, one: PlacedBlock) -> int:
        """Read a comment in which entries begin. Without a closing brace, it ends before the first of them."""
        if end := self._end_of_braces(one.start):
            self.file_parts.append(FilePart(one.start, end, "comment"))
            return end
        message = "a comment is not closed; it is taken to end before the next entry"
        place, hint = self.source.place(one.start), "write } at its end"
        self.problems.append(warn(message, place, hint, kind="a comment is not closed"))
        self.file_parts.append(FilePart(one.start, one.end, "comment"))
        return 0

    def _end_of_braces(self, start: int) -> int:
        """The end of the block at ``start``, found by its braces alone; 0 if they are not closed."""
        opening = re.compile(r"@\w*[ \t]*").match(self.text, start)
        return self._closing_braces.get(opening.end(), -1) + 1 if opening else 0

    @cached_property
    def _closing_braces(self) -> Mapping[int, int]:
        """Opening brace → closing brace, as offsets, for each brace that is closed in the file."""
        closing: dict[int, int] = {}
        waiting: list[int] = []
        for found in re.finditer(r"(?<!\\)[{}]", self.text):
            if found[0] == "{":
                waiting.append(found.start())
            elif waiting:
                closing[waiting.pop()] = found.start()
        return closing

    def _add(self, one: PlacedBlock, entry: Entry, repair: Repair) -> None:
        place, key = self.source.place(one.start), entry.key.strip().lstrip("({ ")
        self.named.add(one.start)
        self.file_parts.append(FilePart(one.start, one.end, "entry", key))
        for message, at, hint, kind in repair.notes:
            where = self.source.place(one.start + at)
            self.problems.append(warn(message, where, hint, kind=kind, entry=key))
        fields: dict[str, RawField] = {}
        for name, raw, offsets in self._fields(one.start, entry, repair):
            self._add_field(fields, key, name, raw, offsets)
        if len(key.split()) > 1:
            at_key = self.source.find(key, one.start, one.end) or place
            message = f"the key {key!r} has a space in it, which BibTeX refuses"
            kind = "a key has a space in it, which BibTeX refuses"
            self.problems.append(warn(message, at_key, f"write {''.join(key.split())}", kind=kind, entry=key))
        kind = self._type_of(one, entry)
        if not kind:
            message = "an entry has no type; it is read as @misc"
            self.problems.append(warn(message, place, "write one after the @", kind=message, entry=key))
        self.entries.append(RawEntry(key, kind or "misc", fields, place))

    def _type_of(self, one: PlacedBlock, entry: Entry) -> str:
        """The type as typed, where the splitter read it with its hyphens blanked."""
        typed = self.source.text[one.start + 1 : one.start + 1 + len(entry.entry_type)]
        return (typed if _TYPE.fullmatch(typed) else entry.entry_type).casefold()

    def _fields(self, start: int, entry: Entry, repair: Repair) -> Iterator[tuple[str, str, tuple[int, int]]]:
        """Name and value of each field, and where both begin; includes fields swallowed because a comma is missing."""
        chunk, at, text = repair.chunk, 0, self.source.text
        shift = start - repair.put_in
        for field in entry.fields:
            begin, at = _find_field(chunk, field.key, at) or (repair.put_in, -1)
            size = len(str(field.value))
            raw = text[shift + at : shift + at + size] if at >= 0 else str(field.value)
            at = max(at, repair.put_in)
            name, begin = field.key.strip().rstrip(": "), begin + shift
            if "=" not in raw:
                yield name.casefold(), raw.strip(), (begin, shift + at)
            else:
                yield from self._swallowed(entry.key, name, raw, (begin, shift + at))
            at += size

    def _swallowed(
        self, key: str, name: str, raw: str, places: tuple[int, int]
    ) -> Iterator[tuple[str, str, tuple[int, int]]]:
        """The field ``name``, and the fields that its value swallowed; ``places`` are where it and its value begin."""
        begin, at = places
        offset = len(raw) - len(raw.lstrip("= "))
        for lost, value, swallowed in find_swallowed(raw):
            own = raw[offset:lost].rstrip()
            self._report_comma(key, swallowed, at + offset + len(own))
            yield name.casefold(), own, (begin, at + offset)
            name, begin = swallowed, at + lost
            offset = value + len(raw[value:]) - len(raw[value:].lstrip("= \t\n"))
        yield name.casefold(), raw[offset:].strip(), (begin, at + offset)

    def _report_comma(self, key: str, name: str, offset: int) -> None:
        message = f"a comma is missing in {key!r} before {name!r}; both fields are read"
        hint = f"write a comma before {name}"
        kind = "a comma is missing between two fields; both are read"
        self.problems.append(warn(message, self.source.place(offset), hint, kind=kind, entry=key))

    def _add_field(self, fields: dict[str, RawField], key: str, name: str, raw: str, at: tuple[int, int]) -> None:
        if name in UNREAD_FIELDS:
            return
        if is_plain(raw):
            value = raw[1:-1]
        else:
            at_value = self.source.place(at[1])
            value = self.macros.resolve(raw, at_value, self.problems.append, is_word=name in _WORDS, key=key)
        if name not in fields:
            fields[name] = RawField(value, self.source, at[0], at[1], at[1] + len(raw))
        elif name in _JOINED:
            known = fields[name]
            end = max(known.end, at[1] + len(raw))
            fields[name] = known._replace(value=f"{known.value}{_JOINED[name]}{value}", end=end)
        else:
            message = f"{key!r} has {name} more than once; the first is used"
            kind = f"an entry has {name} more than once; the first is used"
            place = self.source.place(at[0])
            self.problems.append(warn(message, place, "keep one of them", kind=kind, entry=key))

    def _report_failure(self, one: PlacedBlock, block: ParsingFailedBlock) -> None:
        raw = block.raw or ""
        offset, mistake = explain_failure(raw, getattr(block.error, "abort_reason", "") or str(block.error))
        named, key = name_block(self.text[one.start : one.end])
        message = f"{named} cannot be read and is left out: {mistake.message}"
        kind = f"an entry cannot be read and is left out: {mistake.message}" if key else ""
        self.problems.append(warn(message, self.source.place(one.start + offset), mistake.hint, kind=kind, entry=key))
        self.named.add(one.start)
        self.file_parts.append(FilePart(one.start, one.end, "failed", key))

    def _report_lost(self, one: PlacedBlock) -> None:
        """Report what looks like an entry but was read as text between entries."""
        for offset, excerpt in find_lost(self.text[one.start : one.own_end], is_rest=self.leaves_rest):
            message = f"this is not a valid entry and is left out: {excerpt!r}"
            hint = "write @type{key, with no quote before the brace"
            kind = "what looks like an entry is not valid and is left out"
            self.problems.append(warn(message, self.source.place(one.start + offset), hint, kind=kind))

    def _report_early_end(self, one: PlacedBlock, entry: Entry) -> None:
        """Report that an extra brace closed ``entry`` too early; the part before the brace is not used."""
        key = entry.key.strip()
        message = f"the entry {key!r} ends at this brace and is left out, since fields follow the brace"
        kind = "an entry ends at an extra brace and is left out"
        place = self.source.place(one.own_end - 1)
        self.problems.append(warn(message, place, "delete this brace", kind=kind, entry=key))
        self.named.add(one.start)
        self.file_parts.append(FilePart(one.start, one.end, "failed", key))


def _find_field(chunk: str, name: str, start: int) -> tuple[int, int] | None:
    """The offsets of the field ``name`` and of its value in ``chunk``; None if it has no such field."""
    at = chunk.find(name, start)
    while at >= 0:
        if sign := _SIGN.match(chunk, at + len(name)):
            return at, sign.end()
        at = chunk.find(name, at + 1)
    return None
