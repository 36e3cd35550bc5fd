"""The TeX commands that load and select fonts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from cvgen.backends.fontconfig import InstalledFont
from cvgen.backends.latex.glyphs import Fallback
from cvgen.themes.options import Font


def fallback_commands(fallback: Fallback) -> dict[str, str]:
    """Character → the TeX command that selects the fallback font for it."""
    return {character: _command(number) for number, (_, has) in enumerate(fallback.fonts) for character in has}


def _command(number: int) -> str:
    return rf"\{FALLBACK}{'abcdefghijklmnopqrstuvwxyz'[number]}"


_CUTS = {"italic": "ItalicFont", "bold": "BoldFont", "bold_italic": "BoldItalicFont",
         "regular_small_capitals": "SmallCapsFont"}  # fmt: skip
_NEAREST = {"italic": "regular", "bold": "regular", "bold_italic": "bold"}
"""What is printed for a cut that a family lacks."""
FALLBACK = "cvfallback"
"""The start of the name that TeX has for a fallback font."""
FONTS = "fonts"
"""The folder of the fonts beside a source."""
# Some fonts print Latin letters for Greek ones ("locl"); copied text would then have other characters.
# As raw features they need no font that has them: fontspec would warn of "Ligatures=NoCommon" in others.
_COMMON = "Ligatures=TeXOff,RawFeature={-liga;-locl}"


def font_setup(fonts: Mapping[str, Font], fallback: Fallback, copies: Mapping[InstalledFont, Path]) -> str:
    r"""Commands ``\cvfont{family}`` for the options' fonts and one command for each fallback font.

    Fallback fonts that have ``copies`` are read from the folder ``fonts``, others where they are installed.
    """
    lines = [_shipped_font(font) for font in fonts.values()]
    lines += [_installed_font(_command(number), font, copies) for number, (font, _) in enumerate(fallback.fonts)]
    for kind, others in fallback.in_kind:
        lines += _fonts_of_kind(kind, others, copies, [font.family for font in fonts.values() if font.generic == kind])
    return "\n".join(lines)


def _fonts_of_kind(
    kind: str, others: Iterable[InstalledFont], copies: Mapping[InstalledFont, Path], families: Iterable[str]
) -> Iterator[str]:
    """Commands for fallback fonts of a kind, which those of ``families`` put in place of the usual ones."""
    name = "".join(filter(str.isalpha, kind))
    change = ""
    for number, font in enumerate(others):
        own = _command(number).replace("fallback", f"fallback{name}")
        yield _installed_font(own, font, copies)
        change += rf"\let{_command(number)}{own}"
    for family in families:
        command = font_command(family)
        plain = command.replace("font", "plainfont", 1)
        yield rf"\let{plain}{command}\renewcommand{command}{{{plain}{change}}}"


def font_command(family: str) -> str:
    r"""The TeX command that selects a family; its name may have only letters."""
    return (
        "\\cvfont"
        + "".join(c for c in family if c.isalpha() and c.isascii())
        + "".join("abcdefghij"[int(c)] for c in family if c.isdigit())
    )


def name_font_file(font: Font, path: Path) -> str:
    """The name that a file of ``font`` has in the folder ``fonts``: its own, after the family if it does not say it."""
    family = "".join(filter(str.isalnum, font.family))
    name = re.sub("[^A-Za-z0-9.+-]", "", path.name)
    return name if name.startswith(family) else f"{family}-{name}"


def _shipped_font(font: Font) -> str:
    command = font_command(font.family)
    if not font.files:
        return rf"\newfontfamily{command}{{{font.family}}}[{_COMMON}]"
    files = dict(font.files)
    named = [(cut, path) for cut, path in font.files if cut in _CUTS]
    # TeX, too, prints the nearest cut for one that the family lacks, but warns of it in each document.
    named += [(cut, files.get(nearest, files["regular"])) for cut, nearest in _NEAREST.items() if cut not in files]
    cuts = ",".join(f"{_CUTS[cut]}={name_font_file(font, path)}" for cut, path in named)
    if "bold_small_capitals" in files:
        cuts += f",BoldFeatures={{SmallCapsFont={name_font_file(font, files['bold_small_capitals'])}}}"
    settings = ",".join(part for part in (f"Path={FONTS}/", cuts, _COMMON) if part)
    return rf"\newfontfamily{command}{{{name_font_file(font, files['regular'])}}}[{settings}]"


def list_fonts(fallback: Fallback) -> dict[InstalledFont, frozenset[str]]:
    """The fallback fonts with their bold cuts, and the characters that each prints."""
    found: dict[InstalledFont, frozenset[str]] = {}
    for number, (font, has) in enumerate(fallback.fonts):
        for one in (font, *(others[number] for _, others in fallback.in_kind)):
            for cut in filter(None, (one, _find_bold(one))):
                found[cut] = found.get(cut, frozenset()) | has
    return found


def _find_bold(font: InstalledFont) -> InstalledFont | None:
    bold = font.path.with_name(font.path.name.replace("-Regular", "-Bold"))
    return replace(font, path=bold) if bold != font.path and bold.is_file() else None


def _without_slant(regular: str, bold: str) -> list[str]:
    """Settings of a font with a bold cut, which is also used where slanted bold is asked for."""
    return [f"BoldFont={bold}", f"ItalicFont={regular}", f"BoldItalicFont={bold}"]


def _installed_font(command: str, font: InstalledFont, copies: Mapping[InstalledFont, Path]) -> str:
    bold, copy = _find_bold(font), copies.get(font)
    if copy:
        settings = [f"Path={FONTS}/", _COMMON]
        settings += _without_slant(copy.name, copies[bold].name) if bold else []
    else:
        # fontspec warns of an index in a file of one font
        index = [f"FontIndex={font.index}"] if font.path.suffix.lower() in (".ttc", ".otc") else []
        settings = [f"Path={font.path.parent}/", *index, _COMMON]
        settings += _without_slant(font.path.name, bold.path.name) if bold else []
        settings += [
            f"{cut}Features={{{','.join(index)}}}" for cut in ("Bold", "Italic", "BoldItalic") if bold and index
        ]
    settings += [f"Script={script}" for script in ("Arabic", "Hebrew") if script in font.family]
    # The name in TeX's log: such a font need not have all shapes
    settings += [f"NFSSFamily={command[1:]}"]
    return rf"\newfontfamily{command}{{{(copy or font.path).name}}}[{','.join(settings)}]"
