"""The files that a theme brings for TeX: classes, packages, pictures, fonts, and what its templates input.

They lie in the folder ``latex`` of the theme, beside its templates, and keep their names and subfolders.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from cvgen.diagnostics import InputError, Location, Problem
from cvgen.sources.text_file import read_bytes
from cvgen.themes.theme import Theme, shipped_folder

LATEX = "latex"
TEX_ENDINGS = frozenset(
    (".cls", ".sty", ".clo", ".def", ".cfg", ".fd", ".tex", ".png", ".jpg", ".jpeg", ".pdf", ".otf", ".ttf")
)
"""Other files stay in the theme. In a source that a person compiles, a ``latexmkrc`` would be a program to run."""
_MOST_FILES = 300
_MOST_BYTES = 64 << 20


def list_tex_files(theme: Theme) -> Mapping[str, Path]:
    """The files by their names relative to ``latex``; of two with one name, that of the first folder."""
    return _list_files(folder / LATEX for _, folder in theme.folders)


def find_foreign(theme: Theme) -> frozenset[str]:
    """The names of the files that do not come with cvgen."""
    shipped = shipped_folder().resolve()
    return frozenset(name for name, path in list_tex_files(theme).items() if not path.resolve().is_relative_to(shipped))


def read_tex_files(theme: Theme, taken: Iterable[str]) -> dict[str, bytes]:
    """The bytes of each file by its name; raises InputError, also for a name that the document has ``taken``."""
    found = list_tex_files(theme)
    names = {name.casefold() for name in taken}
    problems = [
        Problem(f"cvgen writes a file {name!r} itself", Location(str(path)), "give this file another name")
        for name, path in found.items()
        if name.casefold() in names
    ]
    if problems:
        raise InputError(problems)
    files, size = dict[str, bytes](), 0
    for name, path in found.items():
        files[name] = read_bytes(path, "theme file")
        size += len(files[name])
        if size > _MOST_BYTES or len(files) > _MOST_FILES:
            message = f"the files for LaTeX of the theme {theme.name!r} are too many or too large"
            hint = f"a theme may have {_MOST_FILES} of them, with {_MOST_BYTES >> 20} MiB together"
            raise InputError([Problem(message, Location(str(path)), hint)])
    return files


def _list_files(folders: Iterable[Path]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for folder in folders:
        for path in _walk(folder):
            found.setdefault(path.relative_to(folder).as_posix(), path)
    return found


def _walk(folder: Path) -> Iterator[Path]:
    """The files below ``folder`` that travel, in order; hidden ones do not, and links to folders are not followed."""
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and Path(name).suffix.lower() in TEX_ENDINGS:
                yield Path(parent) / name
