"""Prints what a résumé parser makes of a PDF, as a tree."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_NOT_FOUND = "not found"
_WIDTH = 110
_CONTACTS = ("name", "headline", "email", "phone", "place")
_LISTS = {"jobs": ("company", "title", "date"), "schools": ("school", "degree", "date"), "projects": ("name", "date")}
_OPTIONAL = frozenset({"headline"})


def format_parsed(found: Mapping[str, Any]) -> Iterator[str]:
    """The lines for ``found``, which ``read_as_parser`` gave."""
    yield f"{found['file']}: what a program finds that looks for structure"
    yield from ("", "contacts", *_format_contacts(found))
    for kind, names in _LISTS.items():
        entries = found[kind]
        if entries or kind != "projects":
            yield from ("", f"{kind}: {len(entries) or _NOT_FOUND}")
        for number, entry in enumerate(entries, 1):
            yield from _format_entry(number, names, entry)
    yield from ("", f"skills: {len(found['skills']) or _NOT_FOUND}")
    if found["skills"]:
        yield from _wrap("  ", ", ".join(found["skills"]))
    if found["unplaced"]:
        yield from ("", "has no field of its own, or was not placed")
        yield from (line for text in found["unplaced"] for line in _wrap("  ", text))
    yield from _format_remarks(found["remarks"])


def _format_contacts(found: Mapping[str, Any]) -> Iterator[str]:
    for name in _CONTACTS:
        if found[name] or name not in _OPTIONAL:
            yield f"  {name:10}{found[name] or _NOT_FOUND}"
    yield from (f"  {'address':10}{url}" for url in found["urls"])
    if found["summary"]:
        yield from _wrap(f"  {'summary':10}", found["summary"])


def _format_entry(number: int, names: Sequence[str], entry: Mapping[str, Any]) -> Iterator[str]:
    for place, name in enumerate(names):
        lead = f"  {number}. " if place == 0 else "     "
        yield from _wrap(f"{lead}{name:9}", entry[name] or _NOT_FOUND)
    for bullet in entry["bullets"]:
        yield from _wrap("     • ", bullet)
    if entry["unplaced"]:
        yield from _wrap("     not placed: ", "; ".join(entry["unplaced"]))


def _format_remarks(remarks: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    if not remarks:
        yield from ("", "nothing on these pages is known to mislead a parser")
        return
    yield from ("", f"what may be misread: {len(remarks)}")
    for remark in remarks:
        yield from _wrap("  ", f"page {remark['page']}: {remark['message']} → {remark['hint']}")


def _wrap(lead: str, text: str) -> list[str]:
    """``text`` after ``lead``, in lines that begin below the first one."""
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=lead,
        subsequent_indent=" " * len(lead),
        break_long_words=False,
        break_on_hyphens=False,
    )
