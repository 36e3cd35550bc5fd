"""Writes a page from templates: for a browser, with all that it needs inside, or for a program that lays it out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup

from cvgen.backends.backend import Job, Source
from cvgen.backends.citations import Citer
from cvgen.backends.fontconfig import is_installed
from cvgen.backends.host import Host
from cvgen.backends.html.faces import describe_faces
from cvgen.backends.html.page_contents import find_faults, parse_page
from cvgen.backends.html.policy import start_page, write_policy
from cvgen.backends.html.writer import draw_icon, write_html
from cvgen.backends.templates import ThemeEnvironment, render_document
from cvgen.diagnostics import InputError, Problem
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
        from cvgen.backends.html.embed import embed_image, embed_subset

        plain = self.write_page(job, [], lambda path: "")
        faces = describe_faces(job, lambda path: embed_subset(path, plain))
        rest = self._write_rest(job, faces, embed_image, picture=embed_image)
        page = parse_page(start_page(job.document) + rest)
        if faults := find_faults(page):
            raise InputError([Problem(fault.message, hint=fault.hint) for fault in faults])
        return Source(start_page(job.document, write_policy(page)) + rest)

    def write_page(
        self,
        job: Job,
        faces: list[dict[str, str]],
        locate: Callable[[Path], str],
        *,
        picture: Callable[[Path], str] = lambda path: "",
        mark: Callable[[Any], Markup] = lambda part: Markup(""),
    ) -> Markup:
        """The page of ``job``, without a policy; raises InputError for a fault of the theme.

        ``faces`` are its ``@font-face`` rules. ``locate`` gives the URL of the photo or a logo, ``picture`` that of a
        picture beside a paper, and ``mark`` the attribute that identifies the box of a part.
        """
        return start_page(job.document) + self._write_rest(job, faces, locate, picture=picture, mark=mark)

    def _write_rest(
        self,
        job: Job,
        faces: list[dict[str, str]],
        locate: Callable[[Path], str],
        *,
        picture: Callable[[Path], str] = lambda path: "",
        mark: Callable[[Any], Markup] = lambda part: Markup(""),
    ) -> Markup:
        """What the theme's templates write: the page from inside its head; otherwise like ``write_page``."""
        document = job.document
        citer = Citer(self._environment(job, STYLES), document.words, job.options)
        values: Mapping[str, Any] = {
            "doc": document,
            "words": document.words,
            "options": job.options,
            "metadata": job.metadata,
            "faces": faces,
            "image_url": locate(job.image) if job.image else "",
            "logo_url": lambda name: locate(job.locate(name)) if name else "",
            # Pictures beside papers are for pages on a screen: a PDF has none.
            "thumbnail": lambda name: picture(job.folder / name) if name else "",
            "icon": lambda name, *color: draw_icon(find_icon(job.theme, name), *color),
            "at": mark,
            "cite": lambda item, style: Markup(citer(item, style)),
        }
        return Markup(render_document(self._environment(job, "html"), TEMPLATE, values))

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
