"""Adds entries and fields to the text of a .bib file and changes nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from cvgen.diagnostics import InputError, Location, Problem
from cvgen.sources.bibtex.bib_file import parse_bibtex
from cvgen.sources.bibtex.raw_entry import RawEntry

_LINE_END = re.compile(r"\r\n|\r|\n")
_Said = list[tuple[str, str, dict[str, str]]]
"""The key, the type and the fields of each entry."""


def with_entries(text: str, file: str, entries: Sequence[str]) -> str:
    """``text``, read from ``file``, with ``entries`` at its end, in its line ends.

    Raises InputError if the new text, read back, would differ in more than these entries.
    """
    end = found[0] if (found := _LINE_END.search(text)) else "\n"
    gap = "" if not text.strip() else end if text.endswith(("\n", "\r")) else end * 2
    added = "\n\n".join(entries) + "\n"
    changed = text + gap + added.replace("\n", end)
    expected = _say(text, file) + [one for entry in entries for one in _say(entry, file)]
    if _say(changed, file) != expected:
        hint = "look at the end of the file: a brace or a comment may be open"
        raise InputError([Problem("the new entries cannot be added to this file", Location(file), hint)])
    return changed


def with_fields(text: str, file: str, values: Mapping[tuple[str, str], str]) -> str:
    """``text``, read from ``file``, with new ``values``, plain text, of fields by the key of their entry and name.

    A field that the entry lacks is added before its first field. Raises InputError if the new text, read back, would
    differ in more than these fields.
    """
    entries, _ = parse_bibtex(text, file)
    edits = [
        edit
        for entry in entries
        for (key, name), value in values.items()
        if key == entry.key and (edit := _edit_field(entry, name, value))
    ]
    changed = _apply(text, edits)
    expected = [
        (key, kind, fields | {name: value for (owner, name), value in values.items() if owner == key})
        for key, kind, fields in _say(text, file)
    ]
    if _say(changed, file) != expected:
        wanted = "; ".join(f"{key}: {name} = {{{value}}}" for (key, name), value in values.items())
        raise InputError(
            [Problem("the counts cannot be written into this file", Location(file), f"write them by hand: {wanted}")]
        )
    return changed


def _say(text: str, file: str) -> _Said:
    entries, _ = parse_bibtex(text, file)
    return [(one.key, one.type, {name: field.value for name, field in one.fields.items()}) for one in entries]


def _edit_field(entry: RawEntry, name: str, value: str) -> tuple[int, int, str] | None:
    """Where in the text, as the reader sees it, which words go; None where the place is not known."""
    if field := entry.fields.get(name):
        return (field.start, field.end, f"{{{value}}}") if field.end else None
    if not entry.fields:
        return None
    first = min(entry.fields.values(), key=lambda field: field.begin)
    before = first.source.text[: first.begin]
    space = before[len(before.rstrip()) :]
    return first.begin, first.begin, f"{name} = {{{value}}},{space or ' '}"


def _apply(text: str, edits: Iterable[tuple[int, int, str]]) -> str:
    """``text`` with the words of ``edits``, whose offsets count each line end as one character."""
    ends = [found.start() for found in re.finditer("\r\n", text)]
    for number, at in enumerate(ends):
        ends[number] = at - number
    line_end = "\r\n" if ends else "\n"
    for start, stop, words in sorted(edits, reverse=True):
        begin, close = (at + sum(one < at for one in ends) for at in (start, stop))
        text = text[:begin] + words.replace("\n", line_end) + text[close:]
    return text
