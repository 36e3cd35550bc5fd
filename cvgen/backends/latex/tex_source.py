"""Writes a .tex file from templates, with the fonts, icons and photo that it needs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from cvgen.backends.backend import Asset, Job, Source
from cvgen.backends.cache import Cache
from cvgen.backends.columns import Columns, arrange_columns
from cvgen.backends.fontconfig import is_installed
from cvgen.backends.head_layout import head_functions
from cvgen.backends.host import Host
from cvgen.backends.latex.archive import describe_archive
from cvgen.backends.latex.document_fonts import DocumentFonts, find_opentype_fonts, find_t1_fonts
from cvgen.backends.latex.font_setup import font_command
from cvgen.backends.latex.formula import is_passed_on
from cvgen.backends.latex.icon_pages import draw_icon_page
from cvgen.backends.latex.part_marks import define_marks, number_texts, place_titles
from cvgen.backends.latex.source_map import SOURCE, SourceMap, TracingEnvironment, join_traced, pack_map, unpack_map
from cvgen.backends.latex.t1_fonts import T1_FILE
from cvgen.backends.latex.tex_engines import TEX_ENGINES
from cvgen.backends.latex.writer import FixedTextEscaper, Latex, LatexWriter, escape_plain, escape_url
from cvgen.backends.short_lists import is_one_paragraph
from cvgen.backends.style_citer import StyleCiter
from cvgen.backends.templates import ThemeEnvironment, name_template, render_document, render_template
from cvgen.diagnostics import Problem, RenderError
from cvgen.model.inline import RichText, list_formulas
from cvgen.model.metadata import info_entries
from cvgen.model.texts import find_texts
from cvgen.themes.icons import Icon, find_icon
from cvgen.themes.options import Color
from cvgen.themes.styles import STYLES
from cvgen.themes.tex_files import find_foreign, read_tex_files
from cvgen.themes.theme import Theme

_SYNTAX = {
    "block_start_string": "<%", "block_end_string": "%>",
    "variable_start_string": "<<", "variable_end_string": ">>",
    "comment_start_string": "<#", "comment_end_string": "#>",
}  # fmt: skip

_OWN_FILES = ("cv.tex", "cv.pdf")
"""What a run itself writes in its folder."""


CLASS_FILE = "cvgen.cls"
METADATA_FILE = "cvgen-metadata.tex"
"""Where the document comes from, which the class reads if it is there: only the PDF that cvgen makes says so."""
_STYLE, _METADATA = "package.tex.j2", "metadata.tex.j2"


def _join_paragraphs(parts: Iterable[RichText], writer: LatexWriter, join: Callable[[Iterable[Any]], Latex]) -> Latex:
    """The paragraphs of a text with the space between them; a list brings its own."""
    written: list[str] = []
    for part in parts:
        if written:
            written.append("\n\\par\n" if part.is_list else "\n\\cvpar\n")
        written.append(writer(part))
    return join(written)


def _join(parts: Iterable[str]) -> Latex:
    return Latex("".join(parts))


def _has_formulas(job: Job) -> bool:
    """Whether TeX sets a formula of the document; what sets it takes a third of a second to load."""
    if job.document.direction == "rtl":
        return False
    formulas = (formula for text in find_texts(job.document) for formula in list_formulas(text.nodes))
    return any(map(is_passed_on, formulas))


def _write_icon(name: Latex, color: Color | None) -> Latex:
    """The command that prints the icon ``name`` in ``color``; without one, in that of the text."""
    shown = rf"\cvicon{{{name}}}"
    return Latex(rf"\textcolor[HTML]{{{color.hex}}}{{{shown}}}" if color else shown)


def _name_style(job: Job) -> str:
    """The name of the package with the look of the theme, such as ``cvgen-modern``."""
    return f"cvgen-{re.sub('[^A-Za-z0-9]+', '-', job.theme.name).strip('-').lower() or 'theme'}"


def _find_file(theme: Theme, name: str) -> Path:
    """A file for TeX; a theme may have one of its own in place of that of the theme ``base``."""
    return next(file for _, folder in theme.folders if (file := folder / "latex" / name).is_file())


def name_pictures(job: Job) -> dict[str, str]:
    """The photo and the logos as the profile names them → the names of their copies beside the .tex file."""
    shown = [(name, job.pictures[name]) for name in job.document.pictures if name in job.pictures]
    return {
        name: f"pictures/{'photo' if name == job.document.image else f'logo-{n}'}.{picture.ending}"
        for n, (name, picture) in enumerate(shown)
    }


class TexWriter:
    """Writes a document as LaTeX for ``engine``."""

    def __init__(self, host: Host, engine: str) -> None:
        self._host, self._engine, self._cache = host, TEX_ENGINES[engine], Cache(host.cache)

    def write_source(self, job: Job, columns: Columns | None = None) -> Source:
        """The .tex file and a folder of all that it needs, for a person to go on with; see ``write``."""
        return self._write(job, columns, travels=True)[0]

    def has_font(self, family: str) -> bool:
        """Whether fontconfig, which fontspec asks, has a font of this family."""
        return is_installed(family, self._host)

    def close(self) -> None:
        """Delete what could not be kept in the cache."""
        self._cache.close()

    def write(self, job: Job, columns: Columns | None = None) -> Source:
        """The source of ``job`` for a run here; ``columns`` are its sections as arranged on its pages, if known.

        Raises InputError for a fault of the theme, RenderError for text that the engine or the fonts cannot print.
        """
        return self._write(job, columns)[0]

    def write_marked(self, job: Job) -> Source:
        """The source of ``job`` with a mark at both ends of each text, by which TeX measures its parts."""
        placed = replace(job, document=place_titles(job.document))
        source, _ = self._write(placed, None, marked=True)
        return replace(source, content=define_marks(str(source.content)))

    def trace(self, job: Job, columns: Columns | None = None) -> SourceMap:
        """Where each character of the source that ``write`` gives for the same job comes from."""
        return unpack_map(self._write(job, columns, traced=True)[1])

    def _write(
        self, job: Job, columns: Columns | None, *, travels: bool = False, traced: bool = False, marked: bool = False
    ) -> tuple[Source, Mapping[str, Any]]:
        """The source, for other machines too if it ``travels``; and its map, which is empty unless it is ``traced``."""
        self.check_direction(job)
        fonts = self._find_fonts(job, travels=travels)
        has_formulas = _has_formulas(job)
        writer = LatexWriter(
            fonts.fallback,
            fonts.invisible,
            trace=traced,
            direction=job.document.direction,
            has_math=has_formulas,
            is_t1=not self._engine.prints_unicode,
            has_slant=job.document.words["emphasis"] != "weight",
            marks=number_texts(job.document) if marked else None,
        )
        kind, join = (TracingEnvironment, join_traced) if traced else (ThemeEnvironment, _join)
        environment, words = self._environment(kind, job, "latex", writer, _SYNTAX), job.document.words
        citer = StyleCiter(self._environment(kind, job, STYLES, writer, {"extensions": [FixedTextEscaper]}), job)
        environment.filters["url"] = lambda url: Latex(escape_url(url))
        environment.filters["plain"] = lambda text: Latex(escape_plain(str(text)))
        environment.filters["counted"] = lambda text: Latex(writer.write_counts(text))
        environment.filters["breakable"] = lambda text: Latex(writer.write_breakable(str(text)))
        environment.filters["trimmed"] = lambda text: Latex(text.strip())
        environment.filters["font"] = lambda font: Latex(font_command(font.family))
        environment.filters["paragraphs"] = lambda parts: _join_paragraphs(parts, writer, join)
        pictures = name_pictures(job)
        values = {
            "doc": job.document,
            "words": words,
            "options": job.options,
            "columns": (arranged := columns or arrange_columns(job.document, job.options)),
            "is_inline": lambda section: is_one_paragraph(section, job.options, arranged),
            "fonts": Latex(fonts.setup),
            "style_name": _name_style(job),
            "image": Latex(pictures.get(job.document.image, "")),
            "logo": lambda name: Latex(pictures.get(name, "")),
            "info": info_entries(job.metadata),
            "archive": describe_archive(job),
            "engine": self._engine.dialect,
            "program": self._engine.name,
            "formulas": has_formulas,
            "cite": lambda item, style: join([citer(item, style)]),
            **head_functions(job.document, job.options),
        }
        used: dict[str, str] = {}
        self._cache.reserve()
        values["place_icon"] = lambda name: self._place_icon(find_icon(job.theme, str(name)), str(name), used)
        values["icon"] = lambda name, color=None: _write_icon(values["place_icon"](name), color)
        beside = [_STYLE] if travels else [_STYLE, _METADATA]
        names = (f"{_name_style(job)}.sty", METADATA_FILE)

        def finish(text: str) -> tuple[str, list[str], dict[str, str], Mapping[str, Any]]:
            others = [render_template(environment, name, values) for name in beside]
            return text, others, used, pack_map({**dict(zip(names, others, strict=False)), SOURCE: text})

        text, others, icons, packed = render_document(
            environment, name_template(job.document, "tex"), values, self._host.template_limits, finish
        )
        assets: list[tuple[str, Asset]] = [(CLASS_FILE, _find_file(job.theme, CLASS_FILE))]
        assets += [(name, other.encode()) for name, other in zip(names, others, strict=False)]
        assets += [(asset, Path(path)) for asset, path in icons.items()]
        assets += fonts.assets
        assets += [(asset, job.pictures[name].data) for name, asset in pictures.items()]
        assets += [(".latexmkrc", self._engine.latexmkrc.encode())] if travels else []
        own = dict(assets)
        brought = read_tex_files(job.theme, (*_OWN_FILES, *(name for name in own if name != CLASS_FILE)))
        if self._engine.prints_unicode:
            brought.pop(T1_FILE, None)
        source = Source(text, tuple((own | brought).items()), fonts.installed, fonts.problems, find_foreign(job.theme))
        return source, packed

    def _find_fonts(self, job: Job, *, travels: bool) -> DocumentFonts:
        if self._engine.prints_unicode:
            return find_opentype_fonts(job, self._host, self._cache, travels=travels)
        return find_t1_fonts(job, _find_file(job.theme, T1_FILE))

    def check_direction(self, job: Job) -> None:
        """Raise RenderError for a document that the engine cannot print in its direction."""
        if job.document.direction == "rtl" and not self._engine.prints_right_to_left:
            message = f"{self._engine.title} does not print documents in {job.document.language!r}, from right to left"
            raise RenderError([Problem(message, hint="render with -e lualatex, or through HTML without -e")])

    def _environment(
        self, kind: type[ThemeEnvironment], job: Job, folder: str, writer: LatexWriter, syntax: Mapping[str, Any]
    ) -> ThemeEnvironment:
        environment = kind(job.theme, folder, writer, self._cache, autoescape=False, **syntax)
        # Jinja joins what macros and blocks print with ``concat``: their markup must not be escaped again.
        environment.concat = join_traced if kind is TracingEnvironment else _join  # type: ignore[method-assign]
        return environment

    def _place_icon(self, icon: Icon, name: str, used: dict[str, str]) -> Latex:
        """The name of ``icon``; its file is added to the assets ``used``."""
        used[f"icons/{name}.pdf"] = str(draw_icon_page(icon, self._cache))
        return Latex(name)
