"""Font families that have files: in cvgen, in a theme, or in a font package from PyPI."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cvgen.diagnostics import InputError, Location, Problem
from cvgen.sources.text_file import read_utf8
from cvgen.sources.yaml.tree import parse_yaml
from cvgen.themes.options import Font

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

FONTS = "fonts"
LISTING = "fonts.yaml"
_GROUPS = ("fonts_otf", "fonts_ttf")
"""The entry points that font packages use (https://github.com/pimoroni/fonts-python)."""
_CUTS = {"regular": "regular", "": "regular", "italic": "italic", "bold": "bold", "bolditalic": "bold_italic"}


def read_fonts(folder: Path) -> Mapping[str, Font]:
    """The families that ``folder/fonts.yaml`` lists; empty if there is no such file. Raises InputError."""
    listing = folder / LISTING
    if not listing.is_file():
        return {}
    listed, problems = _parse_listing(str(listing), read_utf8(listing, "list of fonts"))
    try:
        found = {
            str(family): Font(str(family), str(about["generic"]), _files(folder, about["files"]))
            for family, about in listed.items()
        }
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        hint = "write FAMILY: {generic: serif, files: {regular: a.otf, italic: b.otf, bold: c.otf, bold_italic: d.otf}}"
        problems = (*problems, Problem(f"this is not a list of fonts: {error}", Location(str(listing)), hint))
    if problems:
        raise InputError(problems)
    return found


@lru_cache(maxsize=16)
def _parse_listing(file: str, text: str) -> tuple[Any, tuple[Problem, ...]]:
    """``text`` parsed; kept by the text itself, since each layout of a fit asks for the fonts again."""
    listed, problems = parse_yaml(text, file, "list of fonts")
    return listed, tuple(problems)


def _files(folder: Path, named: Mapping[str, str]) -> tuple[tuple[str, Path], ...]:
    """The file of each cut. Raises ValueError for one that is missing or outside ``folder``."""
    inside = folder.resolve()
    files = tuple((str(cut), (inside / str(name)).resolve()) for cut, name in named.items())
    for cut, path in files:
        if not path.is_file() or inside not in path.parents:
            raise ValueError(f"the file for {cut!r} is not in this folder")
    if "regular" not in dict(files):
        raise ValueError("a file for 'regular' is missing")
    return files


def find_packaged_font(family: str, generic: str) -> Font | None:
    """The ``family`` of an installed font package, found without running its code; None if there is none."""
    wanted = _letters(family)
    for point in _list_packaged(tuple(sys.path)):
        if _letters(point.name) != wanted or point.dist is None:
            continue
        paths = [Path(str(file.locate())) for file in point.dist.files or () if file.suffix in (".ttf", ".otf")]
        cuts = {_letters(path.stem).removeprefix(wanted): path for path in paths}
        files = {_CUTS[cut]: path for cut, path in cuts.items() if cut in _CUTS}
        if "regular" in files:
            return Font(family, generic, tuple(files.items()))
    return None


@lru_cache(maxsize=4)
def _list_packaged(path: tuple[str, ...]) -> tuple[EntryPoint, ...]:
    """The entry points of the font packages in ``path``, which is ``sys.path``; to look for them takes 10 ms."""
    from importlib.metadata import entry_points

    return tuple(point for group in _GROUPS for point in entry_points(group=group))


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.casefold())
