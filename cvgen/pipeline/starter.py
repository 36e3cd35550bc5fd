"""Writes the starter files of ``cvgen new``: a commented profile and bibliography that can be rendered at once."""

from __future__ import annotations

import re
import unicodedata
from importlib import resources
from pathlib import Path

from cvgen.diagnostics import InputError, Location, Problem
from cvgen.pipeline.whole_files import write_whole
from cvgen.sources.bibtex.csl_values import escape_latex

_FOLDER = resources.files("cvgen.pipeline") / "starter_files"


def write_starter(name: str, folder: Path) -> list[Path]:
    """Write profile.yaml and papers.bib for ``name`` into ``folder``; raises InputError if one already exists."""
    given, family = _split(name)
    files = {
        path: _fill(path.name, name.strip(), given, family) for path in (folder / "profile.yaml", folder / "papers.bib")
    }
    there = [path for path in files if path.exists()]
    if there:
        hint = "choose another folder with -d, or move the file away"
        raise InputError([Problem(f"{path.name} already exists", Location(str(path)), hint) for path in there])
    for path, text in files.items():
        write_whole(path, text.encode())
    return list(files)


def _split(name: str) -> tuple[str, str]:
    if not name.strip() or not name.isprintable():
        raise InputError([Problem("the name is missing", None, 'write: cvgen new "Wei Lin"')])
    given, _, family = name.strip().rpartition(" ")
    return given, family


def _fill(file: str, name: str, given: str, family: str) -> str:
    text = (_FOLDER / file).read_text("utf-8")
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    address = ".".join(re.findall(r"[a-z0-9]+", ascii_name.casefold())) or "me"
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    bib_family, bib_given = escape_latex(family), escape_latex(given)
    bib_name = f"{{{bib_family}}}, {{{bib_given}}}" if given else f"{{{escape_latex(name)}}}"
    return text.replace("@NAME@", quoted).replace("@ADDRESS@", address).replace("@BIBNAME@", bib_name)
