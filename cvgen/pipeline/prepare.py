"""Prepares a render: reads and chooses everything, lays out nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from cvgen.backends.backend import Facts, Job, SourceWriter
from cvgen.backends.date_column import fit_date_width
from cvgen.backends.engines import DEFAULT_ENGINE, PDF, find_engine, has_pages, list_engines
from cvgen.backends.latex.formula import is_passed_on
from cvgen.diagnostics import InputError, Location, Problem, Problems, suggest
from cvgen.model.dates import PartialDate
from cvgen.model.document import Document
from cvgen.model.draft import Draft
from cvgen.model.printed import PublicationItem
from cvgen.model.publication import Role
from cvgen.pipeline.citation_styles import add_styles
from cvgen.pipeline.font_problems import find_broken_fonts, find_unknown_fonts, list_font_files
from cvgen.pipeline.provenance import describe_source, name_files
from cvgen.pipeline.theme_options import list_given, read_given
from cvgen.pipeline.thumbnails import read_thumbnails
from cvgen.select.authors import AuthorLimit
from cvgen.select.bibtex_entry import write_bibtex
from cvgen.select.build_document import Selection, select_document
from cvgen.select.cited_papers import report_citations, write_citations
from cvgen.select.cut import Cut, cut_document
from cvgen.select.letter import find_letter, select_letter
from cvgen.select.lost_formulas import report_lost_formulas
from cvgen.select.people_links import unlink_people
from cvgen.select.relative_links import drop_relative_links, report_missing_places, report_relative_links
from cvgen.select.suspect_values import find_suspect_values
from cvgen.select.text_form import AS_TYPED, TextForm
from cvgen.select.variant import ResolvedVariant, resolve_variant
from cvgen.sources.bibliography import KeptBibliographies
from cvgen.sources.career import Career, read_career
from cvgen.sources.files_read import FilesRead
from cvgen.sources.picture.prepared_picture import PreparedPicture
from cvgen.themes.contract import APOSTROPHES, BIBTEX, DENSITY, LINK_PEOPLE, LINKS, PRIVATE_CONTACTS
from cvgen.themes.icons import list_icons
from cvgen.themes.manifest import MANIFEST
from cvgen.themes.options import OptionValue
from cvgen.themes.tex_files import LATEX, list_tex_files
from cvgen.themes.theme import Theme, find_theme, read_options


@dataclass(frozen=True, slots=True)
class Request:
    """The person's choices for a render; None leaves the choice to the profile."""

    profile: Path
    variant: str | None = None
    theme: str | None = None
    engine: str = DEFAULT_ENGINE
    format: str = PDF
    output: Path | BinaryIO | None = None
    """The file to write, or an open stream; a folder that exists is the same as ``folder``."""
    folder: Path | None = None
    """The folder for a file whose name the profile gives; None for the profile's folder."""
    roles: frozenset[Role] = frozenset()
    options: Mapping[str, str] = field(default_factory=dict)
    pages: int | None = None
    untrusted: bool = False
    """Whether nothing outside the profile's folder may be read, and no theme but those of cvgen be used."""
    keep_tex: Path | None = field(default=None, kw_only=True)
    """The folder in which the source and the log of the engine's last run are kept, also of a failed one."""
    letter: str | None = None
    """The letter to render in place of the variant that it goes with."""
    today: PartialDate | None = None
    """The date of a letter that has none."""
    is_public: bool = False
    """Whether everyone will be able to read it: it then has no phone and no street, unless the theme says so."""
    language: str | None = None
    """The language in place of the variant's."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """The valid input of a render. ``given`` are options as typed."""

    request: Request
    career: Career
    variant: ResolvedVariant
    theme: Theme
    options: Mapping[str, OptionValue]
    given: Mapping[str, str]
    selection: Selection
    metadata: Mapping[str, str]
    problems: tuple[Problem, ...]
    files: FilesRead
    """Every file that the render depends on."""
    files_digest: str
    """One digest of the files that the backend reads itself."""
    pictures: Mapping[str, PreparedPicture] = field(default_factory=dict)
    """The photos, logos and, for a web page, the pictures beside papers, by their names."""
    bibtex: Mapping[str, str] = field(default_factory=dict)
    """For a web page that offers them, the BibTeX entries of its papers, by their keys."""

    @property
    def pages(self) -> int | None:
        """The number of pages allowed."""
        letter = self.career.profile.letters[self.request.letter] if self.request.letter else None
        return self.request.pages or (letter.pages if letter else self.variant.pages)

    @property
    def is_fitted(self) -> bool:
        """Whether the document is fitted to pages: a number is set, and the engine can fit. A letter is not cut."""
        return self.request.letter is None and self.pages is not None and find_engine(self.request.engine).fits

    @property
    def draft(self) -> Draft:
        """Everything that was selected; a fit may cut it."""
        return self.selection.draft

    def make_job(self) -> Job:
        """The job that shows everything selected."""
        return self._make_job(self.selection.document, self.options, self.metadata)

    def make_dense_job(self, density: float) -> Job:
        """The job that shows everything selected, at ``density``; the theme has this option."""
        options, metadata = self._at_density(density)
        return self._make_job(self.selection.document, options, metadata)

    def make_cut_job(self, cut: Cut, density: float) -> Job:
        """The job that shows ``cut`` of the draft, at ``density`` if the theme has this option.

        No option that the person set becomes tighter than it is.
        """
        options, metadata = self._at_density(density) if DENSITY in self.theme.options else (self.options, {})
        metadata = {**self.metadata, **metadata, "pages_allowed": str(self.pages)}
        return self._make_job(cut_document(self.draft, cut), options, metadata)

    def _at_density(self, density: float) -> tuple[Mapping[str, OptionValue], Mapping[str, str]]:
        """The theme's options at ``density``, and the metadata that say so."""
        options = read_options(self.theme, {**self.given, DENSITY: f"{density:g}"}, {}, limits=self.given)
        return options, {**self.metadata, DENSITY: f"{density:g}"}

    def _make_job(self, document: Document, options: Mapping[str, OptionValue], metadata: Mapping[str, str]) -> Job:
        if not _is_web_page(self.request):
            document = drop_relative_links(document)
        if options.get(LINK_PEOPLE) is not True:
            document = unlink_people(document)
        papers = {paper.key: paper for paper in self.career.publications}
        with_links = find_engine(self.request.engine).backend is not None
        document = write_citations(document, papers, with_links=with_links)
        options = fit_date_width(document, options)
        facts = Facts(self.variant.basics, self.career.profile, papers)
        return Job(
            document,
            self.theme,
            options,
            self.career.folder,
            metadata,
            self.files_digest,
            self.pictures,
            facts,
            self.bibtex,
        )


