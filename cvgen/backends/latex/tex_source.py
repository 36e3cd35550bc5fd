"""Writes a .tex file from templates, with the fonts, icons and photo that it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from cvgen.backends.backend import Asset, Job, Source, find_strings, missing_glyph
from cvgen.backends.cache import Cache
from cvgen.backends.columns import Columns, arrange_columns
from cvgen.backends.fontconfig import is_installed
from cvgen.backends.head_layout import head_functions
from cvgen.backends.host import Host
from cvgen.backends.latex.archive import describe_archive
from cvgen.backends.latex.font_copies import copy_with_own_glyphs, small_capitals_font
from cvgen.backends.latex.font_setup import fallback_commands, font_command, font_setup, list_font_files
from cvgen.backends.latex.glyphs import find_fallback
from cvgen.backends.latex.icon_pages import draw_icon_page
from cvgen.backends.latex.source_map import SourceMap, TracingEnvironment, join_traced, pack_map, unpack_map
from cvgen.backends.latex.writer import FixedTextEscaper, Latex, LatexWriter, escape_plain, escape_url
from cvgen.backends.short_lists import is_one_paragraph
from cvgen.backends.style_citer import StyleCiter
from cvgen.backends.templates import ThemeEnvironment, name_template, render_document
from cvgen.diagnostics import Problem, RenderError
from cvgen.model.inline import RichText
from cvgen.model.metadata import info_entries
from cvgen.themes.icons import Icon, find_icon
from cvgen.themes.options import Color, Font
from cvgen.themes.styles import STYLES

_SYNTAX = {
    "block_start_string": "<%", "block_end_string": "%>",
    "variable_start_string": "<<", "variable_end_string": ">>",
    "comment_start_string": "<#", "comment_end_string": "#>",
}  # fmt: skip


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


def name_pictures(job: Job) -> dict[str, str]:
    """The photo and the logos as the profile names them → the names of their copies beside the .tex file."""
    shown = [(name, job.pictures[name]) for name in job.document.pictures if name in job.pictures]
    return {
        name: f"assets/{'photo' if name == job.document.image else f'logo{n}'}.{picture.ending}"
        for n, (name, picture) in enumerate(shown)
    }


class TexWriter:
    """Writes a document as LaTeX for ``engine``."""

    def __init__(self, host: Host, engine: str) -> None:
        self._host, self._engine, self._cache = host, engine, Cache(host.cache)

    def write_source(self, job: Job) -> Source:
        """The .tex file, its fonts and photo; ``xelatex`` or ``lualatex`` turn it into the PDF."""
        return self.write(job)

    def has_font(self, family: str) -> bool:
        """Whether fontconfig, which fontspec asks, has a font of this family."""
        return is_installed(family, self._host)

    def close(self) -> None:
        """Delete what could not be kept in the cache."""
        self._cache.close()

    def write(self, job: Job, columns: Columns | None = None) -> Source:
        """The source of ``job``; ``columns`` are its sections as they are arranged on its pages, if that is known.

        Raises InputError for a fault of the theme, RenderError for text that the engine or the fonts cannot print.
        """
        return self._write(job, columns, trace=False)[0]

    def trace(self, job: Job, columns: Columns | None = None) -> SourceMap:
        """Where each character of the source that ``write`` gives for the same job comes from."""
        return unpack_map(self._write(job, columns, trace=True)[1])

    def _write(self, job: Job, columns: Columns | None, *, trace: bool) -> tuple[Source, Mapping[str, Any]]:
        """The source, and the map of its text, which is empty without ``trace``."""
        self.check_direction(job)
        fonts = {v.family: self._plain(v) for v in job.options.values() if isinstance(v, Font)}
        files = [path for font in fonts.values() for cut, path in font.files if cut == "regular"]
        main = next(iter(fonts.values()), Font("", "serif"))
        kinds = sorted({font.generic for font in fonts.values()} - {main.generic})
        strings, language = find_strings(job.document), job.document.language
        fallback = find_fallback(strings, files, main.generic, language, self._host, kinds)
        if fallback.missing:
            raise RenderError([missing_glyph(character, job.document) for character in fallback.missing])
        writer = LatexWriter(
            fallback_commands(fallback), fallback.invisible, trace=trace, direction=job.document.direction
        )
        kind, join = (TracingEnvironment, join_traced) if trace else (ThemeEnvironment, _join)
        environment, words = self._environment(kind, job, "latex", writer, _SYNTAX), job.document.words
        citer = StyleCiter(self._environment(kind, job, STYLES, writer, {"extensions": [FixedTextEscaper]}), job)
        environment.filters["url"] = lambda url: Latex(escape_url(url))
        environment.filters["plain"] = lambda text: Latex(escape_plain(str(text)))
        environment.filters["breakable"] = lambda text: Latex(writer.write_breakable(str(text)))
        environment.filters["font"] = lambda font: Latex(font_command(font.family))
        environment.filters["paragraphs"] = lambda parts: _join_paragraphs(parts, writer, join)
        pictures = name_pictures(job)
        values = {
            "doc": job.document,
            "words": words,
            "options": job.options,
            "columns": (arranged := columns or arrange_columns(job.document, job.options)),
            "is_inline": lambda section: is_one_paragraph(section, job.options, arranged),
            "fonts": Latex(font_setup(fonts, fallback)),
            "image": Latex(pictures.get(job.document.image, "")),
            "logo": lambda name: Latex(pictures.get(name, "")),
            "info": info_entries(job.metadata),
            "archive": describe_archive(job),
            "engine": self._engine,
            "cite": lambda item, style: join([citer(item, style)]),
            **head_functions(job.document, job.options),
        }
        used: dict[str, str] = {}
        self._cache.reserve()
        values["icon"] = lambda name, color: self._place_icon(find_icon(job.theme, name), color, used)
        packed, icons = render_document(
            environment,
            name_template(job.document, "tex"),
            values,
            self._host.template_limits,
            finish=lambda text: (pack_map(text), used),
        )
        assets: list[tuple[str, Asset]] = [(asset, Path(path)) for asset, path in icons.items()]
        assets += [(f"assets/{path.name}", path) for font in fonts.values() for _, path in font.files]
        assets += [(asset, job.pictures[name].data) for name, asset in pictures.items()]
        return Source(packed["text"], tuple(assets), tuple(list_font_files(fallback))), packed

    def check_direction(self, job: Job) -> None:
        """Raise RenderError for a document that the engine cannot print in its direction."""
        if job.document.direction == "rtl" and self._engine == "xelatex":
            message = f"XeLaTeX does not print documents in {job.document.language!r}, from right to left"
            raise RenderError([Problem(message, hint="render with -e lualatex, or through HTML without -e")])

    def _environment(
        self, kind: type[ThemeEnvironment], job: Job, folder: str, writer: LatexWriter, syntax: Mapping[str, Any]
    ) -> ThemeEnvironment:
        environment = kind(job.theme, folder, writer, self._cache, autoescape=False, **syntax)
        # Jinja joins what macros and blocks print with ``concat``: their markup must not be escaped again.
        environment.concat = join_traced if kind is TracingEnvironment else _join  # type: ignore[method-assign]
        return environment

    def _place_icon(self, icon: Icon, color: Color, used: dict[str, str]) -> Latex:
        """The command that prints ``icon``; its file is added to the assets ``used``."""
        path = draw_icon_page(icon, color, self._cache)
        used[f"assets/{path.name}"] = str(path)
        return Latex(rf"\cvicon{{assets/{path.name}}}")

    def _plain(self, font: Font) -> Font:
        """``font`` with copies of its files, and with small capitals if it has them."""
        plain = [(cut, copy_with_own_glyphs(path, self._cache)) for cut, path in font.files]
        upright = [(cut, small_capitals_font(path, self._cache)) for cut, path in font.files if "italic" not in cut]
        small = [(f"{cut}_small_capitals", path) for cut, path in upright if path]
        return replace(font, files=(*plain, *small))
