"""Copies of font files in which each glyph belongs to one character.

To store which character a glyph means, TeX engines ask the font which characters use it, and take the highest. A
hyphen that shares its glyph with U+2010 and U+2011 is then copied out of the PDF as U+2011, and an e-mail address
with a hyphen no longer works. A font in which no two characters share a glyph avoids this.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from cvgen.backends.cache import Cache

_UNCHANGED = "unchanged"
"""An empty file of this name says that the font needs no copy."""
_LESS_USUAL = (
    (0x00B5, 0x00B5),
    (0x0250, 0x02FF),
    (0x2100, 0x214F),
    (0x2200, 0x22FF),
    (0xA720, 0xA7FF),
    (0xE000, 0xF8FF),
)


def copy_with_own_glyphs(path: Path, cache: Cache) -> Path:
    """The copy of ``path``, kept in ``cache``; ``path`` itself if each of its glyphs belongs to one character."""
    return _copy_font(path, cache, "plain") or path


def small_capitals_font(path: Path, cache: Cache) -> Path | None:
    """A copy of ``path`` with small capitals for letters, kept in ``cache``; None for a font that has none.

    This is a separate font, because text printed with the feature ``smcp`` is copied from XeTeX's PDFs as capitals.
    """
    return _copy_font(path, cache, "SmallCaps")


def _copy_font(path: Path, cache: Cache, kind: str) -> Path | None:
    data = path.read_bytes()
    ending = "" if kind == "plain" else f"-{kind}"
    folder = f"fonts/{hashlib.sha256(data).hexdigest()[:16]}-{kind}"
    name = f"{folder}/{path.stem}{ending}{path.suffix}"
    if found := cache.find(name):
        return found
    if cache.read(f"{folder}/{_UNCHANGED}") is not None:
        return None
    changed = _change_font(data, kind)
    if changed is None:
        cache.keep(f"{folder}/{_UNCHANGED}", b"")
    return cache.place(name, changed) if changed else None


@lru_cache(maxsize=64)
def _change_font(data: bytes, kind: str) -> bytes | None:
    """The font with one character for each glyph, and for ``SmallCaps`` with other glyphs; None if nothing changes."""
    from fontTools.ttLib import TTFont  # slow to import, and most runs find their copies in the cache

    glyphs = _find_small_capitals(data) if kind == "SmallCaps" else {}
    if kind == "SmallCaps" and not glyphs:
        return None
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
    return changed.getvalue()


def _find_small_capitals(data: bytes) -> dict[str, str]:
    """Glyph of a letter → glyph of its small capital, by the font's feature ``smcp``."""
    from fontTools.ttLib import TTFont

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
