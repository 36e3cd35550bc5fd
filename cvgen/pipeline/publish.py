"""Writes the folder of a web site: the home page, the PDFs beside it, and what GitHub Pages needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

from cvgen.backends.backend import Job, SourceWriter
from cvgen.backends.engines import DEFAULT_ENGINE, PDF, find_engine
from cvgen.diagnostics import CvgenError, InputError, Problem
from cvgen.model.printed import Contact
from cvgen.pipeline.batch import list_variants, read_whole
from cvgen.pipeline.file_names import name_output
from cvgen.pipeline.prepare import Prepared, prepare_career
from cvgen.pipeline.render import render_prepared
from cvgen.pipeline.request import Request
from cvgen.pipeline.themes import THEMES
from cvgen.pipeline.whole_files import write_all
from cvgen.select.variant import resolve_variant
from cvgen.sources.career import Career
from cvgen.sources.files_read import FilesRead
from cvgen.themes.contract import PRIVATE_CONTACTS
from cvgen.themes.theme import Theme, find_theme

PAGE_THEME, PDF_THEME = "homepage", "classic"
"""The theme of the page if the variant's is made for PDFs, and that of a PDF if the variant's is made for pages."""
_ENGINE = find_engine(DEFAULT_ENGINE)
"""The engine that writes the page."""
_PAGE, _CV, _NO_JEKYLL = "index.html", "cv", ".nojekyll"


@dataclass(frozen=True, slots=True)
class SiteRequest:
    """The person's choices for a web site; None leaves the choice to the profile."""

    profile: Path
    folder: Path
    variant: str | None = None
    """The variant of the page; None for the first whose theme only makes web pages, else the default one."""
    theme: str | None = None
    """The theme of the page."""
    pdfs: tuple[str, ...] | None = ()
    """The variants that become PDFs, besides the default one; None for all."""
    pdf_theme: str | None = None
    """The theme of the PDFs."""
    engine: str = DEFAULT_ENGINE
    """The engine of the PDFs."""
    address: str = ""
    """The address that the folder will have on the web."""
    untrusted: bool = False


