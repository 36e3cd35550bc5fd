"""Finds what is wrong with the fonts that the options of a theme name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from cvgen.backends.backend import SourceWriter
from cvgen.diagnostics import Location, Problem
from cvgen.themes.font_file import find_font_fault, find_font_place
from cvgen.themes.fonts import FONTS, LISTING
from cvgen.themes.options import Font, OptionValue
from cvgen.themes.theme import shipped_folder, shipped_fonts


def list_font_files(options: Mapping[str, OptionValue]) -> list[Path]:
    """The files of the fonts that ``options`` name, and the list of the fonts that come with cvgen."""
    fonts = [value for value in options.values() if isinstance(value, Font)]
    return [shipped_folder() / FONTS / LISTING, *(path for font in fonts for _, path in font.files)]


def find_unknown_fonts(
    options: Mapping[str, OptionValue], places: Mapping[str, Location], backend: SourceWriter
) -> list[Problem]:
    """A Problem for each family that is neither shipped nor installed: another font would be printed in its place.

    ``places`` says where the options are set.
    """
    shipped = ", ".join(shipped_fonts())
    return [
        Problem(
            f"option {name!r}: the font {value.family!r} is not installed",
            places.get(name),
            f"install it, or write one that fc-list shows, or one of {shipped}",
        )
        for name, value in options.items()
        if isinstance(value, Font) and not value.files and not backend.has_font(value.family)
    ]


def find_broken_fonts(options: Mapping[str, OptionValue], *, in_latex: bool) -> Iterator[Problem]:
    """A Problem for each font file of a theme or a package that the engine cannot use."""
    shipped = shipped_folder().resolve()
    fonts = {value.family: value for value in options.values() if isinstance(value, Font)}
    for font in fonts.values():
        for cut, path in font.files:
            if not path.is_relative_to(shipped) and (fault := find_font_fault(path, in_latex=in_latex)):
                message = f"the font {font.family!r}: {path.name!r} {fault.message}"
                yield Problem(message, find_font_place(font, cut, path), fault.hint)
