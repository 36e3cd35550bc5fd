"""Icons: shapes of a theme's SVG files, drawn as vectors by every backend and never part of the text."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree

from cvgen.diagnostics import InputError, Location, Problem, suggest
from cvgen.sources.text_file import read_bytes
from cvgen.themes.theme import Theme

ICONS = "icons"
_FALLBACK = "link"


@dataclass(frozen=True, slots=True)
class Icon:
    """``box`` is the SVG view box (left, top, width, height); ``paths`` are the data of its filled paths."""

    name: str
    box: tuple[float, float, float, float]
    paths: tuple[str, ...]


def find_icon(theme: Theme, name: str, contacts: Collection[str] = ()) -> Icon:
    """The icon ``icons/NAME.svg`` of ``theme`` or of a theme that it extends.

    The ``contacts`` of a document, such as networks, have the icon of a link where there is none of their name. Only
    the paths of a file are used. Raises InputError for another name, or a file that is not an SVG of paths.
    """
    if Path(name).name != name:
        raise InputError([Problem(f"{name!r} is not the name of an icon", hint="write icon(NAME) for icons/NAME.svg")])
    if name not in contacts and name not in (known := list_icons(theme)):
        hint = suggest(name, sorted(known))
        raise InputError([Problem(f"the theme has no icon {ICONS}/{name}.svg", hint=hint)])
    files = [folder / ICONS / f"{one}.svg" for one in (name, _FALLBACK) for _, folder in theme.folders]
    path = _first(files)
    return _parse_icon(str(path), read_bytes(path, "icon"))


def list_icons(theme: Theme) -> frozenset[str]:
    """The names of all icons that ``theme`` has, with those of the themes that it extends."""
    return frozenset(path.stem for _, folder in theme.folders for path in (folder / ICONS).glob("*.svg"))


def _first(files: Iterable[Path]) -> Path:
    for file in files:
        if file.is_file():
            return file
    raise InputError([Problem("the theme has no icons", hint="extend base, or add icons/link.svg")])


@lru_cache(maxsize=128)
def _parse_icon(file: str, data: bytes) -> Icon:
    try:
        root = ElementTree.fromstring(data)
        left, top, width, height = (float(number) for number in root.get("viewBox", "").split())
    except (ElementTree.ParseError, ValueError):
        hint = "write <svg viewBox='0 0 16 16'> with <path d='…'/> in it"
        raise InputError([Problem("this is not an SVG icon", Location(file), hint)]) from None
    paths = tuple(element.get("d", "") for element in root.iter() if element.tag.endswith("path"))
    return Icon(Path(file).stem, (left, top, width, height), paths)