@dataclass(frozen=True, slots=True)
class Site:
    """The files of a site, the page last, and what the person should know about them."""

    files: tuple[Path, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _PdfFile:
    """A PDF of the site: its name in the folder, its content, and what it was made from."""

    name: str
    data: bytes
    prepared: Prepared
    problems: tuple[Problem, ...]


OpenWriter = Callable[[str, str], SourceWriter]
"""Gives the writer of an engine and a format."""


def publish(request: SiteRequest, open_writer: OpenWriter) -> Site:
    """Write the site.

    All files are made before the first is written, and each is written whole. A file that was read is never
    overwritten. The PDFs have a phone and a street only if the page has them. Raises InputError with everything that
    is wrong, RenderError if an engine fails.
    """
    address = _read_address(request.address)
    career = read_whole(request.profile, untrusted=request.untrusted)
    page = _prepare_page(request, career, open_writer)
    is_public = page.options.get(PRIVATE_CONTACTS) is not True
    pdfs: dict[str, _PdfFile] = {}
    for variant in _list_pdfs(request, career, page.variant.name):
        pdf = _make_pdf(_ask_for_pdf(request, career, variant, is_public=is_public), career, open_writer)
        if pdf.name in pdfs:
            place = career.places.value(pdf.prepared.variant.file_path)
            raise InputError(
                [Problem(f"two variants would both write {pdf.name!r}", place, "put {variant} into 'file'")]
            )
        pdfs[pdf.name] = pdf
    job = _link_pdfs(page.make_job(), list(pdfs.values()))
    contents = {name: pdf.data for name, pdf in pdfs.items()}
    if address:
        job = replace(job, address=address)
        if image := job.image:
            photo = f"photo.{image.ending}"
            job, contents[photo] = replace(job, photo_url=address + photo), image.data
    source = open_writer(_ENGINE.name, _ENGINE.format).write_source(job)
    contents |= {_NO_JEKYLL: b"", _PAGE: source.data}
    _write(request, contents, [page, *(pdf.prepared for pdf in pdfs.values())])
    problems = (*page.problems, *(problem for pdf in pdfs.values() for problem in pdf.problems))
    return Site(tuple(request.folder / name for name in contents), tuple(dict.fromkeys(problems)))


def _write(request: SiteRequest, contents: Mapping[str, bytes], made_from: list[Prepared]) -> None:
    keep = {path for prepared in made_from for path, blob in prepared.files.blobs.items() if blob is not None}
    files = {request.folder / name: data for name, data in contents.items()}
    write_all(files, keep=keep, within=request.folder)


def _read_address(typed: str) -> str:
    """``typed`` with a slash at its end; raises InputError if it is no web address."""
    if typed and not typed.startswith(("https://", "http://")):
        hint = "write for example: https://wei-lin.github.io/"
        raise InputError([Problem(f"{typed!r} is not a web address", None, hint)])
    return f"{typed.rstrip('/')}/" if typed else ""


def _prepare_page(request: SiteRequest, career: Career, open_writer: OpenWriter) -> Prepared:
    variant = request.variant or _find_page_variant(request, career)
    theme = request.theme
    if theme is None and not _makes_pages_only(_find_theme(request, career, variant)):
        theme = PAGE_THEME
    asked = Request(request.profile, variant, theme, _ENGINE.name, _ENGINE.format, untrusted=request.untrusted)
    return prepare_career(asked, career, open_writer(_ENGINE.name, _ENGINE.format))


def _find_page_variant(request: SiteRequest, career: Career) -> str | None:
    """The first variant whose theme only makes web pages; None if there is none."""
    for name in career.profile.variants:
        try:
            if _makes_pages_only(_find_theme(request, career, name)):
                return name
        except CvgenError:
            continue  # reported if this variant is printed
    return None


def _find_theme(request: SiteRequest, career: Career, variant: str | None) -> Theme:
    roots = [] if request.untrusted else [career.folder / THEMES]
    return find_theme(resolve_variant(career, variant).theme, roots, None, FilesRead(within=career.within))


def _makes_pages_only(theme: Theme) -> bool:
    return tuple(theme.backends) == (_ENGINE.backend,)


def _list_pdfs(request: SiteRequest, career: Career, page: str) -> list[str | None]:
    """The variants that become PDFs, the default one first; None for the only one of a profile without variants."""
    if not career.profile.variants:
        return [*(request.pdfs or [None])]
    default = resolve_variant(career, None).name
    asked = request.pdfs if request.pdfs is not None else [name for name in list_variants(career) if name != page]
    # The default variant may be the page itself; it is then a PDF if there is no other
    first = [] if default == page and asked else [default]
    return list(dict.fromkeys([*first, *asked]))


def _ask_for_pdf(request: SiteRequest, career: Career, variant: str | None, *, is_public: bool) -> Request:
    theme = request.pdf_theme
    if theme is None and _makes_pages_only(_find_theme(request, career, variant)):
        theme = PDF_THEME
    return Request(
        request.profile,
        variant,
        theme,
        request.engine,
        output=BytesIO(),
        untrusted=request.untrusted,
        is_public=is_public,
    )


def _make_pdf(request: Request, career: Career, open_writer: OpenWriter) -> _PdfFile:
    writer = open_writer(request.engine, PDF)
    prepared = prepare_career(request, career, writer)
    outcome = render_prepared(prepared, writer)
    assert isinstance(request.output, BytesIO)
    return _PdfFile(_name_pdf(prepared), request.output.getvalue(), prepared, outcome.problems)


def _name_pdf(prepared: Prepared) -> str:
    """The variant's ``file``, else ``cv.pdf`` for the default variant and ``cv-industry.pdf`` for another."""
    request, is_default = prepared.request, _is_default(prepared)
    request = replace(request, folder=Path(), output=None, variant=None if is_default else request.variant)
    if prepared.variant.file is None:
        request = replace(request, profile=Path(_CV))
    return name_output(replace(prepared, request=request)).as_posix()


def _is_default(prepared: Prepared) -> bool:
    return prepared.variant.name == resolve_variant(prepared.career, None).name


def _link_pdfs(job: Job, pdfs: list[_PdfFile]) -> Job:
    """``job`` with a link to each of ``pdfs`` after the contacts of its head."""
    document = job.document
    words = document.words
    links = (
        Contact(
            "file",
            words["cv_file"]
            if len(pdfs) == 1 or _is_default(pdf.prepared)
            else f"{words['cv_file']}{words['colon']}{pdf.prepared.variant.name}",
            quote(pdf.name),
        )
        for pdf in pdfs
    )
    return replace(job, document=replace(document, contacts=(*document.contacts, *links)))
