"""Copies of font files in which each glyph belongs to one character.

TeX engines tell a PDF's reader what a glyph means by asking the font which character has it, and take the highest:
a hyphen that shares its glyph with U+2010 and U+2011 is copied out of the PDF as U+2011, and an e-mail address
with a hyphen in it no longer works. A font without the doubles leaves no choice.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from fontTools.ttLib import TTFont

_LESS_USUAL = (
    (0x00B5, 0x00B5),
    (0x0250, 0x02FF),
    (0x2100, 0x214F),
    (0x2200, 0x22FF),
    (0xA720, 0xA7FF),
    (0xE000, 0xF8FF),
)


@lru_cache(maxsize=64)
def plain_font(path: Path, cache: Path) -> Path:
    """The copy of ``path``, kept in ``cache``. Where each glyph has one character already, ``path`` itself."""
    data = path.read_bytes()
    target = cache / "fonts" / f"{hashlib.sha256(data).hexdigest()[:16]}-{path.name}"
    if target.is_file():
        return target
    with TTFont(BytesIO(data), lazy=True, recalcBBoxes=False, recalcTimestamp=False) as font:
        doubles = _find_doubles(font.getBestCmap())
        if not doubles:
            return path
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap = {code: glyph for code, glyph in table.cmap.items() if code not in doubles}
        for record in font["name"].names:  # a changed font may not keep its reserved name (SIL OFL 1.1, 3)
            record.string = record.toUnicode().replace("Source", "Cvgen")
        changed = BytesIO()
        font.save(changed, reorderTables=None)
    write_cached(target, changed.getvalue())
    return target


def _find_doubles(characters: dict[int, str]) -> set[int]:
    """The characters that share a glyph with one more usual."""
    owners: dict[str, int] = {}
    for code in sorted(characters, key=_rank):
        owners.setdefault(characters[code], code)
    return set(characters) - set(owners.values())


def _rank(code: int) -> tuple[bool, int]:
    return (any(first <= code <= last for first, last in _LESS_USUAL), code)


def write_cached(target: Path, data: bytes) -> None:
    """Put a file into the cache, whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=target.parent)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(data)
    Path(name).replace(target)
