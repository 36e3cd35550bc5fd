"""The TeX commands that load and select fonts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from cvgen.backends.fontconfig import InstalledFont
from cvgen.backends.latex.glyphs import Fallback
from cvgen.themes.options import Font


def fallback_commands(fallback: Fallback) -> dict[str, str]:
    """Character → the TeX command that selects the fallback font for it."""
    return {character: _command(number) for number, (_, has) in enumerate(fallback.fonts) for character in has}


def _command(number: int) -> str:
    return rf"\cvfallback{'abcdefghijklmnopqrstuvwxyz'[number]}"


_CUTS = {"italic": "ItalicFont", "bold": "BoldFont", "bold_italic": "BoldItalicFont",
         "regular_small_capitals": "SmallCapsFont"}  # fmt: skip
# Some fonts print Latin letters for Greek ones ("locl"); copied text would then have other characters.
# As raw features they need no font that has them: fontspec would warn of "Ligatures=NoCommon" in others.
_COMMON = "Ligatures=TeXOff,RawFeature={-liga;-locl}"


def font_setup(fonts: Mapping[str, Font], fallback: Fallback) -> str:
    r"""Commands ``\cvfont{family}`` for the options' fonts and one command for each fallback font."""
    lines = [_shipped_font(font) for font in fonts.values()]
    lines += [_installed_font(_command(number), font) for number, (font, _) in enumerate(fallback.fonts)]
    for kind, others in fallback.in_kind:
        lines += _fonts_of_kind(kind, others, [font.family for font in fonts.values() if font.generic == kind])
    return "\n".join(lines)


def _fonts_of_kind(kind: str, others: Iterable[InstalledFont], families: Iterable[str]) -> Iterator[str]:
    """Commands for fallback fonts of a kind, which those of ``families`` put in place of the usual ones."""
    name = "".join(filter(str.isalpha, kind))
    change = ""
    for number, font in enumerate(others):
        own = _command(number).replace("fallback", f"fallback{name}")
        yield _installed_font(own, font)
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


def _shipped_font(font: Font) -> str:
    command = font_command(font.family)
    if not font.files:
        return rf"\newfontfamily{command}{{{font.family}}}[{_COMMON}]"
    files = dict(font.files)
    cuts = ",".join(f"{_CUTS[cut]}={path.name}" for cut, path in font.files if cut in _CUTS)
    if "bold_small_capitals" in files:
        cuts += f",BoldFeatures={{SmallCapsFont={files['bold_small_capitals'].name}}}"
    settings = ",".join(part for part in ("Path=assets/", cuts, _COMMON) if part)
    return rf"\newfontfamily{command}{{{files['regular'].name}}}[{settings}]"


def list_font_files(fallback: Fallback) -> Iterator[Path]:
    """The files of the fallback fonts."""
    for font in (*(font for font, _ in fallback.fonts), *(font for _, others in fallback.in_kind for font in others)):
        yield font.path
        if bold := _find_bold(font):
            yield bold


def _find_bold(font: InstalledFont) -> Path | None:
    bold = font.path.with_name(font.path.name.replace("-Regular", "-Bold"))
    return bold if bold != font.path and bold.is_file() else None


def _installed_font(command: str, font: InstalledFont) -> str:
    settings = [f"Path={font.path.parent}/", f"FontIndex={font.index}", _COMMON]
    settings += [f"Script={script}" for script in ("Arabic", "Hebrew") if script in font.family]
    if bold := _find_bold(font):
        settings += [f"BoldFont={bold.name}", f"BoldFeatures={{FontIndex={font.index}}}"]
    return rf"\newfontfamily{command}{{{font.path.name}}}[{','.join(settings)}]"
