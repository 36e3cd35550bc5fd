"""The public interface: read a profile, render it, check it, review it, list its publications.

``cvgen`` exports these names; they change only with the version, while every other module may change at any time.
Modules that are slow to import are imported by the functions that need them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, BinaryIO, TypedDict, Unpack

from cvgen.backends.engines import (
    DEFAULT_ENGINE,
    PDF,
    check_ending,
    choose_engine,
    has_pages,
    open_backend,
    open_source_writer,
)

if TYPE_CHECKING:
    from cvgen.backends.backend import Backend, SourceWriter
    from cvgen.backends.host import Host
    from cvgen.pipeline.add_publications import Added
    from cvgen.pipeline.batch import Attempt, Batch
    from cvgen.pipeline.check.run import Baseline, CheckedDocument, CheckResult
    from cvgen.pipeline.import_profile import Imported
    from cvgen.pipeline.prepare import Request
    from cvgen.pipeline.publications import Listing
    from cvgen.pipeline.render import RenderResult
    from cvgen.pipeline.review import Review
    from cvgen.pipeline.update_counts import Updated
    from cvgen.sources.career import Career
    from cvgen.sources.files_read import FilesRead


class Choices(TypedDict, total=False):
    """The choices for a render; for a choice that is absent or None, the profile decides.

    ``roles`` are names such as ``first`` or ``co-first``; ``options`` are the theme's, as typed; ``pages`` is how many
    pages to fill at most. With ``untrusted``, nothing outside the profile's folder is read and no theme but those of
    cvgen is used. ``output`` is the file to write, an open binary stream, or a folder: one that exists, or
    whose name ends in ``/``. With ``render_all`` it is always a folder.
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
        self._backends: dict[str, Backend] = {}
        self._source_writers: dict[str, SourceWriter] = {}

    @property
    def host(self) -> Host:
        """The facts about the machine that a render may know; by default those from the environment."""
        if self._host is None:
            from cvgen.backends.host import describe_host

            self._host = describe_host(os.environ)
        return self._host

    def open(self, engine: str = DEFAULT_ENGINE) -> Backend:
        """The backend that prints through ``engine``, started on first use."""
        if engine not in self._backends:
            self._backends[engine] = open_backend(engine, self.host)
        return self._backends[engine]

    def open_writer(self, engine: str, format_: str) -> SourceWriter:
        """The writer of ``format_`` through ``engine``: a backend for pages, else a writer that starts no program."""
        return self.open(engine) if has_pages(format_) else self.open_source_writer(engine)

    def open_source_writer(self, engine: str = DEFAULT_ENGINE) -> SourceWriter:
        """The writer of the source that ``engine`` prints from; it starts no program."""
        if engine not in self._source_writers:
            self._source_writers[engine] = open_source_writer(engine, self.host)
        return self._source_writers[engine]

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

        return render(make_request(profile, choices), writer, report=report, files=files)

    def render_all(self, profile: Path | str, *, report: bool = False, **choices: Unpack[Choices]) -> Batch:
        """Render the variants of ``profile``, one after the other, while the caller iterates over the result.

        Each variant gives an Attempt with the outcome or the error. Raises InputError if the profile cannot be read.
        """
        writer = self._start(choices)
        from cvgen.pipeline.batch import render_all

        return render_all(make_request(profile, choices, into_folder=True), writer, report=report)

    def watch(self, profile: Path | str, **choices: Unpack[Choices]) -> Iterator[Attempt]:
        """Render one variant of ``profile`` now, and again whenever a file that the render depends on changes.

        Each render gives an Attempt with the outcome or the error; the iterator never ends. Raises InputError for an
        unknown role, engine or format, or a file whose ending does not fit the format.
        """
        writer = self._start(choices)
        from cvgen.pipeline.render_on_change import render_on_change

        return render_on_change(make_request(profile, choices), writer)

    def _start(self, choices: Choices) -> SourceWriter:
        """Start the engine first: it then starts while the modules that read the profile are loaded."""
        format_ = choices.get("format", PDF)
        return self.open_writer(choose_engine(choices.get("engine"), format_), format_)

    def close(self) -> None:
        """End the engines that were started."""
        for opened in (self._backends, self._source_writers):
            while opened:
                opened.popitem()[1].close()

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def read_profile(path: Path | str, *, untrusted: bool = False) -> Career:
    """Read the profile in the file ``path`` with its publications, and every problem that does not end a run.

    Nothing outside the folder of an ``untrusted`` profile is read. Raises InputError with everything that is wrong in
    the profile and its bibliographies.

    >>> import cvgen
    >>> career = cvgen.read_profile(profile)
    >>> [paper.key for paper in career.publications]
    ['first2024', 'shared2025', 'preprint2026']
    """
    from cvgen.pipeline.batch import read_whole

    return read_whole(Path(path), untrusted=untrusted)


