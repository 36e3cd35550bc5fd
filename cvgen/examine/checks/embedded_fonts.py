"""Checks of the fonts in the file: whether they are embedded, whether the theme asks for them, and icon fonts."""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterator, Mapping

from cvgen.backends.backend import find_strings
from cvgen.examine.finding import Fault
from cvgen.examine.readers.pdfminer_text import SUBSET
from cvgen.examine.subject import Subject
from cvgen.themes.options import Font
from cvgen.themes.theme import Theme, list_fonts, shipped_folder

_LATIN = frozenset(string.ascii_letters)
_CODE = re.compile("mono|code|courier|consol|typewriter|lmtt")
"""Parts of the names of monospaced fonts."""
_USUAL = re.compile(
    "[\\s!-/:-@\\[-`{-~\u00a0-\u00bf\u2010-\u205e\u2190-\u21ff\u2212\u25a0-\u25ff\u2713\u2714\u2794-\u27be]"
)
"""Signs that themes print as bullets, separators and arrows, in any font that has them."""
_DECLARED = re.compile(
    r"@font-face|\\(?:fontspec|setmainfont|setsansfont|newfontfamily|newfontface|setfontfamily|usepackage)\b"
)
"""Commands with which a theme declares its own fonts; their names in the PDF may differ."""
_GENERIC = frozenset({"serif", "sansserif", "systemui"})
"""Generic families of CSS in the form of ``_plain``; each machine chooses its own font for them."""
_NAMED = re.compile(r"""font(?:-family)?\s*:\s*([^;}]+)""")


def check_fonts(subject: Subject) -> Iterator[Fault]:
    """Every font is embedded as outlines, with only the glyphs in use, and the theme asks for it."""
    seen: set[str] = set()
    for page in subject.pdfminer.pages:
        if not page.fonts and page.text.strip():
            yield Fault("the text has no font", page.number)
        for font in page.fonts:
            hint = "use OpenType or TrueType fonts that come with the theme"
            name = font.name or "a font without a name"
            wrong = _font_fault(font.kind, font.is_embedded, font.is_subset)
            if wrong and name not in seen:
                seen.add(name)
                yield Fault(f"{name} {wrong}", page.number, hint=hint)
    printed: dict[str, frozenset[str]] = {}
    for page in subject.pdfminer.pages:
        for name, chars in page.chars.items():
            printed[name] = printed.get(name, frozenset()) | chars
    yield from _icon_fonts(subject, printed)
    yield from _foreign_fonts(subject, printed)


def _font_fault(kind: str, is_embedded: bool, is_subset: bool) -> str:
    if kind == "Type3":
        return "is a Type 3 font, which prints and copies badly"
    if not is_embedded:
        return "is not embedded, so that other machines show another font"
    return "" if is_subset else "is embedded as a whole, with glyphs that are not used"


_MATH = ("latinmodernmath", "lmsans", "lmmono")
"""The fonts of formulas in LaTeX (math.tex.j2)."""


def _page_of(subject: Subject, name: str) -> int:
    return next(page.number for page in subject.pdfminer.pages if name in page.chars)


def _icon_fonts(subject: Subject, printed: Mapping[str, frozenset[str]]) -> Iterator[Fault]:
    """Fonts that print only signs that are not in the document: an icon of an envelope is copied as a sign."""
    typed = set(find_strings(subject.job.document))
    for name, chars in printed.items():
        signs = [char for char in chars if char.strip()]
        if signs and all(_is_sign(char) and char not in typed for char in signs):
            copied = ", ".join(map(repr, sorted(signs)))
            message = f"{_without_subset_prefix(name)} is an icon font: its icons are copied as {copied}"
            hint = "draw icons as images: icon(name, colour) in a template"
            yield Fault(message, _page_of(subject, name), hint=hint)


def _is_sign(char: str) -> bool:
    return unicodedata.category(char[0])[0] in "SPC" and not _USUAL.match(char)


def _foreign_fonts(subject: Subject, printed: Mapping[str, frozenset[str]]) -> Iterator[Fault]:
    """Fonts of Latin letters that the theme does not ask for: they replace a font that was not found.

    If a font of the options is not found by its name, the PDF may have it under another name; then nothing is reported.
    """
    fonts = [font for font in subject.job.options.values() if isinstance(font, Font)]
    families = tuple(_plain(font.family) for font in fonts)
    plain = {name: _plain(_without_subset_prefix(name)) for name in printed}
    of_text = [family for font, family in zip(fonts, families, strict=True) if font.generic != "monospace"]
    if not all(any(name.startswith(family) for name in plain.values()) for family in of_text):
        return
    in_text = _find_fonts_of_texts(subject)
    asked = {char for name, chars in printed.items() if plain[name].startswith(families) for char in chars}
    foreign = [
        name
        for name, chars in printed.items()
        if not plain[name].startswith(families)
        and not _CODE.search(plain[name])
        and not plain[name].startswith(_MATH)
        and name in in_text
        and _stands_in(chars & _LATIN, asked)
    ]
    own = _theme_families(subject.job.theme) if foreign else None
    for name in foreign:
        if own is not None and not plain[name].startswith(own):
            hint = "choose a font that is installed or comes with the theme, as body_font and heading_font do"
            message = f"the font {_without_subset_prefix(name)} replaces one that was not found"
            yield Fault(message, _page_of(subject, name), hint=hint)


def _find_fonts_of_texts(subject: Subject) -> frozenset[str]:
    """The fonts that print Latin letters outside of running heads and feet, which do not inherit the text's font."""
    found = set()
    for page in subject.pdfminer.pages:
        lines = [line.text for line in subject.running_lines if line.page == page.number]
        running = {char for line in lines for char in line}
        found |= {name for name, chars in page.chars.items() if (chars & _LATIN) - running}
    return frozenset(found)


def _stands_in(letters: frozenset[str], asked: set[str]) -> bool:
    """Whether a font prints ``letters`` that the fonts asked for have too."""
    return len(letters) > 1 and len(letters & asked) > len(letters) / 2


def _without_subset_prefix(name: str) -> str:
    return SUBSET.sub("", name).rstrip(",")


def _plain(name: str) -> str:
    """``name`` in the form in which names are compared, also of font copies (backends/latex/font_copies.py)."""
    return re.sub(r"[\W_]", "", name).casefold().replace("cvgen", "source")


def _theme_families(theme: Theme) -> tuple[str, ...] | None:
    """The families that the theme's own files name; None if they may have other names in the PDF."""
    found = {_plain(family) for family in list_fonts(theme)}
    for _, folder in theme.folders:
        if folder.is_relative_to(shipped_folder()):
            continue
        for path in sorted(folder.rglob("*.j2")):
            text = path.read_text("utf-8", "replace")
            if _DECLARED.search(text):
                return None
            lists = [[_plain(family) for family in value.split(",")] for value in _NAMED.findall(text)]
            if any(families[0] in _GENERIC for families in lists):
                return None
            found |= {family for families in lists for family in families}
    return tuple(found - {""})
