"""Every engine and every format: one row each, read by the commands, ``check`` and the tests of the manual.

Most imports are in functions: this module is loaded first, so that slow engines can start before the rest is loaded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from cvgen.backends.latex.tex_engines import TEX_ENGINES

if TYPE_CHECKING:
    from cvgen.backends.backend import Backend, SourceWriter
    from cvgen.backends.host import Host
    from cvgen.themes.options import OptionValue

PDF = "pdf"
"""The format that engines print; most of them also write the source that they print from."""
PNG = "png"
"""Pictures of the pages that an engine prints, a file for each page."""


@dataclass(frozen=True, slots=True)
class Engine:
    """An engine: it writes a source, and some engines make a PDF from it."""

    name: str
    title: str
    backend: str | None
    """The folder of a theme that holds the templates for it; None if it needs none."""
    format: str
    """The source that it writes, which is also the ending of the file's name."""
    is_text: bool
    """Whether the source is text; else it is bytes."""
    open_source_writer: Callable[[Host], SourceWriter]
    open_backend: Callable[[Host], Backend] | None = None
    """None for an engine that prints no PDF."""
    measures: bool = False
    """Whether it can say how full the pages of its PDF are."""
    fits: bool = False
    """Whether it can measure each part, so that a document can be fitted to a number of pages."""
    in_browser: bool = False
    """Whether a browser shows the source."""
    is_read_back: bool = False
    """Whether ``check`` can read its source and compare it with the document."""
    programs: tuple[str, ...] = ()
    """The programs that must be installed to print."""
    fixed_options: Mapping[str, OptionValue] = field(default_factory=dict)
    """Theme options that its source does not leave to the theme: plain text has no links, so it prints addresses."""

    @property
    def prints(self) -> bool:
        """Whether it makes PDFs."""
        return self.open_backend is not None


@dataclass(frozen=True, slots=True)
class PageFormat:
    """A format that is made of the PDF of any engine that prints."""

    name: str
    is_numbered: bool
    """Whether it has a file for each page, with the page's number in its name."""
    convert: Callable[[bytes, Mapping[str, OptionValue]], tuple[bytes, ...]]
    """The PDF and the theme's options → the files."""


def _draw_pages(pdf: bytes, options: Mapping[str, OptionValue]) -> tuple[bytes, ...]:
    from cvgen.backends.page_pictures import draw_pages

    return draw_pages(pdf, options)


PAGE_FORMATS = (
    PageFormat(PDF, is_numbered=False, convert=lambda pdf, options: (pdf,)),
    PageFormat(PNG, is_numbered=True, convert=_draw_pages),
)


def _open_html(host: Host) -> SourceWriter:
    from cvgen.backends.html.page import PageWriter

    return PageWriter(host)


def _open_weasyprint(host: Host) -> Backend:
    from cvgen.backends.weasyprint.worker_process import Worker

    worker = Worker(host)  # it loads WeasyPrint while this process goes on
    from cvgen.backends.weasyprint.backend import WeasyPrintBackend

    return WeasyPrintBackend(worker, host)


def _open_markdown(host: Host) -> SourceWriter:
    from cvgen.backends.flow.flow_writer import FlowWriter
    from cvgen.backends.markdown.markdown_document import write_document

    return FlowWriter(host, write_document)


def _open_word(host: Host) -> SourceWriter:
    from cvgen.backends.word.word_writer import open_word_writer

    return open_word_writer(host, lambda: _open_weasyprint(host))


def _open_plain_text(host: Host) -> SourceWriter:
    from cvgen.backends.flow.flow_writer import FlowWriter
    from cvgen.backends.plain_text.text_document import write_document

    return FlowWriter(host, write_document)


def _open_resume(host: Host) -> SourceWriter:
    from cvgen.backends.json_resume.resume_writer import ResumeWriter

    return ResumeWriter(host)


def _open_tex(engine: str) -> Callable[[Host], SourceWriter]:
    """The writer of the source of the PDF: the backend itself, which can fit it, where its programs are there."""

    def open_with(host: Host) -> SourceWriter:
        if all(host.runner.find(program) for program in find_engine(engine).programs):
            return _open_latex(engine)(host)
        from cvgen.backends.latex.tex_source import TexWriter

        return TexWriter(host, engine)

    return open_with


def _open_latex(engine: str) -> Callable[[Host], Backend]:
    def open_with(host: Host) -> Backend:
        from cvgen.backends.latex.backend import LatexBackend

        return LatexBackend(host, engine, lambda: _open_weasyprint(host))

    return open_with


