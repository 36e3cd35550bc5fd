"""Reports entries that begin inside something else, so that every entry in a file is either kept or reported."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from cvgen.diagnostics import Problem, warn
from cvgen.sources.bibtex.repair import COMMANDS, HEAD
from cvgen.sources.placed_text import PlacedText


@dataclass(frozen=True, slots=True)
class FilePart:
    """Part of a file: a comment, text after a ``%``, an entry, or an entry that could not be read."""

    start: int
    end: int
    kind: Literal["comment", "percent", "entry", "failed"]
    key: str = ""


def report_unread(
    text: str, source: PlacedText, file_parts: Sequence[FilePart], named: Collection[int]
) -> Iterator[Problem]:
    """A warning for each entry that begins in ``text`` and is not in ``named``, those kept or reported."""
    starts = [file_part.start for file_part in file_parts]
    for head in HEAD.finditer(text):
        if head.start() in named or head["type"].casefold() in COMMANDS:
            continue
        index = bisect_right(starts, head.start()) - 1
        around = file_parts[index] if index >= 0 and head.start() < file_parts[index].end else None
        if around and around.kind == "entry" and not _is_entry(text, head, around):
            continue
        message, hint, kind = _say(head["key"], around)
        yield warn(message, source.place(head.start()), hint, kind=kind, entry=head["key"])


def _is_entry(text: str, head: re.Match[str], around: FilePart) -> bool:
    """Whether an entry begins here inside another, and not the BibTeX of a paper as the text of a field."""
    return head["key"] != around.key and bool(re.compile(r"\s*,\s*[A-Za-z][\w+-]*\s*=").match(text, head.end()))


def _say(key: str, around: FilePart | None) -> tuple[str, str, str]:
    if around is None:
        kind = "what looks like an entry is not valid and is left out"
        return f"{key!r} is not a valid entry and is left out", "write @type{key, at the beginning of a line", kind
    if around.kind == "comment":
        kind = "an entry inside an @comment is left out"
        return f"{key!r} is inside an @comment and is left out", "take it out of the comment to list it", kind
    if around.kind == "percent":
        kind = "an entry behind a % is left out"
        hint = "BibTeX has no comments: delete the entry, or delete the %"
        return f"{key!r} follows a % and is left out", hint, kind
    kind = "an entry inside another is left out"
    where = f"inside {around.key!r}" if around.key else "inside an entry that cannot be read"
    return f"{key!r} begins {where} and is left out", "close the brace or quote before it", kind
