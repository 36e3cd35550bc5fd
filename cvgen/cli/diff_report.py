"""Formats the differences between two variants for people."""

from __future__ import annotations

import textwrap
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from cvgen.diagnostics import Location
from cvgen.model.part import PartKind
from cvgen.model.refs import ProfilePath
from cvgen.pipeline.diff import ComparedVariant, Diff
from cvgen.select.compare import HEAD, SECTION, Change, Difference, FieldTexts

_WIDTH = 88
_ONE_LINE = 76
_SIGNS = {Change.ONLY_A: "−", Change.ONLY_B: "+", Change.WORDING: "~", Change.ORDER: "~"}
_COLOURS = {"−": "red", "+": "green", "~": "yellow"}
_PLURALS = {"head": "head", "section": "sections", "entry": "entries", "position": "positions", "paper": "papers",
            "bullet": "bullets"}  # fmt: skip

_FIELDS = {"aside": "place", "text": "", "sections": ""}
"""Field → its label where it differs from the name in JSON; empty for no label."""


def format_diff(diff: Diff) -> Iterator[str]:
    """The lines to print: both variants, the differences section by section, and their number."""
    a, b = diff.a.variant, diff.b.variant
    yield f"{_name(diff.a)}  and  {_name(diff.b)}"
    if not diff.rows:
        yield "Both have the same texts."
        return
    signs = ((Change.ONLY_A, f"only in {a}"), (Change.ONLY_B, f"only in {b}"), (Change.WORDING, "worded differently"))
    yield "   ".join(f"{_sign(change)} {meaning}" for change, meaning in signs)
    yield from _Writer(a, b).write(diff.rows)
    yield ""
    for change, meaning in signs:
        if counts := _count(row for row in diff.rows if row.change is change):
            yield f"{meaning}: {counts}"
    yield from (row.label for row in diff.rows if row.change is Change.ORDER)


def _name(compared: ComparedVariant) -> str:
    pages = f", fitted to {compared.pages} page{'s' if compared.pages > 1 else ''}" if compared.pages else ""
    return f"{click.style(compared.variant, bold=True)} ({compared.theme}, {compared.language}{pages})"


def _count(found: Iterator[Difference]) -> str:
    counts = Counter(difference.kind for difference in found)
    listed = []
    for kind, plural in _PLURALS.items():
        if kind == HEAD and counts[kind]:
            listed.append("the head")
        elif counts[kind]:
            listed.append(f"{counts[kind]} {kind if counts[kind] == 1 else plural}")
    return ", ".join(listed)


def _sign(change: Change) -> str:
    return click.style(_SIGNS[change], fg=_COLOURS[_SIGNS[change]], bold=True)


class _Writer:
    """Writes rows below their sections and entries, each of which is named only once."""

    def __init__(self, a: str, b: str) -> None:
        self.a, self.b = a, b
        self.section: str | None = None
        self.open: tuple[ProfilePath, ...] = ()
        """The paths of the parts around the last row, and its own path."""

    def write(self, rows: tuple[Difference, ...]) -> Iterator[str]:
        for found in rows:
            if found.section != self.section or found.kind == SECTION:
                self.section, self.open = found.section, ()
                yield ""
                if found.kind != SECTION:
                    yield click.style(found.section or "At the top", bold=True)
            yield from self._context(found)
            yield from self._row(found, found.location)

    def _context(self, found: Difference) -> Iterator[str]:
        """The entry and the bullets around a part, unless the lines before have named them."""
        around = found.around
        for level, label in enumerate(found.within):
            if self.open[: level + 1] != around[: level + 1]:
                yield f"{'  ' * level}    {label}"
        self.open = (*around, found.path)

    def _row(self, found: Difference, place: Location | None) -> Iterator[str]:
        sign, indent = _sign(found.change), "  " * len(found.within) + "  "
        where = click.style(f"  {Path(place.file).name}:{place.line}", dim=True) if place and place.line else ""
        if found.kind == SECTION:
            indent = ""
        lines = list(self._lines(found, len(indent) + 2))
        yield f"{indent}{sign} {lines[0]}{where}"
        yield from (f"{indent}  {line}" for line in lines[1:])

    def _lines(self, found: Difference, indent: int) -> Iterator[str]:
        if found.change in (Change.ONLY_A, Change.ONLY_B):
            yield from _describe(found, indent)
            return
        texts = {text.field: text for text in found.texts}
        if found.kind == PartKind.BULLET:
            yield from self._wordings(texts["text"], indent)
            return
        title = texts.pop("title", None) if found.kind == SECTION else None
        name = f"{title.a} → {title.b}" if title else found.label or "how you are presented"
        yield click.style(name, bold=found.kind == SECTION)
        for text in texts.values():
            label = _FIELDS.get(text.field, text.field)
            yield from (f"  {line}" for line in self._wordings(text, indent + 2, label))

    def _wordings(self, text: FieldTexts, indent: int, label: str = "") -> Iterator[str]:
        """Both wordings, on one line if they are short enough, otherwise below each other."""
        if text.a and text.b and len(label + text.a + text.b) + indent < _ONE_LINE:
            yield f"{label}: {text.a} → {text.b}" if label else f"{text.a} → {text.b}"
            return
        start = (f"{label}, " if label else "") + ("" if text.a and text.b else "only in ")
        for name, colour, said in ((self.a, "red", text.a), (self.b, "green", text.b)):
            if said:
                first, *rest = _wrap(f"{start}{name}: {said}", indent, "    ")
                yield first.replace(f"{name}: ", f"{click.style(name, fg=colour)}: ", 1)
                yield from rest


def _describe(found: Difference, indent: int) -> Iterator[str]:
    """A part that only one of the two has, with enough of its text to recognize it."""
    said = {text.field: text.a or text.b or "" for text in found.texts}
    if found.kind == SECTION:
        yield click.style(found.label, bold=True)
        yield from _wrap(said.get("text", ""), indent)
    elif found.kind == PartKind.BULLET:
        yield from _wrap(said["text"], indent)
    elif found.kind == PartKind.PAPER:
        yield from _wrap(", ".join(said[name] for name in ("title", "venue", "year") if name in said), indent)
    else:
        head = ", ".join(said[name] for name in ("heading", "subheading") if name in said)
        dates = f" ({said['dates']})" if "dates" in said else ""
        details = f": {said['details']}" if "details" in said else ""
        yield from _wrap(f"{head}{dates}{details}", indent)
        yield from (f"  {line}" for line in _wrap(said.get("summary", ""), indent + 2))


def _wrap(text: str, indent: int, hang: str = "") -> list[str]:
    """``text`` wrapped to fit beside ``indent`` columns; lines after the first begin with ``hang``.

    Chinese characters count as two columns.
    """
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    width = (_WIDTH - indent) * len(text) // (len(text) + wide) if text else 1
    return textwrap.wrap(text, max(width, 20), subsequent_indent=hang, break_on_hyphens=False)
