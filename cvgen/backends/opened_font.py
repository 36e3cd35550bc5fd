"""Opens font files with HarfBuzz, which lists, measures and cuts the glyphs of a large font in milliseconds."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

import uharfbuzz

_COMPRESSED = (b"wOFF", b"wOF2")


def open_font(path: Path, index: int = 0) -> uharfbuzz.Face:
    """The font ``index`` of a file; one without characters if HarfBuzz cannot read it."""
    with path.open("rb") as stream:
        is_compressed = stream.read(4) in _COMPRESSED
    return uharfbuzz.Face(_unpack(path) if is_compressed else uharfbuzz.Blob.from_file_path(str(path)), index)


def list_widths(face: uharfbuzz.Face) -> dict[int, float]:
    """Code point → width in sizes of the text."""
    font = uharfbuzz.Font(face)
    glyphs = {code: font.get_nominal_glyph(code) or 0 for code in face.unicodes}
    return {code: font.get_glyph_h_advance(glyph) / face.upem for code, glyph in glyphs.items()}


def cut_font(face: uharfbuzz.Face, characters: Iterable[int], *, all_names: bool = False) -> bytes:
    """A font with only ``characters`` and what its features make of them; ``all_names`` are its authors', licence …"""
    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update(characters)
    everything = [wanted.layout_feature_tag_set]
    everything += [wanted.name_id_set, wanted.name_lang_id_set] if all_names else []
    for chosen in everything:
        chosen.clear()
        chosen.invert()
    wanted.flags = uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
    return bytes(wanted.subset(face).blob.data)


def _unpack(path: Path) -> bytes:
    """The font in a WOFF or WOFF2 file."""
    from fontTools.ttLib import TTFont  # slow to import, and few fonts are compressed

    with TTFont(path, lazy=True, recalcTimestamp=False) as font:
        font.flavor = None
        target = BytesIO()
        font.save(target)
    return target.getvalue()
