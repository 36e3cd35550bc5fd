"""Themes and citation styles in installed packages, found without running the packages' code.

A package names each of its themes in its metadata (``project.entry-points."cvgen.themes"``): the theme's name, and the
module in whose folder the theme's folder is.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from cvgen.themes.styles import STYLES

if TYPE_CHECKING:
    from importlib.metadata import Distribution

GROUP = "cvgen.themes"
NAME = re.compile(r"[a-z][a-z0-9_-]*")
"""The names that a theme may have."""
_MODULE = re.compile(r"\w+(\.\w+)*")


@dataclass(frozen=True, slots=True)
class Packaged:
    """A folder with a theme, or with citation styles only, and the package that it came with, as ``NAME VERSION``."""

    folder: Path
    package: str


def list_packaged() -> dict[str, Packaged]:
    """The folders of the installed packages, by the names that the packages gave them; of two, the first one counts."""
    return dict(_find_packaged(tuple(sys.path)))


def find_packaged_style(name: str) -> tuple[str, Packaged] | None:
    """The packaged folder that has the citation style ``name``, with its name; None if there is none."""
    for owner, packaged in list_packaged().items():
        if re.fullmatch(r"[\w-]+", name) and (packaged.folder / STYLES / f"{name}.j2").is_file():
            return owner, packaged
    return None


@lru_cache(maxsize=4)
def _find_packaged(path: tuple[str, ...]) -> tuple[tuple[str, Packaged], ...]:
    """The folders below ``path``, which is ``sys.path``; to look for them takes 10 ms."""
    from importlib.metadata import distributions

    found: dict[str, Packaged] = {}
    for installed in distributions():
        # One package with metadata that cannot be read must not hide the themes of all others.
        with suppress(Exception):
            for name, packaged in _list_themes(installed):
                found.setdefault(name, packaged)
    return tuple(found.items())


def _list_themes(installed: Distribution) -> Iterator[tuple[str, Packaged]]:
    """The themes that a package names and has; raises errors of many kinds for metadata that is wrong."""
    for point in installed.entry_points.select(group=GROUP):
        if not NAME.fullmatch(point.name) or not _MODULE.fullmatch(point.value):
            continue
        inside = Path(*point.value.split("."), point.name)
        for root in _list_roots(installed):
            if (root / inside).is_dir():
                yield point.name, Packaged(root / inside, f"{installed.metadata['Name']} {installed.version}")


def _list_roots(installed: Distribution) -> Iterator[Path]:
    """Where the modules of a package can be: beside its metadata, or in the checkout of one installed with ``-e``."""
    yield Path(str(installed.locate_file("")))
    about = json.loads(installed.read_text("direct_url.json") or "{}")
    if about.get("dir_info", {}).get("editable"):
        checkout = Path(unquote(urlsplit(about["url"]).path))
        yield from (checkout, checkout / "src")