ENGINES = (
    Engine(
        "weasyprint", "WeasyPrint", "html", "html", is_text=True,
        open_source_writer=_open_html, open_backend=_open_weasyprint,
        measures=True, fits=True, in_browser=True,
    ),
    *(
        Engine(
            engine.name, engine.title, "latex", "tex", is_text=True,
            open_source_writer=_open_tex(engine.name), open_backend=_open_latex(engine.name),
            measures=True, fits=True, programs=engine.programs,
        )
        for engine in TEX_ENGINES.values()
    ),
    Engine(
        "word", "Word", None, "docx", is_text=False, open_source_writer=_open_word,
        measures=True, fits=True, is_read_back=True,
    ),
    Engine("markdown", "Markdown", None, "md", is_text=True, open_source_writer=_open_markdown,
           fixed_options={"inline_styles": True}),
    Engine("plain-text", "Plain text", None, "txt", is_text=True, open_source_writer=_open_plain_text,
           fixed_options={"links": "addresses", "inline_styles": True}),
    Engine("json-resume", "JSON Resume", None, "json", is_text=True, open_source_writer=_open_resume,
           fixed_options={"links": "labels", "apostrophes": False, "inline_styles": True}),
)  # fmt: skip
"""If no engine is named, the first one that writes the format is used."""
DEFAULT_ENGINE = ENGINES[0].name
PRINTING = tuple(engine.name for engine in ENGINES if engine.prints)
CHECKED = (*PRINTING, *(engine.name for engine in ENGINES if engine.is_read_back))
MEASURING = tuple(engine.name for engine in ENGINES if engine.prints and engine.measures)
FITTING = tuple(engine.name for engine in ENGINES if engine.prints and engine.fits)
_ENDING = re.compile(r"\.([A-Za-z][A-Za-z0-9]{0,9})$")
_SOURCES = tuple(dict.fromkeys(engine.format for engine in ENGINES))
FORMATS = (PDF, *_SOURCES, *(row.name for row in PAGE_FORMATS if row.name != PDF))


FOLDER_FORMATS = ("tex",)
"""The sources that need other files beside them, which can be packed with them in one archive."""
ARCHIVE = "zip"


def find_engine(name: str) -> Engine:
    """The row of ``name``; raises KeyError if there is none."""
    return {engine.name: engine for engine in ENGINES}[name]


def has_pages(format_: str) -> bool:
    """Whether ``format_`` is made of the pages that an engine prints; else it is a source."""
    return any(row.name == format_ for row in PAGE_FORMATS)


def find_page_format(name: str) -> PageFormat:
    """The row of the format ``name``; raises KeyError if it is the source of an engine."""
    return {row.name: row for row in PAGE_FORMATS}[name]


def list_engines(format_: str) -> tuple[str, ...]:
    """The engines that write ``format_``."""
    return PRINTING if has_pages(format_) else tuple(engine.name for engine in ENGINES if engine.format == format_)


def choose_engine(name: str | None, format_: str) -> str:
    """The engine ``name``, or the first that writes ``format_``.

    Raises InputError for an unknown engine or format, and for two that do not go together.
    """
    engines = list_engines(format_)
    if engines and (name is None or name in engines):
        return name or engines[0]
    from cvgen.diagnostics import InputError, Problem, one_of, suggest

    names = [engine.name for engine in ENGINES]
    if not engines:
        message, known = f"there is no format {format_!r}", FORMATS
        hint = suggest(format_, known)
    elif name not in names:
        message, hint = f"there is no engine {name!r}", suggest(str(name), names)
    else:
        message, hint = f"the engine {name!r} does not write {format_}", one_of(engines)
    raise InputError([Problem(message, None, hint)])


def find_ending(name: str) -> str:
    """The ending of a file's name, without the dot and in small letters; empty if it has none, as ``cv-1.2``."""
    found = _ENDING.search(name)
    return found[1].lower() if found else ""


def check_ending(output: Path, format_: str) -> None:
    """Raise InputError if the ending of ``output`` is that of another kind of file than ``format_``."""
    ending = find_ending(output.name)
    if ending in ("", format_) or (ending == ARCHIVE and format_ in FOLDER_FORMATS):
        return
    from cvgen.diagnostics import InputError, Problem

    other = f", or choose the format {ending}" if ending in FORMATS else f"; the formats are {', '.join(FORMATS)}"
    message = f"{output.name!r} does not end like a {format_.upper()} file"
    raise InputError([Problem(message, None, f"end the name with .{format_}{other}")])


def list_printing(backends: Iterable[str]) -> tuple[str, ...]:
    """The engines that print a theme with these backends."""
    known = (None, *backends)
    return tuple(engine.name for engine in ENGINES if engine.prints and engine.backend in known)


def list_available(host: Host) -> tuple[str, ...]:
    """For each backend, the first engine that prints and whose programs are installed."""
    found: dict[str | None, str] = {}
    for engine in ENGINES:
        if engine.prints and all(host.runner.find(program) for program in engine.programs):
            found.setdefault(engine.backend, engine.name)
    return tuple(found.values())


def open_backend(name: str, host: Host) -> Backend:
    """The engine ``name``, ready to print; close it after use. Raises ValueError for one that prints no PDF."""
    engine = find_engine(name)
    if engine.open_backend is None:
        raise ValueError(f"the engine {name!r} prints no PDF")
    return engine.open_backend(host)


def open_source_writer(name: str, host: Host) -> SourceWriter:
    """The engine ``name``, to write sources only: nothing is started. Close it after use."""
    return find_engine(name).open_source_writer(host)
