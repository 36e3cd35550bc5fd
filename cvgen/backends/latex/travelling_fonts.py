"""Copies of installed fonts that travel with a source: whole, or a subset of a large font if its licence allows it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from cvgen.backends.cache import Cache
from cvgen.backends.fontconfig import InstalledFont
from cvgen.backends.opened_font import cut_font, open_font

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

_LARGE = 1_500_000
"""The bytes from which a font is not copied whole: those for Chinese, Japanese and Korean have 5 to 25 MB."""
_NO_SUBSETS = 0x0100
"""The bit of ``fsType`` that forbids subsets (OpenType, table OS/2)."""
_COPYRIGHT, _POSTSCRIPT, _LICENCE = 0, 6, 13
_LATIN = frozenset(range(0x20, 0x7F))


def copy_to_travel(font: InstalledFont, characters: Iterable[str], cache: Cache) -> Path:
    """A file with this one font, kept in ``cache``, whose name is that of the font.

    A large font has only ``characters``, unless its licence forbids subsets or reserves its name for whole copies.
    """
    from fontTools.ttLib import TTFont  # slow to import, and few documents travel

    data = font.path.read_bytes()
    wanted = _LATIN | {ord(character) for character in characters}
    with TTFont(BytesIO(data), fontNumber=font.index if _is_collection(data) else -1, lazy=True) as opened:
        is_cut = len(data) > _LARGE and _allows_subsets(opened)
        if not is_cut and not _is_collection(data):
            return font.path
        key = repr((hashlib.sha256(data).hexdigest(), font.index, sorted(wanted) if is_cut else ""))
        name = f"fonts/{hashlib.sha256(key.encode()).hexdigest()[:16]}-travels/{_name_file(opened, font.path)}"
        if found := cache.find(name):
            return found
        if is_cut:
            return cache.place(name, cut_font(open_font(font.path, font.index), wanted, all_names=True))
        whole = BytesIO()
        opened.save(whole, reorderTables=None)
    return cache.place(name, whole.getvalue())


def _is_collection(data: bytes) -> bool:
    return data.startswith(b"ttcf")


def _allows_subsets(font: TTFont) -> bool:
    """Whether a subset may keep the font's name: the SIL OFL lets authors reserve it for whole copies (OFL 1.1, 3)."""
    if font["OS/2"].fsType & _NO_SUBSETS:
        return False
    texts = [font["name"].getDebugName(number) or "" for number in (_COPYRIGHT, _LICENCE)]
    return not any(re.search("reserved font name", text, re.IGNORECASE) for text in texts)


def _name_file(font: TTFont, path: Path) -> str:
    ending = ".otf" if font.sfntVersion == "OTTO" else ".ttf"
    name = re.sub("[^A-Za-z0-9-]", "", font["name"].getDebugName(_POSTSCRIPT) or "") or path.stem
    return f"{name}{ending}"