def render(profile: Path | str, *, report: bool = False, **choices: Unpack[Choices]) -> RenderResult:
    """Render one variant of ``profile`` to one file, with an engine started for it; see ``Session.render``.

    >>> import cvgen
    >>> outcome = cvgen.render(profile, theme="compact", pages=1, output=folder / "cv.pdf")
    >>> outcome.pages
    1
    """
    with Session() as session:
        return session.render(profile, report=report, **choices)


def check(  # noqa: PLR0913 – each is a choice of its own
    profile: Path | str,
    *,
    variants: Collection[str] = (),
    themes: Collection[str] = (),
    all_themes: bool = False,
    engines: Collection[str] = (DEFAULT_ENGINE,),
    baseline: Baseline | None = None,
    on_checked: Callable[[CheckedDocument, int], None] = lambda checked, total: None,
    host: Host | None = None,
    untrusted: bool = False,
) -> CheckResult:
    """Render the variants of ``profile`` and compare each PDF with what the profile says.

    Without ``variants`` every variant is checked, without ``themes`` each with its own theme. ``on_checked`` is called
    with each result when it is ready, and with their total number. ``untrusted`` has the meaning it has for a render.
    Raises InputError if nothing can be checked.

    >>> import cvgen
    >>> result = cvgen.check(profile, themes=["classic"])
    >>> result.failed
    False
    """
    from cvgen.backends.host import describe_host
    from cvgen.pipeline.batch import read_whole
    from cvgen.pipeline.check.matrix import CheckRequest
    from cvgen.pipeline.check.run import render_and_examine, run_check

    path = Path(profile)
    request = CheckRequest(path, tuple(variants), tuple(themes), all_themes, tuple(engines), untrusted)
    return run_check(
        request,
        read_whole(path, untrusted=untrusted),
        host or describe_host(os.environ),
        lambda prepared, backend: render_and_examine(prepared, backend, baseline),
        on_checked,
    )


def review(
    profile: Path | str,
    *,
    variant: str | None = None,
    only: Collection[str] = (),
    ignore: Collection[str] = (),
    page: bool = True,
    host: Host | None = None,
    untrusted: bool = False,
) -> Review:
    """What a career adviser would point out in ``profile``, each with its place and a way to improve it.

    Without ``variant`` every text is read, and the page of the default variant; ``page=False`` starts no engine.
    ``only`` and ``ignore`` choose among the rules of ``docs/review.md``. Raises InputError if the profile cannot be
    read, or a rule or the variant does not exist.

    >>> import cvgen
    >>> for finding in cvgen.review(profile, only=["outcome"]).findings:
    ...     print(finding.check, finding.problem.location.line, finding.quote)
    """
    from cvgen.pipeline.review import ReviewRequest, review_profile

    with Session(host) as session:
        month = session.host.month
        request = ReviewRequest(Path(profile), month, variant, tuple(only), tuple(ignore), page, untrusted)
        return review_profile(request, session.open)


def publications(
    profile: Path | str,
    *,
    roles: Collection[str] = (),
    explain: bool = False,
    strict: bool = False,
    untrusted: bool = False,
) -> Listing:
    """List the publications of ``profile``, newest first, with the owner's roles in each.

    ``roles`` keeps only publications in which the owner had one of them; ``explain`` adds the reasons to each row;
    ``strict`` makes every warning an error. Nothing outside the folder of an ``untrusted`` profile is read. Raises
    InputError if the profile or an entry cannot be read.

    >>> import cvgen
    >>> for row in cvgen.publications(profile, roles=["first"]).rows:
    ...     print(row["year"], row["position"], row["author_count"])
    2026 1 2
    2024 1 3
    """
    from cvgen.pipeline.prepare import read_roles
    from cvgen.pipeline.publications import list_rows

    return list_rows(Path(profile), read_roles(tuple(roles)), explain=explain, strict=strict, untrusted=untrusted)


