"""Tells whether an engine can use a font file: whole, with the tables that all need, and of a kind that it reads."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from cvgen.diagnostics import Location, Mistake
from cvgen.sources.text_file import read_utf8
from cvgen.sources.yaml.places import Places
from cvgen.sources.yaml.tree import parse_yaml
from cvgen.themes.options import Font

_LISTING = "fonts.yaml"
_TABLES = ("head", "hhea", "maxp", "hmtx", "cmap", "name")
"""The tables that OpenType requires and that fontTools reads here."""
_OUTLINES = (("glyf", "loca"), ("CFF ",), ("CFF2",))


def find_font_fault(path: Path, *, in_latex: bool) -> Mistake | None:
    """What is wrong with the font file ``path``, ``in_latex`` or in a web page; None for one that can be used."""
    status = path.stat()
    return _find_fault(path, in_latex, status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=64)
def _find_fault(path: Path, in_latex: bool, size: int, changed: int) -> Mistake | None:
    """``find_font_fault``, cached by the size and time of the file."""
    from fontTools.ttLib import TTFont  # slow to import, and only fonts of other people are checked

    try:
        with path.open("rb") as stream, TTFont(stream, lazy=True) as font:
            reason = _find_gap(font, size)
            kind, is_variable = font.flavor, "fvar" in font
    except Exception:  # fontTools meets the odd bytes of a broken file with errors of any kind
        reason = "it is no font, or a part of it is missing"
    if reason:
        return Mistake(f"is broken: {reason}", "replace it by a whole .otf or .ttf file")
    if in_latex and kind:
        return Mistake(f"is a {kind.upper()} file, which LaTeX cannot read", "name its .otf or .ttf file")
    if in_latex and is_variable:
        return Mistake(
            "is a variable font, of which LaTeX prints one weight only",
            "name a static file for each style; fonttools varLib.instancer makes them",
        )
    return None


def _find_gap(font: Any, size: int) -> str:
    """What ``font`` lacks, as a sentence; empty for a whole font. Raises what fontTools raises for a broken table."""
    missing = [tag for tag in _TABLES if tag not in font]
    if missing:
        return f"it has no table {missing[0]!r}"
    if not any(all(tag in font for tag in tags) for tags in _OUTLINES):
        return "it has no outlines"
    if font.flavor is None and any(entry.offset + entry.length > size for entry in font.reader.tables.values()):
        return "its end is missing"
    for tag in _TABLES:
        font[tag]  # reads it
    return "" if font.getBestCmap() else "it has no Unicode characters"


def find_font_place(font: Font, cut: str, path: Path) -> Location:
    """Where the list of fonts beside ``path`` names this file of ``font``; the file itself if there is no list."""
    listing = path.parent / _LISTING
    if not listing.is_file():
        return Location(str(path))
    tree, _ = parse_yaml(read_utf8(listing, "list of fonts"), str(listing), "list of fonts")
    return Places(tree).value((font.family, "files", cut))
