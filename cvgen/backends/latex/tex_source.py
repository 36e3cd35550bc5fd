"""Writes a .tex file from templates, with the fonts, icons and photo that it needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from cvgen.backends.backend import Asset, Job, Source
from cvgen.backends.cache import Cache
from cvgen.backends.columns import Columns, arrange_columns
from cvgen.backends.fontconfig import is_installed
from cvgen.backends.host import Host
from cvgen.backends.latex.biblatex_entries import write_biblatex
from cvgen.backends.latex.document_fonts import DocumentFonts, find_opentype_fonts, find_t1_fonts
from cvgen.backends.latex.icon_pages import draw_icon_page
from cvgen.backends.latex.loaded_files import is_loaded
from cvgen.backends.latex.packages import BIBLATEX_FILE
from cvgen.backends.latex.part_marks import define_marks, number_texts, place_titles
from cvgen.backends.latex.source_map import SOURCE, SourceMap, TracingEnvironment, join_traced, pack_map, unpack_map
from cvgen.backends.latex.t1_fonts import T1_FILE
from cvgen.backends.latex.template_values import (
    has_formulas,
    join_plain,
    list_filters,
    list_values,
    name_pictures,
    name_style,
    write_icon,
)
from cvgen.backends.latex.tex_engines import TEX_ENGINES
from cvgen.backends.latex.writer import FixedTextEscaper, Latex, LatexWriter
from cvgen.backends.style_citer import StyleCiter
from cvgen.backends.templates import ThemeEnvironment, name_template, render_document, render_template
from cvgen.diagnostics import Problem, RenderError
from cvgen.themes.icons import Icon, find_icon
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
BIBLIOGRAPHY_FILE = "publications.bib"
METADATA_FILE = "cvgen-metadata.tex"
"""Where the document comes from, which the class reads if it is there: only the PDF that cvgen makes says so."""
_STYLE, _METADATA = "package.tex.j2", "metadata.tex.j2"


def _find_file(theme: Theme, name: str) -> Path:
    """A file for TeX; a theme may have one of its own in place of that of the theme ``base``."""
    return next(file for _, folder in theme.folders if (file := folder / "latex" / name).is_file())


class TexWriter:
    """Writes a document as LaTeX for ``engine``."""

    def __init__(self, host: Host, engine: str) -> None:
        self._host, self._engine, self._cache = host, TEX_ENGINES[engine], Cache(host.cache)

    def write_source(self, job: Job, columns: Columns | None = None) -> Source:
        """The .tex file and a folder of all that it needs, for a person to go on with; see ``write``."""
        return self._drop_unloaded(job, self._write(job, columns, travels=True)[0])

    @property
    def today(self) -> tuple[int, int] | None:
        """The year and the month now; None if another time is to be printed in place of it."""
        return self._host.today

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
        # No gap may stretch to fill the page that is measured
        placed = replace(job, document=place_titles(job.document), metadata={})
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
        writer = self._open_writer(job, fonts, traced=traced, marked=marked)
        environment, values, icons = self._open_templates(job, columns, fonts, writer, traced=traced)
        beside = {f"{name_style(job)}.sty": _STYLE} | ({} if travels else {METADATA_FILE: _METADATA})

        def finish(text: str) -> tuple[str, dict[str, str], dict[str, str], Mapping[str, Any]]:
            others = {name: render_template(environment, template, values) for name, template in beside.items()}
            return text, others, icons, pack_map({**others, SOURCE: text})

        text, others, icons, packed = render_document(
            environment, name_template(job.document, "tex"), values, self._host.template_limits, finish
        )
        files = {name: other.encode() for name, other in others.items()}
        if job.biblatex:
            files[BIBLIOGRAPHY_FILE] = write_biblatex(job.biblatex, writer).encode()
        assets = self._list_assets(job, {**files, **{name: Path(path) for name, path in icons.items()}}, fonts, travels)
        return Source(text, assets, fonts.installed, fonts.problems, find_foreign(job.theme)), packed

    def _open_writer(self, job: Job, fonts: DocumentFonts, *, traced: bool, marked: bool) -> LatexWriter:
        return LatexWriter(
            fonts.fallback,
            fonts.invisible,
            trace=traced,
            direction=job.document.direction,
            has_math=has_formulas(job, self._engine),
            coded=fonts.coded,
            has_slant=job.document.words["emphasis"] != "weight",
            marks=number_texts(job.document) if marked else None,
        )

    def _open_templates(
        self, job: Job, columns: Columns | None, fonts: DocumentFonts, writer: LatexWriter, *, traced: bool
    ) -> tuple[ThemeEnvironment, dict[str, Any], dict[str, str]]:
        """The templates, what they are given, and the files of icons, which fill while the templates print."""
        kind, join = (TracingEnvironment, join_traced) if traced else (ThemeEnvironment, join_plain)
        environment = self._environment(kind, job, "latex", writer, _SYNTAX)
        environment.filters.update(list_filters(writer, join))
        citer = StyleCiter(self._environment(kind, job, STYLES, writer, {"extensions": [FixedTextEscaper]}), job)
        icons: dict[str, str] = {}
        contacts = job.document.contact_kinds
        self._cache.reserve()

        def place_icon(name: object) -> Latex:
            return self._place_icon(find_icon(job.theme, str(name), contacts), str(name), icons)

        values = list_values(job, columns or arrange_columns(job.document, job.options), self._engine, fonts.setup) | {
            "cite": lambda item, style: join([citer(item, style)]),
            "place_icon": place_icon,
            "icon": lambda name, color=None: write_icon(place_icon(name), color),
        }
        return environment, values, icons

    def _list_assets(
        self, job: Job, written: Mapping[str, Asset], fonts: DocumentFonts, travels: bool
    ) -> tuple[tuple[str, Asset], ...]:
        """The files beside the source: the class, what was ``written``, fonts, pictures, and what the theme brings."""
        own: dict[str, Asset] = {CLASS_FILE: _find_file(job.theme, CLASS_FILE), **written, **dict(fonts.assets)}
        own |= {asset: job.pictures[name].data for name, asset in name_pictures(job).items()}
        own |= {".latexmkrc": self._engine.latexmkrc.encode()} if travels else {}
        brought = read_tex_files(job.theme, (*_OWN_FILES, *(name for name in own if name != CLASS_FILE)))
        unused = {T1_FILE: self._engine.prints_unicode, BIBLATEX_FILE: job.biblatex is None}
        brought = {name: file for name, file in brought.items() if not unused.get(name)}
        return tuple((own | brought).items())

    def _drop_unloaded(self, job: Job, source: Source) -> Source:
        """``source`` without the class and the style of cvgen, if its theme has a class of its own instead."""
        texts = [str(source.content)]
        texts += [
            file.decode("utf-8", "replace")
            for name, file in source.assets
            if name in source.from_theme and isinstance(file, bytes)
        ]
        ours = (CLASS_FILE, f"{name_style(job)}.sty")
        unloaded = {name for name in ours if not is_loaded(name, texts)} - source.from_theme
        return replace(source, assets=tuple(asset for asset in source.assets if asset[0] not in unloaded))

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
        self, kind: type[ThemeEnvironment], job: Job, folder: str, writer: LatexWriter, syntax: Mapping[str, object]
    ) -> ThemeEnvironment:
        environment = kind(job.theme, folder, writer, self._cache, autoescape=False, **syntax)
        # Jinja joins what macros and blocks print with ``concat``: their markup must not be escaped again.
        environment.concat = join_traced if kind is TracingEnvironment else join_plain  # type: ignore[method-assign]
        return environment

    def _place_icon(self, icon: Icon, name: str, used: dict[str, str]) -> Latex:
        """The name of ``icon``; its file is added to the assets ``used``."""
        used[f"icons/{name}.pdf"] = str(draw_icon_page(icon, self._cache))
        return Latex(name)
