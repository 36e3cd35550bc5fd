"""Prepares a render: reads and chooses everything, lays out nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from cvgen.backends.backend import Facts, Job, SourceWriter
from cvgen.backends.columns import settle_sidebar
from cvgen.backends.date_column import fit_date_width
from cvgen.backends.engines import find_engine
from cvgen.backends.heading_case import settle_heading_case
from cvgen.backends.latex.formula import is_passed_on
from cvgen.diagnostics import InputError, Problem, Problems
from cvgen.model.biblatex_source import BiblatexSource
from cvgen.model.document import Document
from cvgen.model.draft import Draft
from cvgen.model.shown_paper import PublicationItem
from cvgen.pipeline.chosen_theme import ChosenTheme, TextLook, choose_theme
from cvgen.pipeline.provenance import describe_source, name_files
from cvgen.pipeline.request import Request
from cvgen.pipeline.thumbnails import read_thumbnails
from cvgen.select.authors import mark_symbols
from cvgen.select.bibtex_entry import write_bibtex
from cvgen.select.build_document import Selection, find_credits, select_document
from cvgen.select.cited_papers import report_citations, write_citations
from cvgen.select.cut import Cut, cut_document
from cvgen.select.letter import find_letter, select_letter
from cvgen.select.lost_formulas import report_lost_formulas
from cvgen.select.people_links import unlink_people
from cvgen.select.relative_links import drop_relative_links, report_missing_places, report_relative_links
from cvgen.select.suspect_dates import find_suspect_dates
from cvgen.select.suspect_values import find_suspect_values
from cvgen.select.variant import ResolvedVariant, resolve_variant
from cvgen.sources.bibliography import KeptBibliographies
from cvgen.sources.career import Career, read_career
from cvgen.sources.files_read import FilesRead
from cvgen.sources.picture.prepared_picture import PreparedPicture
from cvgen.themes.contract import BIBTEX, DENSITY, LINK_PEOPLE
from cvgen.themes.options import OptionValue
from cvgen.themes.theme import Theme, read_options


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
    biblatex: BiblatexSource | None = None
    """For a LaTeX source whose publications biblatex prints, its bibliography."""

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
        if not self.request.is_web_page:
            document = drop_relative_links(document)
        if options.get(LINK_PEOPLE) is not True:
            document = unlink_people(document)
        papers = {paper.key: paper for paper in self.career.publications}
        with_links = find_engine(self.request.engine).backend is not None
        document = write_citations(document, papers, with_links=with_links)
        # By all that is selected, so that no section changes its column when parts are left out
        options = settle_heading_case(document, settle_sidebar(self.selection.document, options))
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
            self.biblatex,
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
    thumbnails, found = read_thumbnails(career, files) if request.is_web_page else ({}, [])
    problems.extend(found)
    look = TextLook()
    with problems.collect():
        variant = _resolve(request, career)
        with problems.collect():
            chosen = choose_theme(request, career, variant, backend, files)
            problems.extend(chosen.problems)
            look = chosen.text_look
        problems.extend((*find_suspect_values(career, variant), *find_suspect_dates(career, backend.today)))
        selection = _select(request, career, variant, look)
    problems.stop_if_errors()
    document = selection.document
    _report_citations(document, career, problems)
    metadata = _describe(request, career, variant, chosen, document)
    problems.extend((*selection.problems, *_link_problems(request, document), *_formula_problems(request, document)))
    return Prepared(
        request,
        career,
        variant,
        chosen.theme,
        chosen.options,
        chosen.given,
        selection,
        metadata,
        tuple(problems),
        files,
        files.digest(without=career.files.keys() - set(career.picture_files)),
        pictures={**thumbnails, **career.pictures},
        bibtex=_write_entries(career, document) if request.is_web_page and chosen.options.get(BIBTEX) else {},
        biblatex=_describe_for_biblatex(career, document) if request.with_biblatex else None,
    )


def _select(request: Request, career: Career, variant: ResolvedVariant, look: TextLook) -> Selection:
    """The content of the document or the letter that is asked for."""
    private = look.with_private
    if request.letter:
        return select_letter(career, variant, request.letter, request.today, look.form, with_private=private)
    return select_document(career, variant, request.roles, look.limits, look.form, with_private=private)


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


def _describe_for_biblatex(career: Career, document: Document) -> BiblatexSource | None:
    """The publications of ``document`` for biblatex. Raises InputError for one from right to left."""
    if document.direction == "rtl":
        message = f"biblatex does not print publications in {document.language!r}, from right to left"
        raise InputError([Problem(message, None, "leave out --biblatex")])
    shown = {part.shown.key: part.shown for part in document.walk() if isinstance(part.shown, PublicationItem)}
    credits = [credit for credit in find_credits(career)[0] if credit.publication.key in shown]
    used = {mark for credit in credits for author in credit.publication.authors for mark in author.marks}
    marks = {mark.value: sign for mark, sign in mark_symbols(career.profile.bibliography.marks).items() if mark in used}
    papers = tuple((credit, shown[credit.publication.key]) for credit in credits)
    return BiblatexSource(papers, marks) if papers else None


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
    return report_missing_places(document) if request.is_web_page else report_relative_links(document)


def _describe(
    request: Request,
    career: Career,
    variant: ResolvedVariant,
    chosen: ChosenTheme,
    document: Document,
) -> dict[str, str]:
    """The facts about the document's sources that its PDF stores, with the digests of the bytes that were read."""
    choices = {
        "variant": variant.name,
        **({"letter": request.letter} if request.letter else {}),
        "theme": chosen.theme.name,
        "engine": request.engine,
        "language": document.language,
        "roles": ", ".join(sorted(role.value for role in request.roles)),
    }
    shown = {career.folder / name for name in document.pictures}
    hidden = {path for path in career.picture_files if path not in shown}
    read = [path for path in career.files if path not in hidden]
    blobs = {name: career.files[path] or "" for name, path in name_files(read, career.folder).items()}
    return describe_source(choices, chosen.given, blobs)