def add_publications(
    profile: Path | str,
    identifiers: Sequence[str],
    *,
    to: Path | str | None = None,
    contact: str = "",
    services: Mapping[str, str] = MappingProxyType({}),
    on_request: Callable[[str], None] = lambda what: None,
) -> Added:
    """Fetch publications by their identifiers, and add those that are new to a .bib file of ``profile``.

    An identifier is a DOI, ``arXiv:2401.00001`` or ``orcid:0000-0002-1825-0097``. ``to`` is the file, by default the
    last one of the profile. ``contact`` is an e-mail address for the services, ``services`` are other addresses for
    them (``doi``, ``arxiv``, ``orcid``), and ``on_request`` is told what is asked. Raises InputError for what is no
    identifier and for files that cannot be used, FetchError if an identifier cannot be fetched; nothing is then
    written.
    """
    from cvgen.online.services import describe_network
    from cvgen.pipeline.add_publications import add_publications as add

    network = describe_network(os.environ, contact, services, on_request)
    return add(Path(profile), list(identifiers), network, to=Path(to) if to is not None else None)


def update_publications(
    profile: Path | str,
    *,
    source: str | None = None,
    adds: bool = False,
    contact: str = "",
    services: Mapping[str, str] = MappingProxyType({}),
    on_request: Callable[[str], None] = lambda what: None,
    host: Host | None = None,
) -> Updated:
    """Refresh the counts of citations and stars in ``profile`` and its .bib files, with their source and month.

    ``source`` (``openalex`` or ``semantic-scholar``) counts all citations; without it each count keeps its source, and
    OpenAlex counts those without one. ``adds`` also adds counts to papers that have none. The other arguments are those
    of ``add_publications`` (services: ``openalex``, ``semantic-scholar``, ``github``). Raises InputError for files that
    cannot be used, FetchError if a service cannot be asked; nothing is written then.
    """
    from cvgen.backends.host import describe_host
    from cvgen.online.services import describe_network
    from cvgen.pipeline.update_counts import update_counts

    network = describe_network(os.environ, contact, services, on_request)
    month = (host or describe_host(os.environ)).month
    return update_counts(Path(profile), network, month, source=source, adds=adds)


def import_profile(
    path: Path | str,
    folder: Path | str = ".",
    *,
    format: str | None = None,
    name: str | None = None,
    force: bool = False,
) -> Imported:
    """Write a profile into ``folder`` from the file ``path`` of another tool, with publications and pictures.

    ``format`` is one of ``json-resume``, ``rendercv``, ``yamlresume``, ``linkedin``, ``orcid``, ``csl`` and ``bibtex``;
    without it the content of the file decides. ``name`` is the person's, if the file does not say it. With ``force``
    existing files are replaced. Raises InputError for a file that cannot be read, and for existing files.

    >>> import cvgen
    >>> _ = (folder / "resume.json").write_text('{"basics": {"name": "Ada Long", "website": "https://example.org"}}')
    >>> imported = cvgen.import_profile(folder / "resume.json", folder / "ada")
    >>> imported.format, [file.name for file in imported.files]
    ('json-resume', ['profile.yaml'])
    """
    from cvgen.pipeline.import_profile import import_profile as write_imported

    return write_imported(Path(path), Path(folder), format_=format, name=name, force=force)


def make_request(profile: Path | str, choices: Choices, *, into_folder: bool = False) -> Request:
    """``choices`` as one value, whose output is a folder if ``into_folder``.

    Raises InputError for an unknown role, engine or format, or a file whose ending does not fit the format.
    """
    from cvgen.pipeline.output_place import split_output
    from cvgen.pipeline.prepare import Request, read_roles

    format_ = choices.get("format", PDF)
    output, folder = split_output(choices.get("output"), into_folder)
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
    )
