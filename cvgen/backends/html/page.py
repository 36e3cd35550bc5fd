"""Writes a page from templates: for a browser, with all that it needs inside, or for a program that lays it out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
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
from cvgen.themes.icons import find_icon
from cvgen.themes.styles import STYLES

TEMPLATE = "document.html.j2"
MOST_EMBEDDED = 2**27
"""The most bytes of the fonts and pictures inside a page."""
# Addresses that a browser would fetch: pictures, styles and fonts, but not links that a reader may follow.
_OUTSIDE = re.compile(
    r"(?:<(?:img|script|iframe|source|embed|object|link)\b[^>]*?\b(?:src|href|data)\s*=\s*[\"']?|url\(\s*[\"']?|@import\s+[\"'])"
    r"(?!data:)(?P<url>[^\"'\s)>]+)",
    re.IGNORECASE,
)


class PageWriter:
    """Writes a document as HTML."""

    def __init__(self, host: Host) -> None:
        self._host = host

    def write_source(self, job: Job) -> Source:
        """The page with its fonts (only the characters used) and photo inside."""
        from cvgen.backends.html.embed import embed_image, embed_subset

        characters = "".join(sorted(set(self.write_page(job, [], lambda path: ""))))
        faces = describe_faces(job, lambda path: embed_subset(path, characters))
        page = self.write_page(job, faces, embed_image, picture=embed_image, check=_refuse_outside)
        return Source(page)

    def write_page(
        self,
        job: Job,
        faces: list[dict[str, str]],
        locate: Callable[[Path], str],
        *,
        picture: Callable[[Path], str] = lambda path: "",
        mark: Callable[[Any], Markup] = lambda part: Markup(""),
        check: Callable[[str], str] = str,
    ) -> str:
        """The page of ``job``; raises InputError for a fault of the theme.

        ``faces`` are its ``@font-face`` rules. ``locate`` gives the URL of the photo or a logo, ``picture`` that of a
        picture beside a paper, ``mark`` the attribute that identifies the box of a part, and ``check`` the page or an
        InputError.
        """
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
        limits = self._host.template_limits
        if faces:
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


def _refuse_outside(page: str) -> str:
    """``page``; raises InputError if a browser would fetch more for it."""
    if outside := _OUTSIDE.search(page):
        message = f"the theme's page needs {outside['url']!r}, which is not in it"
        raise InputError([Problem(message, hint="put it into the template as a data: URL, or leave it out")])
    return page
