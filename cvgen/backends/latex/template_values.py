"""What the LaTeX templates of a document are given: values, filters and functions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from cvgen.backends.backend import Job
from cvgen.backends.columns import Columns
from cvgen.backends.head_layout import head_functions
from cvgen.backends.latex.archive import describe_archive
from cvgen.backends.latex.biblatex_entries import make_cite_key
from cvgen.backends.latex.font_setup import font_command
from cvgen.backends.latex.formula import is_passed_on
from cvgen.backends.latex.tex_engines import TexEngine
from cvgen.backends.latex.writer import Latex, LatexWriter, escape_plain, escape_url
from cvgen.backends.short_lists import is_one_paragraph
from cvgen.backends.white_space import space_functions
from cvgen.model.inline import RichText, list_formulas
from cvgen.model.metadata import info_entries
from cvgen.model.texts import find_texts
from cvgen.themes.options import Color

Join = Callable[[Iterable[Any]], Latex]
"""Joins markup; it keeps track of where each piece comes from, if that is asked for."""


def join_plain(parts: Iterable[str]) -> Latex:
    """Markup joined without a record of where its pieces come from."""
    return Latex("".join(parts))


def list_filters(writer: LatexWriter, join: Join) -> dict[str, Callable[..., Latex]]:
    """The filters of LaTeX templates by name."""
    return {
        "url": lambda url: Latex(escape_url(url)),
        "citekey": lambda key: Latex(make_cite_key(str(key))),
        "plain": lambda text: Latex(escape_plain(str(text))),
        "counted": lambda text: Latex(writer.write_counts(text)),
        "breakable": lambda text: Latex(writer.write_breakable(str(text))),
        "trimmed": lambda text: Latex(text.strip()),
        "font": lambda font: Latex(font_command(font.family)),
        "paragraphs": lambda parts: _join_paragraphs(parts, writer, join),
    }


def list_values(job: Job, columns: Columns | None, engine: TexEngine, font_setup: str) -> dict[str, Any]:
    """The values and functions of LaTeX templates by name, but those that draw icons or print citations."""
    pictures = name_pictures(job)
    return {
        "doc": job.document,
        "words": job.document.words,
        "options": job.options,
        "columns": columns,
        "is_inline": lambda section: is_one_paragraph(section, job.options, columns),
        "fonts": Latex(font_setup),
        "style_name": name_style(job),
        "image": Latex(pictures.get(job.document.image, "")),
        "logo": lambda name: Latex(pictures.get(name, "")),
        "info": info_entries(job.metadata),
        "archive": describe_archive(job),
        "biblatex": job.biblatex,
        "engine": engine.dialect,
        "program": engine.name,
        "formulas": has_formulas(job, engine),
        "stretch": job.metadata.get("pages_allowed") == "1",
        **head_functions(job.document, job.options),
        **space_functions(job.options),
    }


def name_pictures(job: Job) -> dict[str, str]:
    """The photo and the logos as the profile names them → the names of their copies beside the .tex file."""
    shown = [(name, job.pictures[name]) for name in job.document.pictures if name in job.pictures]
    return {
        name: f"pictures/{'photo' if name == job.document.image else f'logo-{n}'}.{picture.ending}"
        for n, (name, picture) in enumerate(shown)
    }


def name_style(job: Job) -> str:
    """The name of the package with the look of the theme, such as ``cvgen-modern``."""
    return f"cvgen-{re.sub('[^A-Za-z0-9]+', '-', job.theme.name).strip('-').lower() or 'theme'}"


def has_formulas(job: Job, engine: TexEngine) -> bool:
    """Whether TeX sets a formula of the document; what sets it takes a third of a second to load."""
    if job.document.direction == "rtl":
        return False
    formulas = (formula for text in find_texts(job.document) for formula in list_formulas(text.nodes))
    return any(is_passed_on(formula, accents=not engine.prints_unicode) for formula in formulas)


def write_icon(name: Latex, color: Color | None) -> Latex:
    """The command that prints the icon ``name`` in ``color``; without one, in that of the text."""
    shown = rf"\cvicon{{{name}}}"
    return Latex(rf"\textcolor[HTML]{{{color.hex}}}{{{shown}}}" if color else shown)


def _join_paragraphs(parts: Iterable[RichText], writer: LatexWriter, join: Callable[[Iterable[Any]], Latex]) -> Latex:
    """The paragraphs of a text with the space between them; a list brings its own."""
    written: list[str] = []
    for part in parts:
        if written:
            written.append("\n\\par\n" if part.is_list else "\n\\cvpar\n")
        written.append(writer(part))
    return join(written)
