"""The HTML backend: templates to a page, the page to a PDF in a worker process."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from markupsafe import Markup

from cvgen.backends.backend import Box, Compiled, Job, Layout, Source, missing_glyph
from cvgen.backends.citations import Citer
from cvgen.backends.families import is_installed
from cvgen.backends.html.process import Worker
from cvgen.backends.html.writer import draw_icon, write_html
from cvgen.backends.templates import ThemeEnvironment, render_document
from cvgen.diagnostics import InputError, Problem, RenderError, warn
from cvgen.model.metadata import info_entries
from cvgen.themes.icons import find_icon
from cvgen.themes.options import Font
from cvgen.themes.theme import STYLES, Theme, shipped_folder

TEMPLATE = "document.html.j2"
LONG_PAGE = 60000.0
"""Height in pt of the page on which parts are measured: seventy pages of A4."""
# What a browser would fetch: pictures, styles and fonts, but not links that a reader may follow.
_OUTSIDE = re.compile(
    r"(?:<(?:img|script|iframe|source|embed|object|link)\b[^>]*?\b(?:src|href|data)\s*=\s*[\"']?|url\(\s*[\"']?|@import\s+[\"'])"
    r"(?!data:)(?P<url>[^\"'\s)>]+)",
    re.IGNORECASE,
)


class HtmlBackend:
    """Renders through WeasyPrint, in ``worker``; without one it writes sources only."""

    most_layouts = 12

    def __init__(self, worker: Worker | None, cache: Path, path: str = "") -> None:
        self._worker, self._cache, self._path = worker, cache, path
        self._environments: dict[tuple[str, tuple[tuple[str, Path], ...]], ThemeEnvironment] = {}

    def compile(self, job: Job) -> Compiled:
        """The PDF of ``job``; raises InputError for a fault of the theme, RenderError for a failed run."""
        reply, pdf = self._lay_out(job, {"pdf": True, "info": info_entries(job.metadata)})
        problems = tuple(warn(f"WeasyPrint: {text}") for text in reply["warnings"])
        return Compiled(pdf, len(reply["ends"]), problems, reply["tools"])

    def measure(self, job: Job) -> Layout:
        """How ``job`` fills its pages; raises what ``compile`` raises."""
        reply, _ = self._lay_out(job, {})
        return Layout(tuple(reply["ends"]), reply["room"], *reply["paper"])

    def measure_long(self, job: Job, paper: Layout) -> Layout:
        """``job`` on one long page, with the boxes of all parts that its theme's templates mark."""
        size = [paper.width, LONG_PAGE]
        reply, _ = self._lay_out(job, {"paper": size})
        refs = [part.ref for part in job.document.walk()]
        boxes = {refs[int(number)]: Box(*edges) for number, edges in reply["boxes"].items()}
        room = paper.height - (LONG_PAGE - reply["room"])
        return Layout(tuple(reply["ends"]), room, paper.width, paper.height, boxes)

    def _lay_out(self, job: Job, wishes: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
        """What the worker answers to ``wishes`` about the page of ``job``."""
        numbers = {part.ref: number for number, part in enumerate(job.document.walk())}
        page = self._render(
            replace(job, metadata={}),  # a PDF has it in its own place
            _file_faces(job),
            job.image.as_uri() if job.image else "",
            at=lambda part: Markup(' data-part="{}"').format(numbers[part.ref]) if part.ref in numbers else Markup(""),
        )
        roots = [str(shipped_folder()), *(str(folder) for _, folder in job.theme.folders)]
        roots += [str(job.image)] if job.image else []
        roots += [str(path) for *_, path in list_faces(job)]
        base_url = job.folder.resolve().as_uri() + "/"
        reply, pdf = self._ask({"html": page, "base_url": base_url, "roots": roots, **wishes})
        if missing := reply["missing"]:
            raise RenderError([missing_glyph(chr(code), job.document) for code in missing])
        return reply, pdf

    def write_source(self, job: Job) -> Source:
        """The page with its fonts (only the characters used) and photo inside."""
        from cvgen.backends.html.embed import embed_faces, embed_image

        plain = self._render(job, [], "")
        page = self._render(job, embed_faces(job, plain), embed_image(job.image), embed_image)
        if outside := _OUTSIDE.search(page):
            message = f"the theme's page needs {outside['url']!r}, which is not in it"
            raise InputError([Problem(message, hint="put it into the template as a data: URL, or leave it out")])
        return Source(page)

    def has_font(self, family: str) -> bool:
        """Whether fontconfig, which WeasyPrint asks, has a font of this family."""
        return is_installed(family, self._path)

    def close(self) -> None:
        """End the worker."""
        if self._worker:
            self._worker.close()

    def _render(
        self,
        job: Job,
        faces: list[Mapping[str, str]],
        image_url: str,
        picture: Callable[[Path], str] = lambda path: "",
        at: Callable[[Any], Markup] = lambda part: Markup(""),
    ) -> str:
        document = job.document
        citer = Citer(self._environment(job.theme, STYLES), document.words)
        values = {
            "doc": document,
            "words": document.words,
            "options": job.options,
            "metadata": job.metadata,
            "faces": faces,
            "image_url": image_url,
            # Pictures beside papers are for pages on a screen: a PDF has none.
            "thumbnail": lambda name: picture(job.folder / name) if name else "",
            "icon": lambda name, *color: draw_icon(find_icon(job.theme, name), *color),
            # Where a part stands, for whoever measures the page; nothing on a page that is kept.
            "at": at,
            "cite": lambda item, style: Markup(citer(item, style)),
        }
        return render_document(self._environment(job.theme, "html"), TEMPLATE, values)

    def _environment(self, theme: Theme, folder: str) -> ThemeEnvironment:
        key = (folder, theme.folders)
        if key not in self._environments:
            self._environments[key] = ThemeEnvironment(theme, folder, write_html, self._cache / "html", autoescape=True)
        return self._environments[key]

    def _ask(self, request: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
        if self._worker is None:
            raise RenderError([Problem("this backend was opened for sources only")])
        reply, pdf = self._worker.ask(request)
        if reply["ok"]:
            return reply, pdf
        if reply["kind"].endswith("FatalURLFetchingError"):
            raise InputError([Problem(reply["error"], hint="put the file beside the profile or into the theme")])
        raise RenderError([Problem(f"WeasyPrint failed: {reply['error']} ({reply['kind']})")])


def _file_faces(job: Job) -> list[Mapping[str, str]]:
    """The ``@font-face`` rules for the fonts that the options name and that are files."""
    return [
        {"family": family, "style": style, "weight": weight, "url": path.as_uri()}
        for family, style, weight, path in list_faces(job)
    ]


def list_faces(job: Job) -> list[tuple[str, str, str, Path]]:
    """Family, style, weight and file of each font file that the options of ``job`` name."""
    fonts = {value.family: value for value in job.options.values() if isinstance(value, Font)}
    return [
        (font.family, "italic" if "italic" in cut else "normal", "bold" if "bold" in cut else "normal", path)
        for font in fonts.values()
        for cut, path in font.files
    ]
