"""Reads the warnings in TeX's log that a reader of the document would notice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cvgen.backends.latex.font_setup import FALLBACK
from cvgen.backends.latex.source_map import SourceMap
from cvgen.diagnostics import Location, Problem, warn

LEAST_OVERFULL = 2.0
"""A line or page that is wider or higher by this many pt is reported; by less, nobody sees it."""
_OVERFULL = re.compile(
    r"^Overfull \\(?P<box>[hv])box \((?P<by>[\d.]+)pt too (?:wide|high)\)"
    r"(?P<where>.*?)(?:at lines? (?P<first>\d+)(?:--(?P<last>\d+))?)?$",
    re.MULTILINE,
)
_NAMED = re.compile(
    r"^(?:LaTeX|LaTeX Font|Package fontspec) Warning: (?P<message>.*(?:\n\((?:Font|fontspec)\).*|\n(?!\s*$|[(\[]).*)*)",
    re.MULTILINE,
)
_CONTINUED = re.compile(r"\s*\n(?:\((?:Font|fontspec)\))?\s*")
_AT_LINE = re.compile(r"\s*on input line (?P<line>\d+)\.?")
_IS_REPORTED = re.compile(rf"Reference|Citation|Label .* multiply defined|Font shape (?!`TU/{FALLBACK})")
"""Which warnings are reported: not that a fallback font lacks a shape, for which TeX prints the nearest."""
_HINTS: tuple[tuple[str, str], ...] = (
    ("Reference", "give the label with \\label, or correct its name"),
    ("Citation", "print publications with the theme's templates"),
    ("Label", "give each label another name"),
    ("Font shape", "use a font that has this shape, or another command for emphasis"),
    ("", "change what the theme asks of the font"),
)


@dataclass(frozen=True, slots=True)
class TexWarning:
    """What TeX warns of: a ``message`` and a ``hint``; from which line of the source to which, if that is known."""

    message: str
    hint: str
    first: int | None = None
    last: int | None = None


def find_warnings(log: str) -> list[TexWarning]:
    """The warnings in ``log`` about boxes, references and fonts, without repetition."""
    return list(dict.fromkeys((*_find_overfull(log), *_find_named(log))))


def place_warnings(warnings: list[TexWarning], trace: Callable[[], SourceMap]) -> tuple[Problem, ...]:
    """The Problems of ``warnings``, at the profile's texts in their lines, else at the template's line."""
    if not warnings:
        return ()
    source = trace()
    return tuple(warn(f"LaTeX: {one.message}", _find_place(one, source), one.hint) for one in warnings)


def _find_overfull(log: str) -> Iterator[TexWarning]:
    for found in _OVERFULL.finditer(log):
        if float(found["by"]) <= LEAST_OVERFULL:
            continue
        by = f"{float(found['by']):.3g} pt"
        first, last = (int(found[name]) if found[name] else None for name in ("first", "last"))
        if found["box"] == "v":
            yield TexWarning(f"a page or box is {by} too high", "shorten what cannot break across pages", first, last)
        else:
            hint = "allow a break in the long word or address, or shorten the text"
            yield TexWarning(f"a line is {by} too wide", hint, first, last or first)


def _find_named(log: str) -> Iterator[TexWarning]:
    for found in _NAMED.finditer(log):
        message = _CONTINUED.sub(" ", found["message"]).strip()
        if not (found[0].startswith("Package fontspec") or _IS_REPORTED.match(message)):
            continue
        at = _AT_LINE.search(message)
        line = int(at["line"]) if at else None
        text = _AT_LINE.sub("", message).rstrip(".")
        yield TexWarning(text, next(hint for start, hint in _HINTS if text.startswith(start)), line, line)


def _find_place(warning: TexWarning, source: SourceMap) -> Location | None:
    if warning.first is None:
        return None
    start, end = source.start_of(warning.first), source.start_of((warning.last or warning.first) + 1)
    texts = source.list_texts(start, end)
    if texts:
        return texts[0]
    origin = source.find(start)
    return origin.template if origin else None