def prepare(
    request: Request,
    backend: SourceWriter,
    files: FilesRead | None = None,
    kept: KeptBibliographies | None = None,
) -> Prepared:
    """Read and choose everything, and record each file in ``files``; bibliographies in ``kept`` are not read again.

    Raises one InputError with the Problems of every step.
    """
    files = files if files is not None else FilesRead()
    reading = read_career(request.profile, files, untrusted=request.untrusted, kept=kept)
    if reading.career is None:
        raise InputError(reading.problems)
    return prepare_career(request, reading.career, backend, files)


def prepare_career(request: Request, career: Career, backend: SourceWriter, files: FilesRead | None = None) -> Prepared:
    """Prepare a render of a career that has been read; otherwise like ``prepare``."""
    files = files if files is not None else FilesRead(career.files, career.within)
    problems = Problems(career.problems)
    thumbnails: dict[str, PreparedPicture] = {}
    if _is_web_page(request):
        thumbnails, found = read_thumbnails(career, files)
        problems.extend(found)
    limits: dict[str, AuthorLimit] = {}
    with_private = True
    form = AS_TYPED
    with problems.collect():
        variant = _resolve(request, career)
        with problems.collect():
            theme = _find_theme(request, career, variant, files)
            theme, found = add_styles(theme, variant, career, files)
            problems.extend(found)
            limits = {
                name: AuthorLimit(style.max_authors, style.last_author, style.shortened_from)
                for name, style in theme.styles.items()
            }
            letter = career.profile.letters.get(request.letter) if request.letter else None
            given = list_given(request.options, request.theme, variant, theme, letter)
            options = read_given(given, request.options, career, variant, theme, request.letter)
            if not has_pages(request.format):
                options |= find_engine(request.engine).fixed_options
            form = TextForm(bool(options.get(APOSTROPHES)), options.get(LINKS) == "addresses")
            files.add_files(list_font_files(options))
            if find_engine(request.engine).backend == LATEX:
                files.add_files(list_tex_files(theme).values())
            problems.extend(find_unknown_fonts(options, variant, career, backend))
            problems.extend(find_broken_fonts(options, in_latex=find_engine(request.engine).backend == "latex"))
            problems.extend(_icon_problems(theme, variant, career))
            with_private = bool(options.get(PRIVATE_CONTACTS, not request.is_public))
        problems.extend(find_suspect_values(career, variant))
        if request.letter:
            selection = select_letter(career, variant, request.letter, request.today, form, with_private=with_private)
        else:
            selection = select_document(career, variant, request.roles, limits, form, with_private=with_private)
    problems.stop_if_errors()
    _report_citations(selection.document, career, problems)
    metadata = _describe(request, career, variant, theme, selection.document, given)
    problems.extend(selection.problems)
    problems.extend(_link_problems(request, selection.document))
    problems.extend(_formula_problems(request, selection.document))
    digest = files.digest(without=career.files.keys() - set(career.picture_files))
    pictures = {**thumbnails, **career.pictures}
    bibtex = _write_entries(career, selection.document) if _is_web_page(request) and options.get(BIBTEX) else {}
    return Prepared(
        request,
        career,
        variant,
        theme,
        options,
        given,
        selection,
        metadata,
        tuple(problems),
        files,
        digest,
        pictures,
        bibtex,
    )


