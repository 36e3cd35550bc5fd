"""Renders a profile with every theme and writes a web page with pictures of all pages."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from importlib import resources
from io import BytesIO
from pathlib import Path

import jinja2

from cvgen.backends.backend import Backend
from cvgen.backends.engines import find_engine, list_available, list_printing
from cvgen.backends.host import Host
from cvgen.backends.open_engines import OpenEngines
from cvgen.backends.page_pictures import draw_page
from cvgen.diagnostics import CvgenError, Problem
from cvgen.pipeline.do_tasks import do_tasks
from cvgen.pipeline.render import render
from cvgen.pipeline.request import Request
from cvgen.pipeline.starter import write_starter
from cvgen.pipeline.themes import THEMES, group_by_audience
from cvgen.pipeline.whole_files import write_whole
from cvgen.sources.files_read import FilesRead
from cvgen.sources.pdf_file import open_pdf
from cvgen.themes.theme import Theme, find_theme, list_shipped_themes, list_themes

PIXELS_PER_PT = 2.0
_JOBS = 2
"""The themes that are rendered at a time."""
_TEMPLATE = resources.files("cvgen.pipeline") / "gallery_files" / "index.html.j2"


@dataclass(frozen=True, slots=True)
class Picture:
    """One theme with one engine: the names of its files in the gallery's folder, or its Problems."""

    theme: str
    engine: str
    pdf: str = ""
    html: str = ""
    pages: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Gallery:
    """The web page that shows all themes, and how many renders failed."""

    index: Path
    failed: int


def make_gallery(
    profile: Path | None,
    output: Path,
    names: Iterable[str],
    variant: str | None,
    engines: Iterable[str],
    host: Host,
    on_picture: Callable[[Picture, int], None],
    *,
    untrusted: bool = False,
) -> Gallery:
    """Write PDFs, a PNG per page (144 px per inch) and ``index.html`` into ``output``.

    Without ``profile`` a sample is rendered. ``on_picture`` is called with each theme when it is done, and with the
    number of all. A theme that fails is shown with its Problems. Raises InputError for an unknown theme.
    """
    with tempfile.TemporaryDirectory(prefix="cvgen-") as scratch:
        source = profile or write_starter("Wei Lin", Path(scratch), with_schema=False)[0]
        themes = _find_themes(list(names), source.parent, untrusted=untrusted)
        chosen = tuple(engines) or list_available(host)
        places = [(theme, engine) for engine in chosen for theme in themes if engine in list_printing(theme.backends)]

        def draw(engines: OpenEngines, place: tuple[Theme, str]) -> Picture:
            theme, engine = place
            target = output / f"{theme.name}-{engine}.pdf"
            request = Request(source, variant, theme.name, engine, output=target, untrusted=untrusted)
            return _draw(request, theme, engines.open_backend(engine))

        pictures = {}
        with closing(do_tasks(places, lambda: OpenEngines(host), draw, _JOBS)) as drawing:
            for picture in drawing:
                pictures[picture.theme, picture.engine] = picture
                on_picture(picture, len(places))
    in_order = [pictures[theme.name, engine] for theme, engine in places]
    index = output / "index.html"
    write_whole(index, _write_index(themes, in_order, output).encode())
    return Gallery(index, sum(not picture.pages for picture in in_order))


def _find_themes(names: list[str], folder: Path, *, untrusted: bool) -> list[Theme]:
    """The themes called ``names``; without a name all of cvgen and, if the profile's ``folder`` is trusted, its own."""
    roots = [] if untrusted else [folder / THEMES]
    offered = list_shipped_themes() if untrusted else list_themes(roots)
    files = FilesRead(within=folder if untrusted else None)
    return [find_theme(name, roots, None, files) for name in names or offered]


def _ask_for_page(request: Request) -> Request:
    """The request for a web page beside the PDF."""
    assert isinstance(request.output, Path)
    format_ = find_engine(request.engine).format
    return replace(request, format=format_, output=request.output.with_name(f"{request.theme}.{format_}"))


def _draw(request: Request, theme: Theme, backend: Backend) -> Picture:
    """Write the PDF and its pictures, and the web page of a theme that has HTML templates only."""
    try:
        render(request, backend)
        if find_engine(request.engine).in_browser and len(theme.backends) == 1:
            render(_ask_for_page(request), backend)
    except CvgenError as error:
        return Picture(theme.name, request.engine, problems=tuple(error.problems))
    assert isinstance(request.output, Path)
    return Picture(theme.name, request.engine, request.output.name, pages=draw_pages(request.output))


def draw_pages(pdf: Path) -> tuple[str, ...]:
    """Write a PNG beside ``pdf`` for each of its pages; returns the file names. Raises RenderError."""
    names = []
    with open_pdf(pdf.read_bytes()) as document:
        for number, page in enumerate(document, start=1):
            target = pdf.with_name(f"{pdf.stem}-{number}.png")
            data = BytesIO()
            draw_page(page, PIXELS_PER_PT).save(data, "PNG", optimize=True)
            write_whole(target, data.getvalue())
            names.append(target.name)
    return tuple(names)


def _write_index(themes: list[Theme], pictures: Sequence[Picture], output: Path) -> str:
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    shown = [(theme, [p for p in pictures if p.theme == theme.name], output / f"{theme.name}.html") for theme in themes]
    groups = group_by_audience(shown, lambda one: one[0].audience)
    return environment.from_string(_TEMPLATE.read_text("utf-8")).render(groups=groups)
