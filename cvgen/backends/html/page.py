"""Writes a page from templates: for a browser, with all that it needs inside, or for a program that lays it out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from operator import attrgetter
from typing import Any

from markupsafe import Markup

from cvgen.backends.backend import Job, Source
from cvgen.backends.cache import Cache
from cvgen.backends.columns import Columns, arrange_columns
from cvgen.backends.fontconfig import is_installed
from cvgen.backends.head_layout import head_functions
from cvgen.backends.host import Host
from cvgen.backends.html.faces import describe_faces
from cvgen.backends.html.page_contents import find_faults, parse_page
from cvgen.backends.html.policy import start_page, write_policy
from cvgen.backends.html.structured_data import describe_page
from cvgen.backends.html.writer import HtmlWriter, draw_icon, write_counts, write_json
from cvgen.backends.short_lists import is_one_paragraph
from cvgen.backends.style_citer import StyleCiter
from cvgen.backends.templates import ThemeEnvironment, name_template, render_document
from cvgen.backends.white_space import space_functions
from cvgen.diagnostics import InputError, Problem
from cvgen.sources.picture.prepared_picture import PreparedPicture
from cvgen.themes.contract import STRUCTURED_DATA
from cvgen.themes.icons import find_icon
from cvgen.themes.styles import STYLES

MOST_EMBEDDED = 2**27
"""The most bytes of the fonts and pictures inside a page."""


def _begin(job: Job, rest: str) -> str:
    """The page that goes on with ``rest``."""
    return start_page(job.document) + rest


def _protect(job: Job, rest: str) -> str:
    """The page with its policy and its data; raises InputError for all in it that runs or loads something."""
    page = parse_page(_begin(job, rest))
    if faults := find_faults(page):
        raise InputError([Problem(fault.message, hint=fault.hint) for fault in faults])
    data = write_json(describe_page(job)) if job.options.get(STRUCTURED_DATA) else None
    return start_page(job.document, write_policy(page, data), data) + rest


def _list_facts(job: Job, columns: Columns | None, picture_url: Callable[[PreparedPicture], str]) -> dict[str, Any]:
    """What a template knows of the document and its pictures, by name."""

    def locate(name: str) -> str:
        return picture_url(job.pictures[name]) if name in job.pictures else ""

    return {
        "doc": job.document,
        "words": job.document.words,
        "options": job.options,
        "metadata": job.metadata,
        "columns": columns,
        "is_inline": lambda section: is_one_paragraph(section, job.options, columns),
        "image_url": locate(job.document.image),
        "logo_url": locate,
        # Pictures beside papers are for pages on a screen: a job for a PDF has none.
        "thumbnail": locate,
        "address": job.address,
        "photo_url": job.photo_url,
    }


class PageWriter:
    """Writes a document as HTML."""

    def __init__(self, host: Host) -> None:
        self._host, self._cache = host, Cache(host.cache)

    def write_source(self, job: Job) -> Source:
        """The page with its fonts (only the characters used) and photo inside."""
        from cvgen.backends.html.embed import embed_subset

        @cache  # asked for only if there is a font to embed
        def characters() -> str:
            return "".join(sorted(set(self.write_page(job, [], picture_url=lambda picture: "data:,"))))

        faces = describe_faces(job, lambda path: embed_subset(path, characters()))
        return Source(self.write_page(job, faces, finish=_protect))

    def write_page(
        self,
        job: Job,
        faces: list[dict[str, str]],
        *,
        columns: Columns | None = None,
        picture_url: Callable[[PreparedPicture], str] = attrgetter("url"),
        mark: Callable[[Any], Markup] = lambda part: Markup(""),
        finish: Callable[[Job, str], str] = _begin,
        for_print: bool = False,
    ) -> str:
        """The page of ``job``; raises InputError for a fault of the theme.

        ``columns`` are its sections as they are arranged on its pages, if that is known.
        ``faces`` are its ``@font-face`` rules, ``picture_url`` gives the URL of a picture, ``mark`` the attribute that
        identifies the box of a part, and ``finish`` makes the page of what the templates wrote. ``for_print`` keeps
        short words such as C++ whole without boxes.
        """
        values = {
            **_list_facts(job, columns or arrange_columns(job.document, job.options), picture_url),
            **self._list_functions(job, for_print),
            "faces": faces,
            "at": mark,
        }
        limits = self._host.template_limits
        if faces or job.pictures:
            limits = replace(limits, result=limits.result + MOST_EMBEDDED)
        environment = self._environment(job, "html", for_print)
        page: str = render_document(
            environment, name_template(job.document, "html"), values, limits, lambda rest: finish(job, rest)
        )
        return page

    def _list_functions(self, job: Job, for_print: bool) -> dict[str, Any]:
        """The functions that a template can call, by name."""
        contacts = job.document.contact_kinds
        citer = StyleCiter(self._environment(job, STYLES, for_print), job)
        return {
            "bibtex": lambda item: job.bibtex.get(item.key, ""),
            "icon": lambda name, *color: draw_icon(find_icon(job.theme, name, contacts), *color),
            "counted": write_counts,
            "cite": lambda item, style: Markup(citer(item, style)),
            **head_functions(job.document, job.options),
            **space_functions(job.options),
        }

    @property
    def today(self) -> tuple[int, int] | None:
        """The year and the month now; None if another time is to be printed in place of it."""
        return self._host.today

    def has_font(self, family: str) -> bool:
        """Whether fontconfig, which WeasyPrint asks, has a font of this family."""
        return is_installed(family, self._host)

    def close(self) -> None:
        """Delete what could not be kept in the cache."""
        self._cache.close()

    def _environment(self, job: Job, folder: str, for_print: bool) -> ThemeEnvironment:
        writer = HtmlWriter(job.document.direction, for_print=for_print)
        return ThemeEnvironment(job.theme, folder, writer, self._cache, autoescape=True)
