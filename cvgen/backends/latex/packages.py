"""The LaTeX packages that the shipped themes load, which of them are not installed, and what brings a file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from cvgen.backends.host import Host
from cvgen.backends.programs import ProgramError

BIBLATEX_FILE = "cvgen-biblatex.sty"
"""How biblatex prints publications, which only a source that asks for it has beside it."""
_PROGRAM = "kpsewhich"
_LOADED = re.compile(r"\\(usepackage|RequirePackage|documentclass|LoadClass)(?:\[.*\])?\{([a-zA-Z0-9,-]+)\}")
_TABLE = "debian_packages.json"
"""For each package of Debian 12, the style and class files that give a LaTeX package its name.

Source: the lists of files of these packages (``dpkg -L``, or ``dpkg -c`` of the downloaded package). Of
``texlive-fonts-extra``, which is half a gigabyte, only ``fontawesome5.sty``, which themes of CVs ask for most.
"""

_NAMES = "package_names.json"
"""For each package that themes of CVs use much, commands (with ``\\``) and environments that it defines.

TeX Live 2022 was asked: a name is in the table if it is defined after the package is loaded, and not before. The names
of packages that are not installed there (fontawesome5, siunitx, soul, ulem) are from their manuals.
"""
_ICON = re.compile(r"\\fa[A-Z]")


def say_how_to_load(name: str) -> str | None:
    """How to get the command (with ``\\``) or environment ``name``, if a package is known to have it."""
    package = "fontawesome5" if _ICON.match(name) else _read_names().get(name)
    if package is None:
        return None
    debian = find_debian_package(f"{package}.sty")
    return rf"load the package that has it: \usepackage{{{package}}}" + (f" (Debian: {debian})" if debian else "")


@cache
def _read_names() -> dict[str, str]:
    table = json.loads(Path(__file__).with_name(_NAMES).read_text("utf-8"))
    return {name: package for package, names in table.items() for name in names.split()}


def find_debian_package(file: str) -> str | None:
    """The package of Debian and Ubuntu that brings a file of LaTeX; None if it is not known."""
    return _read_table().get(file)


@cache
def _read_table() -> dict[str, str]:
    table = json.loads(Path(__file__).with_name(_TABLE).read_text("utf-8"))
    return {file: package for package, files in table.items() for file in files.split()}


def list_package_files(themes: Path) -> list[str]:
    """The names of the style and class files that the themes below ``themes`` load, but for those they bring.

    What only a source for biblatex loads is left out: no PDF needs it.
    """
    own = {path.name: path for ending in ("cls", "sty") for path in themes.glob(f"*/latex/*.{ending}")}
    loading = [*themes.glob("*/latex/*.j2"), *(path for name, path in own.items() if name != BIBLATEX_FILE)]
    return sorted({name for path in loading for name in _list_loaded(path.read_text("utf-8"))} - set(own))


def _list_loaded(template: str) -> Iterator[str]:
    for command, names in _LOADED.findall(template):
        ending = "cls" if command in ("documentclass", "LoadClass") else "sty"
        yield from (f"{name.strip()}.{ending}" for name in names.split(","))


def find_missing(files: list[str], host: Host) -> list[str]:
    """Those of ``files`` that TeX does not find; none if TeX cannot be asked."""
    program = host.runner.find(_PROGRAM)
    if program is None:
        return []
    try:
        answer = host.runner.run([program, *files], {}, host.timeout, with_errors=False).output
    except ProgramError:
        return []
    found = {Path(line).name for line in answer.splitlines()}
    return [file for file in files if file not in found]
