"""The fonts of one document: the commands that load them, the files that they need, and what prints which character."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from cvgen.backends.backend import Asset, Job, find_strings, missing_glyph
from cvgen.backends.cache import Cache
from cvgen.backends.fontconfig import find_cuts
from cvgen.backends.host import Host
from cvgen.backends.latex.font_copies import copy_with_own_glyphs, small_capitals_font
from cvgen.backends.latex.font_setup import FONTS, fallback_commands, font_setup, list_fonts, name_font_file
from cvgen.backends.latex.formula import is_passed_on
from cvgen.backends.latex.glyphs import find_fallback, is_invisible
from cvgen.backends.latex.t1_fonts import find_unprintable, refuse_unprintable, report_other_fonts, t1_font_setup
from cvgen.backends.latex.travelling_fonts import copy_to_travel
from cvgen.diagnostics import Problem, RenderError
from cvgen.model.inline import Inline, ItemList, Math, RichText, plain_text
from cvgen.model.texts import find_leaves
from cvgen.themes.options import Font

_EVERYTHING = tuple(map(chr, range(0x20, 0x3000)))
"""The characters of a family that was asked for: all but ideographs, so that a person can go on writing."""


@dataclass(frozen=True, slots=True)
class DocumentFonts:
    """``setup`` loads the fonts of the options, and those of ``fallback``: character → the command that selects one.

    ``invisible`` characters are left out. ``coded`` ones are in formulas alone, which pdfTeX sets without them.
    ``installed`` fonts are read where they are.
    """

    setup: str
    fallback: Mapping[str, str] = field(default_factory=dict)
    invisible: frozenset[str] = frozenset()
    assets: tuple[tuple[str, Asset], ...] = ()
    installed: tuple[Path, ...] = ()
    problems: tuple[Problem, ...] = ()
    coded: frozenset[str] | None = None


def find_opentype_fonts(job: Job, host: Host, cache: Cache, *, travels: bool) -> DocumentFonts:
    """The fonts for an engine that reads font files; all are copied if they ``travel``.

    Raises RenderError for a character that no font has.
    """
    fonts = {font.family: _plain(font, host, cache, travels=travels) for font in _list_options(job)}
    files = [path for font in fonts.values() for cut, path in font.files if cut == "regular"]
    main = next(iter(fonts.values()), Font("", "serif"))
    kinds = sorted({font.generic for font in fonts.values()} - {main.generic})
    strings, language = find_strings(job.document), job.document.language
    fallback = find_fallback(strings, files, main.generic, language, host, kinds)
    if fallback.missing:
        raise RenderError([missing_glyph(character, job.document) for character in fallback.missing])
    used_fonts = list_fonts(fallback)
    copies = {font: copy_to_travel(font, has, cache) for font, has in used_fonts.items() if travels}
    own = [(f"{FONTS}/{name_font_file(font, path)}", path) for font in fonts.values() for _, path in font.files]
    return DocumentFonts(
        font_setup(fonts, fallback, copies),
        fallback_commands(fallback),
        fallback.invisible,
        (*own, *((f"{FONTS}/{path.name}", path) for path in copies.values())),
        () if copies else tuple(font.path for font in used_fonts),
    )


def find_t1_fonts(job: Job, package: Path) -> DocumentFonts:
    """The fonts for pdfLaTeX, whose ``package`` prints further characters; raises RenderError for all others."""
    fonts = {font.family: font for font in _list_options(job)}
    lacking = find_unprintable(find_strings(job.document), package)
    leaves = (_list_printed(leaf.nodes) if isinstance(leaf, RichText) else leaf for leaf in find_leaves(job.document))
    printed = find_unprintable("".join(chain.from_iterable(leaves)), package)
    invisible = frozenset(filter(is_invisible, lacking))
    if printed > invisible:
        raise RenderError(refuse_unprintable(printed - invisible, job.document))
    problems = report_other_fonts(fonts.values())
    return DocumentFonts(t1_font_setup(fonts), invisible=invisible, coded=lacking - printed, problems=problems)


def _list_printed(nodes: Iterable[Inline]) -> Iterator[str]:
    """The texts of ``nodes`` but for the formulas that TeX sets itself."""
    for node in nodes:
        inner = node.items if isinstance(node, ItemList) else getattr(node, "children", None)
        if inner is None:
            yield plain_text((node,))
        elif not (isinstance(node, Math) and is_passed_on(node, accents=True)):
            yield from _list_printed(inner)


def _list_options(job: Job) -> list[Font]:
    return [value for value in job.options.values() if isinstance(value, Font)]


def _plain(font: Font, host: Host, cache: Cache, *, travels: bool) -> Font:
    """``font`` with copies of its files, and with small capitals if it has them.

    With ``travels``, the files of an installed family are copied too.
    """
    if travels and not font.files:
        cuts = find_cuts(font.family, host)
        files = tuple((cut, copy_to_travel(one, _EVERYTHING, cache)) for cut, one in cuts.items())
        return replace(font, files=files)
    plain = [(cut, copy_with_own_glyphs(path, cache)) for cut, path in font.files]
    upright = [(cut, small_capitals_font(path, cache)) for cut, path in font.files if "italic" not in cut]
    small = [(f"{cut}_small_capitals", path) for cut, path in upright if path]
    return replace(font, files=(*plain, *small))
