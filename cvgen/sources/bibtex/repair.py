"""Repairs text that BibTeX can read and the library's splitter cannot, without moving a character.

Places are found by offsets, so a repair replaces characters and keeps the length; only a missing key or closing brace
is inserted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bibtexparser.model import DuplicateFieldKeyBlock, Entry, Field, ImplicitComment
from bibtexparser.splitter import Splitter

from cvgen.sources.bibtex.failures import has_open_field
from cvgen.sources.bibtex.known_fields import ENTRY_TYPES

COMMANDS = frozenset({"comment", "string", "preamble"})
"""Words after ``@`` that do not begin an entry."""
HEAD = re.compile(r"@(?P<type>\w*)[ \t]*[{(]\s*(?P<key>[^\s,{}()=\"%#@]+)(?=\s*,|\s+[A-Za-z]\w*\s*=|\s*[)}\n]|\s*$)")
"""The head of an entry: type and key."""
_SPACED_HEAD = re.compile(
    r"^([ \t]*)@(\s*)([A-Za-z][\w+-]*)(\s*)(?=[{(]\s*(?:[^\s,{}()=\"]+\s*,|[A-Za-z]\w*\s*=|,))", re.MULTILINE
)
_LIKE_COMMAND = re.compile(r"@[cps](?=(?:omment|reamble|tring)[\w+-]+\s*[{(]\s*[^\s,{}()=\"%#@]+\s*,)", re.IGNORECASE)
"""The head of an entry whose type begins with the name of a command; the splitter takes it for that command."""
_LINE_AT = re.compile(r"^[ \t]*@(\w*)[ \t]*[{(](?!\s*[^\s,{}()=\"]*\s*[,=])", re.MULTILINE)
_MARKS = re.compile(r'(?<!\\)[{}",=%()]')
_FIRST = re.compile(r"(@\w*[ \t]*[{(])(\s*)([^\s,{}()=\"%]+)?(\s*)([,=]?)")
_BARE_END = re.compile(r"(?:[}\"]|(?:^|[\s#])\w+)\s+$|[}\"]$")
_FIELD_IN_TEXT = re.compile(r"[,}\"]\s*[A-Za-z][\w+-]*\s*=\s*[{\"]")
_FILLER = "\0"
"""No file with this character is read, so it marks what was blanked."""


def tidy_heads(text: str) -> str:
    """``text`` with heads as the splitter wants them: BibTeX allows spaces and lines in ``@ article {``, and hyphens.

    A type such as ``@commentary`` gets another first letter. An ``@`` that begins a line and no entry (``@media {``) is
    blanked: in a value it would end the entry.
    """
    if _SPACED_HEAD.search(text):
        text = _SPACED_HEAD.sub(_tidy_head, text)
    text = _LIKE_COMMAND.sub("@x", text)
    return _LINE_AT.sub(_hide_at, text)


def _tidy_head(found: re.Match[str]) -> str:
    lead, gap, kind, space = found.groups()
    kind = re.sub(r"\W", "_", kind)
    return f"{lead}{gap}{space}@{kind}" if "\n" in space else f"{lead}{gap}@{kind}{space}"


def _hide_at(found: re.Match[str]) -> str:
    known = found[1].casefold() in ENTRY_TYPES | COMMANDS
    return found[0] if known else found[0].replace("@", _FILLER, 1)


@dataclass(frozen=True, slots=True)
class Scan:
    """The end of an entry (None if it has none), and its comments and extra commas, which are not in its fields."""

    end: int | None
    comments: tuple[tuple[int, int], ...]
    commas: tuple[int, ...]


def scan_entry(chunk: str) -> Scan:
    """Look for the end of the entry that begins ``chunk``, for comments after ``%`` and for extra commas.

    As in biber's reader, ``%`` begins a comment where the name of a field, a comma or the end could be.
    """
    start = re.match(r"@\w*[ \t]*", chunk)
    at = start.end() if start else 0
    closing = ")" if chunk[at : at + 1] == "(" else "}"
    comments: list[tuple[int, int]] = []
    commas: list[int] = []
    depth, quoted, in_value, begin, skip, names = 0, False, False, at + 1, at + 1, 0
    for found in _MARKS.finditer(chunk, at + 1):
        mark, place = found[0], found.start()
        if place < skip or (mark in "()" and (closing == "}" or depth or quoted or mark == "(")):
            continue
        if mark == closing and not depth and not quoted:
            return Scan(place + 1, tuple(comments), tuple(commas))
        if mark in "{}":
            depth += 1 if mark == "{" else -1 if depth else 0
        elif depth:
            continue
        elif mark == '"':
            quoted = in_value and not quoted
        elif quoted:
            continue
        elif mark == "%" and (not in_value or _BARE_END.search(chunk[max(begin, place - 80) : place])):
            line_end = chunk.find("\n", place)
            skip = len(chunk) if line_end < 0 else line_end
            comments.append((place, skip))
        elif mark == "=":
            in_value, begin = True, place + 1
        elif mark == ",":
            if names and not in_value and not _blank(chunk[begin:place], begin, comments).strip():
                commas.append(place)
            in_value, begin, names = False, place + 1, names + 1
    return Scan(None, tuple(comments), tuple(commas))


def _blank(text: str, offset: int, spans: list[tuple[int, int]] | tuple[tuple[int, int], ...]) -> str:
    """``text``, which begins at ``offset``, with ``spans`` blanked; lines stay."""
    for start, end in spans:
        start, end = max(start - offset, 0), min(end - offset, len(text))
        if start < end:
            text = text[:start] + " " * (end - start) + text[end:]
    return text


def blank_scan(chunk: str, scan: Scan) -> str:
    """``chunk`` without the comments and commas that ``scan`` found."""
    letters = list(chunk)
    for start, end in (*scan.comments, *((comma, comma + 1) for comma in scan.commas)):
        letters[start:end] = " " * (end - start)
    return "".join(letters)


def put_key(chunk: str, made_up: str) -> tuple[str, int, str]:
    """``chunk`` with a comma after its key, or with ``made_up`` for a key that is missing.

    Returns the text, the number of characters inserted, and ``comma``, ``key`` or nothing for what was missing.
    """
    found = _FIRST.match(chunk)
    if not found or (found[3] and found[5] == ","):
        return chunk, 0, ""
    if not found[3] and found[5] == ",":  # @article{, title = …
        return f"{found[1]}{made_up}{chunk[found.end(1) :]}", len(made_up), "key"
    if found[3] and found[5] == "=":  # @article{title = …
        return f"{found[1]}{made_up},{chunk[found.end(1) :]}", len(made_up) + 1, "key"
    rest = re.compile(r"[A-Za-z][\w+:-]*\s*=").match(chunk, found.end(4))
    if found[3] and found[4] and not found[5] and rest:  # @article{key title = …
        return f"{chunk[: found.end(3)]},{chunk[found.end(3) + 1 :]}", 0, "comma"
    return chunk, 0, ""


def has_comment(raw: str, entry: Entry) -> bool:
    """Whether ``entry``, ``raw`` in the file, has a comment in a field, or one that was read as part of a name."""
    if any("\n" in field.key for field in entry.fields):
        return True
    return "%" in raw and any(map(_is_commented, entry.fields))


def _is_commented(field: Field) -> bool:
    value = str(field.value)
    return "%" in field.key or ("%" in value and value[:1] + value[-1:] not in ("{}", '""'))


RepairNote = tuple[str, int, str, str]
"""The mistake in a repaired entry: message, offset in the entry, hint and kind."""


@dataclass(frozen=True, slots=True)
class Repair:
    """An entry, the text it was read from, and the number of characters inserted before its first field."""

    entry: Entry
    chunk: str
    put_in: int = 0
    notes: tuple[RepairNote, ...] = ()


def repair_entry(source: str, made_up: str, *, early_end: int | None = None, is_last: bool = False) -> Repair | None:
    """Read the entry that begins ``source``, which the splitter could not read; None if no repair helps.

    ``made_up`` is a key for an entry without one, ``early_end`` where a brace ended it too early, and ``is_last`` says
    that nothing follows: the last value may then be cut off.
    """
    for number, (chunk, notes) in enumerate(_candidates(source, early_end, is_last)):
        keyed, put_in, missing = put_key(chunk, made_up)
        if (entry := _split_one(keyed)) and (number == 0 or not _has_field_inside(entry)):
            return Repair(entry, keyed, put_in, (*notes, *_note_key(missing, entry, source)))
    return None


def _candidates(source: str, early_end: int | None, is_last: bool) -> Iterator[tuple[str, tuple[RepairNote, ...]]]:
    """``source`` repaired in one way after the other, the likeliest first, with the reports for each."""
    scan = scan_entry(source)
    clean, notes = blank_scan(source, scan), tuple(_note_scan(source, scan))
    yield clean, notes
    if re.search(r"\\[{}]", clean):  # BibTeX counts a brace also after a backslash
        yield re.sub(r"\\(?=[{}])", _FILLER, clean), notes
    if early_end is not None:
        message = "there is an extra brace here; the rest of the entry is read"
        yield (
            f"{source[:early_end]} {source[early_end + 1 :]}",
            ((message, early_end, "delete this brace", message),),
        )
    if scan.end is None and not has_open_field(clean) and "=" in clean:
        yield from _close(clean, notes, is_last)


def _close(clean: str, notes: tuple[RepairNote, ...], is_last: bool) -> Iterator[tuple[str, tuple[RepairNote, ...]]]:
    """``clean`` with its last brace; one that is cut off in the middle of a word has none."""
    end = len(clean.rstrip())
    is_round = bool(re.match(r"@\w*[ \t]*\(", clean))
    if is_round and clean[:end].endswith("}"):
        message = "the entry opens with ( and closes with }"
        yield f"{clean[: end - 1]})", (*notes, (message, end - 1, "write ) here, or { at the beginning", message))
    if clean[:end].endswith(("}", '"', ",")) or not is_last:
        message = "the entry is not closed; it is taken to end before the next one"
        closing = ")" if is_round else "}"
        yield f"{clean[:end]}{closing}", (*notes, (message, end - 1, f"write {closing} after its last field", message))


def _split_one(chunk: str) -> Entry | None:
    """The only entry of ``chunk``; None if it holds none, or more that looks like fields."""
    blocks = Splitter(bibstr=chunk).split().blocks
    if not blocks:
        return None
    first, *rest = blocks
    if isinstance(first, DuplicateFieldKeyBlock):
        first = first.ignore_error_block or first
    is_whole = not any(isinstance(block, ImplicitComment) and block.comment.startswith(",") for block in rest[:1])
    names = [field.key for field in first.fields] if isinstance(first, Entry) else []
    if any("\n" in name.strip() or "%" in name for name in names):
        return None
    return first if is_whole and isinstance(first, Entry) else None


def _has_field_inside(entry: Entry) -> bool:
    """Whether a field is inside the value of another: a brace was inserted at the wrong place."""
    return any(_FIELD_IN_TEXT.search(str(field.value)) for field in entry.fields)


def _note_key(missing: str, entry: Entry, source: str) -> Iterator[RepairNote]:
    head = re.match(r"@\w*[ \t]*[{(]", source)
    at = head.end() if head else 0
    if missing == "key":
        kind = "an entry has no key and is read under a made-up one"
        yield f"an entry has no key; it is read as {entry.key!r}", at, "write a word and a comma after the brace", kind
    elif missing == "comma":
        kind = "the comma after a key is missing; the entry is read"
        message = f"the comma after the key {entry.key!r} is missing; the entry is read"
        yield message, at + len(entry.key), f"write {entry.key},", kind


def _note_scan(source: str, scan: Scan) -> Iterator[RepairNote]:
    for start, end in scan.comments:
        if re.search(r"\w\s*=", words := source[start:end].strip()):
            kind = "a comment inside an entry holds a field, which is left out"
            yield f"{words!r} is a comment and is left out", start, "delete it, or only the %", kind
    for comma in scan.commas:
        kind = "there is an extra comma"
        yield "there is an extra comma", comma, "delete this comma", kind
