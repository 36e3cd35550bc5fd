"""Renders with engines that stay warm: ``Session`` and ``Choices``, which are part of the public interface.

Modules that are slow to import are imported by the functions that need them.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypedDict, Unpack

from cvgen.backends.engines import (
    DEFAULT_ENGINE,
    FOLDER_FORMATS,
    PDF,
    check_ending,
    choose_engine,
    has_pages,
)
from cvgen.backends.open_engines import OpenEngines

if TYPE_CHECKING:
    from cvgen.backends.backend import Backend, SourceWriter
    from cvgen.backends.host import Host
    from cvgen.model.dates import PartialDate
    from cvgen.pipeline.batch import Attempt, Batch
    from cvgen.pipeline.render import RenderResult
    from cvgen.pipeline.request import Request
    from cvgen.sources.bibliography import KeptBibliographies
    from cvgen.sources.files_read import FilesRead


class Choices(TypedDict, total=False):
    """The choices for a render; for a choice that is absent or None, the profile decides.

    ``roles`` are names such as ``first`` or ``co-first``; ``options`` are the theme's, as typed; ``pages`` is how many
    pages to fill at most. With ``untrusted``, nothing outside the profile's folder is read and no theme but those of
    cvgen is used. ``output`` is the file to write, an open binary stream, or a folder: one that exists, or
    whose name ends in ``/``. With ``render_all`` it is always a folder. ``keep_tex`` is a folder for the LaTeX
    source and TeX's log. ``letter`` renders this letter of the profile in place of the variant, and ``date``
    (2026-05-03) is the date of a letter that has none. With ``biblatex``, a LaTeX source prints publications through
    biblatex.
    """

    variant: str | None
    theme: str | None
    engine: str | None
    format: str
    output: Path | str | BinaryIO | None
    roles: Collection[str]
    options: Mapping[str, str]
    pages: int | None
    untrusted: bool
    keep_tex: Path | str | None
    letter: str | None
    date: str | None
    biblatex: bool


class Session:
    """Renders with engines that stay warm from one call to the next; close it, or use it with ``with``.

    >>> import cvgen
    >>> with cvgen.Session() as session:
    ...     for theme in ("classic", "modern"):
    ...         outcome = session.render(profile, theme=theme, output=folder / f"{theme}.pdf")
    ...         print(outcome.theme, outcome.pages)
    classic 1
    modern 1
    """

    def __init__(self, host: Host | None = None) -> None:
        self._host = host
        self._engines: OpenEngines | None = None
        self._papers: KeptBibliographies | None = None

    @property
    def host(self) -> Host:
        """The facts about the machine that a render may know; by default those from the environment."""
        if self._host is None:
            from cvgen.backends.host import describe_host

            self._host = describe_host(os.environ)
        return self._host

    def open(self, engine: str = DEFAULT_ENGINE) -> Backend:
        """The backend that prints through ``engine``, started on first use."""
        return self._open_engines().open_backend(engine)

    def open_writer(self, engine: str, format_: str) -> SourceWriter:
        """The writer of ``format_`` through ``engine``: a backend for pages, else a writer that starts no program."""
        return self.open(engine) if has_pages(format_) else self.open_source_writer(engine)

    def open_source_writer(self, engine: str = DEFAULT_ENGINE) -> SourceWriter:
        """The writer of the source that ``engine`` prints from; it starts no program."""
        return self._open_engines().open_source_writer(engine)

    def render(
        self, profile: Path | str, *, report: bool = False, files: FilesRead | None = None, **choices: Unpack[Choices]
    ) -> RenderResult:
        """Render one variant of ``profile`` to one file.

        ``report`` adds the parts that were shortened or left out, with reasons. ``files`` records every file that the
        render depends on, also if it fails. Raises InputError with everything that is wrong in the files read,
        RenderError if the engine fails; an existing file then stays as it was.
        """
        writer = self._start(choices)
        from cvgen.pipeline.render import render

        return render(make_request(profile, choices), writer, report=report, files=files, kept=self._keep_papers())

    def render_all(
        self, profile: Path | str, *, report: bool = False, with_letters: bool = False, **choices: Unpack[Choices]
    ) -> Batch:
        """Render the variants of ``profile``, one after the other, while the caller iterates over the result.

        ``with_letters`` renders after each variant the letters that go with it. Each document gives an Attempt with
        the outcome or the error. Raises InputError if the profile cannot be read.
        """
        writer = self._start(choices)
        from cvgen.pipeline.batch import render_all

        request = make_request(profile, choices, into_folder=True)
        return render_all(request, writer, report=report, with_letters=with_letters)

    def render_with_letters(self, profile: Path | str, **choices: Unpack[Choices]) -> Batch:
        """Render one variant of ``profile`` and the letters that go with it, each to a file of its own.

        Where ``output`` is the file ``cv.pdf``, the letter ``acme`` is ``cv-letter-acme.pdf``. Each document gives an
        Attempt, as for ``render_all``. Raises InputError also if no letter goes with the variant.
        """
        writer = self._start(choices)
        from cvgen.pipeline.batch import render_with_letters

        return render_with_letters(make_request(profile, choices), writer)

    def watch(self, profile: Path | str, **choices: Unpack[Choices]) -> Iterator[Attempt]:
        """Render one variant of ``profile`` now, and again whenever a file that the render depends on changes.

        Each render gives an Attempt with the outcome or the error; the iterator never ends. Raises InputError for an
        unknown role, engine or format, or a file whose ending does not fit the format.
        """
        writer = self._start(choices)
        from cvgen.pipeline.render_on_change import render_on_change

        return render_on_change(make_request(profile, choices), writer, self._keep_papers())

    def _open_engines(self) -> OpenEngines:
        if self._engines is None:
            self._engines = OpenEngines(self.host)
        return self._engines

    def _start(self, choices: Choices) -> SourceWriter:
        """Start the engine first: it then starts while the modules that read the profile are loaded."""
        format_ = choices.get("format", PDF)
        return self.open_writer(choose_engine(choices.get("engine"), format_), format_)

    def _keep_papers(self) -> KeptBibliographies:
        """The bibliographies that were read, which are read again only after a change; large ones are in the cache."""
        if self._papers is None:
            self._papers = keep_papers(self.host)
        return self._papers

    def close(self) -> None:
        """End the engines that were started."""
        if self._engines is not None:
            self._engines.close()

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def keep_papers(host: Host) -> KeptBibliographies:
    """The bibliographies that one process reads; large ones are kept in the cache for others."""
    from cvgen.backends.cache import Cache
    from cvgen.sources.bibliography import KeptBibliographies

    return KeptBibliographies(Cache(host.cache))


def make_request(profile: Path | str, choices: Choices, *, into_folder: bool = False) -> Request:
    """``choices`` as one value, whose output is a folder if ``into_folder``.

    Raises InputError for an unknown role, engine or format, or a file whose ending does not fit the format.
    """
    from cvgen.pipeline.output_place import split_output
    from cvgen.pipeline.request import Request, read_roles

    format_ = choices.get("format", PDF)
    output, folder = split_output(choices.get("output"), into_folder, has_files=format_ in FOLDER_FORMATS)
    if isinstance(output, Path):
        check_ending(output, format_)
    return Request(
        Path(profile),
        choices.get("variant"),
        choices.get("theme"),
        choose_engine(choices.get("engine"), format_),
        format_,
        output,
        folder,
        read_roles(tuple(choices.get("roles", ()))),
        choices.get("options", {}),
        choices.get("pages"),
        choices.get("untrusted", False),
        keep_tex=Path(kept) if (kept := choices.get("keep_tex")) else None,
        letter=choices.get("letter"),
        today=_read_date(choices.get("date")),
        with_biblatex=choices.get("biblatex", False),
    )


def _read_date(typed: str | None) -> PartialDate | None:
    """The date of a letter as typed; raises InputError for one that is not a day, month or year."""
    if not typed:
        return None
    from cvgen.diagnostics import BadValueError, InputError, Problem
    from cvgen.model.date_parser import parse_start
    from cvgen.model.letters import check_day

    try:
        return check_day(parse_start(typed))
    except BadValueError as error:
        raise InputError([Problem(error.mistake.message, None, "write a date such as 2026-05-03")]) from None
