"""Copies of font files in which each glyph belongs to one character.

To store which character a glyph means, TeX engines ask the font which characters use it, and take the highest. A
hyphen that shares its glyph with U+2010 and U+2011 is then copied out of the PDF as U+2011, and an e-mail address
with a hyphen no longer works. A font in which no two characters share a glyph avoids this.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Mapping
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


def copy_with_own_glyphs(path: Path, cache: Path) -> Path:
    """The copy of ``path``, kept in ``cache``; ``path`` itself if each of its glyphs belongs to one character."""
    return _own_glyphs_copy(path.read_bytes(), path.name, cache) or path


@lru_cache(maxsize=64)
def _own_glyphs_copy(data: bytes, name: str, cache: Path) -> Path | None:
    return _copy_font(data, name, cache, "plain", {})


def small_capitals_font(path: Path, cache: Path) -> Path | None:
    """A copy of ``path`` with small capitals for letters, kept in ``cache``; None for a font that has none.

    This is a separate font, because text printed with the feature ``smcp`` is copied from XeTeX's PDFs as capitals.
    """
    return _small_capitals_copy(path.read_bytes(), path.name, cache)


@lru_cache(maxsize=64)
def _small_capitals_copy(data: bytes, name: str, cache: Path) -> Path | None:
    small = _find_small_capitals(data)
    return _copy_font(data, name, cache, "smallcaps", small) if small else None


def _copy_font(data: bytes, name: str, cache: Path, kind: str, glyphs: Mapping[str, str]) -> Path | None:
    """The copy, with ``glyphs`` in place of some, and one character for each glyph; None if nothing changes."""
    target = cache / "fonts" / f"{hashlib.sha256(data).hexdigest()[:16]}-{kind}-{name}"
    if target.is_file():
        return target
    with TTFont(BytesIO(data), lazy=True, recalcBBoxes=False, recalcTimestamp=False) as font:
        characters = {code: glyphs.get(glyph, glyph) for code, glyph in font.getBestCmap().items()}
        doubles = _find_doubles(characters)
        if not doubles and not glyphs:
            return None
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap = {code: characters[code] for code in table.cmap if code not in doubles}
        for record in font["name"].names:  # a changed font may not keep its reserved name (SIL OFL 1.1, 3)
            record.string = record.toUnicode().replace("Source", "Cvgen")
        changed = BytesIO()
        font.save(changed, reorderTables=None)
    write_cached(target, changed.getvalue())
    return target


def _find_small_capitals(data: bytes) -> dict[str, str]:
    """Glyph of a letter → glyph of its small capital, by the font's feature ``smcp``."""
    with TTFont(BytesIO(data), lazy=True) as font:
        if "GSUB" not in font:
            return {}
        table = font["GSUB"].table
        records = [record.Feature for record in table.FeatureList.FeatureRecord if record.FeatureTag == "smcp"]
        lookups = sorted({index for feature in records for index in feature.LookupListIndex})
        parts = [part for index in lookups for part in table.LookupList.Lookup[index].SubTable]
        mappings = [getattr(getattr(part, "ExtSubTable", part), "mapping", {}) for part in parts]
        return {k: v for mapping in mappings for k, v in mapping.items() if isinstance(v, str)}


def _find_doubles(characters: dict[int, str]) -> set[int]:
    """The characters that share a glyph with a more usual one."""
    owners: dict[str, int] = {}
    for code in sorted(characters, key=_rank):
        owners.setdefault(characters[code], code)
    return set(characters) - set(owners.values())


def _rank(code: int) -> tuple[bool, int]:
    return (any(first <= code <= last for first, last in _LESS_USUAL), code)


def write_cached(target: Path, data: bytes) -> None:
    """Write a file to the cache, completely or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=target.parent)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(data)
    Path(name).replace(target)
