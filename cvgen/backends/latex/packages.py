"""The LaTeX packages that the shipped themes load, and which of them are not installed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from cvgen.backends.host import Host
from cvgen.backends.programs import ProgramError

_PROGRAM = "kpsewhich"
_LOADED = re.compile(r"\\(usepackage|RequirePackage|documentclass)(?:\[.*\])?\{([a-zA-Z0-9,-]+)\}")
_OTHERS = "texlive-latex-extra"
DEBIAN_PACKAGES: Mapping[str, str] = {
    "amsmath.sty": "texlive-latex-base",
    "article.cls": "texlive-latex-base",
    "colortbl.sty": "texlive-latex-base",
    "fontspec.sty": "texlive-latex-recommended",
    "geometry.sty": "texlive-latex-base",
    "graphicx.sty": "texlive-latex-base",
    "hyperref.sty": "texlive-latex-base",
    "luaotfload.sty": "texlive-luatex",
    "microtype.sty": "texlive-latex-recommended",
    "tabularx.sty": "texlive-latex-base",
    "unicode-math.sty": "texlive-latex-recommended",
    "xcolor.sty": "texlive-latex-recommended",
}
"""The package of Debian and Ubuntu that has a file, where it is not ``texlive-latex-extra``."""


def find_debian_package(file: str) -> str:
    """The package of Debian and Ubuntu that brings a file of LaTeX."""
    return DEBIAN_PACKAGES.get(file, _OTHERS)


def list_package_files(themes: Path) -> list[str]:
    """The names of the style and class files that the themes below ``themes`` load, but for those they bring."""
    own = {path.name: path for ending in ("cls", "sty") for path in themes.glob(f"*/latex/*.{ending}")}
    loading = [*themes.glob("*/latex/*.j2"), *own.values()]
    return sorted({name for path in loading for name in _list_loaded(path.read_text("utf-8"))} - set(own))


def _list_loaded(template: str) -> Iterator[str]:
    for command, names in _LOADED.findall(template):
        ending = "cls" if command == "documentclass" else "sty"
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
