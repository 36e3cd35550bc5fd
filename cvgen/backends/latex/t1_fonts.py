"""What pdfLaTeX prints: fonts in the encoding T1, and the characters that they have.

pdfTeX reads no OpenType fonts. Each family of the themes is printed in the nearest one of Debian's TeX whose accented
letters are glyphs of their own, so that they are copied whole. Nearest means about the same width of a text, and about
the same height of an x.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from cvgen.backends.latex.font_setup import font_command
from cvgen.diagnostics import Location, Problem, warn
from cvgen.model.document import Document
from cvgen.model.texts import find_texts
from cvgen.themes.options import Font

T1_FILE = "cvgen-pdftex.sty"
"""The package that sets pdfLaTeX up, and prints characters beyond T1 and TS1."""
_HEROS, _PAGELLA, _MODERN, _MONO = ("qhv", "0.925"), ("qpl", "1"), ("lmr", "1"), ("lmtt", "1")
_FAMILIES = {
    "Source Sans 3": _HEROS,
    "Source Sans 3 Light": _HEROS,
    "Source Serif 4": _PAGELLA,
    "CMU Serif": _MODERN,
    "Source Code Pro": _MONO,
}
"""Family → the name that LaTeX has for the font, and its scale."""
_WITHOUT_SLANT = (_HEROS[0], _PAGELLA[0])
_OF_KIND = {"serif": _PAGELLA, "sans-serif": _HEROS, "monospace": _MONO}
_T1 = frozenset(
    "\n\t\u00a0¡£«»¿"
    + "".join(map(chr, (*range(0x20, 0x7F), *range(0xC0, 0x100))))
    + "ĂăĄąĆćČčĎďđĘęĚěĞğİıĲĳĹĺĽľŁłŃńŇňŊŋ"
    "ŐőŒœŔŕŘřŚśŞşŠšŢţŤťŮůŰűŸŹźŻżŽž–—‘’‚“”„‹›"
)
_TS1 = frozenset("¢¤¥¦§©ª¬®°±²³µ¶·¹º¼½¾ƒ‖†‡•‰€™№")
_DECLARED = re.compile(r"^\\(?:cvletter|cvsign|cvcopied|DeclareUnicodeCharacter)\{([0-9A-F]{4})\}", re.MULTILINE)
_LIGATURES = re.compile("(?<=-)(?=-)|(?<=<)(?=<)|(?<=>)(?=>)|(?<=,)(?=,)")
_QUOTES = {"'": r"\textquotesingle{}", "`": r"\textasciigrave{}"}
_HINT = "render with -e xelatex or -e lualatex, or through HTML without -e; or write it in other characters"
_MOST_NAMED = 12
"""The most characters that one message names."""


def t1_font_setup(fonts: Mapping[str, Font]) -> str:
    """The commands that select the options' fonts."""
    lines: dict[str, None] = {}
    for font in fonts.values():
        family, scale = _find_family(font)
        if scale != "1":
            lines[rf"\expandafter\def\csname {family}@scale\endcsname{{{scale}}}"] = None
        lines[rf"\newcommand{font_command(font.family)}{{\fontfamily{{{family}}}\selectfont}}"] = None
        if family in _WITHOUT_SLANT:
            lines[rf"\cvslanted{{{family}}}"] = None
    return "\n".join(lines)


def _find_family(font: Font) -> tuple[str, str]:
    return _FAMILIES.get(font.family) or _OF_KIND.get(font.generic, _PAGELLA)


def report_other_fonts(fonts: Iterable[Font]) -> tuple[Problem, ...]:
    """A warning for each font that a person chose and pdfLaTeX cannot read."""
    hint = "render with -e xelatex or -e lualatex to have this font"
    return tuple(
        warn(f"pdfLaTeX prints another font in place of {font.family!r}", hint=hint)
        for font in fonts
        if font.family not in _FAMILIES
    )


def find_unprintable(text: str, package: Path) -> frozenset[str]:
    """The characters of ``text`` that neither T1 nor ``package`` has."""
    return frozenset(text) - _T1 - _TS1 - _list_declared(package.read_text("utf-8"))


@cache
def _list_declared(package: str) -> frozenset[str]:
    return frozenset(chr(int(code, 16)) for code in _DECLARED.findall(package))


def refuse_unprintable(characters: Iterable[str], document: Document) -> list[Problem]:
    """A Problem for each of ``characters``, at the first text that has it."""
    wanted = set(characters)
    places: dict[str, Location | None] = {}
    for text in find_texts(document):
        for character in wanted.intersection(str(text)) - places.keys():
            places[character] = text.location
    named = sorted(wanted)
    more = f" and {len(named) - _MOST_NAMED} more" if len(named) > _MOST_NAMED else ""
    kind = f"pdfLaTeX cannot print {' '.join(named[:_MOST_NAMED])}{more}"
    return [
        Problem(f"pdfLaTeX cannot print {one!r} (U+{ord(one):04X})", places.get(one), _HINT, kind=kind) for one in named
    ]


def keep_t1_characters(markup: str) -> str:
    """Escaped ``markup`` in which no two characters become another one, as ``--`` does in T1, nor quotes curly ones."""
    whole = _LIGATURES.sub("{}", markup)
    return "".join(_QUOTES.get(character, character) for character in whole)
