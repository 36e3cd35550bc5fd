"""Refuses PDFs in which a theme put a script, a program to start, or a file."""

from __future__ import annotations

from cvgen.diagnostics import Problem, RenderError
from cvgen.sources.active_content import find_active_content
from cvgen.themes.theme import Theme, is_shipped


def refuse_active_content(pdf: bytes, theme: Theme) -> None:
    """Raise RenderError if a ``theme`` that does not come with cvgen made a PDF that does more than show pages."""
    if not is_shipped(theme) and (found := find_active_content(pdf)):
        message = f"the theme {theme.name!r} puts active content into the PDF: {', '.join(found)}"
        raise RenderError([Problem(message, hint="remove it from the theme's templates, or use another theme")])
