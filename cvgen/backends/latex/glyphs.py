"""Finds a font for each character: the theme's own font first, then installed ones that have the character."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cvgen.backends.cjk_region import find_cjk_region
from cvgen.backends.fontconfig import InstalledFont, list_fonts_with
from cvgen.backends.host import Host
from cvgen.backends.opened_font import open_font
from cvgen.model.publication import is_ideographic

_ALWAYS = frozenset(map(chr, range(0x20, 0x7F))) | frozenset("\n\t\u00a0")
_PREFERRED = {
    "serif": ("Noto Serif CJK", "Noto Sans CJK", "Noto Naskh Arabic", "Noto Serif Hebrew", "Symbola", "DejaVu Serif"),
    "sans-serif": ("Noto Sans CJK", "Noto Serif CJK", "Noto Sans Arabic", "Noto Sans Hebrew", "Symbola", "DejaVu Sans"),
}


@dataclass(frozen=True, slots=True)
class Fallback:
    """Installed fonts and the characters each prints; ``invisible`` ones need no font, ``missing`` ones have none."""

    fonts: tuple[tuple[InstalledFont, frozenset[str]], ...] = ()
    invisible: frozenset[str] = frozenset()
    missing: tuple[str, ...] = ()
    in_kind: tuple[tuple[str, tuple[InstalledFont, ...]], ...] = ()
    """For another kind of font, such as that of serif headings over a sans text, a font in place of each of those."""


def list_characters(path: Path, index: int = 0) -> frozenset[int]:
    """The code points that a font file has glyphs for."""
    status = path.stat()
    return _list_characters(path, index, status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=64)
def _list_characters(path: Path, index: int, size: int, changed: int) -> frozenset[int]:
    """``list_characters``, cached by size and time: installed fonts of 20 MB are too large to hash each time."""
    return frozenset(open_font(path, index).unicodes)


def find_fallback(
    text: str, own: Iterable[Path], generic: str, language: str, host: Host, kinds: Iterable[str] = ()
) -> Fallback:
    """Fonts for the characters of ``text`` that one of the files ``own`` lacks; ``kinds`` are those of other fonts."""
    characters = set(text) - _ALWAYS
    if not characters:
        return Fallback()
    own_sets = [list_characters(path) for path in own]
    lacking = {c for c in characters if not all(ord(c) in one for one in own_sets)}
    invisible = frozenset(c for c in lacking if is_invisible(c))
    # Choose for ideographs first: symbol fonts have a few of them too.
    left = sorted(lacking - invisible, key=lambda c: (not is_ideographic(c), c))
    fonts: list[tuple[InstalledFont, frozenset[str]]] = []
    missing: list[str] = []
    while left:
        font = _best_font(left, generic, language, host)
        if font is None:
            missing.append(left.pop(0))
            continue
        has = frozenset(c for c in left if ord(c) in list_characters(font.path, font.index))
        fonts.append((font, has))
        left = [c for c in left if c not in has]
    in_kind = tuple((kind, _change_kind(fonts, kind, language, host)) for kind in kinds if kind in _PREFERRED)
    return Fallback(tuple(fonts), invisible, tuple(missing), in_kind)


def _change_kind(
    fonts: Iterable[tuple[InstalledFont, frozenset[str]]], kind: str, language: str, host: Host
) -> tuple[InstalledFont, ...]:
    """For each of ``fonts`` the preferred font of ``kind`` with the same characters, or the font itself."""
    found = ((font, has, _best_font(sorted(has), kind, language, host)) for font, has in fonts)
    return tuple(
        other if other and {ord(c) for c in has} <= list_characters(other.path, other.index) else font
        for font, has, other in found
    )


def is_invisible(character: str) -> bool:
    """Whether a character prints nothing itself, as variation selectors and joiners, which change other characters."""
    return unicodedata.category(character) in ("Cf", "Mn") and (
        "\ufe00" <= character <= "\ufe0f" or character in "\u200c\u200d\u2060\ufeff\u00ad"
    )


def _best_font(characters: list[str], generic: str, language: str, host: Host) -> InstalledFont | None:
    """The preferred font of those that have all of ``characters``, else of those that have the first."""
    for wanted in (characters, characters[:1]):
        found = list_fonts_with("".join(wanted), host)
        if found:
            return min(found, key=lambda font: _rank(font, generic, language))
    return None


def _rank(font: InstalledFont, generic: str, language: str) -> tuple[int, int, str, int]:
    order: Mapping[str, int] = {name: i for i, name in enumerate(_PREFERRED.get(generic, _PREFERRED["serif"]))}
    place = next((rank for name, rank in order.items() if font.family.startswith(name)), len(order))
    region = find_cjk_region(language)
    return (place, 0 if font.family.endswith(region) else 1, str(font.path), font.index)
