"""Writes a page from templates: for a browser, with all that it needs inside, or for a program that lays it out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from operator import attrgetter
from typing import Any

from markupsafe import Markup

from cvgen.backends.backend import Job, Source
from cvgen.backends.citations import Citer
from cvgen.backends.fontconfig import is_installed
from cvgen.backends.host import Host
from cvgen.backends.html.faces import describe_faces
from cvgen.backends.html.writer import draw_icon, write_html
from cvgen.backends.templates import ThemeEnvironment, render_document
from cvgen.diagnostics import InputError, Problem
from cvgen.sources.picture.prepared_picture import PreparedPicture
from cvgen.themes.icons import find_icon
from cvgen.themes.styles import STYLES

TEMPLATE = "document.html.j2"
MOST_EMBEDDED = 2**27
"""The most bytes of the fonts and pictures inside a page."""


class PageWriter:
    """Writes a document as HTML."""

    def __init__(self, host: Host) -> None:
        self._host = host

    def write_source(self, job: Job) -> Source:
        """The page with its fonts (only the characters used) and photo inside."""
        from cvgen.backends.html.embed import embed_subset

        plain = self.write_page(job, [], picture_url=lambda picture: "data:,", check=_refuse_loaded)
        characters = "".join(sorted(set(plain)))
        return Source(self.write_page(job, describe_faces(job, lambda path: embed_subset(path, characters))))

    def write_page(
        self,
        job: Job,
        faces: list[dict[str, str]],
        *,
        picture_url: Callable[[PreparedPicture], str] = attrgetter("url"),
        mark: Callable[[Any], Markup] = lambda part: Markup(""),
        check: Callable[[str], str] = str,
    ) -> str:
        """The page of ``job``; raises InputError for a fault of the theme.

        ``faces`` are its ``@font-face`` rules, ``picture_url`` gives the URL of a picture, ``mark`` the attribute that
        identifies the box of a part, and ``check`` the page or an InputError.
        """
        document = job.document

        def locate(name: str) -> str:
            return picture_url(job.pictures[name]) if name in job.pictures else ""

        citer = Citer(self._environment(job, STYLES), document.words, job.options)
        values: Mapping[str, Any] = {
            "doc": document,
            "words": document.words,
            "options": job.options,
            "metadata": job.metadata,
            "faces": faces,
            "image_url": locate(job.document.image),
            "logo_url": locate,
            # Pictures beside papers are for pages on a screen: a job for a PDF has none.
            "thumbnail": locate,
            "icon": lambda name, *color: draw_icon(find_icon(job.theme, name), *color),
            "at": mark,
            "cite": lambda item, style: Markup(citer(item, style)),
        }
        limits = self._host.template_limits
        if faces or job.pictures:
            limits = replace(limits, result=limits.result + MOST_EMBEDDED)
        page: str = render_document(self._environment(job, "html"), TEMPLATE, values, limits, finish=check)
        return page

    def has_font(self, family: str) -> bool:
        """Whether fontconfig, which WeasyPrint asks, has a font of this family."""
        return is_installed(family, self._host)

    def close(self) -> None:
        """Do nothing: no program was started."""

    def _environment(self, job: Job, folder: str) -> ThemeEnvironment:
        return ThemeEnvironment(job.theme, folder, write_html, self._host.cache / "html", autoescape=True)


def _refuse_loaded(page: str) -> str:
    """``page``; raises InputError if a browser would load more for it."""
    from cvgen.backends.html.loaded import find_loaded

    if loaded := find_loaded(page):
        message = f"the theme's page needs {loaded[0]!r}, which is not in it"
        raise InputError([Problem(message, hint="put it into the template as a data: URL, or leave it out")])
    return page