def _resolve(request: Request, career: Career) -> ResolvedVariant:
    """The variant that is asked for, or that the letter asked for goes with."""
    name = request.variant
    if request.letter is not None:
        name = name or find_letter(career, request.letter).variant
    variant = resolve_variant(career, name)
    return replace(variant, language=request.language, language_path=()) if request.language else variant


def _write_entries(career: Career, document: Document) -> dict[str, str]:
    """The BibTeX entry of each paper in ``document``, by its key."""
    shown = {part.shown.key for part in document.walk() if isinstance(part.shown, PublicationItem)}
    return {paper.key: write_bibtex(paper) for paper in career.publications if paper.key in shown}


def _is_web_page(request: Request) -> bool:
    return not has_pages(request.format) and find_engine(request.engine).in_browser


def _report_citations(document: Document, career: Career, problems: Problems) -> None:
    """Add what is wrong with the citations in texts. Raises InputError for an unknown key."""
    problems.extend(report_citations(document, career))
    problems.stop_if_errors()


def _formula_problems(request: Request, document: Document) -> list[Problem]:
    """A warning for each formula that the format prints without some of its commands."""
    in_latex = find_engine(request.engine).backend == "latex" and document.direction == "ltr"
    return report_lost_formulas(document, lambda formula: in_latex and is_passed_on(formula))


def _link_problems(request: Request, document: Document) -> list[Problem]:
    """A warning for each relative link that does not work in the format."""
    return report_missing_places(document) if _is_web_page(request) else report_relative_links(document)


def _find_theme(request: Request, career: Career, variant: ResolvedVariant, files: FilesRead) -> Theme:
    asked_at = None if request.theme else career.places.value(variant.theme_path)
    theme = find_theme(request.theme or variant.theme, [career.folder / "themes"], asked_at, files)
    backend = find_engine(request.engine).backend
    if backend and backend not in theme.backends:
        raise InputError([lacks_backend(theme, request.engine, request.format, asked_at)])
    return theme


def lacks_backend(theme: Theme, engine: str, format_: str, asked_at: Location | None) -> Problem:
    """The Problem that ``theme`` has no templates for ``engine``; the hint names engines that write ``format_``."""
    usable = [name for name in list_engines(format_) if find_engine(name).backend in theme.backends]
    hint = f"it has: {', '.join(theme.backends)}" + (f"; use -e {' or '.join(usable)}" if usable else "")
    if not theme.backends:
        hint = f"write extends: classic in its {MANIFEST}, or backends: [html] and templates of its own"
    message = f"the theme {theme.name!r} has no {find_engine(engine).backend} backend"
    return Problem(message, asked_at, hint)


def _icon_problems(theme: Theme, variant: ResolvedVariant, career: Career) -> list[Problem]:
    """A Problem for each icon of a contact that the theme does not have."""
    known = list_icons(theme)
    path = variant.basics_path("contacts")
    return [
        Problem(
            f"the theme {theme.name!r} has no icon {contact.icon!r}",
            career.places.value((*path, index, "icon")),
            suggest(contact.icon, known),
        )
        for index, contact in enumerate(variant.basics.contacts)
        if contact.icon and contact.icon not in known
    ]


def _describe(
    request: Request,
    career: Career,
    variant: ResolvedVariant,
    theme: Theme,
    document: Document,
    given: Mapping[str, str],
) -> dict[str, str]:
    """The facts about the document's sources that its PDF stores, with the digests of the bytes that were read."""
    choices = {
        "variant": variant.name,
        **({"letter": request.letter} if request.letter else {}),
        "theme": theme.name,
        "engine": request.engine,
        "language": document.language,
        "roles": ", ".join(sorted(role.value for role in request.roles)),
    }
    shown = {career.folder / name for name in document.pictures}
    hidden = {path for path in career.picture_files if path not in shown}
    read = [path for path in career.files if path not in hidden]
    blobs = {name: career.files[path] or "" for name, path in name_files(read, career.folder).items()}
    return describe_source(choices, given, blobs)


def read_roles(words: tuple[str, ...]) -> frozenset[Role]:
    """Roles as typed on the command line (``co-first`` or ``co_first``); raises InputError for an unknown one."""
    roles: set[Role] = set()
    for word in words:
        try:
            roles.add(Role(word.casefold().replace("-", "_")))
        except ValueError:
            known = [role.value.replace("_", "-") for role in Role]
            raise InputError([Problem(f"there is no role {word!r}", None, suggest(word, known))]) from None
    return frozenset(roles)
