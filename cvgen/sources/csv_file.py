"""Reads CSV as spreadsheets and web sites write it: in UTF-8 or UTF-16, with notes before the head."""

from __future__ import annotations

import csv
import io

from cvgen.diagnostics import InputError, Location, Problem
from cvgen.sources.encoding import decode_any, is_marked_utf16
from cvgen.sources.limits import LONGEST_TEXT, MOST_VALUES


def parse_csv(data: bytes, file: str) -> list[dict[str, str]]:
    """The rows of ``data`` by the names in its head; empty cells are left out. Raises InputError.

    The head is the first line with more than one cell, or the first line: above it some exports have notes. Cells
    beyond the head, and below a name that comes a second time, have numbers for names.
    """
    rows = [row for row in _read_rows(_decode(data), file) if any(cell.strip() for cell in row)]
    start = next((at for at, row in enumerate(rows) if len(row) > 1), 0)
    if start and not _are_notes(rows[:start]):
        start = 0
    head = _name_columns([name.strip() for name in rows[start]]) if rows else []
    return [
        {(head[at] if at < len(head) else f"column {at + 1}"): cell for at, cell in enumerate(row) if cell.strip()}
        for row in rows[start + 1 :]
    ]


def _name_columns(head: list[str]) -> list[str]:
    """A name of its own for each column."""
    places = {name: at for at, name in reversed(list(enumerate(head)))}
    return [name if name and places[name] == at else f"column {at + 1}" for at, name in enumerate(head)]


def _are_notes(rows: list[list[str]]) -> bool:
    return rows[0][0].strip().casefold().startswith("note")


def _decode(data: bytes) -> str:
    if b"\0" in data[:200] and not is_marked_utf16(data):  # UTF-16 without a mark
        return data.decode("utf-16-le" if data[1:2] == b"\0" else "utf-16-be", errors="replace")
    return decode_any(data)


def _read_rows(text: str, file: str) -> list[list[str]]:
    """The rows of ``text``; raises InputError if a quote is open at its end."""
    text = text.replace("\0", "")
    delimiter = max(",;\t", key=text[:2000].split("\n", 1)[0].count)
    if text.count('"') % 2:
        line = text.count("\n", 0, text.rindex('"')) + 1
        hint = 'close it, or write two quotes for one inside a text: "…""…"'
        raise InputError([Problem("not CSV: a quote is not closed", Location(file, line, 1), hint)])
    csv.field_size_limit(LONGEST_TEXT)
    rows: list[list[str]] = []
    values = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for row in reader:
            rows.append(row)
            values += len(row)
            if values > MOST_VALUES:
                raise InputError([_too_much(file, reader.line_num)])
    except csv.Error:  # of all errors, only that of the size of a cell is left
        raise InputError([_too_much(file, reader.line_num)]) from None
    return rows


def _too_much(file: str, line: int) -> Problem:
    hint = f"a file may have {MOST_VALUES:,} values, and a value {LONGEST_TEXT:,} characters"
    return Problem("the file holds too many values, or too long a text", Location(file, max(1, line), 1), hint)
