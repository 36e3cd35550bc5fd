"""Writes a page from templates: for a browser, with all that it needs inside, or for a program that lays it out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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


class PageWriter:
    """Writes a document as HTML. It keeps the templates that it has compiled."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._environments: dict[str, tuple[Any, ThemeEnvironment]] = {}
        """The environment used last for each folder of templates, with the theme and files that it is valid for."""

    def write_source(self, job: Job) -> Source:
        """The page with its fonts (only the characters used) and photo inside."""
        from cvgen.backends.html.embed import embed_subset
        from cvgen.backends.html.loaded import find_loaded

        plain = self.write_page(job, [], picture_url=lambda picture: "data:,")
        if loaded := find_loaded(plain):
            message = f"the theme's page needs {loaded[0]!r}, which is not in it"
            raise InputError([Problem(message, hint="put it into the template as a data: URL, or leave it out")])
        return Source(self.write_page(job, describe_faces(job, lambda path: embed_subset(path, plain))))

    def write_page(
        self,
        job: Job,
        faces: list[dict[str, str]],
        *,
        picture_url: Callable[[PreparedPicture], str] = attrgetter("url"),
        mark: Callable[[Any], Markup] = lambda part: Markup(""),
    ) -> str:
        """The page of ``job``; raises InputError for a fault of the theme.

        ``faces`` are its ``@font-face`` rules, ``picture_url`` gives the URL of a picture, and ``mark`` the attribute
        that identifies the box of a part.
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
        return render_document(self._environment(job, "html"), TEMPLATE, values)

    def has_font(self, family: str) -> bool:
        """Whether fontconfig, which WeasyPrint asks, has a font of this family."""
        return is_installed(family, self._host)

    def close(self) -> None:
        """Do nothing: no program was started."""

    def _environment(self, job: Job, folder: str) -> ThemeEnvironment:
        key = (job.theme.folders, job.files_digest)
        if folder not in self._environments or self._environments[folder][0] != key:
            cache = self._host.cache / "html"
            environment = ThemeEnvironment(job.theme, folder, write_html, cache, autoescape=True)
            self._environments[folder] = (key, environment)
        return self._environments[folder][1]
