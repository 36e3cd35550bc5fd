"""Asks fontconfig about installed fonts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cvgen.backends.host import Host
from cvgen.backends.programs import ProgramError
from cvgen.diagnostics import Problem, RenderError

PROGRAM = "fc-list"
_GENERIC = frozenset({"serif", "sans", "sans-serif", "mono", "monospace"})
_MOST_CHARACTERS = 64
"""The most characters in one query."""
_OLD_FORMATS = (".pfa", ".pfb", ".pcf", ".pcf.gz", ".bdf")
"""Fonts that are no OpenType, which no engine reads."""


@dataclass(frozen=True, slots=True)
class InstalledFont:
    """A font file of this machine; ``index`` is its place in a collection."""

    family: str
    path: Path
    index: int


def is_installed(family: str, host: Host) -> bool:
    """Whether a font of ``family`` is installed; True if fontconfig is missing. Raises RenderError."""
    program = host.runner.find(PROGRAM)
    if program is None or family.casefold() in _GENERIC:
        return True
    return bool(_ask([program, f":family={family.replace('-', chr(92) + '-')}", "family"], host).strip())


def list_fonts_with(characters: str, host: Host) -> list[InstalledFont]:
    """Upright fonts of regular weight that have all of ``characters``; empty without fontconfig. Raises RenderError."""
    program = host.runner.find(PROGRAM)
    if program is None:
        return []
    charset = " ".join(f"{ord(character):x}" for character in characters[:_MOST_CHARACTERS])
    pattern = f":charset={charset}:slant=0:outline=True"
    answer = _ask([program, "-f", "%{family[0]}\t%{file}\t%{index}\t%{weight}\n", pattern], host)
    rows = [line.split("\t") for line in answer.splitlines()]
    return [
        InstalledFont(row[0], Path(row[1]), int(row[2]) & 0xFFFF)
        for row in rows
        if len(row) == 4
        and not row[1].endswith(_OLD_FORMATS)
        and row[2].isdecimal()
        and (row[3] in ("80", "100", "[80 200]") or not row[3])
    ]


_CUTS = {"regular": "weight=80:slant=0", "italic": "weight=80:slant=100", "bold": "weight=200:slant=0",
         "bold_italic": "weight=200:slant=100"}  # fmt: skip


def find_cuts(family: str, host: Host) -> dict[str, InstalledFont]:
    """The fonts of an installed ``family``, by their cuts; empty without fontconfig. Raises RenderError."""
    program = host.runner.find("fc-match")
    if program is None:
        return {}
    found: dict[str, InstalledFont] = {}
    for cut, wanted in _CUTS.items():
        pattern = f"{family.replace('-', chr(92) + '-')}:{wanted}"
        row = _ask([program, "-f", "%{family[0]}\t%{file}\t%{index}", pattern], host).split("\t")
        if len(row) == 3 and row[2].isdecimal():
            found[cut] = InstalledFont(row[0], Path(row[1]), int(row[2]) & 0xFFFF)
    regular = found.get("regular")
    return {cut: font for cut, font in found.items() if cut == "regular" or font != regular}


def _ask(command: list[str], host: Host) -> str:
    try:
        return host.runner.run(command, host.environ, host.timeout, with_errors=False).output
    except ProgramError as error:
        raise RenderError([Problem(f"{PROGRAM} {error}", hint="run fc-cache, which reads all fonts once")]) from None
