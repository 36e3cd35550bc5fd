"""Renders a profile with every theme and writes a web page with pictures of all pages."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, replace
from importlib import resources
from io import BytesIO
from pathlib import Path

import jinja2

from cvgen.backends.engines import find_engine, list_available, list_printing, open_backend
from cvgen.backends.host import Host
from cvgen.backends.page_pictures import draw_page
from cvgen.diagnostics import CvgenError, Problem
from cvgen.pipeline.render import render
from cvgen.pipeline.request import Request
from cvgen.pipeline.starter import write_starter
from cvgen.pipeline.themes import THEMES, group_by_audience
from cvgen.pipeline.whole_files import write_whole
from cvgen.sources.files_read import FilesRead
from cvgen.sources.pdf_file import open_pdf
from cvgen.themes.theme import Theme, find_theme, list_shipped_themes, list_themes

PIXELS_PER_PT = 2.0
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
    on_picture: Callable[[Picture], None],
    *,
    untrusted: bool = False,
) -> Gallery:
    """Write PDFs, a PNG per page (144 px per inch) and ``index.html`` into ``output``.

    Without ``profile`` a sample is rendered. ``on_picture`` is called with each theme when it is done. A theme that
    fails is shown with its Problems. Raises InputError for an unknown theme.
    """
    with tempfile.TemporaryDirectory(prefix="cvgen-") as scratch:
        source = profile or write_starter("Wei Lin", Path(scratch), with_schema=False)[0]
        roots = [] if untrusted else [source.parent / THEMES]
        offered = list_shipped_themes() if untrusted else list_themes(roots)
        files = FilesRead(within=source.parent if untrusted else None)
        themes = [find_theme(name, roots, None, files) for name in list(names) or offered]
        chosen = tuple(engines) or list_available(host)
        pictures = []
        for engine in chosen:
            with closing(open_backend(engine, host)) as backend:
                for theme in themes:
                    if engine not in list_printing(theme.backends):
                        continue
                    target = output / f"{theme.name}-{engine}.pdf"
                    request = Request(source, variant, theme.name, engine, output=target, untrusted=untrusted)
                    pictures.append(_render(request, lambda request: render(request, backend).pages))
                    if find_engine(engine).in_browser and len(theme.backends) == 1:
                        render(_ask_for_page(request, output), backend)
                    on_picture(pictures[-1])
    index = output / "index.html"
    write_whole(index, _write_index(themes, pictures, output).encode())
    return Gallery(index, sum(not picture.pages for picture in pictures))


def _ask_for_page(request: Request, folder: Path) -> Request:
    """The request for a web page in place of a PDF, for a theme with HTML templates only."""
    format_ = find_engine(request.engine).format
    return replace(request, format=format_, output=folder / f"{request.theme}.{format_}")


def _render(request: Request, make: Callable[[Request], int | None]) -> Picture:
    theme, engine = request.theme or "", request.engine
    try:
        make(request)
        assert isinstance(request.output, Path)
        return Picture(theme, engine, request.output.name, pages=draw_pages(request.output))
    except CvgenError as error:
        return Picture(theme, engine, problems=tuple(error.problems))


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


def _write_index(themes: list[Theme], pictures: list[Picture], output: Path) -> str:
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    shown = [(theme, [p for p in pictures if p.theme == theme.name], output / f"{theme.name}.html") for theme in themes]
    groups = group_by_audience(shown, lambda one: one[0].audience)
    return environment.from_string(_TEMPLATE.read_text("utf-8")).render(groups=groups)
